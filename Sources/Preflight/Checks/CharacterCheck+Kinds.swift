import ByteSources
import ImportProfiles
import SafeText

/// The help, if it depends on the file and the declared encoding.
enum CharacterHelp {
    /// - Parameter isSent: whether ``CheckOptions/transcodes`` is set.
    static func use(_ encoding: TextEncoding, isSent: Bool) -> String {
        isSent
            ? "Add --encoding \(encoding.rawValue), so that --transcode sends the text as UTF-8. Or export it as UTF-8."
            : "Read it as \(encoding.name) and send it as UTF-8: --encoding \(encoding.rawValue) --transcode. Or export it as UTF-8."
    }

    /// Where several encodings are likely.
    static func choose(_ encoding: TextEncoding, isSent: Bool) -> String {
        let flags = "--encoding \(encoding.rawValue)\(isSent ? "" : " --transcode")"
        return "Choose the encoding whose text is right, for the first: \(flags). Or export it as UTF-8."
    }

    static let all = TextEncoding.allCases.flatMap { encoding in
        [use(encoding, isSent: false), use(encoding, isSent: true), choose(encoding, isSent: false), choose(encoding, isSent: true)]
    }

    static let exportAgain =
        "Export it as UTF-8. It reads as no language in any other encoding that preflight knows: the text may be damaged."
    static let exportParts = "The file mixes UTF-8 with another encoding, as joined files do. Export each part as UTF-8, then join them."
    static let exportWhole = "The file was cut: export or copy it again, and compare its length with the original."
    static let damaged = "Export the file again, as UTF-8 if possible: the text is damaged here."
    static let writeAgain = "Write the export again: a NUL byte is not text in any encoding that preflight reads."
}

extension FindingKind {
    static let invalidUTF8 = FindingKind(
        code: "PF101", slug: "invalid-utf8", severity: .error, about: .bytes,
        title: "Text is not valid UTF-8",
        why: "Text that cannot be decoded loads with replaced characters, or fails the import (assumed).",
        help: """
            Export as UTF-8. Or, if the report names an encoding whose text is right, read it so and send it as UTF-8: \
            --encoding NAME --transcode.
            """,
        otherHelp: CharacterHelp.all + [CharacterHelp.exportAgain, CharacterHelp.exportParts, CharacterHelp.exportWhole],
        hidesText: true, wrapsMessage: true,
        message: { "\($0.counted("byte sequence", "is not UTF-8", "are not UTF-8"))\($0.reasons)\($0.outsideColumns)" })

    static let nulByte = FindingKind(
        code: "PF103", slug: "nul-byte", severity: .error, about: .bytes,
        title: "Text contains NUL bytes",
        why: """
            A NUL byte is never text: the file is sparse, was not written completely, or is not UTF-8. What an import does with it is \
            undocumented.
            """,
        help: "Write the export again. If it is UTF-16, convert it: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv",
        otherHelp: [CharacterHelp.writeAgain],
        message: { "\($0.counted("NUL byte"))\($0.outsideColumns)" })

    static let innerByteOrderMark = FindingKind(
        code: "PF107", slug: "inner-byte-order-mark", severity: .warning, about: .bytes,
        title: "Byte order mark inside the file",
        why: """
            The mark is an invisible part of the value that follows it: a column name is not matched, a number is not read (assumed). \
            Joined files are the usual cause, so look for a second header too.
            """,
        help: "Remove the mark, and join files without their byte order marks.",
        message: { "\($0.counted("byte order mark")) inside the file\($0.outsideColumns)" })

    static let undecodable = FindingKind(
        code: "PF109", slug: "undecodable", severity: .error, about: .bytes,
        title: "Bytes are not characters in the file's encoding",
        why: "The file is in another encoding than the one declared, or it is damaged here.",
        help: "Try another --encoding, or export as UTF-8.",
        otherHelp: [CharacterHelp.damaged],
        hidesText: true, wrapsMessage: true,
        message: { "\($0.counted("byte sequence", "is not a character", "are not characters"))\($0.reasons)\($0.outsideColumns)" })
}
