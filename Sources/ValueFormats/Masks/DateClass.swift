import ByteSpans

/// What makes a difference between short texts that are dates, or may be, and differ in their digits only: which orders of day, month and year exist,
/// and in which range of a date's parts each number lies.
///
///     25/04/2026, 26/05/2027     the same: day first
///     04/05/2026                 another: also month first
///
/// Two texts with one class and the same bytes but for digits have the same mask. It is found without a look at each byte, unlike the mask.
package enum DateClass {
    /// The most bytes of a text that has one.
    package static let longestText = 16

    /// The class as a number below 2²⁴; 0 for texts that have none: those that are in no calendar, with parts of a time, or with other words than one
    /// month's name.
    ///
    /// - Parameters:
    ///   - text: of ``longestText`` bytes at most.
    ///   - words: its bytes, the first the lowest, and zeros.
    package static func number(of text: Span<UInt8>, _ words: (low: UInt64, high: UInt64)) -> UInt32 {
        let (low, high) = (ByteWord(words.low), ByteWord(words.high))
        let digits = ByteWord.places(low.digits) | ByteWord.places(high.digits) &<< 8
        let letters = ByteWord.places(low.letters) | ByteWord.places(high.letters) &<< 8
        let bytes = UInt128(words.high) &<< 64 | UInt128(words.low)
        return letters == 0 ? number(ofDigits: digits, in: bytes) : number(ofDigits: digits, letters: letters, in: bytes, text)
    }

    /// A run of digits.
    private struct Run {
        let start: Int
        let count: Int
        private(set) var value = 0

        /// The lowest run of a set of places. None has no digits.
        @inline(__always)
        init(_ digits: UInt32, in bytes: UInt128) {
            start = digits.trailingZeroBitCount
            count = (~(digits &>> UInt32(truncatingIfNeeded: start))).trailingZeroBitCount
            let text = UInt32(truncatingIfNeeded: bytes &>> UInt128(truncatingIfNeeded: 8 &* start))
            switch count {
            case 1: value = Int(text & 0xF)
            case 2: value = Self.pair(text)
            case 4: value = Self.pair(text) &* 100 &+ Self.pair(text &>> 16)
            default: break
            }
        }

        var end: Int { start &+ count }

        /// What is left of the places behind this run.
        @inline(__always)
        func rest(of digits: UInt32) -> UInt32 { digits & (UInt32.max &<< UInt32(truncatingIfNeeded: end)) }

        /// The number that the two lowest bytes spell.
        @inline(__always)
        private static func pair(_ text: UInt32) -> Int { Int((text & 0xF) &* 10 &+ (text &>> 8 & 0xF)) }

        /// The range of a part that the number lies in, of a number of four digits those of its halves: below 2⁸.
        @inline(__always)
        var range: UInt32 {
            count == 4
                ? UInt32(ValueMask.range(of: value / 100) & 0xF) &<< 4 | UInt32(ValueMask.range(of: value % 100) & 0xF)
                : UInt32(ValueMask.range(of: value) & 0xF)
        }

        /// A number of a date.
        var isPart: Bool { count == 1 || count == 2 || count == 4 }
        var isDayOrMonth: Bool { count == 1 || count == 2 }
        var number: DateTokens.Number { DateTokens.Number(value: value, width: count) }
    }

    /// Whether the class of this number is that of three numbers between the same signs.
    package static func isOfThreeNumbers(_ number: UInt32) -> Bool { number & 7 == threeNumbers }

    // What the lowest bits hold: which of the forms below the text has.
    private static let (threeNumbers, compact, dayAndName, nameAndNumber): (UInt32, UInt32, UInt32, UInt32) = (1, 2, 3, 4)

    /// Three numbers between the same signs, or one of eight digits.
    @inline(__always)
    private static func number(ofDigits digits: UInt32, in bytes: UInt128) -> UInt32 {
        if digits == 0 { return 0 }
        let first = Run(digits, in: bytes)
        var rest = first.rest(of: digits)
        if rest == 0 { return first.count == 8 ? number(ofCompact: bytes &>> UInt128(truncatingIfNeeded: 8 &* first.start)) : 0 }
        let second = Run(rest, in: bytes)
        rest = second.rest(of: rest)
        if rest == 0 { return 0 }
        let third = Run(rest, in: bytes)
        guard third.rest(of: rest) == 0, second.isDayOrMonth, first.isPart, third.isPart,
            hasSameSigns(bytes, first.end..<second.start, second.end..<third.start)
        else { return 0 }
        let orders = DateTokens.orders(first.number, second.number, third.number)
        if !DateTokens.isOrder(orders) { return 0 }
        let ranges = (first.isDayOrMonth ? first.range : 0xF) &<< 8 | second.range &<< 4 | (third.isDayOrMonth ? third.range : 0xF)
        return threeNumbers | UInt32(orders) &<< 3 | ranges &<< 8
    }

    /// - Parameter bytes: the lowest eight are digits.
    private static func number(ofCompact bytes: UInt128) -> UInt32 {
        func pair(_ index: Int) -> Int {
            let text = UInt32(truncatingIfNeeded: bytes &>> UInt128(truncatingIfNeeded: 8 &* index))
            return Int((text & 0xF) &* 10 &+ (text &>> 8 & 0xF))
        }
        let orders = DateTokens.orders(ofPairs: pair(0), pair(2), pair(4), pair(6))
        let hasYear: UInt32 = UInt32(truncatingIfNeeded: bytes) == 0x3030_3030 ? 0 : 1
        return DateTokens.isOrder(orders) ? compact | UInt32(orders) &<< 3 | hasYear &<< 8 : 0
    }

    /// Whether the bytes of two ranges are equal.
    @inline(__always)
    private static func hasSameSigns(_ bytes: UInt128, _ one: Range<Int>, _ other: Range<Int>) -> Bool {
        guard one.count == other.count else { return false }
        let difference =
            (bytes &>> UInt128(truncatingIfNeeded: 8 &* one.lowerBound)) ^ (bytes &>> UInt128(truncatingIfNeeded: 8 &* other.lowerBound))
        return difference & ~(UInt128.max &<< UInt128(truncatingIfNeeded: 8 &* one.count)) == 0
    }

    /// A month's name and one number or two.
    private static func number(ofDigits digits: UInt32, letters: UInt32, in bytes: UInt128, _ text: Span<UInt8>) -> UInt32 {
        let start = letters.trailingZeroBitCount
        let count = (~(letters &>> UInt32(start))).trailingZeroBitCount
        guard letters.nonzeroBitCount == count, count >= 3, digits != 0,
            let (month, length, _) = EnglishNames.find(.months, text, at: start), length == count
        else { return 0 }
        let first = Run(digits, in: bytes)
        let rest = first.rest(of: digits)
        if rest == 0 { return first.isPart ? nameAndNumber | first.range &<< 3 | (first.value == 0 ? 1 : 0) &<< 12 : 0 }
        let second = Run(rest, in: bytes)
        // Day, name, year or name, day, year.
        guard second.rest(of: rest) == 0, first.isDayOrMonth, second.count == 4, start < second.start,
            DateTokens.exists(second.number, month, first.value)
        else { return 0 }
        return dayAndName | first.range &<< 3 | (start < first.start ? 1 : 0) &<< 8
    }
}
