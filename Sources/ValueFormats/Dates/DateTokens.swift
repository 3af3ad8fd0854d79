import ByteSpans
import SafeText

/// The numbers and English month names of a text, and which dates they can be. Owns the memory for them, so it is used for one text after the other:
/// it would cost more to make it than to read them.
package struct DateTokens: ~Copyable {
    package enum Kind: BitwiseCopyable {
        case digits, shortName, fullName
    }

    package struct Token: BitwiseCopyable {
        // Small: a text may have sixteen of them, and each value of a file may be one.
        private let start: UInt16
        private let end: UInt16
        private let number: UInt16
        package let kind: Kind

        fileprivate init(range: Range<Int>, kind: Kind, value: Int) {
            start = UInt16(truncatingIfNeeded: range.lowerBound)
            end = UInt16(truncatingIfNeeded: range.upperBound)
            number = UInt16(truncatingIfNeeded: value)
            self.kind = kind
        }

        package var range: Range<Int> { Int(start)..<Int(end) }
        /// The number; of a month name the month. Of more than four digits nothing.
        package var value: Int { Int(number) }
        var asNumber: Number { Number(value: value, width: range.count) }
    }

    /// More than a date and a time have.
    package static let most = 16
    private var tokens = Block(repeating: Token(range: 0..<0, kind: .digits, value: 0), count: most)
    package private(set) var count = 0

    package init() {}

    package subscript(index: Int) -> Token { tokens[index] }

    /// Reads as many as there is room for; the rest counts as text.
    ///
    /// - Parameter text: at most ``ValueMask/longestValue`` bytes.
    package mutating func read(_ text: Span<UInt8>) {
        count = 0
        var index = 0
        while index < text.count, count < Self.most {
            if ASCII.isDigit(text[index]) {
                let start = index
                var value = 0
                while index < text.count, ASCII.isDigit(text[index]) {
                    if index &- start < 4 { value = value &* 10 &+ Int(text[index] &- UInt8(ascii: "0")) }
                    index &+= 1
                }
                append(Token(range: start..<index, kind: .digits, value: value))
            } else if Self.isLetter(text[index]) {
                // A name is one word: "Januar" is not "Jan" with something after it.
                let start = index
                while index < text.count, Self.isLetter(text[index]) { index &+= 1 }
                if index &- start >= 3, let (month, length, isFull) = EnglishNames.find(.months, text, at: start), start + length == index {
                    append(Token(range: start..<index, kind: isFull ? .fullName : .shortName, value: month))
                }
            } else {
                index += 1
            }
        }
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    private mutating func append(_ token: Token) {
        tokens[count] = token
        count &+= 1
    }

    // MARK: Orders

    private static let dayMonthYear: UInt8 = 1
    private static let monthDayYear: UInt8 = 2
    private static let yearMonthDay: UInt8 = 4
    private static let yearDayMonth: UInt8 = 8
    /// Day and month are the same number.
    private static let same: UInt8 = 16

    /// The orders in which the text's first three tokens are a date, a bit each; and whether they can be nothing but a date: what might be
    /// the beginning of a time is not sure.
    ///
    /// - Parameter text: that was read.
    package func orders(in text: Span<UInt8>) -> (bits: UInt8, areSure: Bool) {
        guard count >= 3 else { return (0, false) }
        let (first, second, third) = (tokens[0], tokens[1], tokens[2])
        if second.kind != .digits, first.kind == .digits, third.kind == .digits, first.range.count <= 2 {
            return (Self.exists(third.asNumber, second.value, first.value) ? Self.dayMonthYear : 0, third.range.count == 4)
        }
        if first.kind != .digits, second.kind == .digits, third.kind == .digits, second.range.count <= 2 {
            return (Self.exists(third.asNumber, first.value, second.value) ? Self.monthDayYear : 0, third.range.count == 4)
        }
        guard first.kind == .digits, second.kind == .digits, third.kind == .digits, second.range.count <= 2 else { return (0, false) }
        let separator = text[first.range.upperBound..<second.range.lowerBound]
        return (
            Self.orders(first.asNumber, second.asNumber, third.asNumber),
            separator.hasSameBytes(as: text[second.range.upperBound..<third.range.lowerBound])
        )
    }

    /// A number and how many digits it has.
    struct Number {
        let value: Int
        let width: Int
    }

    /// The orders in which three numbers are a date.
    ///
    /// - Parameter second: of one digit or two.
    @inline(__always)
    static func orders(_ first: Number, _ second: Number, _ third: Number) -> UInt8 {
        var bits: UInt8 = 0
        if first.width <= 2 {
            if exists(third, second.value, first.value) { bits |= dayMonthYear }
            if exists(third, first.value, second.value) { bits |= monthDayYear }
            if bits != 0, first.value == second.value { bits |= same }
        }
        if third.width <= 2 {
            if exists(first, second.value, third.value) { bits |= yearMonthDay }
            if exists(first, third.value, second.value) { bits |= yearDayMonth }
        }
        return bits
    }

    /// The same for a run of digits without separators: `yyyyMMdd`, `ddMMyyyy`, `MMddyyyy`, and with years of two digits.
    package static func orders(ofRun digits: Span<UInt8>) -> UInt8 {
        /// Two digits.
        func pair(_ index: Int) -> Int { Int(digits[index] &- 0x30) &* 10 &+ Int(digits[index &+ 1] &- 0x30) }
        var bits: UInt8 = 0
        switch digits.count {
        case 8, 12, 14:
            bits = orders(ofPairs: pair(0), pair(2), pair(4), pair(6))
        case 6:
            let (first, second, third) = (pair(0), pair(2), pair(4))
            if exists(2000 + first, second, third) { bits |= yearMonthDay }
            if exists(2000 + third, second, first) { bits |= dayMonthYear }
            if exists(2000 + third, first, second) { bits |= monthDayYear }
        default: break
        }
        return bits
    }

    /// The orders in which eight digits are a date.
    @inline(__always)
    static func orders(ofPairs first: Int, _ second: Int, _ third: Int, _ fourth: Int) -> UInt8 {
        var bits: UInt8 = first == second ? same : 0
        let (front, back) = (first &* 100 &+ second, third &* 100 &+ fourth)
        if exists(front, third, fourth) { bits |= yearMonthDay }
        if exists(front, fourth, third) { bits |= yearDayMonth }
        if exists(back, second, first) { bits |= dayMonthYear }
        if exists(back, first, second) { bits |= monthDayYear }
        return bits
    }

    /// Whether there is any order at all.
    package static func isOrder(_ bits: UInt8) -> Bool { bits & ~same != 0 }

    /// `yyyyMMdd`.
    package static func isCompactDate(_ digits: Span<UInt8>) -> Bool {
        orders(ofRun: digits) & yearMonthDay != 0
    }

    @inline(__always)
    static func exists(_ year: Number, _ month: Int, _ day: Int) -> Bool {
        switch year.width {
        case 2: exists(2000 + year.value, month, day)
        case 4: exists(year.value, month, day)
        default: false
        }
    }

    @inline(__always)
    private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        year >= 1 && (1...12).contains(month) && day >= 1 && day <= CalendarDate.days(inMonth: month, of: year)
    }
}
