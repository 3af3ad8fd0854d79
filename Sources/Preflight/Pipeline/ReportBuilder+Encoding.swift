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
            case .mark: "its byte order mark is that of \(contradiction.found.name)"
            case .zeros: "its zero bytes are those of \(contradiction.found.name)"
            case .text: "it is lines of \(contradiction.found.name) without a NUL byte"
            }
        let reading = isForced ? "read as declared" : "read as \(contradiction.found.name)"
        noteContradiction(
            contradiction.declared, found: contradiction.found, "\(evidence); \(reading)", isForced: isForced,
            Finding.Example(place: Place(row: nil, line: 1, column: nil, byteOffset: 0)))
    }

    private func note(_ characters: UTF8Witness.Characters, of fileHead: FileHead, isForced: Bool) {
        let lineEnds = fileHead.endsLinesWithCR ? characters.lineEnds.cr : characters.lineEnds.lf
        let place = Place(row: nil, line: lineEnds + 1, column: nil, byteOffset: characters.byteOffset)
        let several = characters.count == 1 ? "1 character of several bytes" : "\(characters.count.grouped) characters of several bytes"
        noteContradiction(
            fileHead.encoding, found: .utf8,
            "all of it is UTF-8: \(several), the first \"\(characters.first.text)\" in line \(place.line), byte \(place.byteOffset)",
            isForced: isForced, Finding.Example(place: place, value: characters.first))
    }

    private func noteContradiction(
        _ declared: TextEncoding, found: TextEncoding, _ evidence: String, isForced: Bool, _ example: Finding.Example
    ) {
        let origin = options.encoding != nil ? "by --encoding" : "by the profile"
        log.note(
            .contradictedEncoding, row: nil, severity: isForced ? .note : nil,
            remark: "\(declared.name) was declared \(origin), and \(evidence)"
        ) { _ in example }
        let correction =
            options.encoding != nil
            ? "write --encoding \(found.rawValue)"
            : "write \"encoding: \(found.rawValue)\" into the dialect of the profile, or give --encoding \(found.rawValue)"
        let sending = found == .utf8 || options.transcodes ? "" : " (with --transcode to send it as UTF-8)"
        let help =
            isForced
            ? FindingKind.nothingToDo
            : "If the file is \(found.name), \(correction)\(sending). If it is \(declared.name) all the same, add --force-encoding."
        log.setHelp(help, of: .contradictedEncoding)
    }

    private func suppress(_ kinds: [FindingKind]) {
        consequences.formUnion(kinds)
    }
}
