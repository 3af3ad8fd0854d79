import ByteSpans
import SafeText

/// Dates with the month as a word, in whatever order and language: `02. Mär 2026`, `3 août 2026`, `1 de enero de 2026`, `Mai 15, 2026`.
package enum DateInWords {
    private static let counts = 6...40
    /// Words between the parts of a date.
    private static let fillers: [StaticString] = ["de", "del", "di", "den", "of", "the", "st", "nd", "rd", "th", "er"]

    /// Whether a text is a day, the name of a month, and a year.
    package static func matches(_ text: Span<UInt8>) -> Bool {
        guard counts.contains(text.count) else { return false }
        var (index, months, days, years) = (0, 0, 0, 0)
        while index < text.count {
            let start = index
            if ASCII.isDigit(text[index]) {
                var number = 0
                while index < text.count, index - start < 5, ASCII.isDigit(text[index]) {
                    number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
                    index += 1
                }
                switch index - start {
                case 1,
                    2 where (1...31).contains(number) && days == 0:
                    days += 1
                case 2, 4: years += 1
                default: return false
                }
            } else if isLetter(text[index]) {
                while index < text.count, isLetter(text[index]) { index += 1 }
                let word = text[start..<index]
                if isMonth(text, start, index) {
                    months += 1
                } else if index < text.count, ASCII.isDigit(text[index]) || !isFiller(word) && !isWeekday(text, start) {
                    return false
                } else if index == text.count {
                    return false
                }
            } else if isSign(text[index]) {
                index += 1
            } else {
                return false
            }
        }
        return months == 1 && days == 1 && years == 1
    }

    /// Whether the word is no English name.
    package static func hasForeignName(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            guard isLetter(text[index]) else { index += 1; continue }
            let start = index
            while index < text.count, isLetter(text[index]) { index += 1 }
            if isMonth(text, start, index), EnglishNames.abbreviatedMonth(text, at: start) == nil { return true }
        }
        return false
    }

    private static func isMonth(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        if let english = EnglishNames.abbreviatedMonth(text, at: start), start + english.length == end { return true }
        guard let length = MonthNames.foreignLength(in: text, at: start) else { return false }
        // The length has the point of an abbreviation in it.
        return start + length == end || start + length == end + 1
    }

    private static func isFiller(_ word: Span<UInt8>) -> Bool {
        fillers.contains { $0.utf8CodeUnitCount == word.count && ASCII.begins(word, at: 0, with: $0) }
    }

    /// Before all else: whose name it is makes no difference.
    private static func isWeekday(_ text: Span<UInt8>, _ start: Int) -> Bool { start == 0 && text.count > 10 }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: "'"): true
        default: false
        }
    }
}
