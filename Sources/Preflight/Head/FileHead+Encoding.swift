import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// What the bytes of a file say against the encoding that was declared for it.
struct EncodingContradiction: Equatable, Sendable {
    /// What tells.
    enum Evidence: UInt8, Equatable, Sendable {
        /// The byte order mark.
        case mark
        /// Zeros in every second place.
        case zeros
        /// Lines of well-formed UTF-8 without a NUL byte, which no UTF-16 with a line end is.
        case text
    }

    var declared: TextEncoding
    var found: TextEncoding
    var evidence: Evidence
}

extension FileHead.Refusal {
    /// What the file is, in words without advice.
    var kind: String {
        switch self {
        case .utf16(let encoding): encoding.name
        case .utf32: "UTF-32"
        case .notCSV(let kind): kind.firstIndex(of: ":").map { String(kind[..<$0]) } ?? kind
        }
    }

    /// The encoding in which the file can be judged.
    var readableEncoding: TextEncoding? {
        if case .utf16(let encoding) = self { encoding } else { nil }
    }
}

extension FileHead {
    /// How a file with this beginning is read. A declaration that the beginning contradicts yields to what the beginning says, unless it is forced.
    static func reading(
        of head: Span<UInt8>, given: Given
    ) -> (encoding: TextEncoding, refusal: Refusal?, contradiction: EncodingContradiction?) {
        let own = (given.encoding ?? .utf8).resolved(by: head)
        let found = foundEncoding(of: head, declared: given.encoding)
        let isForced = given.forcesEncoding && given.encoding != nil
        guard let found else { return (own, nil, nil) }
        guard let encoding = found.encoding else { return isForced ? (own, nil, nil) : (.utf8, .utf32, nil) }
        guard let declared = given.encoding else {
            return encoding.isUTF16 && !given.transcodes ? (.utf8, .utf16(encoding), nil) : (encoding, nil, nil)
        }
        if declared.admits(encoding) { return (encoding, nil, nil) }
        let contradiction = EncodingContradiction(declared: declared, found: encoding, evidence: found.evidence)
        if isForced { return (own, nil, contradiction) }
        // The finding for it names both.
        if declared == .utf8 { return (.utf8, .utf16(encoding), nil) }
        return (encoding, nil, contradiction)
    }

    /// - Returns: the encoding that the beginning tells without a doubt, `nil` for UTF-32; `nil` as a whole where it tells none.
    private static func foundEncoding(
        of head: Span<UInt8>, declared: TextEncoding?
    ) -> (encoding: TextEncoding?, evidence: EncodingContradiction.Evidence)? {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) { return (nil, .mark) }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, .mark) }
        if let (encoding, isSure) = wideEncoding(of: head) { return (encoding, isSure ? .mark : .zeros) }
        let isText = declared?.isUTF16 == true && isUTF8Text(head)
        return isText ? (.utf8, .text) : nil
    }

    /// Whether it is lines of UTF-8 without a NUL byte. Where it is cut a character may be, too.
    private static func isUTF8Text(_ head: Span<UInt8>) -> Bool {
        guard head.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) else { return false }
        var scan = CharacterScan(offset: 0)
        scan.update(head)
        return scan.isClean
    }

    /// Whether the first line is printable ASCII of one byte each. A line feed in UTF-16 has a zero beside it, but for a few characters of East Asia, and so
    /// has each delimiter.
    private static func beginsWithLine(_ head: Span<UInt8>) -> Bool {
        let end = head.prefix(4096).firstIndex { !(0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
        return end.map { $0 > 3 && head[$0] == UInt8(ascii: "\n") } ?? false
    }

    /// UTF-16 by its mark, or by zeros in every second place; UTF-32 (`nil`) by zeros in three of four places.
    ///
    /// - Returns: whether the mark says so.
    private static func wideEncoding(of head: Span<UInt8>) -> (encoding: TextEncoding?, isSure: Bool)? {
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, true) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, true) }
        // What begins with a line of ASCII is not UTF-16, whatever was appended to it.
        if beginsWithLine(head) { return nil }
        let sample = head.prefix(4096)
        let groups = sample.count / 4
        guard groups >= 4 else { return nil }
        var zeros = [0, 0, 0, 0]
        for place in 0..<(groups * 4) where sample[place] == 0 { zeros[place % 4] += 1 }
        let isFilled = zeros.map { $0 > groups * 3 / 4 }
        // Where zeros are in the fourth place too, the file is padded with them.
        if isFilled == [false, true, true, true], zeros[0] * 4 < groups { return (nil, false) }
        if isFilled == [true, true, true, false], zeros[3] * 4 < groups { return (nil, false) }
        let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
        if odd * 3 > groups * 2, even * 16 < groups * 2 { return (.utf16LittleEndian, false) }
        if even * 3 > groups * 2, odd * 16 < groups * 2 { return (.utf16BigEndian, false) }
        return nil
    }
}

extension EncodingContradiction: CodedState {
    static var blank: EncodingContradiction { EncodingContradiction(declared: .utf8, found: .utf8, evidence: .mark) }

    mutating func code(_ coder: inout StateCoder) {
        coder.raw(&declared)
        coder.raw(&found)
        coder.raw(&evidence)
    }
}
