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
    @inline(__always)
    package static func number(of text: Span<UInt8>, _ words: (low: UInt64, high: UInt64)) -> UInt32 {
        let (low, high) = (ByteWord(words.low), ByteWord(words.high))
        let digits = ByteWord.places(low.digits) | ByteWord.places(high.digits) &<< 8
        let letters = ByteWord.places(low.letters) | ByteWord.places(high.letters) &<< 8
        return letters == 0 ? number(ofDigits: digits, in: text) : number(ofDigits: digits, letters: letters, in: text)
    }

    /// A run of digits.
    private struct Run {
        let start: Int
        let count: Int
        private(set) var value = 0

        /// The lowest run of a set of places. None has no digits.
        @inline(__always)
        init(_ digits: UInt32, in text: Span<UInt8>) {
            start = digits == 0 ? text.count : digits.trailingZeroBitCount
            count = (~(digits &>> UInt32(truncatingIfNeeded: start))).trailingZeroBitCount
            switch count {
            case 1: value = Self.digit(text[start])
            case 2: value = Self.pair(text, start)
            case 4: value = Self.pair(text, start) &* 100 &+ Self.pair(text, start &+ 2)
            default: break
            }
        }

        var end: Int { start &+ count }

        /// What is left of the places behind this run.
        @inline(__always)
        func rest(of digits: UInt32) -> UInt32 { digits & (UInt32.max &<< UInt32(truncatingIfNeeded: end)) }

        @inline(__always)
        private static func digit(_ byte: UInt8) -> Int { Int(byte &- UInt8(ascii: "0")) }

        @inline(__always)
        private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int { digit(text[index]) &* 10 &+ digit(text[index &+ 1]) }

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

    // What the lowest bits hold: which of the forms below the text has.
    private static let (threeNumbers, compact, dayAndName, nameAndNumber): (UInt32, UInt32, UInt32, UInt32) = (1, 2, 3, 4)

    /// Three numbers between the same signs, or one of eight digits.
    @inline(__always)
    private static func number(ofDigits digits: UInt32, in text: Span<UInt8>) -> UInt32 {
        let first = Run(digits, in: text)
        var rest = first.rest(of: digits)
        if rest == 0 {
            guard first.count == 8 else { return 0 }
            let run = text[first.start..<first.end]
            let orders = DateTokens.orders(ofRun: run)
            let hasYear: UInt32 = run.load(at: 0, as: UInt32.self) == 0x3030_3030 ? 0 : 1
            return DateTokens.isOrder(orders) ? compact | UInt32(orders) &<< 3 | hasYear &<< 8 : 0
        }
        let second = Run(rest, in: text)
        rest = second.rest(of: rest)
        let third = Run(rest, in: text)
        guard third.rest(of: rest) == 0, second.isDayOrMonth, first.isPart, third.isPart,
            second.start &- first.end == third.start &- second.end
        else { return 0 }
        guard text[first.end..<second.start].hasSameBytes(as: text[second.end..<third.start]) else { return 0 }
        let orders = DateTokens.orders(first.number, second.number, third.number)
        if !DateTokens.isOrder(orders) { return 0 }
        let ranges = (first.isDayOrMonth ? first.range : 0xF) &<< 8 | second.range &<< 4 | (third.isDayOrMonth ? third.range : 0xF)
        return threeNumbers | UInt32(orders) &<< 3 | ranges &<< 8
    }

    /// A month's name and one number or two.
    private static func number(ofDigits digits: UInt32, letters: UInt32, in text: Span<UInt8>) -> UInt32 {
        let start = letters.trailingZeroBitCount
        let count = (~(letters &>> UInt32(start))).trailingZeroBitCount
        guard letters.nonzeroBitCount == count, count >= 3, digits != 0,
            let (month, length, _) = EnglishNames.find(.months, text, at: start), length == count
        else { return 0 }
        let first = Run(digits, in: text)
        let rest = first.rest(of: digits)
        if rest == 0 { return first.isPart ? nameAndNumber | first.range &<< 3 | (first.value == 0 ? 1 : 0) &<< 12 : 0 }
        let second = Run(rest, in: text)
        // Day, name, year or name, day, year.
        guard second.rest(of: rest) == 0, first.isDayOrMonth, second.count == 4, start < second.start,
            DateTokens.exists(second.number, month, first.value)
        else { return 0 }
        return dayAndName | first.range &<< 3 | (start < first.start ? 1 : 0) &<< 8
    }
}
