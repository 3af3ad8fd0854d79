import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText

extension ReportBuilder {
    /// Says what the encoding of the file means for the import, once all of it was read.
    ///
    /// - Parameters:
    ///   - evidence: of all bytes, where each is declared to be a character.
    ///   - isWhole: whether the file was read to its end.
    func noteEncoding(_ fileHead: FileHead, evidence: UTF8Witness?, isWhole: Bool) {
        guard fileHead.refusal == nil else { return }
        let isForced = options.forcesEncoding
        if let contradiction = fileHead.contradiction { note(contradiction, isForced: isForced) }
        if isWhole, let characters = evidence?.characters() {
            note(characters, of: fileHead, isForced: isForced)
            // The text is read wrongly: what is odd about it is no news, and its bytes are UTF-8.
            if !isForced { return suppress([.undecodable, .doubleEncoded, .otherEncoding]) }
        }
        noteOtherEncoding(fileHead, evidence: evidence)
        if let found = fileHead.doubleEncoded {
            log.note(.doubleEncoded, row: nil, count: found.count) { _ in
                Finding.Example(place: Place(row: nil, line: 1, column: nil, byteOffset: found.byteOffset))
            }
        }
    }

    /// Text that has other bytes in UTF-8.
    private func noteOtherEncoding(_ fileHead: FileHead, evidence: UTF8Witness?) {
        guard fileHead.encoding != .utf8, evidence?.hasHighBytes != false else { return }
        let isSent = options.transcodes
        log.note(
            .otherEncoding, row: nil, severity: isSent ? .note : nil,
            remark: fileHead.encoding.name + (isSent ? ", sent as UTF-8" : "")
        ) { _ in Finding.Example(place: Place(row: nil, line: 1, column: nil, byteOffset: 0)) }
        guard isSent else { return }
        log.setHelp(FindingKind.nothingToDo, of: .otherEncoding)
    }

    private func note(_ contradiction: EncodingContradiction, isForced: Bool) {
        let evidence =
            switch contradiction.evidence {
            case .mark: "the byte order mark is that of \(contradiction.found.name)"
            case .zeros: "the zero bytes are those of \(contradiction.found.name)"
            case .text: "the bytes are lines of \(contradiction.found.name) without NUL"
            }
        let reading = isForced ? "read as declared" : "read as \(contradiction.found.name)"
        noteContradiction(
            contradiction.declared, found: contradiction.found, "\(evidence); \(reading)", isForced: isForced,
            Finding.Example(place: Place(row: nil, line: 1, column: nil, byteOffset: 0)))
    }

    private func note(_ characters: UTF8Witness.Characters, of fileHead: FileHead, isForced: Bool) {
        let lineEnds = fileHead.endsLinesWithCR ? characters.lineEnds.cr : characters.lineEnds.lf
        let place = Place(row: nil, line: lineEnds + 1, column: nil, byteOffset: characters.byteOffset)
        let several = characters.count == 1 ? "1 multibyte character" : "\(characters.count.grouped) multibyte characters"
        noteContradiction(
            fileHead.encoding, found: .utf8,
            "the whole file is UTF-8: \(several), first \"\(characters.first.text)\" in line \(place.line), byte \(place.byteOffset)",
            isForced: isForced, Finding.Example(place: place, value: characters.first))
    }

    private func noteContradiction(
        _ declared: TextEncoding, found: TextEncoding, _ evidence: String, isForced: Bool, _ example: Finding.Example
    ) {
        let origin = options.encoding != nil ? "by --encoding" : "by the profile"
        log.note(
            .contradictedEncoding, row: nil, severity: isForced ? .note : nil,
            remark: "\(declared.name) was declared \(origin), but \(evidence)"
        ) { _ in example }
        let correction =
            options.encoding != nil
            ? "use --encoding \(found.rawValue)"
            : "set \"encoding: \(found.rawValue)\" in the dialect of the profile, or use --encoding \(found.rawValue)"
        let sending = found == .utf8 || options.transcodes ? "" : " (with --transcode to send it as UTF-8)"
        let help =
            isForced
            ? FindingKind.nothingToDo
            : "If the file is \(found.name), \(correction)\(sending). If it really is \(declared.name), add --force-encoding."
        log.setHelp(help, of: .contradictedEncoding)
    }

    private func suppress(_ kinds: [FindingKind]) {
        consequences.formUnion(kinds)
    }
}
