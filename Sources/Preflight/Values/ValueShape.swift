/// Writes the shape of a value: a short text that two values share only if every setting of a profile judges them alike.
///
///     number   1.234,56 → 9.999,99      12345678 → 9      EUR 5 → EUR 9      abc → x
///     date     25/04/2026 → 99/99/9999 with a mark that only the order day, month, year exists
///
/// So a column's values need to be kept by shape only, each with one of its values and a count, to say for any other setting how many of all
/// values it would leave unread. Owns the memory it writes into.
struct ValueShape: ~Copyable {
    /// Of a value that is longer, blanks at its ends not counted, no number, date or boolean is read (assumed).
    static let longestValue = 128

    let buffer: UnsafeMutablePointer<UInt8>
    var count = 0

    init() {
        // A value, and what is told of each of its numbers.
        buffer = .allocate(capacity: 4 * Self.longestValue)
    }

    deinit {
        buffer.deallocate()
    }

    /// The bytes written last, until the next are.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer, count: count) }

    /// Writes the shape of a value of a column.
    ///
    /// - Parameters:
    ///   - field: decoded, not empty.
    ///   - kind: number, integer, date or boolean.
    /// - Complexity: linear in the first ``longestValue`` bytes and the blanks around them.
    mutating func write(_ field: UnsafeRawBufferPointer, kind: ColumnType) {
        count = 0
        let text = Blanks.trim(field)
        if text.isEmpty { return append(" ") }
        if text.count > Self.longestValue { return append("x") }
        if text.baseAddress != field.baseAddress { append(" ") }
        switch kind {
        case .number, .integer: appendNumber(text, isWhole: text.count == field.count)
        case .date: appendDate(text)
        case .boolean, .text, .dimension: append(text)
        }
        if text.baseAddress.map({ $0 + text.count }) != field.baseAddress.map({ $0 + field.count }) { append(" ") }
    }

    /// Writes a shape that is known already.
    mutating func write(_ shape: StaticString) {
        count = 0
        append(shape)
    }

    // MARK: Parts

    mutating func append(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { append(byte) }
    }
}
