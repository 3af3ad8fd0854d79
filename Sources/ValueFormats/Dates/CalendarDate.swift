/// The parts of a date as read, checked against the Gregorian calendar, which is taken to hold for every year.
package struct CalendarDate {
    /// With the century: 2 digits are taken as 2000 to 2099, which decides nothing but the 29th of February (the same in 19xx but for 1900).
    package private(set) var year = 1
    /// 1 to 12; other numbers are not months.
    package var month = 1
    package private(set) var day = 1
    /// Monday is 1; `nil` where the value names no day of the week.
    package var weekday: Int?
    /// A weekday can be wrong only for a year that is fully known.
    private var hasFullYear = false
    private var hasDay = false
    /// 24:00, when nothing but zeros may follow; and a time that only some readers take.
    private var isMidnight = false
    package private(set) var hasUnusualTime = false

    /// - Returns: ``JudgementReason/noSuchTime`` for an impossible time, else ``JudgementReason/none``; days are checked by ``failure``.
    package mutating func set(_ part: DatePattern.Part, _ value: Int, digits: Int) -> JudgementReason {
        switch part {
        case .year:
            hasFullYear = digits == 4
            year = hasFullYear ? value : 2000 + value
        case .month: month = value
        case .day: (day, hasDay) = (value, true)
        case .hour24:
            if value > 24 { return .noSuchTime }
            isMidnight = value == 24
            hasUnusualTime = hasUnusualTime || isMidnight
        case .hour12:
            if value > 23 { return .noSuchTime }
            hasUnusualTime = hasUnusualTime || value < 1 || value > 12
        case .minute: if value > 59 || (isMidnight && value > 0) { return .noSuchTime }
        case .second:
            if value > 60 || (isMidnight && value > 0) { return .noSuchTime }
            hasUnusualTime = hasUnusualTime || value == 60
        case .fraction: break
        }
        return .none
    }

    /// Why there is no such date; ``JudgementReason/none`` if there is one.
    package var failure: JudgementReason {
        guard year >= 1, (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day) else {
            let isSwapped = hasDay && year >= 1 && month > 12 && (1...12).contains(day) && month <= Self.days(inMonth: day, of: year)
            return isSwapped ? .swappedDayAndMonth : .noSuchDay
        }
        if let weekday, hasFullYear, weekday != computedWeekday { return .wrongWeekday }
        return .none
    }

    /// - Parameter month: 1 to 12.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Monday is 1. The 1st of January of the year 1 was a Monday.
    private var computedWeekday: Int {
        let before = year - 1
        var days = before * 365 + before / 4 - before / 100 + before / 400 + day - 1
        for earlier in 1..<month { days += Self.days(inMonth: earlier, of: year) }
        return days % 7 + 1
    }
}
