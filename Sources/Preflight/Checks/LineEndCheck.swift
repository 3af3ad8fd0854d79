import ImportProfiles

/// The line ends of the file.
enum LineEndCheck: FindingSource {
    static let kinds: [FindingKind] = [.mixedLineEnds, .carriageReturnLineEnds]
}

extension FindingKind {
    static let mixedLineEnds = FindingKind(
        code: "PF208", slug: "mixed-line-ends", severity: .warning, about: .bytes,
        title: "File mixes LF and CRLF line ends",
        why: """
            A reader that expects one kind keeps a carriage return at the end of the last field, which can make a number or a date \
            unreadable.
            """,
        help: "Write one kind of line end throughout. Files joined from different systems are the usual cause.",
        showsPlaces: false,
        message: { $0.firstRemark ?? $0.title })

    static let carriageReturnLineEnds = FindingKind(
        code: "PF210", slug: "cr-line-ends", severity: .error, about: .bytes,
        title: "Lines end with a carriage return only",
        why: """
            Old Mac programs write such files. preflight reads each line as a row. A reader that ends rows at LF takes the whole file as \
            one row.
            """,
        help: "Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv",
        showsPlaces: false)
}
