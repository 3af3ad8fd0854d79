import ImportProfiles

/// The delimiter, and lines before the header.
enum DialectCheck: FindingSource {
    static let kinds: [FindingKind] = [.unsupportedDelimiter, .separatorLine, .otherDelimiter, .preamble, .skippedLines]
}

extension FindingKind {
    static let unsupportedDelimiter = FindingKind(
        code: "PF209", slug: "unsupported-delimiter", severity: .error, about: .bytes,
        title: "Delimiter is neither a comma nor a semicolon",
        why: "Import configurations offer only a comma or a semicolon: each row would be read as one column (assumed).",
        help: "Export with a comma or a semicolon.",
        showsPlaces: false)

    static let separatorLine = FindingKind(
        code: "PF211", slug: "separator-line", severity: .error, about: .bytes,
        title: "Line before the header names the separator",
        why: "Excel reads and hides a line like sep=; but an import takes it for the header (assumed). preflight skipped it.",
        help: "Remove the line: sed 1d FILE > FILE.new.csv",
        showsPlaces: false)

    static let otherDelimiter = FindingKind(
        code: "PF212", slug: "other-delimiter", severity: .error, about: .bytes,
        title: "Configured delimiter does not split the rows",
        why: """
            With the delimiter of the profile or of --delimiter, the columns are not the intended ones. Findings that may follow from \
            this are left out: missing columns, stray quotes, uneven rows.
            """,
        help: "Correct the delimiter in the profile and in the import configuration, or omit --delimiter.",
        showsPlaces: false)

    static let preamble = FindingKind(
        code: "PF215", slug: "preamble", severity: .error, about: .rows,
        title: "Lines before the header",
        why: "An import takes the first line for the header (assumed). preflight skipped these lines to check the rest.",
        help: "Remove them, or export without a title. To skip exactly N lines instead: --skip-lines N",
        showsPlaces: false,
        message: { "\($0.counted("line")) before the header\($0.reasons)" })

    static let skippedLines = FindingKind(
        code: "PF217", slug: "skipped-lines", severity: .warning, about: .bytes,
        title: "Lines skipped with --skip-lines",
        why: "They are part of the file and are sent with it. An import takes the first line for the header (assumed).",
        help: "Remove them before you push the file. For one line: tail -n +2 FILE > FILE.new.csv",
        showsPlaces: false,
        message: { "\($0.counted("line")) before the header\($0.reasons)" })
}
