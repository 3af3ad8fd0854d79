import SafeText

/// Three numbers between two equal separators: the formats that a date in digits fits, and those of one without separators.
package struct DigitDate: ~Escapable {
    private let field: Span<UInt8>
    private var values = (0, 0, 0)
    private var widths = (0, 0, 0)
    private var separator: UInt8 = 0
    private var end = 0

    @_lifetime(copy field)
    private init(_ field: Span<UInt8>) {
        self.field = field
    }

    /// Checked against the calendar; followed by a time of day, which is not distinguished further.
    package static func formats(of field: Span<UInt8>) -> FormatSet {
        guard field.count >= 6 else { return [] }
        if isYearMonth(field) { return [.yearMonth, .period] }
        var date = DigitDate(field)
        guard date.read() else { return [] }
        if date.end == field.count { return date.formats }
        let formats = date.isISO ? FormatSet.isoDateTime : date.formats
        if formats.isEmpty { return [] }
        var time = TimeOfDayReader(field, date.end)
        if time.readTail(afterTime: false) != .none || time.isUnusual { return [] }
        return date.isISO ? formats : formats.union(.timeOfDay)
    }

    /// `yyyyMMdd`, from 1900 to 2099.
    package static func isCompact(_ digits: Span<UInt8>) -> Bool {
        guard digits.count == 8, isCommonCentury(digits) else { return false }
        return DateTokens.isCompactDate(digits)
    }

    private static func isYearMonth(_ field: Span<UInt8>) -> Bool {
        guard field.count == 7, field[4] == UInt8(ascii: "-"), isCommonCentury(field), ASCII.isDigit(field[2]),
            ASCII.isDigit(field[3]), ASCII.isDigit(field[5]), ASCII.isDigit(field[6])
        else { return false }
        return (1...12).contains(Int(field[5] - UInt8(ascii: "0")) * 10 + Int(field[6] - UInt8(ascii: "0")))
    }

    private static func isCommonCentury(_ digits: Span<UInt8>) -> Bool {
        (digits[0] == UInt8(ascii: "1") && digits[1] == UInt8(ascii: "9"))
            || (digits[0] == UInt8(ascii: "2") && digits[1] == UInt8(ascii: "0"))
    }

    private mutating func read() -> Bool {
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
        while end < field.count, end - start < 4, ASCII.isDigit(field[end]) {
            value = value * 10 + Int(field[end] - UInt8(ascii: "0"))
            end += 1
        }
        return (value, end - start)
    }

    /// A date in the ISO form at the beginning of the field.
    private var isISO: Bool {
        separator == UInt8(ascii: "-") && widths == (4, 2, 2) && Self.exists(values.0, values.1, values.2)
    }

    private var formats: FormatSet {
        if widths.0 == 4 {
            guard widths.2 <= 2, Self.exists(values.0, values.1, values.2) else { return [] }
            switch separator {
            case UInt8(ascii: "/"): return .yearFirstSlash
            case UInt8(ascii: "."): return .yearFirstPoint
            default: return isISO ? .isoDate : []
            }
        }
        guard widths.0 <= 2, widths.2 == 4 || widths.2 == 2 else { return [] }
        let year = widths.2 == 4 ? values.2 : 2000 + values.2
        var formats: FormatSet = []
        if Self.exists(year, values.1, values.0) { formats.insert(dayFirst) }
        if Self.exists(year, values.0, values.1) { formats.insert(monthFirst) }
        return widths.2 == 2 && values.2 >= 30 && !formats.isEmpty ? formats.union(.distantYear) : formats
    }

    private var dayFirst: FormatSet {
        switch separator {
        case UInt8(ascii: "/"): widths.2 == 2 ? .dayFirstSlashShortYear : .dayFirstSlash
        case UInt8(ascii: "-"): widths.2 == 2 ? .dayFirstDashShortYear : .dayFirstDash
        default: widths.2 == 2 ? .dayFirstPointShortYear : .dayFirstPoint
        }
    }

    private var monthFirst: FormatSet {
        switch separator {
        case UInt8(ascii: "/"): widths.2 == 2 ? .monthFirstSlashShortYear : .monthFirstSlash
        case UInt8(ascii: "-"): widths.2 == 2 ? .monthFirstDashShortYear : .monthFirstDash
        default: widths.2 == 2 ? .monthFirstPointShortYear : .monthFirstPoint
        }
    }

    private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        year >= 1 && (1...12).contains(month) && day >= 1 && day <= CalendarDate.days(inMonth: month, of: year)
    }
}
