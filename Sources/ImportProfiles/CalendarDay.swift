import ValueFormats

/// A day of the Gregorian calendar.
package struct CalendarDay: Sendable, Equatable, Comparable, CustomStringConvertible {
    package private(set) var year: Int
    package private(set) var month: Int
    package private(set) var day: Int

    /// `nil` if there is no such day. Years have four digits.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...CalendarDate.days(inMonth: month, of: year)).contains(day) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2026-11-30`.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return nil
        }
        self.init(year: Int(parts[0]) ?? 0, month: Int(parts[1]) ?? 0, day: Int(parts[2]) ?? 0)
    }

    /// A part of a day that can be counted.
    package enum Unit: Character, Sendable, CaseIterable {
        case day = "d"
        case month = "m"
        case year = "y"
    }

    /// The day so many units later. A day that its month does not have becomes the last one of the month.
    ///
    /// - Returns: `nil` outside of the years 1 to 9999.
    package func adding(_ count: Int, _ unit: Unit) -> CalendarDay? {
        switch unit {
        case .day: addingDays(count)
        case .month: addingMonths(count)
        case .year: addingMonths(12 * count)
        }
    }

    /// Days that can be added at once: ten years.
    package static let mostDays = 3660

    private func addingMonths(_ count: Int) -> CalendarDay? {
        let months = year * 12 + month - 1 + count
        guard months >= 12 else { return nil }
        let (year, month) = (months / 12, months % 12 + 1)
        return CalendarDay(year: year, month: month, day: min(day, CalendarDate.days(inMonth: month, of: year)))
    }

    private func addingDays(_ count: Int) -> CalendarDay? {
        guard abs(count) <= Self.mostDays else { return nil }
        var (year, month, day) = (year, month, day + count)
        while day < 1 {
            month -= 1
            if month == 0 { (year, month) = (year - 1, 12) }
            guard year >= 1 else { return nil }
            day += CalendarDate.days(inMonth: month, of: year)
        }
        while day > CalendarDate.days(inMonth: month, of: year) {
            day -= CalendarDate.days(inMonth: month, of: year)
            month += 1
            if month == 13 { (year, month) = (year + 1, 1) }
        }
        return CalendarDay(year: year, month: month, day: day)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    package var description: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

    /// With zeros in front.
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
