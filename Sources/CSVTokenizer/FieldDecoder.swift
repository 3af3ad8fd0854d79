public import ByteSpans

/// Gives the text of a field: without enclosing quotes, with doubled quotes as one.
public struct FieldDecoder: Sendable {
    @usableFromInline let quote: UInt8
    /// Bytes that are readable after the text, as after the fields of a batch.
    @usableFromInline static var padding: Int { 16 }

    /// A decoder for fields that are quoted with `quote`.
    public init(quote: UInt8) {
        self.quote = quote
    }

    /// Calls `body` with the text, which is valid for the call only. Complexity: constant unless the field holds quotes.
    @inlinable @inline(__always)
    public func withText<Result>(of field: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        guard field.count >= 2, field[0] == quote, field[field.count - 1] == quote else { return body(field) }
        let inner = field.extracting(1..<(field.count - 1))
        for index in inner.indices where inner[index] == quote { return withUnescaped(inner, body) }
        return body(inner)
    }

    /// Calls `body` with the text of a field of a batch, or of the beginning of a very long one: whether more is available depends on how the
    /// input was cut, and no value that could parse is that long.
    @inlinable @inline(__always)
    public func withText<Result>(of field: Int, in batch: borrowing RowBatch, _ body: (Span<UInt8>) -> Result) -> Result {
        withText(of: batch.bytes.extracting(batch.range(ofField: field).prefix(batch.limits.fieldBytes)), body)
    }

    /// Calls `body` with what the beginning of a very long field says.
    ///
    /// - Parameter isQuoted: whether the field, whose end is not in memory, ends with the quote that it begins with.
    package func withBeginning<Result>(of field: Span<UInt8>, isQuoted: Bool, _ body: (Span<UInt8>) -> Result)
        -> Result
    {
        isQuoted ? withUnescaped(field.dropFirst(), body) : body(field)
    }

    /// Drops the second of each pair of quotes.
    @inlinable @inline(never)
    func withUnescaped<Result>(_ field: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        withTemporaryMemory(of: UInt8.self, capacity: field.count + Self.padding) { text in
            var index = 0
            while index < field.count {
                let byte = field[index]
                text.append(byte)
                index += byte == quote && index + 1 < field.count && field[index + 1] == quote ? 2 : 1
            }
            let count = text.count
            for _ in 0..<Self.padding { text.append(0) }
            return body(text.span[..<count])
        }
    }
}
