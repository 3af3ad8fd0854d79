extension FormatSet {
    /// The formats that `field` fits exactly: no surrounding blanks, no plus sign, no exponent. Allocates nothing.
    public static func formats(of field: UnsafeRawBufferPointer) -> FormatSet {
        guard let first = field.first else { return .empty }
        var formats: FormatSet = []
        if ASCIIWords.isDigit(first) || first == UInt8(ascii: "-") {
            let separator = field.first { !ASCIIWords.isDigit($0) }
            if separator == UInt8(ascii: "/") || (separator == UInt8(ascii: "-") && first != UInt8(ascii: "-")) {
                formats = dateFormats(of: field)
            } else {
                formats = numberFormats(of: field)
                if formats.isEmpty, separator == UInt8(ascii: ".") { formats = dateFormats(of: field) }
            }
        } else if ASCIIWords.matches(field, "true") || ASCIIWords.matches(field, "false") {
            return .boolean
        }
        if !formats.isEmpty { return formats }
        return ASCIIWords.isNullWord(field) ? .nullWord : .text
    }

    // MARK: Numbers

    private static func numberFormats(of field: UnsafeRawBufferPointer) -> FormatSet {
        let digits = field[0] == UInt8(ascii: "-") ? UnsafeRawBufferPointer(rebasing: field[1...]) : field
        guard digits.count <= 64, let first = digits.first, ASCIIWords.isDigit(first) else { return [] }
        var formats: FormatSet = []
        if digits.allSatisfy(ASCIIWords.isDigit) {
            // More digits than any number type surely holds: an id.
            if digits.count > 28 { return [] }
            formats = .numbers.subtracting(.leadingZeros)
        } else if let simple = formatsWithOneSeparator(of: digits) {
            formats = simple
        } else {
            for (format, decimal, group) in separators where fits(digits, decimal: decimal, group: group) {
                formats.insert(format)
            }
        }
        if !formats.isEmpty, first == UInt8(ascii: "0"), digits.count > 1, ASCIIWords.isDigit(digits[1]) {
            formats.insert(.leadingZeros)
        }
        return formats
    }

    /// The fast way for digits, one point or comma, digits.
    ///
    /// - Returns: `nil` for any other text.
    private static func formatsWithOneSeparator(of text: UnsafeRawBufferPointer) -> FormatSet? {
        guard text.count <= 28 else { return nil }
        var place = 0
        while place < text.count, ASCIIWords.isDigit(text[place]) { place += 1 }
        guard place + 1 < text.count, text[(place + 1)...].allSatisfy(ASCIIWords.isDigit) else { return nil }
        let isGroup = place <= 3 && text.count - place == 4 && text[0] != UInt8(ascii: "0")
        switch text[place] {
        case UInt8(ascii: "."):
            let formats: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
            return isGroup ? formats.union(.groupedByPoint) : formats
        case UInt8(ascii: ","):
            let formats: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]
            return isGroup ? formats.union(.groupedByComma) : formats
        default: return nil
        }
    }

    /// Each number format with its decimal and group separators; 0 stands for none.
    private static let separators: [(format: FormatSet, decimal: UInt8, group: UInt8)] = [
        (.decimalPoint, UInt8(ascii: "."), 0),
        (.decimalComma, UInt8(ascii: ","), 0),
        (.groupedByComma, UInt8(ascii: "."), UInt8(ascii: ",")),
        (.groupedByPoint, UInt8(ascii: ","), UInt8(ascii: ".")),
        (.groupedBySpaceDecimalComma, UInt8(ascii: ","), UInt8(ascii: " ")),
        (.groupedBySpaceDecimalPoint, UInt8(ascii: "."), UInt8(ascii: " ")),
        (.groupedByApostrophe, UInt8(ascii: "."), UInt8(ascii: "'")),
    ]

    private static func fits(_ text: UnsafeRawBufferPointer, decimal: UInt8, group: UInt8) -> Bool {
        var digits = NumberDigits(decimal: decimal, group: group, doubt: .none)
        return digits.read(text) == .none && digits.doubt == .none && digits.significantCount <= 28
    }

    // MARK: Dates

    private static func dateFormats(of field: UnsafeRawBufferPointer) -> FormatSet {
        guard field.count >= 6 else { return [] }
        var parts = DateParts(field)
        guard parts.read() else { return [] }
        if parts.end < field.count {
            guard parts.isISO else { return [] }
            var time = TimeOfDayReader(field, parts.end)
            return time.readTail(afterTime: false) == .none ? .isoDateTime : []
        }
        return parts.formats
    }

    /// Three numbers between two equal separators.
    private struct DateParts {
        private let field: UnsafeRawBufferPointer
        private var values = (0, 0, 0)
        private var widths = (0, 0, 0)
        private var separator: UInt8 = 0
        private(set) var end = 0

        init(_ field: UnsafeRawBufferPointer) {
            self.field = field
        }

        mutating func read() -> Bool {
            (values.0, widths.0) = readNumber()
            guard end < field.count, widths.0 > 0 else { return false }
            separator = field[end]
            guard separator == UInt8(ascii: "/") || separator == UInt8(ascii: "-") || separator == UInt8(ascii: ".") else { return false }
            end += 1
            (values.1, widths.1) = readNumber()
            guard end < field.count, field[end] == separator, widths.1 == 1 || widths.1 == 2 else { return false }
            end += 1
            (values.2, widths.2) = readNumber()
            return widths.2 > 0
        }

        private mutating func readNumber() -> (value: Int, width: Int) {
            let start = end
            var value = 0
            while end < field.count, end - start < 4, ASCIIWords.isDigit(field[end]) {
                value = value * 10 + Int(field[end] - UInt8(ascii: "0"))
                end += 1
            }
            return (value, end - start)
        }

        /// A date in the ISO form at the beginning of the field.
        var isISO: Bool {
            separator == UInt8(ascii: "-") && widths == (4, 2, 2) && Self.exists(values.0, values.1, values.2)
        }

        var formats: FormatSet {
            if widths.0 == 4 {
                guard widths.2 <= 2, Self.exists(values.0, values.1, values.2) else { return [] }
                switch separator {
                case UInt8(ascii: "/"): return .yearFirstSlash
                case UInt8(ascii: "."): return .yearFirstPoint
                default: return isISO ? .isoDate : []
                }
            }
            guard widths.0 <= 2, widths.2 == 4 || (widths.2 == 2 && separator == UInt8(ascii: "/")) else { return [] }
            let year = widths.2 == 4 ? values.2 : 2000 + values.2
            var formats: FormatSet = []
            if Self.exists(year, values.1, values.0) { formats.insert(dayFirst) }
            if Self.exists(year, values.0, values.1) { formats.insert(monthFirst) }
            return formats
        }

        private var dayFirst: FormatSet {
            switch separator {
            case UInt8(ascii: "/"): widths.2 == 2 ? .dayFirstSlashShortYear : .dayFirstSlash
            case UInt8(ascii: "-"): .dayFirstDash
            default: .dayFirstPoint
            }
        }

        private var monthFirst: FormatSet {
            switch separator {
            case UInt8(ascii: "/"): widths.2 == 2 ? .monthFirstSlashShortYear : .monthFirstSlash
            case UInt8(ascii: "-"): .monthFirstDash
            default: .monthFirstPoint
            }
        }

        private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
            year >= 1 && (1...12).contains(month) && day >= 1 && day <= CalendarDate.days(inMonth: month, of: year)
        }
    }
}
