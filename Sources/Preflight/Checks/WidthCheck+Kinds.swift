import ImportProfiles
import SafeText

extension FindingKind {
    static let tooFewFields = FindingKind(
        code: "PF204", slug: "too-few-fields", severity: .error, about: .rows,
        title: "Row has fewer fields than the header",
        titleWithoutHeader: "Row has fewer fields than the first row",
        why: """
            Pigment has no skip reason for this: such rows fail the whole import, or load shifted or blank values (assumed).
            """,
        help: "Look for a line end inside an unquoted field, or for a truncated line. Quote fields that contain line ends.",
        otherHelp: [RaggedRowCause.removePadding], wrapsMessage: true,
        message: { "\($0.counted("row", "has too few fields", "have too few fields"))\($0.reasons)" })

    static let tooManyFields = FindingKind(
        code: "PF205", slug: "too-many-fields", severity: .error, about: .rows,
        title: "Row has more fields than the header",
        titleWithoutHeader: "Row has more fields than the first row",
        why: "Pigment has no skip reason for this: such rows fail the whole import, or load shifted values (assumed).",
        help: "Look for an unquoted delimiter in a text or number. Quote fields that contain the delimiter.",
        wrapsMessage: true,
        message: { "\($0.counted("row", "has too many fields", "have too many fields"))\($0.reasons)" })
}
