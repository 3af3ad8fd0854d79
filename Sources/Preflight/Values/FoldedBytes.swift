/// The bytes of a text in lower case, one scalar after the other. Bytes that are not UTF-8 pass through unchanged.
struct FoldedBytes: IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private var index = 0
    /// What is left of the scalar that is being given out. A lower-case mapping is short enough for a `String` without allocation.
    private var pending = "".utf8.makeIterator()

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    mutating func next() -> UInt8? {
        if let byte = pending.next() { return byte }
        guard index < text.count else { return nil }
        let byte = text[index]
        guard byte >= 0xC2, let (scalar, length) = decodedScalar() else {
            index += 1
            return ASCIIWords.lowercased(byte)
        }
        index += length
        pending = scalar.properties.lowercaseMapping.utf8.makeIterator()
        return pending.next()
    }

    private func decodedScalar() -> (Unicode.Scalar, length: Int)? {
        var iterator = text[index..<min(index + 4, text.count)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
