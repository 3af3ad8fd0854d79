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
        title: "The file begins with a UTF-8 byte order mark",
        why: "Pigment's own exports carry one. It is not part of the first column's name, and a push sends it as it is.",
        help: nothingToDo,
        showsPlaces: false)

    static let utf16 = FindingKind(
        code: "PF104", slug: "utf-16", severity: .error, about: .bytes,
        title: "The file is UTF-16, not UTF-8",
        why: "Every second byte would be read as NUL or as a wrong character; nothing in it was judged.",
        help: "Export as UTF-8 (in Excel: \"CSV UTF-8\"), or convert: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv",
        hidesText: true, showsPlaces: false)

    static let otherEncoding = FindingKind(
        code: "PF105", slug: "other-encoding", severity: .error, about: .bytes,
        title: "The file is in another encoding than UTF-8",
        why: """
            It was judged as the text it holds. Imports expect UTF-8: sent as they are its bytes would load as other characters, \
            or fail (assumed).
            """,
        help: "Send it as UTF-8: --transcode converts on the way and leaves the file as it is. Or export it as UTF-8.",
        otherHelp: [nothingToDo],
        showsPlaces: false)

    static let utf32 = FindingKind(
        code: "PF106", slug: "utf-32", severity: .error, about: .bytes,
        title: "The file is UTF-32, not UTF-8",
        why: "Three of four bytes would be read as NUL; nothing in it was judged.",
        help: "Export as UTF-8, or convert: iconv -f UTF-32 -t UTF-8 FILE > FILE.utf8.csv",
        hidesText: true, showsPlaces: false)

    static let doubleEncoded = FindingKind(
        code: "PF108", slug: "double-encoded", severity: .note, about: .bytes,
        title: "Text that looks encoded twice",
        why: """
            Sequences like "Ã©" are what is left of "é" when UTF-8 is taken for Windows-1252 and encoded once more. They load as \
            they stand.
            """,
        help: "Look at some values; if they are wrong, export again and say UTF-8 on the way.",
        message: { "\($0.counted("sequence")) like \"Ã©\" near the beginning" })

    static let contradictedEncoding = FindingKind(
        code: "PF110", slug: "contradicted-encoding", severity: .error, about: .bytes,
        title: "The file is not in the encoding that was declared",
        why: """
            --encoding, or the profile, names one encoding and the bytes of the file are another: read as declared its text is \
            wrong, and with --transcode the wrong text is sent.
            """,
        help: "Correct --encoding or the profile. If the declaration is right, --force-encoding reads the file as declared.",
        otherHelp: [nothingToDo],
        hidesText: true, showsPlaces: false, wrapsMessage: true,
        message: { $0.firstRemark ?? $0.title })
}
