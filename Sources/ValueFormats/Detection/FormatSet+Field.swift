import ByteSpans
import SafeText

extension FormatSet {
    /// The formats that `field` fits, without the spaces at both ends. Allocates nothing but for periods.
    ///
    /// A text that begins with neither a digit nor a minus is looked at only where `mayBeMoreThanText(_:)` says so.
    package static func formats(of field: Span<UInt8>) -> FormatSet {
        guard let first = field.first else { return .empty }
        if ASCII.isDigit(first) || first == UInt8(ascii: "-") {
            let formats = plainFormats(of: field)
            if !formats.isEmpty { return formats }
        } else if !mayBeMoreThanText(field) {
            return .text
        }
        return closeFormats(of: field)
    }

    /// Whether a text that begins with neither a digit nor a minus might be more than text, by a glance at both ends: it begins with a symbol
    /// that a number can begin with, or with a letter and is as long as a word for a boolean or for no value, or is as long as a month or
    /// an amount with a currency at most, has a digit at its end, and begins like one. The kernels ask the same.
    private static func mayBeMoreThanText(_ field: Span<UInt8>) -> Bool {
        let last = field[field.count - 1]
        let letter = field[0] | 0x20
        if letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") {
            guard ASCII.isDigit(last) else { return last <= UInt8(ascii: " ") || hasLengthOfWord(field.count, letter) }
            guard field.count > 2, field.count <= 24 else { return false }
            // A currency, a period or a month: a space or hyphen after two or three letters, after "week", or after a month.
            let front = field[2..<min(field.count, 10)]
            guard let gap = front.firstIndex(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else { return false }
            return gap <= 3 || (gap == 4 && letter == UInt8(ascii: "w"))
                || EnglishNames.find(.months, field, at: 0) != nil
        }
        if field[0] < 0x80 {
            return Whitespace.isASCIIBlank(field[0]) || "#$'(+,.<=?@[\\".utf8.contains(field[0])
        }
        guard field.count > 1 else { return false }
        switch (field[0], field[1]) {
        // No-break space, pound, yen.
        case (0xC2, 0xA0), (0xC2, 0xA3), (0xC2, 0xA5): return true
        // Arabic-Indic digits.
        case (0xD9, 0xA0...0xA9), (0xDB, 0xB0...0xB9): return true
        // White space, dashes, currencies, minus.
        case (0xE1, 0x9A), (0xE2, 0x80...0x82), (0xE2, 0x88), (0xE3, 0x80): return true
        // Byte order mark, full-width digits.
        case (0xEF, 0xBB), (0xEF, 0xBC): return true
        default: return false
        }
    }

    private static func hasLengthOfWord(_ count: Int, _ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "n"): count <= 4
        case UInt8(ascii: "t"): count == 1 || count == 4
        case UInt8(ascii: "f"): count == 1 || count == 5
        case UInt8(ascii: "y"): count == 1 || count == 3
        case UInt8(ascii: "o"): count == 2 || count == 3
        default: false
        }
    }

    /// Plain numbers and dates in digits; none for everything else.
    ///
    /// - Parameter field: begins with a digit or a minus.
    private static func plainFormats(of field: Span<UInt8>) -> FormatSet {
        let separator = field.first { !ASCII.isDigit($0) }
        if separator == UInt8(ascii: "/") || (separator == UInt8(ascii: "-") && field[0] != UInt8(ascii: "-")) {
            return DigitDate.formats(of: field)
        }
        // No number has two points and less than three digits between them.
        if separator == UInt8(ascii: ".") {
            let formats = DigitDate.formats(of: field)
            if !formats.isEmpty { return formats }
        }
        let isSigned = field[0] == UInt8(ascii: "-")
        let formats = NumberFormatDetector.formats(of: isSigned ? field[1...] : field)
        if isSigned || separator != nil { return formats }
        if field.count == 5, (UInt8(ascii: "2")...UInt8(ascii: "7")).contains(field[0]) { return formats.union(.serialDay) }
        return DigitDate.isCompact(field) ? formats.union(.compactDate) : formats
    }

    /// Whether every other text of three numbers has the formats that has the same ``DateClass`` and differs from this one only in its digits: those
    /// of a date in digits.
    package var areOfAllDates: Bool { !isDisjoint(with: Self.digitDates) }

    /// Those with a year of four digits: which century one of two digits stands for depends on it.
    private static let digitDates: FormatSet = [
        .isoDate, .yearFirstSlash, .yearFirstPoint, .dayFirstSlash, .dayFirstDash, .dayFirstPoint, .monthFirstSlash, .monthFirstDash,
        .monthFirstPoint,
    ]

    /// Whether every other text has the formats that differs from this one only in its digits, from the first on that is not 0.
    ///
    /// So it is with numbers. Digits alone may be a day, and what has groups of less than three digits may be a date.
    ///
    /// - Parameter field: the text whose formats these are.
    package func areOfAllDigits(of field: Span<UInt8>) -> Bool {
        !isDisjoint(with: .numbers) && !contains(.illFormedGroups) && !Whitespace.trim(field).allSatisfy(ASCII.isDigit)
    }

    private static func closeFormats(of field: Span<UInt8>) -> FormatSet {
        let text = Whitespace.trim(field)
        if text.isEmpty { return .text }
        let isTrimmed = text.count < field.count
        var formats = wordFormats(of: text)
        if formats.isEmpty, isTrimmed, ASCII.isDigit(text[0]) || text[0] == UInt8(ascii: "-") { formats = plainFormats(of: text) }
        if formats.isEmpty { formats = namedMonthFormats(of: text) }
        if formats.isEmpty, followsApostrophe(text) { formats = [.text, .leadingApostrophe] }
        if formats.isEmpty { formats = NumberFormatDetector.decoratedFormats(of: text) }
        if formats.isEmpty { formats = isFiscalPeriod(text) ? .period : textFormats(of: text) }
        return isTrimmed && !formats.contains(.text) ? formats.union(.surroundingBlanks) : formats
    }

    private static func textFormats(of text: Span<UInt8>) -> FormatSet {
        SpreadsheetFormula.matches(text) ? [.text, .formula] : .text
    }

    /// What spreadsheets would take for a formula, or for something else than a text, without the apostrophe.
    private static func followsApostrophe(_ text: Span<UInt8>) -> Bool {
        let apostrophe = UInt8(ascii: "'")
        guard text.count > 1, text[0] == apostrophe, text[text.count - 1] != apostrophe else { return false }
        let rest = text.dropFirst()
        return SpreadsheetFormula.mayBegin(rest[0]) || formats(of: rest).isDisjoint(with: [.text, .nullWord])
    }

    private static func wordFormats(of text: Span<UInt8>) -> FormatSet {
        if text.count <= 5 {
            if ASCII.matches(text, "true") || ASCII.matches(text, "false") { return .boolean }
            for word in otherBooleans where ASCII.matches(text, word) { return .otherBoolean }
        }
        if ASCII.isNullWord(text) { return .nullWord }
        return FormulaError.matches(text) ? .spreadsheetError : []
    }

    private static let otherBooleans: [StaticString] = ["yes", "no", "y", "n", "t", "f", "on", "off"]

    // MARK: Months by name

    private static let namedMonths: [(pattern: DatePattern, format: FormatSet)] = [
        ("d MMM yyyy", FormatSet.dayMonthName), ("MMM d, yyyy", .monthNameDay), ("MMM yyyy", [.monthNameYear, .period]),
    ].compactMap { pattern, format in DatePattern(pattern).map { ($0, format) } }

    /// Names of either length, one digit or two, years of two digits or four, and the usual separators are all one format.
    private static func namedMonthFormats(of text: Span<UInt8>) -> FormatSet {
        var nameStart = 0
        while nameStart < 2, nameStart < text.count, ASCII.isDigit(text[nameStart]) { nameStart += 1 }
        if nameStart > 0 { nameStart += 1 }
        guard nameStart < text.count, text[nameStart] >= UInt8(ascii: "A"),
            EnglishNames.find(.months, text, at: nameStart) != nil
        else { return [] }
        for (pattern, format) in namedMonths {
            var reader = DatePatternMatcher(text)
            if reader.judge(pattern).verdict != .fails {
                let formats = format.contains(.monthNameYear) ? format : yearTraits(of: text).union(format)
                return text.contains(UInt8(ascii: ":")) ? formats.union(.timeOfDay) : formats
            }
        }
        return []
    }

    /// Of a date with a named month, and perhaps a time: the last number before that is the year.
    private static func yearTraits(of text: Span<UInt8>) -> FormatSet {
        var end = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
        if end < text.count { end = text.lastIndex(of: UInt8(ascii: " "), in: 0..<end) ?? 0 }
        while end > 0, !ASCII.isDigit(text[end - 1]) { end -= 1 }
        var start = end
        while start > 0, ASCII.isDigit(text[start - 1]) { start -= 1 }
        guard end - start == 2 else { return [] }
        return text[start] >= UInt8(ascii: "3") ? [.shortYear, .distantYear] : .shortYear
    }

    private static func isFiscalPeriod(_ text: Span<UInt8>) -> Bool {
        guard ASCII.isDigit(text[text.count - 1]) else { return false }
        return switch ASCII.lowercased(text[0]) {
        case UInt8(ascii: "q"), UInt8(ascii: "h"), UInt8(ascii: "f"), UInt8(ascii: "w"): PeriodName(Array(text), format: nil) != nil
        default: false
        }
    }
}
