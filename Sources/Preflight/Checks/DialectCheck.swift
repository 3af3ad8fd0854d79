import ImportProfiles

/// The delimiter, and lines before the header.
enum DialectCheck: FindingSource {
    static let kinds: [FindingKind] = [.unsupportedDelimiter, .separatorLine, .otherDelimiter, .preamble, .skippedLines]
}

extension FindingKind {
    static let unsupportedDelimiter = FindingKind(
        code: "PF209", slug: "unsupported-delimiter", severity: .error, about: .bytes,
        title: "A delimiter that Pigment does not offer",
        why: """
            An import configuration separates columns by a comma or a semicolon: each row would be read as one column (assumed).
            """,
        help: "Export with a comma or a semicolon.",
        showsPlaces: false)

    static let separatorLine = FindingKind(
        code: "PF211", slug: "separator-line", severity: .error, about: .bytes,
        title: "A line that names the separator, in front of the header",
        why: """
            Excel reads a line like sep=; and hides it. An import takes it for the header (assumed). It was passed over here.
            """,
        help: "Remove the line: sed 1d FILE > FILE.new.csv",
        showsPlaces: false)

    static let otherDelimiter = FindingKind(
        code: "PF212", slug: "other-delimiter", severity: .error, about: .bytes,
        title: "The configured delimiter does not cut the rows, and another does",
        why: """
            With the delimiter of the profile or of --delimiter the columns are not those that were meant. What would follow \
            from that is not listed: missing columns, stray quotes, ragged rows.
            """,
        help: "Correct the delimiter in the profile and in the import configuration, or leave --delimiter out.",
        showsPlaces: false)

    static let preamble = FindingKind(
        code: "PF215", slug: "preamble", severity: .error, about: .rows,
        title: "Lines in front of the header",
        why: """
            An import takes the first line for the header (assumed). They were passed over here, so that what follows could be \
            judged.
            """,
        help: "Remove them, or export without a title. To judge a file as it stands behind N lines: --skip-lines N",
        showsPlaces: false,
        message: { "\($0.counted("line")) in front of the header\($0.reasons)" })

    static let skippedLines = FindingKind(
        code: "PF217", slug: "skipped-lines", severity: .warning, about: .bytes,
        title: "Lines that were passed over because of --skip-lines",
        why: "They are part of the file, and are sent with it: an import takes the first line for the header (assumed).",
        help: "Remove them from the file before it is pushed; for one line: tail -n +2 FILE > FILE.new.csv",
        showsPlaces: false,
        message: { "\($0.counted("line")) in front of the header\($0.reasons)" })
}
