import ImportProfiles
import SafeText

enum HeaderHelp {
    static let lookalike = """
        Correct the name in the export, or in the profile if the import configuration has exactly these characters: copy it from the file.
        """
}

extension FindingKind {
    static let emptyColumnName = FindingKind(
        code: "PF301", slug: "empty-column-name", severity: .error, about: .names,
        title: "Column has no name",
        why: "Columns are matched by the names in the header (assumed): a column without a name cannot be matched.",
        help: "Name the column, or remove it. A trailing delimiter on each line creates one too.",
        message: { _ in "No name in the header" },
        messageForColumns: { "\($0.count.counted("column")) \($0.number("has", "have")) no name in the header" })

    static let duplicateColumnName = FindingKind(
        code: "PF302", slug: "duplicate-column-name", severity: .error, about: .names,
        title: "Two columns have the same name",
        why: "Columns are matched by the names in the header (assumed): it is unclear which of the two would be loaded.",
        help: "Rename or remove one of them.",
        message: { "Named \($0.allRemarks ?? "like another column")" },
        messageForColumns: { "\($0.count.counted("column")) named like another\($0.reasons)" })

    static let missingColumn = FindingKind(
        code: "PF303", slug: "missing-column", severity: .error, about: .names,
        title: "Column of the profile is missing from the file",
        why: "If the import configuration expects the column, the import fails or loads blanks (assumed).",
        help: """
            Export the column, or remove it from the profile and from the import configuration. If some files lack it, write "optional: true" at \
            the column, or "since: 2026-03-01" if files have it from that day on.
            """,
        otherHelp: [HeaderHelp.lookalike], showsPlaces: false,
        message: { "\($0.hasHeader ? "Not in the header: " : "No field in the first row for: ")\($0.names)" })

    static let unexpectedColumn = FindingKind(
        code: "PF304", slug: "unexpected-column", severity: .warning, about: .names,
        title: "Column is not in the profile",
        why: """
            If the import configuration does not map it either, nothing of it is loaded (assumed). A renamed column looks like this too.
            """,
        help: "Add it to the profile, or write \"extra-columns: ignore\" if this is intended.",
        message: { "Not in the profile\($0.reasons)" },
        messageForColumns: { "\($0.count.counted("column")) \($0.number("is", "are")) not in the profile" })

    static let similarColumnNames = FindingKind(
        code: "PF307", slug: "similar-column-names", severity: .warning, about: .names,
        title: "Two column names look alike",
        why: """
            Columns are matched by the names in the header (assumed). If the import ignores case or spaces, or if someone copies a name, it is \
            unclear which of the two would be loaded.
            """,
        help: "Rename or remove one of them.",
        message: { "Named \($0.firstRemark ?? "almost like another column")" },
        messageForColumns: { "\($0.count.counted("column")) named almost like another\($0.reasons)" })

    static let deceptiveColumnName = FindingKind(
        code: "PF309", slug: "deceptive-column-name", severity: .warning, about: .names,
        title: "Column name is not what it looks like",
        why: """
            Columns are matched by the names in the header (assumed). A name that is typed looks the same and does not match: the column \
            would be missing.
            """,
        help: "Correct the name in the export. If the import configuration has exactly these characters, copy the name into the profile.",
        message: { "The name is written \($0.firstRemark ?? "with other characters than it seems")" },
        messageForColumns: { "\($0.count.counted("column name")) written with other characters than it seems\($0.reasons)" })

    static let longColumnName = FindingKind(
        code: "PF308", slug: "long-column-name", severity: .warning, about: .names,
        title: "Column name is very long",
        why: "Names are usually short. An unclosed quote in the header looks like this, and so does a first row that is data.",
        help: "Check the header. If the first row is data, add --no-header.",
        message: { "Very long name\($0.reasons)" },
        messageForColumns: { "\($0.count.counted("very long name"))\($0.reasons)" })
}
