/// Gives the text of a field: without enclosing quotes, with doubled quotes as one. Owns the memory for the rare field that has any.
public final class FieldDecoder {
    @usableFromInline let quote: UInt8
    private var scratch: UnsafeMutableRawBufferPointer
    /// Bytes that are readable after the text, as after the fields of a batch.
    private static let padding = 16

    /// A decoder for fields that are quoted with `quote`.
    public init(quote: UInt8) {
        self.quote = quote
        scratch = .allocate(byteCount: 4096 + Self.padding, alignment: 16)
    }

    deinit {
        scratch.deallocate()
    }

    /// Calls `body` with the text, which is valid for the call only. Complexity: constant unless the field holds quotes.
    @inlinable @inline(__always)
    public func withText<Result>(of field: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard field.count >= 2, field[0] == quote, field[field.count - 1] == quote else { return body(field) }
        let inner = UnsafeRawBufferPointer(rebasing: field[1..<(field.count - 1)])
        return inner.contains(quote) ? body(unescaped(inner)) : body(inner)
    }

    /// Calls `body` with the text of a field of a batch, or of the beginning of a very long one: whether more is available depends on how the
    /// input was cut, and no value that could parse is that long.
    @inlinable @inline(__always)
    public func withText<Result>(of field: Int, in batch: borrowing RowBatch, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withText(of: UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field).prefix(batch.limits.fieldBytes)]), body)
    }

    /// Calls `body` with what the beginning of a very long field says.
    ///
    /// - Parameter isQuoted: whether the field, whose end is not in memory, ends with the quote that it begins with.
    package func withBeginning<Result>(of field: UnsafeRawBufferPointer, isQuoted: Bool, _ body: (UnsafeRawBufferPointer) -> Result)
        -> Result
    {
        isQuoted ? body(unescaped(UnsafeRawBufferPointer(rebasing: field.dropFirst()))) : body(field)
    }

    /// Drops the second of each pair of quotes.
    @usableFromInline
    func unescaped(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        if scratch.count < field.count + Self.padding {
            scratch.deallocate()
            scratch = .allocate(byteCount: field.count * 2 + Self.padding, alignment: 16)
        }
        var count = 0
        var index = 0
        while index < field.count {
            let byte = field[index]
            scratch[count] = byte
            count += 1
            index += byte == quote && index + 1 < field.count && field[index + 1] == quote ? 2 : 1
        }
        return UnsafeRawBufferPointer(rebasing: scratch[..<count])
    }
}
