import ByteSpans

/// What makes a difference between short texts that are dates, or may be, and differ in their digits only: which orders of day, month and year exist,
/// and, of a month's name and a number, in which range of a date's parts the number lies.
///
///     25/04/2026, 26/05/2027     the same: day first
///     04/05/2026                 another: also month first
///
/// Two texts with one class and the same bytes but for digits have the same mask. It is found without a look at each byte, unlike the mask.
package struct DateClass {
    /// Below 2²⁴; 0 for texts that have none: those that are in no calendar, with parts of a time, or with other words than one month's name.
    package let number: UInt32

    /// The first bytes of a text, the lowest the first, and zeros.
    private struct Words {
        let low: UInt64
        let high: UInt64

        /// Eight bytes from a place on, of 16.
        @inline(__always)
        func word(at place: Int) -> UInt64 {
            let shift = UInt64(truncatingIfNeeded: 8 &* place)
            return place < 8 ? low &>> shift | (high &<< 1) &<< (63 &- shift) : high &>> shift
        }
    }

    /// A run of digits.
    private struct Run {
        let start: Int
        let count: Int
        let value: Int

        /// The lowest run of a set of places, which is not empty.
        @inline(__always)
        init(_ digits: UInt32, in words: Words) {
            start = digits.trailingZeroBitCount
            count = (~(digits &>> UInt32(truncatingIfNeeded: start))).trailingZeroBitCount
            let text = words.word(at: start)
            switch count {
            case 1: value = Int(text & 0xF)
            case 2: value = DateClass.pair(text)
            case 4: value = DateClass.pair(text) &* 100 &+ DateClass.pair(text &>> 16)
            default: value = 0
            }
        }

        var end: Int { start &+ count }

        /// The places after this run.
        @inline(__always)
        func rest(of digits: UInt32) -> UInt32 { digits & (UInt32.max &<< UInt32(truncatingIfNeeded: end)) }

        /// The range of a part that the number lies in, of a number of four digits those of its halves: below 2⁸.
        var range: UInt32 {
            count == 4
                ? UInt32(ValueMask.range(of: value / 100) & 0xF) &<< 4 | UInt32(ValueMask.range(of: value % 100) & 0xF)
                : UInt32(ValueMask.range(of: value) & 0xF)
        }

        /// A number of a date.
        var isPart: Bool { isDayOrMonth || count == 4 }
        var isDayOrMonth: Bool { count == 1 || count == 2 }
        var number: DateTokens.Number { DateTokens.Number(value: value, width: count) }
    }

    /// The number that the two lowest bytes spell.
    @inline(__always)
    private static func pair(_ text: UInt64) -> Int { Int((text & 0xF) &* 10 &+ (text &>> 8 & 0xF)) }

    // What the lowest bits hold: which of the forms below the text has.
    private static let threeNumbers: UInt32 = 1
    private static let compact: UInt32 = 2
    private static let dayAndName: UInt32 = 3
    private static let nameAndNumber: UInt32 = 4

    /// - Parameters:
    ///   - text: of 16 bytes at most.
    ///   - words: its bytes, the first the lowest, and zeros.
    package init(_ text: Span<UInt8>, _ words: (low: UInt64, high: UInt64)) {
        let (words, digits, letters) = Self.places(words)
        if letters != 0 {
            number = Self.number(ofDigits: digits, letters: letters, in: words, text)
        } else if digits == 0 {
            number = 0
        } else {
            let first = Run(digits, in: words)
            let rest = first.rest(of: digits)
            number =
                rest != 0
                ? Self.number(ofThree: first, rest: rest, in: words)
                : first.count == 8 ? Self.number(ofCompact: words.word(at: first.start)) : 0
        }
    }

    /// Of texts of three numbers only; others have none.
    ///
    /// - Parameter words: the bytes of a text of 16 bytes at most, the first the lowest, and zeros.
    package init(threeNumbers words: (low: UInt64, high: UInt64)) {
        let (words, digits, letters) = Self.places(words)
        guard letters == 0, digits != 0 else {
            number = 0
            return
        }
        let first = Run(digits, in: words)
        let rest = first.rest(of: digits)
        number = rest == 0 ? 0 : Self.number(ofThree: first, rest: rest, in: words)
    }

    /// Where the digits of a text are, and its letters, a bit for each byte.
    @inline(__always)
    private static func places(_ words: (low: UInt64, high: UInt64)) -> (Words, digits: UInt32, letters: UInt32) {
        let (low, high) = (ByteWord(words.low), ByteWord(words.high))
        return (
            Words(low: words.low, high: words.high), ByteWord.places(low.digits) | ByteWord.places(high.digits) &<< 8,
            ByteWord.places(low.letters) | ByteWord.places(high.letters) &<< 8
        )
    }

    /// Three numbers between the same signs.
    @inline(__always)
    private static func number(ofThree first: Run, rest: UInt32, in words: Words) -> UInt32 {
        let second = Run(rest, in: words)
        let rest = second.rest(of: rest)
        if rest == 0 { return 0 }
        let third = Run(rest, in: words)
        let signCount = second.start &- first.end
        guard third.rest(of: rest) == 0, second.isDayOrMonth, first.isPart, third.isPart, third.start &- second.end == signCount else {
            return 0
        }
        // Seven signs at most: five digits are not among them, and the text has 16 bytes.
        let unused = UInt64(truncatingIfNeeded: 64 &- 8 &* signCount)
        if (words.word(at: first.end) ^ words.word(at: second.end)) &<< unused != 0 { return 0 }
        let orders = DateTokens.orders(first.number, second.number, third.number)
        return DateTokens.isOrder(orders) ? threeNumbers | UInt32(orders) &<< 3 : 0
    }

    /// - Parameter digits: eight of them.
    private static func number(ofCompact digits: UInt64) -> UInt32 {
        let orders = DateTokens.orders(ofPairs: pair(digits), pair(digits &>> 16), pair(digits &>> 32), pair(digits &>> 48))
        let hasYear: UInt32 = UInt32(truncatingIfNeeded: digits) == 0x3030_3030 ? 0 : 1
        return DateTokens.isOrder(orders) ? compact | UInt32(orders) &<< 3 | hasYear &<< 8 : 0
    }

    /// A month's name and one number or two.
    private static func number(ofDigits digits: UInt32, letters: UInt32, in words: Words, _ text: Span<UInt8>) -> UInt32 {
        let start = letters.trailingZeroBitCount
        let count = (~(letters &>> UInt32(start))).trailingZeroBitCount
        guard letters.nonzeroBitCount == count, count >= 3, digits != 0,
            let (month, length, _) = EnglishNames.find(.months, text, at: start), length == count
        else { return 0 }
        let first = Run(digits, in: words)
        let rest = first.rest(of: digits)
        if rest == 0 { return first.isPart ? nameAndNumber | first.range &<< 3 | (first.value == 0 ? 1 : 0) &<< 12 : 0 }
        let second = Run(rest, in: words)
        // Day, name, year or name, day, year.
        guard second.rest(of: rest) == 0, first.isDayOrMonth, second.count == 4, start < second.start,
            DateTokens.exists(second.number, month, first.value)
        else { return 0 }
        return dayAndName | first.range &<< 3 | (start < first.start ? 1 : 0) &<< 8
    }
}
