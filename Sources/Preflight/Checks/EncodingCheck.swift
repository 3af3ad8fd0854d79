import ByteSources
import ImportProfiles
import SafeText

/// Reports an encoding other than UTF-8, and one that contradicts what was declared.
struct EncodingCheck: FileCheck {
    static let kinds: [FindingKind] = [.byteOrderMark, .utf16, .otherEncoding, .utf32, .contradictedEncoding]

    func begin(_ file: FileFacts, log: inout FindingLog) {
        switch file.head.refusal {
        case .utf16(let encoding):
            let contradiction = file.declaration.encoding == nil ? "" : ", but UTF-8 was declared"
            log.note(.utf16, remark: "\(encoding.name)\(contradiction); to check it: --encoding \(encoding.rawValue)")
        case .utf32: log.note(.utf32)
        case .notCSV: break
        case nil: if file.head.hasByteOrderMark { log.note(.byteOrderMark) }
        }
    }

    /// Nothing depends on the rows.
    func merge(_ later: EncodingCheck, at joint: Joint) {}

    /// Reports what the encoding means for the import, after the whole file was read.
    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        guard file.head.refusal == nil else {
            let help = "Export as UTF-8, or convert: \(file.remedy.command())"
            for kind in [FindingKind.utf16, .utf32] { log.setHelp(help, of: kind) }
            return
        }
        if let contradiction = file.head.contradiction { note(contradiction, file, log: &log) }
        if end.damage == nil, let characters = end.encodingEvidence?.characters() {
            note(characters, file, log: &log)
            // The text is decoded wrongly, which explains other oddities in it.
            if !file.declaration.forcesEncoding { return log.leaveOut([.undecodable, .doubleEncoded, .otherEncoding]) }
        }
        noteOtherEncoding(file, end.encodingEvidence, log: &log)
    }

    /// Reports text whose bytes differ in UTF-8.
    private func noteOtherEncoding(_ file: FileFacts, _ evidence: UTF8Witness?, log: inout FindingLog) {
        guard file.head.encoding != .utf8, evidence?.hasHighBytes != false else { return }
        let isSent = file.declaration.transcodes
        log.note(
            .otherEncoding, severity: isSent ? .note : nil, remark: file.head.encoding.name + (isSent ? ", sent as UTF-8" : ""))
        if isSent { log.setHelp(FindingKind.nothingToDo, of: .otherEncoding) }
    }

    private func note(_ contradiction: EncodingContradiction, _ file: FileFacts, log: inout FindingLog) {
        let found = contradiction.found
        let evidence =
            switch contradiction.evidence {
            case .mark: "the byte order mark is that of \(found.name)"
            case .zeros: "the zero bytes are those of \(found.name)"
            case .text: "the bytes are lines of \(found.name) without NUL"
            }
        let reading = file.declaration.forcesEncoding ? "read as declared" : "read as \(found.name)"
        noteContradiction(
            contradiction.declared, found: found, "\(evidence); \(reading)", file, Finding.Example(place: FileFacts.beginning), log: &log)
    }

    private func note(_ characters: UTF8Witness.Characters, _ file: FileFacts, log: inout FindingLog) {
        let lineEnds = file.head.endsLinesWithCR ? characters.lineEnds.cr : characters.lineEnds.lf
        let place = Place(row: nil, line: lineEnds + 1, column: nil, byteOffset: characters.byteOffset)
        let first = "first \"\(characters.first.text)\" in line \(place.line), byte \(place.byteOffset)"
        noteContradiction(
            file.head.encoding, found: .utf8, "the whole file is UTF-8: \(characters.count.counted("multibyte character")), \(first)", file,
            Finding.Example(place: place, value: characters.first), log: &log)
    }

    private func noteContradiction(
        _ declared: TextEncoding, found: TextEncoding, _ evidence: String, _ file: FileFacts, _ example: Finding.Example,
        log: inout FindingLog
    ) {
        let declaration = file.declaration
        let origin = declaration.isEncodingOption ? "by --encoding" : "by the profile"
        log.note(
            .contradictedEncoding, row: nil, severity: declaration.forcesEncoding ? .note : nil,
            remark: "\(declared.name) was declared \(origin), but \(evidence)"
        ) { _ in example }
        let option = "use --encoding \(found.rawValue)"
        let correction =
            declaration.isEncodingOption ? option : "set \"encoding: \(found.rawValue)\" in the dialect of the profile, or \(option)"
        let sending = found == .utf8 || declaration.transcodes ? "" : " (with --transcode to send it as UTF-8)"
        let help = "If the file is \(found.name), \(correction)\(sending). If it really is \(declared.name), add --force-encoding."
        log.setHelp(declaration.forcesEncoding ? FindingKind.nothingToDo : help, of: .contradictedEncoding)
    }
}

extension EncodingCheck {
    /// Nothing depends on the rows.
    func code(_ coder: inout StateCoder) {}
}

extension FindingKind {
    /// The help of a note that needs no action.
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
