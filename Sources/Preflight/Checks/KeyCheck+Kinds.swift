import ImportProfiles
import SafeText

extension FindingKind {
    static let duplicateKey = FindingKind(
        code: "PF502", slug: "duplicate-key", severity: .error, about: .values,
        title: "Duplicate key",
        why: """
            Pigment has no skip reason for this: duplicates in one file fail the whole import, or are merged silently (assumed).
            """,
        help: "Keep one row for each key, or add the column that tells them apart to the key.",
        message: { "\($0.counted("row", "repeats an earlier key", "repeat earlier keys"))\($0.reasons)" })

    static let blankKey = FindingKind(
        code: "PF503", slug: "blank-key", severity: .error, about: .values,
        title: "Row has no key",
        why: """
            Pigment has no skip reason for this: such rows fail the whole import, or are lost or merged silently (assumed).
            """,
        help: "Fill in the key, or leave the row out of the export.",
        message: { $0.counted("row", "has no key", "have no key") })

    static let similarKeys = FindingKind(
        code: "PF504", slug: "similar-keys", severity: .warning, about: .values,
        title: "Keys look the same",
        why: """
            Pigment compares keys character by character (assumed): where people see one key, an import sees two, and what belongs together is \
            loaded apart. In the first \(UnusualKeys.mostRows.grouped) rows whose key has spaces at its ends, double spaces or unusual \
            characters, such keys of up to \(UnusualKeys.longestValue) bytes are compared with all others.
            """,
        help: """
            Write such keys the same way in the export: no invisible characters, single plain spaces, accented letters as one code point.
            """,
        message: { "\($0.counted("key", "looks like an earlier one", "look like earlier ones"))\($0.reasons)" })
}
