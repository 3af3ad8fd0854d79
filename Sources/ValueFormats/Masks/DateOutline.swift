import ByteSpans
import SafeText

/// What a date pattern looks at in a text, if it sets its numbers off from each other (``DatePattern/setsNumbersOff``): all such patterns judge texts
/// with the same outline alike, and these have the same mask.
///
/// A number is told as far as a part of a date or time asks for it:
///
///     31/12/2026     z. m. H.n.      a day that seven months have, a month of 31 days, two halves of a year that is not a leap year
///     30/02/2026     y. f. H.n.
///     12:60          m. s.           an hour of both clocks, a leap second
///
/// Everything else stays as it is. So a column of wrong dates, each another one, has few outlines, and each needs to be judged only once.
package struct DateOutline: Equatable, Sendable, BitwiseCopyable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0
    /// Column, length plus 1, and whether the first two numbers are the same.
    private var tag: UInt64 = 0

    /// No text.
    package init() {}

    /// A date with a time and an offset is shorter.
    package static let longestText = 32

    /// - Returns: `nil` for a text that may be no plain date: with characters beyond ASCII that are no spaces or dashes, the name of a weekday, a sign
    ///   or a blank before it, a blank after it, or too long.
    package init?(_ text: Span<UInt8>, column: Int) {
        guard 1...Self.longestText ~= text.count, Self.isBeginning(text[0]), 0x21...0x7E ~= text[text.count &- 1] else { return nil }
        var (index, letterCount, numberCount) = (0, 0, 0)
        var (earlier, isSame) = (-1, false)
        while index < text.count {
            let byte = text[index]
            if ASCII.isDigit(byte) {
                var end = index &+ 1
                while end < text.count, ASCII.isDigit(text[end]) { end &+= 1 }
                let value = appendNumber(text[index..<end], at: index)
                numberCount &+= 1
                if numberCount == 2 { isSame = value == earlier }
                earlier = value
                (index, letterCount) = (end, 0)
                continue
            }
            if byte >= 0x80 {
                guard let length = Self.separatorLength(in: text, at: index) else { return nil }
                for place in index..<(index &+ length) { append(text[place], at: place) }
                (index, letterCount) = (index &+ length, 0)
                continue
            }
            letterCount = DateTokens.isLetter(byte) ? letterCount &+ 1 : 0
            if letterCount >= 3, ValueMask.isWeekday(text, at: index &- 2) { return nil }
            append(byte, at: index)
            index &+= 1
        }
        tag = UInt64(truncatingIfNeeded: column) &<< 8 | UInt64(truncatingIfNeeded: text.count &+ 1) &<< 1 | (isSame ? 1 : 0)
    }

    /// The bytes of a space or dash beyond ASCII, which looks like a separator and separates numbers; `nil` for anything else, such as digits of other
    /// scripts and what cannot be seen.
    private static func separatorLength(in text: Span<UInt8>, at index: Int) -> Int? {
        if text[index] == 0xC2 { return index &+ 1 < text.count && text[index &+ 1] == 0xA0 ? 2 : nil }
        guard text[index] == 0xE2, index &+ 2 < text.count, text[index &+ 1] == 0x80 else { return nil }
        switch text[index &+ 2] {
        case 0x80...0x8A, 0x90...0x95, 0xAF: return 3
        default: return nil
        }
    }

    private static func isBeginning(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    /// A place among as many as a power of two.
    @inline(__always)
    package func place(bits: Int) -> Int {
        var hash = (first ^ tag) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash &>> 32 ^ second) &* 0xD6E8_FEB8_6659_FD93
        hash = (hash ^ hash &>> 32 ^ third) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash &>> 32 ^ fourth) &* 0xD6E8_FEB8_6659_FD93
        return Int(truncatingIfNeeded: hash &>> UInt64(truncatingIfNeeded: 64 &- bits))
    }

    // MARK: Numbers

    /// - Returns: the value of a number of one or two digits; another for each length of the others.
    @inline(__always)
    private mutating func appendNumber(_ digits: Span<UInt8>, at start: Int) -> Int {
        let count = digits.count
        if count == 1 {
            let value = Int(digits[0] &- 0x30)
            append(Self.sort(of: value), at: start)
            return value
        }
        let value = Self.pair(digits, 0)
        append(count > 4 ? Self.range(of: value) : Self.sort(of: value), at: start)
        if count == 2 {
            append(Self.rest, at: start &+ 1)
            return value
        }
        appendLong(digits, at: start)
        return -1 &- count
    }

    /// A year, an offset, a run of all parts of a date, or another number; the beginning of that is read, too.
    private mutating func appendLong(_ digits: Span<UInt8>, at start: Int) {
        let count = digits.count
        appendRest((start &+ 1)..<(start &+ count))
        if count < 4 { return }
        let second = Self.pair(digits, 2)
        set(count > 4 ? Self.range(of: second) : Self.sort(of: second), at: start &+ 1)
        switch count {
        case 4:
            let year = 100 &* Self.pair(digits, 0) &+ Self.pair(digits, 2)
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            set(year == 0 ? UInt8(ascii: "0") : isLeap ? UInt8(ascii: "l") : UInt8(ascii: "n"), at: start &+ 2)
        case 6, 8, 12, 14:
            for pair in 2..<(count / 2) { set(Self.range(of: Self.pair(digits, 2 &* pair)), at: start &+ pair) }
            // Nothing is taken for the digits of a year, day and month but in these orders.
            set(0x80 | DateTokens.orders(ofRun: digits), at: start &+ count &- 2)
            set(Self.pair(digits, 0) | Self.pair(digits, 2) == 0 ? UInt8(ascii: "0") : UInt8(ascii: "y"), at: start &+ count &- 1)
        default:
            let isSerialDay = UInt8(ascii: "2")...UInt8(ascii: "6") ~= digits[0]
            set(isSerialDay ? UInt8(ascii: "s") : UInt8(ascii: "n"), at: start &+ 2)
        }
    }

    @inline(__always)
    private static func pair(_ digits: Span<UInt8>, _ index: Int) -> Int {
        Int(digits[index] &- 0x30) &* 10 &+ Int(digits[index &+ 1] &- 0x30)
    }

    /// Stands for a digit whose value makes no difference.
    private static let rest = UInt8(ascii: "9")

    /// What a number below 100 may be. Never the byte of a text.
    @inline(__always)
    private static func sort(of value: Int) -> UInt8 { 0x80 | sorts.bytes[value] }

    /// 0; months of 31 days, of 30, February; 13 and 14, which hours of an offset may be; hours up to 23; 24, which may be midnight; days up to 28; the 29th,
    /// 30th and 31st; minutes; a leap second; and what is none of these. Multiples of 4 are capitals: years of two digits that may be leap years.
    private static let sorts: StaticString = """
        0mfmTmtmMt\
        mtMoohHhhh\
        HhhhNdddDx\
        yzQqqqQqqq\
        QqqqQqqqQq\
        qqQqqqQqqq\
        SvvvVvvvVv\
        vvVvvvVvvv\
        VvvvVvvvVv\
        vvVvvvVvvv
        """

    /// What two digits of a longer run may be: it is no day, month or year whatever follows, so its range is enough. Never the byte of a text.
    @inline(__always)
    private static func range(of value: Int) -> UInt8 { 0x90 | ValueMask.range(of: value) & 0xF }

    // MARK: Bytes

    /// - Parameter index: where nothing is yet.
    @inline(__always)
    private mutating func append(_ byte: UInt8, at index: Int) {
        insert(UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* (index & 7)), word: index &>> 3)
    }

    /// Digits whose values make no difference, those of a word at once.
    @inline(__always)
    private mutating func appendRest(_ places: Range<Int>) {
        var start = places.lowerBound
        while start < places.upperBound {
            let end = min(places.upperBound, (start | 7) &+ 1)
            let digits = (0x0101_0101_0101_0101 &* UInt64(Self.rest)) &>> UInt64(truncatingIfNeeded: 64 &- 8 &* (end &- start))
            insert(digits &<< UInt64(truncatingIfNeeded: 8 &* (start & 7)), word: start &>> 3)
            start = end
        }
    }

    @inline(__always)
    private mutating func insert(_ bits: UInt64, word: Int) {
        switch word {
        case 0: first |= bits
        case 1: second |= bits
        case 2: third |= bits
        default: fourth |= bits
        }
    }

    /// In the place of the byte of a digit.
    private mutating func set(_ byte: UInt8, at index: Int) {
        let bits = UInt64(byte ^ Self.rest) &<< UInt64(truncatingIfNeeded: 8 &* (index & 7))
        switch index &>> 3 {
        case 0: first ^= bits
        case 1: second ^= bits
        case 2: third ^= bits
        default: fourth ^= bits
        }
    }
}

extension DatePattern {
    /// Whether no two of its numbers touch, none of its literals is a digit, and it names no day of the week, which goes with one date only.
    package var setsNumbersOff: Bool {
        elements.allSatisfy { element in
            switch element {
            case .number(_, _, let isFixed): !isFixed
            case .literal(let byte): !ASCII.isDigit(byte)
            case .weekdayName: false
            case .monthName, .designator, .offset: true
            }
        }
    }
}
