import ByteSpans
import SafeText

/// Writes the shape of a value: a short text that two values share only if every setting that is tried for the column judges them alike.
///
///     number   1.234,56 → 9.999,99      12345678 → 9      EUR 5 → EUR 9      abc → x
///     date     25/04/2026 → 99/99/9999 with a mark that only the order day, month, year exists
///     item     paris → c where it is an item but for letter case
///
/// After it comes what a value that does not parse looks like, its digits as 9: so different words are never counted as one.
///
/// So a column's values need to be kept by shape only, each with one of its values and a count, to say for any other setting how many of all
/// values it would leave unread. Owns the memory it writes into.
package struct ValueMask: ~Copyable {
    /// No number, date or boolean is longer than this, not counting surrounding spaces (assumed).
    package static let longestValue = 128
    /// Of what a value looks like so many bytes are kept.
    private static let longestLook = 48
    /// Between the shape and what the value looks like: no byte of a text.
    package static let lookSeparator: UInt8 = 0xFF

    /// What is kept of a value. A closed set: the judge of batches asks for it with each value that is counted.
    package enum Form: Sendable {
        /// Digits as 9, and what surrounds them.
        case number
        /// Digits as 9, and what the calendar says about them.
        case date
        /// The value itself, but for `TRUE` and `FALSE`, which are not counted.
        case boolean
        /// How the value is like an item.
        case item
        /// The value itself.
        case value

        /// Whether each value that is not too long has a shape of its own, which says nothing else of it.
        package var isValue: Bool {
            switch self {
            case .boolean, .value: true
            case .number, .date, .item: false
            }
        }
    }

    // A value, what is known of each of its numbers, and what it looks like; and a word more.
    var buffer = Block<UInt8>(repeating: 0, count: 5 * longestValue)
    package var count = 0
    // What was written before.
    private var earlier = Block<UInt8>(repeating: 0, count: 5 * longestValue)
    private var earlierCount = 0
    /// Of the date that is being written.
    var parts = DateTokens()

    package init() {}

    private mutating func begin() {
        swap(&buffer, &earlier)
        (earlierCount, count) = (count, 0)
    }

    /// Whether the shape that was written last is the one that was written before.
    package var isRepeated: Bool {
        bytes.hasSameBytes(as: earlier.span[..<earlierCount])
    }

    /// The bytes written last, until the next are.
    package var bytes: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span[..<count] }
    }

    /// Writes the shape of a value of a column.
    ///
    /// - Parameters:
    ///   - field: decoded, not empty.
    ///   - form: not ``Form/item``.
    ///   - evidence: how a date can be read.
    ///   - hasLook: whether what it looks like is written too.
    /// - Complexity: linear in the first ``longestValue`` bytes and the spaces around them.
    package mutating func write(
        _ field: Span<UInt8>, form: Form, evidence: ReadingEvidence? = nil, hasLook: Bool = false
    ) {
        begin()
        let text = Whitespace.trim(field)
        appendShape(of: text, in: field, form: form)
        if let evidence { append(evidence.letter) }
        if hasLook { appendLook(of: text) }
    }

    /// Writes the shape of an item that does not match exactly.
    ///
    /// - Parameters:
    ///   - isTrimmedItem: whether it is an item except for surrounding spaces.
    ///   - isCaselessItem: whether it is one but for letter case.
    package mutating func write(item field: Span<UInt8>, isTrimmedItem: Bool, isCaselessItem: Bool, hasLook: Bool) {
        begin()
        let text = Whitespace.trim(field)
        if text.count == field.count, Self.mayBeNull(text) { append(text) }
        append(isTrimmedItem ? UInt8(ascii: "t") : UInt8(ascii: "."))
        append(isCaselessItem ? UInt8(ascii: "c") : UInt8(ascii: "."))
        if hasLook { appendLook(of: text, withDigits: true) }
    }

    /// Writes a shape that is known already.
    package mutating func write(_ shape: StaticString) {
        begin()
        append(shape)
    }

    /// Writes what a value looks like, and nothing that settings judge it by.
    package mutating func write(lookOf field: Span<UInt8>) {
        begin()
        appendLook(of: Whitespace.trim(field))
    }

    /// What settings judge the values of a shape by.
    @_lifetime(copy shape)
    package static func judged(of shape: Span<UInt8>) -> Span<UInt8> {
        shape[..<(shape.firstIndex(of: lookSeparator) ?? shape.count)]
    }

    /// Where a shape begins to tell what its values look like: after the separator. `nil` where it does not.
    package static func lookStart(in shape: Span<UInt8>) -> Int? { shape.firstIndex(of: lookSeparator).map { $0 + 1 } }

    /// What the values of a shape look like; `nil` where it does not say.
    @_lifetime(copy shape)
    package static func look(of shape: Span<UInt8>) -> Span<UInt8>? {
        guard let place = shape.firstIndex(of: lookSeparator) else { return nil }
        return shape[(place + 1)...]
    }

    /// Whether a text is one of those that may be advised as words for no value: they have shapes of their own.
    package static func mayBeNull(_ text: Span<UInt8>) -> Bool {
        ASCII.isNullWord(text) || FormulaError.matches(text)
    }

    private mutating func appendShape(of text: Span<UInt8>, in field: Span<UInt8>, form: Form) {
        if text.isEmpty { return append(" ") }
        if text.count > Self.longestValue { return append("x") }
        let place = field.indices(of: text) ?? field.indices
        if place.lowerBound > 0 { append(" ") }
        switch form {
        case .number: appendNumber(text, isWhole: text.count == field.count)
        case .date: appendDate(text)
        case .boolean, .value, .item: append(text)
        }
        if place.upperBound < field.count { append(" ") }
    }

    /// Cut where a character begins.
    private mutating func appendLook(of text: Span<UInt8>, withDigits: Bool = false) {
        append(Self.lookSeparator)
        var end = min(text.count, Self.longestLook)
        if end < text.count {
            while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        }
        let look = text[..<end]
        if withDigits { append(look) } else { appendWithEqualDigits(look) }
    }

    /// Appends a text with 9 for each digit: eight bytes at a time, where the last of them may be some that were written before.
    mutating func appendWithEqualDigits(_ text: Span<UInt8>) {
        if text.count <= 8 { return append(ByteWord(text).withEqualDigits, count: text.count) }
        var index = 0
        while index < text.count {
            index = min(index, text.count &- 8)
            buffer.store(ByteWord(text.word(at: index)).withEqualDigits, at: count &+ index)
            index &+= 8
        }
        count += text.count
    }

    /// Appends the lowest bytes of a word. There is room for all of it.
    @inline(__always)
    mutating func append(_ word: UInt64, count byteCount: Int) {
        buffer.store(word, at: count)
        count &+= byteCount
    }

    // MARK: Parts

    package mutating func append(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }

    package mutating func append(_ text: StaticString) {
        append(text.bytes)
    }

    package mutating func append(_ bytes: Span<UInt8>) {
        buffer.write(bytes, at: count)
        count += bytes.count
    }
}
