import ByteSpans
import ValueFormats

/// A text of at most 16 bytes and the column that it is in: what is known of it is found without a look at each byte.
struct ShortText: Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// From the lowest bit on: length plus 1, which is never 0, of eight bits; column, of 32; class of a date.
    private var numbers: UInt64 = 0
    private static let columnBits: UInt64 = 0xFF_FFFF_FF00

    var column: Int { Int((numbers & Self.columnBits) >> 8) }

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    /// - Returns: `nil` for longer texts.
    @inline(__always)
    init?(_ text: Span<UInt8>, column: Int) {
        let count = text.count
        guard count <= 16 else { return nil }
        low = unsafe text.paddedWord(at: 0) & Self.mask(count)
        high = unsafe count > 8 ? text.paddedWord(at: 8) & Self.mask(count - 8) : 0
        numbers = UInt64(truncatingIfNeeded: column) &<< 8 | UInt64(truncatingIfNeeded: count &+ 1)
    }

    /// What masks and parsers ask of a plain number that is longer, such as `0.30000000000000004`: how many digits it has before the separator and
    /// after, and how many zeros before any other.
    ///
    /// - Returns: `nil` for anything else.
    init?(longNumber text: Span<UInt8>, column: Int) {
        guard 17...ValueMask.longestValue ~= text.count, let number = PlainNumber(text) else { return nil }
        let sign = text[0] == UInt8(ascii: "-") ? 1 : 0
        var (index, zeroCount) = (sign, 0)
        while index < text.count, text[index] == UInt8(ascii: "0") || text[index] == number.separator {
            if text[index] == UInt8(ascii: "0") { zeroCount &+= 1 }
            index &+= 1
        }
        let counts = number.wholeCount &<< 32 | number.fractionCount &<< 24 | zeroCount &<< 16 | Int(number.separator) &<< 8 | sign
        low = UInt64(truncatingIfNeeded: counts)
        numbers = 1 &<< 63 | UInt64(truncatingIfNeeded: column) &<< 8 | UInt64(truncatingIfNeeded: text.count &+ 1)
    }

    /// No text.
    init() {}

    /// The same text with 9 for each digit from the first on that is not 0. `-0.0507` becomes `-0.0999`.
    @inline(__always)
    var withEqualDigits: ShortText {
        var text = self
        var isAfterFirst = false
        text.low = Self.withEqualDigits(low, isAfterFirst: &isAfterFirst)
        text.high = Self.withEqualDigits(high, isAfterFirst: &isAfterFirst)
        return text
    }

    /// The same text in another column.
    @inline(__always)
    func inColumn(of other: ShortText) -> ShortText {
        var text = self
        text.numbers = numbers & ~Self.columnBits | other.numbers & Self.columnBits
        return text
    }

    /// With 9 for each digit, and the class of the date; the text itself where it has none.
    ///
    /// - Parameter text: the text whose this is.
    @inline(__always)
    func withDateClass(_ text: Span<UInt8>) -> ShortText { withClass(DateClass(text, (low, high))) ?? self }

    /// The same for a date of three numbers; `nil` for others.
    @inline(__always)
    var withClassOfThreeNumbers: ShortText? { withClass(DateClass(threeNumbers: (low, high))) }

    @inline(__always)
    private func withClass(_ found: DateClass) -> ShortText? {
        if found.number == 0 { return nil }
        var key = self
        (key.low, key.high) = (ByteWord(low).withEqualDigits, ByteWord(high).withEqualDigits)
        key.numbers |= UInt64(found.number) &<< 40
        return key
    }

    /// Eight bytes at once, the first the lowest: the high bit of each tells what it is, where no carry goes from one byte to the next.
    ///
    /// - Parameter isAfterFirst: whether there was a digit other than 0; set where there is one.
    @inline(__always)
    private static func withEqualDigits(_ word: UInt64, isAfterFirst: inout Bool) -> UInt64 {
        let high: UInt64 = 0x8080_8080_8080_8080
        let value = word ^ 0x3030_3030_3030_3030
        let digits = ~((value & ~high) &+ 0x7676_7676_7676_7676) & ~word & high
        let positive = ((value | high) &- 0x0101_0101_0101_0101) & digits
        // From the lowest bit on; none where there is no bit.
        let changed = isAfterFirst ? digits : digits & ~((positive & (0 &- positive)) &- 1)
        isAfterFirst = isAfterFirst || positive != 0
        let mask = (changed &>> 7) &* 0xFF
        return word & ~mask | 0x3939_3939_3939_3939 & mask
    }

    /// Its place in a table: the same text in neighbouring columns has neighbouring places, so thousands of columns with one value share a table.
    ///
    /// - Parameter bits: of the number of places.
    @inline(__always)
    func place(bits: Int) -> Int {
        var hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15) ^ (numbers & ~Self.columnBits)) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash &>> 32
        let place = Int(truncatingIfNeeded: (hash &* 0xD6E8_FEB8_6659_FD93) &>> UInt64(truncatingIfNeeded: 64 &- bits))
        return (place &+ column) & (1 &<< bits &- 1)
    }

    /// The lowest bytes of a word that the machine loaded.
    @inline(__always)
    fileprivate static func mask(_ byteCount: Int) -> UInt64 {
        if byteCount == 0 { return 0 }
        let bits = UInt64(truncatingIfNeeded: 64 &- 8 &* min(byteCount, 8))
        #if _endian(little)
            return UInt64.max &>> bits
        #else
            return UInt64.max &<< bits
        #endif
    }
}

/// A text of 1 to 16 bytes that the next values of a column are compared with.
struct RepeatedText {
    private var (low, high): (UInt64, UInt64) = (0, 0)
    private var (lowMask, highMask): (UInt64, UInt64) = (0, 0)
    private var byteCount = -1

    /// Equal to no text.
    init() {}

    /// - Parameter text: of 16 bytes at most, and as many as that are readable at its beginning.
    @inline(__always)
    init(_ text: Span<UInt8>) {
        byteCount = text.count
        (lowMask, highMask) = (ShortText.mask(min(byteCount, 8)), ShortText.mask(max(0, byteCount &- 8)))
        low = unsafe text.paddedWord(at: 0) & lowMask
        high = unsafe text.paddedWord(at: 8) & highMask
    }

    /// Equal to no text where the text is longer.
    @inline(__always)
    static func ofShort(_ text: Span<UInt8>) -> RepeatedText { text.count <= 16 ? RepeatedText(text) : RepeatedText() }

    /// Whether a text is this one.
    ///
    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func isText(_ text: Span<UInt8>) -> Bool {
        guard unsafe text.count == byteCount && text.paddedWord(at: 0) & lowMask == low else { return false }
        return unsafe highMask == 0 || text.paddedWord(at: 8) & highMask == high
    }
}
