import SafeText

/// A period, as the header of a pivoted file names it: equal names mean the same period, however they are written.
///
/// Without a format these forms are known (that Pigment's period items look so is documented, that an import matches each of them is assumed):
///
///     Jan 26, January 2026, 2026-01     months; English names, the year with two or four digits
///     Q1 FY 2026, Q1 2026, H2 FY 26     quarters and halves
///     FY 2026, FY 26, 2026              years
///     Week 1 2026                       weeks
///     2026-01-31                        days
package struct PeriodName: Hashable {
    private let unit: Unit
    /// Two digits are taken as 2000 to 2099.
    private let year: Int
    /// Of the month, quarter, half or week in its year; 0 for a year.
    private let number: Int
    private let day: Int
    /// The whole name where it has a time of day, which is not looked into.
    private let time: [UInt8]

    private enum Unit {
        case day, month, quarter, half, year, week
    }

    private init(_ unit: Unit, year: Int, number: Int = 0, day: Int = 0, time: [UInt8] = []) {
        self.unit = unit
        self.year = year
        self.number = number
        self.day = day
        self.time = time
    }

    /// - Parameter format: how the header names periods; `nil` for the forms above.
    /// - Returns: `nil` if `name` is not a period, or if that is in doubt.
    package init?(_ name: [UInt8], format: DateFormat?) {
        let patterns = format?.patterns ?? Self.datePatterns
        let period = patterns.lazy.compactMap { Self.period(name, $0) }.first ?? (format == nil ? Self.fiscalPeriod(name) : nil)
        guard let period else { return nil }
        self = period
    }

    private static let datePatterns = ["yyyy-MM-dd", "yyyy-MM", "MMM yy", "MMM yyyy", "MMMM yy", "MMMM yyyy"].compactMap { DatePattern($0) }

    private static func period(_ name: [UInt8], _ pattern: DatePattern) -> PeriodName? {
        var reader = DatePatternMatcher(name.span)
        guard reader.judge(pattern).verdict == .parses else { return nil }
        let date = reader.date
        let time = pattern.hasTime ? name : []
        if pattern.has(.day) { return PeriodName(.day, year: date.year, number: date.month, day: date.day, time: time) }
        if pattern.has(.month) { return PeriodName(.month, year: date.year, number: date.month, time: time) }
        return PeriodName(.year, year: date.year, time: time)
    }

    /// `Q1 FY 2026` and the like: words between single spaces.
    private static func fiscalPeriod(_ name: [UInt8]) -> PeriodName? {
        var words = name.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard let last = words.popLast(), last.count == 2 || last.count == 4, let digits = number(last) else { return nil }
        let year = last.count == 2 ? 2000 + digits : digits
        let saysFiscal = words.last.map { isWord($0, "fy") } ?? false
        if saysFiscal { words.removeLast() }
        switch words.count {
        case 0: return saysFiscal || last.count == 4 ? PeriodName(.year, year: year) : nil
        case 1:
            guard let letter = words[0].first, let part = number(words[0].dropFirst()), words[0].count == 2 else { return nil }
            switch ASCII.lowercased(letter) {
            case UInt8(ascii: "q"): return (1...4).contains(part) ? PeriodName(.quarter, year: year, number: part) : nil
            case UInt8(ascii: "h"): return (1...2).contains(part) ? PeriodName(.half, year: year, number: part) : nil
            default: return nil
            }
        case 2:
            guard isWord(words[0], "week"), words[1].count <= 2, let week = number(words[1]), (1...53).contains(week) else { return nil }
            return PeriodName(.week, year: year, number: week)
        default: return nil
        }
    }

    private static func isWord(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        ASCII.matches(text.span, word)
    }

    /// - Returns: `nil` unless all bytes are digits, one to four of them.
    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(text.count), text.allSatisfy(ASCII.isDigit) else { return nil }
        return text.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension DatePattern {
    /// Whether the pattern says the part, for months also by name.
    fileprivate func has(_ part: Part) -> Bool {
        elements.contains { element in
            switch element {
            case .number(let other, _, _): other == part
            case .monthName: part == .month
            case .weekdayName, .designator, .offset, .literal: false
            }
        }
    }
}
