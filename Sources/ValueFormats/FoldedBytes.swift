import ByteSpans
import SafeText

/// The bytes of a text in lower case, one scalar after the other. Bytes that are not UTF-8 pass through unchanged.
package struct FoldedBytes: ~Escapable {
    private let text: Span<UInt8>
    private var index = 0
    /// The rest of the character that is being returned, the next byte in the lowest place; 0 where nothing is left. No character has a
    /// lowercase mapping of more than eight bytes, and none but NUL has a zero byte.
    private var pending: UInt64 = 0

    @_lifetime(copy text)
    package init(_ text: Span<UInt8>) {
        self.text = text
    }

    package mutating func next() -> UInt8? {
        if pending != 0 { return nextPending() }
        guard index < text.count else { return nil }
        let byte = text[index]
        guard byte >= 0xC2, let (scalar, length) = decodedScalar() else {
            index += 1
            return ASCII.lowercased(byte)
        }
        index += length
        for (place, byte) in scalar.properties.lowercaseMapping.utf8.enumerated() { pending |= UInt64(byte) << UInt64(8 * place) }
        return nextPending()
    }

    private mutating func nextPending() -> UInt8 {
        defer { pending >>= 8 }
        return UInt8(truncatingIfNeeded: pending)
    }

    /// The whole text. The bytes are valid during the call only.
    package static func withAll<Result>(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        if isFolded(text) { return body(text) }
        // No mapping is more than three times as long as its character: U+0130 has two bytes, and three in lower case.
        return withTemporaryMemory(of: UInt8.self, capacity: 3 * text.count + 1) { folded in
            var count = 0
            while count &+ 8 <= text.count {
                let word = ByteWord(wordAt: count, of: text)
                guard word.isASCII else { break }
                let bytes = word.lowercased
                for place in 0..<8 { folded.append(UInt8(truncatingIfNeeded: bytes &>> UInt64(truncatingIfNeeded: 8 &* place))) }
                count &+= 8
            }
            while count < text.count, text[count] < 0x80 {
                folded.append(ASCII.lowercased(text[count]))
                count &+= 1
            }
            // Most are ASCII to the end.
            var bytes = FoldedBytes(text[count...])
            while let byte = bytes.next() { folded.append(byte) }
            return body(folded.span)
        }
    }

    /// Whether a text has only ASCII and no capitals: it is in lower case then. Another one may be, too.
    package static func isFolded(_ text: Span<UInt8>) -> Bool {
        func isFolded(_ word: ByteWord) -> Bool { word.isASCII && word.capitals == 0 }
        if text.count <= 8 { return isFolded(ByteWord(text)) }
        var index = 0
        while index &+ 8 < text.count {
            if !isFolded(ByteWord(wordAt: index, of: text)) { return false }
            index &+= 8
        }
        // The last eight: some were looked at before.
        return isFolded(ByteWord(wordAt: text.count &- 8, of: text))
    }

    /// The whole text in memory of its own.
    package static func all(_ text: Span<UInt8>) -> [UInt8] { withAll(text) { Array($0) } }

    private func decodedScalar() -> (Unicode.Scalar, length: Int)? {
        text.scalar(at: index).map { ($0, UTF8.width($0)) }
    }
}
