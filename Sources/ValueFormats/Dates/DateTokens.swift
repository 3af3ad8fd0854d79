import SafeText

/// The numbers and English month names of a text, and which dates they can be. Cannot be copied: it would cost more than to read them.
package struct DateTokens: ~Copyable {
    package enum Kind {
        case digits, shortName, fullName
    }

    package struct Token {
        package var range: Range<Int>
        package var kind: Kind
        /// The number; of a month name the month. Of more than four digits nothing.
        package var value: Int
    }

    /// More than a date and a time have.
    private static let most = 16
    private let text: UnsafeRawBufferPointer
    private var tokens: [16 of Token] = .init(repeating: Token(range: 0..<0, kind: .digits, value: 0))
    package private(set) var count = 0

    package init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    package subscript(index: Int) -> Token { tokens[index] }

    /// Reads as many as there is room for; the rest counts as text.
    package mutating func read() {
        var index = 0
        while index < text.count, count < Self.most {
            if ASCII.isDigit(text[index]) {
                let start = index
                var value = 0
                while index < text.count, ASCII.isDigit(text[index]) {
                    if index - start < 4 { value = value * 10 + Int(text[index] - UInt8(ascii: "0")) }
                    index += 1
                }
                append(Token(range: start..<index, kind: .digits, value: value))
            } else if Self.isLetter(text[index]) {
                // A name is one word: "Januar" is not "Jan" with something after it.
                let start = index
                while index < text.count, Self.isLetter(text[index]) { index += 1 }
                if let (month, length, isFull) = EnglishNames.find(in: EnglishNames.months, text, at: start), start + length == index {
                    append(Token(range: start..<index, kind: isFull ? .fullName : .shortName, value: month))
                }
            } else {
                index += 1
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private mutating func append(_ token: Token) {
        tokens[count] = token
        count += 1
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
    package var orders: (bits: UInt8, areSure: Bool) {
        guard count >= 3 else { return (0, false) }
        let (first, second, third) = (tokens[0], tokens[1], tokens[2])
        if second.kind != .digits, first.kind == .digits, third.kind == .digits, first.range.count <= 2 {
            return (Self.exists(third, second.value, first.value) ? Self.dayMonthYear : 0, third.range.count == 4)
        }
        if first.kind != .digits, second.kind == .digits, third.kind == .digits, second.range.count <= 2 {
            return (Self.exists(third, first.value, second.value) ? Self.monthDayYear : 0, third.range.count == 4)
        }
        guard first.kind == .digits, second.kind == .digits, third.kind == .digits, second.range.count <= 2 else { return (0, false) }
        var bits: UInt8 = 0
        if first.range.count <= 2 {
            if Self.exists(third, second.value, first.value) { bits |= Self.dayMonthYear }
            if Self.exists(third, first.value, second.value) { bits |= Self.monthDayYear }
            if bits != 0, first.value == second.value { bits |= Self.same }
        }
        if third.range.count <= 2 {
            if Self.exists(first, second.value, third.value) { bits |= Self.yearMonthDay }
            if Self.exists(first, third.value, second.value) { bits |= Self.yearDayMonth }
        }
        let separators = (text[first.range.upperBound..<second.range.lowerBound], text[second.range.upperBound..<third.range.lowerBound])
        return (bits, separators.0.elementsEqual(separators.1))
    }

    /// The same for a run of digits without separators: `yyyyMMdd`, `ddMMyyyy`, `MMddyyyy`, and with years of two digits.
    package static func orders(ofRun digits: UnsafeRawBufferPointer) -> UInt8 {
        func number(_ range: Range<Int>) -> Int {
            digits[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        var bits: UInt8 = 0
        switch digits.count {
        case 8, 12, 14:
            if exists(number(0..<4), number(4..<6), number(6..<8)) { bits |= yearMonthDay }
            if exists(number(0..<4), number(6..<8), number(4..<6)) { bits |= yearDayMonth }
            if digits[0] == digits[2], digits[1] == digits[3] { bits |= same }
            if exists(number(4..<8), number(2..<4), number(0..<2)) { bits |= dayMonthYear }
            if exists(number(4..<8), number(0..<2), number(2..<4)) { bits |= monthDayYear }
        case 6:
            if exists(2000 + number(0..<2), number(2..<4), number(4..<6)) { bits |= yearMonthDay }
            if exists(2000 + number(4..<6), number(2..<4), number(0..<2)) { bits |= dayMonthYear }
            if exists(2000 + number(4..<6), number(0..<2), number(2..<4)) { bits |= monthDayYear }
        default: break
        }
        return bits
    }

    /// Whether there is any order at all.
    package static func isOrder(_ bits: UInt8) -> Bool { bits & ~same != 0 }

    /// `yyyyMMdd`.
    package static func isCompactDate(_ digits: UnsafeRawBufferPointer) -> Bool {
        orders(ofRun: digits) & yearMonthDay != 0
    }

    private static func exists(_ year: Token, _ month: Int, _ day: Int) -> Bool {
        switch year.range.count {
        case 2: exists(2000 + year.value, month, day)
        case 4: exists(year.value, month, day)
        default: false
        }
    }

    private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        year >= 1 && (1...12).contains(month) && day >= 1 && day <= CalendarDate.days(inMonth: month, of: year)
    }
}
