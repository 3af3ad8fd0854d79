import ImportProfiles

/// The line ends of the file.
enum LineEndCheck: FindingSource {
    static let kinds: [FindingKind] = [.mixedLineEnds, .carriageReturnLineEnds]
}

extension FindingKind {
    static let mixedLineEnds = FindingKind(
        code: "PF208", slug: "mixed-line-ends", severity: .warning, about: .bytes,
        title: "LF and CRLF line ends in one file",
        why: """
            Readers that settle on one kind keep a carriage return at the end of the last field, which can make a number or a \
            date unreadable.
            """,
        help: "Write one kind throughout; files joined from different systems are the usual cause.",
        showsPlaces: false,
        message: { $0.firstRemark ?? $0.title })

    static let carriageReturnLineEnds = FindingKind(
        code: "PF210", slug: "cr-line-ends", severity: .error, about: .bytes,
        title: "Lines that end in a carriage return alone",
        why: "Old Mac programs write so. It is read as rows here; readers that end rows at LF take the whole file as one row.",
        help: "Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv",
        showsPlaces: false)
}
