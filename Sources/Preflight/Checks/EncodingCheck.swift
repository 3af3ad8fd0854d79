import ImportProfiles

/// The encoding of the file, as its first bytes and its whole content show it.
enum EncodingCheck: FindingSource {
    static let kinds: [FindingKind] = [.byteOrderMark, .utf16, .otherEncoding, .utf32, .doubleEncoded, .contradictedEncoding]
}

extension FindingKind {
    /// The help of a note that asks for nothing.
    static let nothingToDo = "Nothing to do."

    static let byteOrderMark = FindingKind(
        code: "PF102", slug: "byte-order-mark", severity: .note, about: .bytes,
        title: "File starts with a UTF-8 byte order mark",
        why: "Pigment's own exports have one. It is not part of the first column's name, and a push sends it unchanged.",
        help: nothingToDo,
        showsPlaces: false)

    static let utf16 = FindingKind(
        code: "PF104", slug: "utf-16", severity: .error, about: .bytes,
        title: "File is UTF-16, not UTF-8",
        why: "Read as UTF-8, every second byte would be NUL or a wrong character. None of the file was checked.",
        help: "Export as UTF-8 (in Excel: \"CSV UTF-8\"), or convert: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv",
        hidesText: true, showsPlaces: false)

    static let otherEncoding = FindingKind(
        code: "PF105", slug: "other-encoding", severity: .error, about: .bytes,
        title: "File is in an encoding other than UTF-8",
        why: """
            The text was decoded and checked. Unless the import configuration names this encoding, the bytes would load as wrong \
            characters, or the import would fail (assumed).
            """,
        help: "Send it as UTF-8: --transcode converts it on the way and leaves the file unchanged. Or export it as UTF-8.",
        otherHelp: [nothingToDo],
        showsPlaces: false)

    static let utf32 = FindingKind(
        code: "PF106", slug: "utf-32", severity: .error, about: .bytes,
        title: "File is UTF-32, not UTF-8",
        why: "Read as UTF-8, three of every four bytes would be NUL. None of the file was checked.",
        help: "Export as UTF-8, or convert: iconv -f UTF-32 -t UTF-8 FILE > FILE.utf8.csv",
        hidesText: true, showsPlaces: false)

    static let doubleEncoded = FindingKind(
        code: "PF108", slug: "double-encoded", severity: .note, about: .bytes,
        title: "Text looks as if it was encoded twice",
        why: """
            UTF-8 that was read as Windows-1252 and encoded again turns "é" into "Ã©". Such text would load as it is (assumed).
            """,
        help: "Check some of the values. If they are wrong, export again with UTF-8 at every step.",
        message: { "\($0.counted("sequence")) like \"Ã©\" near the start of the file" })

    static let contradictedEncoding = FindingKind(
        code: "PF110", slug: "contradicted-encoding", severity: .error, about: .bytes,
        title: "File is not in the declared encoding",
        why: """
            --encoding or the profile names one encoding, but the bytes are in another. Read as declared, the text is wrong, and \
            --transcode would send the wrong text.
            """,
        help: "Correct --encoding or the profile. If the declaration is right, add --force-encoding to read the file as declared.",
        otherHelp: [nothingToDo],
        hidesText: true, showsPlaces: false, wrapsMessage: true,
        message: { $0.firstRemark ?? $0.title })
}
