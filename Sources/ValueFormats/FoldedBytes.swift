import SafeText

/// The bytes of a text in lower case, one scalar after the other. Bytes that are not UTF-8 pass through unchanged.
package struct FoldedBytes: IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private var index = 0
    /// The rest of the character that is being returned, the next byte in the lowest place; 0 where nothing is left. No character has a
    /// lowercase mapping of more than eight bytes, and none but NUL has a zero byte.
    private var pending: UInt64 = 0

    package init(_ text: UnsafeRawBufferPointer) {
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
    package static func withAll<Result>(_ text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // No mapping is more than three times as long as its character: U+0130 has two bytes, and three in lower case.
        withUnsafeTemporaryAllocation(byteCount: 3 * text.count + 1, alignment: 1) { folded in
            var count = 0
            while count < text.count, text[count] < 0x80 {
                folded[count] = ASCII.lowercased(text[count])
                count &+= 1
            }
            // Most are ASCII to the end.
            var bytes = FoldedBytes(UnsafeRawBufferPointer(rebasing: text[count...]))
            while let byte = bytes.next() {
                folded[count] = byte
                count += 1
            }
            return body(UnsafeRawBufferPointer(rebasing: folded[..<count]))
        }
    }

    private func decodedScalar() -> (Unicode.Scalar, length: Int)? {
        var iterator = text[index..<min(index + 4, text.count)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
