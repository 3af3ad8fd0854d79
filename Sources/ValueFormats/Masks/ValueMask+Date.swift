import ByteSpans
import SafeText

extension ValueMask {
    /// Digits as 9; after them what the calendar says: which orders of day, month and year exist, or else in which range each number lies.
    package mutating func appendDate(_ text: Span<UInt8>) {
        if let run = Self.onlyRun(in: text), run.count == text.count || !Self.mayBeNull(text) { return append(text, run: run) }
        // The day of the week goes with one date only; words for no value are distinguished, since a profile may list them.
        if Self.weekday(in: text) || Self.mayBeNull(text) { return append(text) }
        parts.read(text)
        appendSkeleton(text)
        append(UInt8(ascii: "|"))
        let orders = parts.orders(in: text)
        if orders.bits != 0 { append(UInt8(ascii: "A") + orders.bits) }
        for index in (orders.bits != 0 && orders.areSure ? 3 : 0)..<max(3, parts.count) where index < parts.count {
            appendRange(index, text)
        }
    }

    /// The digits of a text that has one run of them, and no letters of which three could be a name; `nil` for any other text.
    private static func onlyRun(in text: Span<UInt8>) -> Range<Int>? {
        if text.count <= 8 { return ByteWord(text).onlyRun }
        guard let start = endOfOthers(text, from: 0) else { return nil }
        var end = start
        while end < text.count, ASCII.isDigit(text[end]) { end &+= 1 }
        return start == end || endOfOthers(text, from: end) != text.count ? nil : start..<end
    }

    /// Where the next digit is, or the end; `nil` where three letters come before it.
    @inline(__always)
    private static func endOfOthers(_ text: Span<UInt8>, from start: Int) -> Int? {
        var (index, letterCount) = (start, 0)
        while index < text.count, !ASCII.isDigit(text[index]) {
            letterCount = DateTokens.isLetter(text[index]) ? letterCount &+ 1 : 0
            if letterCount == 3 { return nil }
            index &+= 1
        }
        return index
    }

    /// The same as for other texts, whose numbers would have to be found first.
    private mutating func append(_ text: Span<UInt8>, run: Range<Int>) {
        appendWithEqualDigits(text)
        append(UInt8(ascii: "|"))
        let digits = text[run]
        let value = digits.count <= 2 ? digits.indices.reduce(0) { $0 * 10 + Int(digits[$1] - UInt8(ascii: "0")) } : 0
        appendRange(digits, value)
    }

    private mutating func appendSkeleton(_ text: Span<UInt8>) {
        var index = 0
        for number in 0..<parts.count {
            let token = parts[number]
            append(text[index..<token.range.lowerBound])
            switch token.kind {
            // The short name and the full one of May are the same.
            case .shortName: append(token.value == 5 ? "<m>" : "<n>")
            case .fullName: append(token.value == 5 ? "<m>" : "<name>")
            case .digits: for _ in token.range { append(UInt8(ascii: "9")) }
            }
            index = token.range.upperBound
        }
        append(text[index...])
    }

    /// Tells of a number what a part of a date or time asks: nothing finer makes a difference to any.
    private mutating func appendRange(_ index: Int, _ text: Span<UInt8>) {
        let token = parts[index]
        guard token.kind == .digits else { return append(UInt8(ascii: "n")) }
        appendRange(text[token.range], token.value)
    }

    /// - Parameter value: of one or two digits.
    private mutating func appendRange(_ digits: Span<UInt8>, _ value: Int) {
        switch digits.count {
        case 1, 2: append(Self.range(of: value))
        case 5: append((UInt8(ascii: "2")...UInt8(ascii: "6")).contains(digits[0]) ? UInt8(ascii: "s") : UInt8(ascii: "."))
        case 4, 6, 8, 12, 14:
            let orders = DateTokens.orders(ofRun: digits)
            append(UInt8(ascii: "A") + orders)
            // A year that is not 0, then pairs: compact dates and times.
            let hasYear = digits.load(at: 0, as: UInt32.self) != 0x3030_3030
            append(hasYear ? UInt8(ascii: "y") : UInt8(ascii: "0"))
            var place = DateTokens.isOrder(orders) && digits.count >= 8 ? 8 : 0
            while place < digits.count {
                let pair = Int(UInt16(littleEndian: digits.load(at: place)) &- 0x3030)
                append(Self.range(of: (pair & 0xFF) &* 10 &+ pair >> 8))
                place &+= 2
            }
        // No part of a date or time is so long, or it is a fraction.
        default: append(UInt8(ascii: "."))
        }
    }

    /// - Parameter value: below 100.
    static func range(of value: Int) -> UInt8 { ranges.bytes[value] }

    /// Bounds of months, hours of half a day, hours of an offset, hours, midnight, days, minutes, seconds:
    /// 0, 1 to 12, 13 and 14, 15 to 23, 24, 25 to 31, 32 to 59, 60, and what is beyond.
    private static let ranges: StaticString = """
        0111111111\
        1112233333\
        3333455555\
        5566666666\
        6666666666\
        6666666666\
        7888888888\
        8888888888\
        8888888888\
        8888888888
        """

    static func weekday(in text: Span<UInt8>) -> Bool {
        for index in 0..<max(0, text.count - 2) where isWeekday(text, at: index) { return true }
        return false
    }

    /// Whether the name of a weekday begins at an index.
    ///
    /// - Parameter index: of a byte that has another after it.
    @inline(__always)
    static func isWeekday(_ text: Span<UInt8>, at index: Int) -> Bool {
        // A name has three letters at least.
        if text[index] < UInt8(ascii: "A") || text[index &+ 1] < UInt8(ascii: "A") { return false }
        switch text[index] | 0x20 {
        case UInt8(ascii: "m"), UInt8(ascii: "t"), UInt8(ascii: "w"), UInt8(ascii: "f"), UInt8(ascii: "s"):
            return EnglishNames.find(.weekdays, text, at: index) != nil
        default: return false
        }
    }
}
