import Preflight
import TestSupport
import Testing

@testable import ImportProfiles
@testable import ValueFormats

/// The calendar.
@Suite(.computing) struct CalendarTests {
    /// Year, and whether it has a 29th of February.
    static let leapYears: [(Int, Bool)] = [
        (1, false), (4, true), (100, false), (400, true), (1600, true), (1700, false), (1800, false), (1900, false), (1996, true),
        (2000, true), (2023, false), (2024, true), (2025, false), (2026, false), (2028, true), (2100, false), (2400, true), (9999, false),
    ]

    @Test(arguments: leapYears)
    func leapDay(year: Int, isLeap: Bool) {
        let rule = ValueRule(column: ColumnProfile(name: "Day", type: .date))
        let digits = String(repeating: "0", count: 4 - String(year).count) + String(year)
        #expect(rule.judge("\(digits)-02-28").verdict == .parses)
        #expect(rule.judge("\(digits)-02-29").verdict == (isLeap ? .parses : .fails))
        #expect(rule.judge("\(digits)-02-30") == Judgement(verdict: .fails, reason: .noSuchDay))
    }

    @Test(arguments: zip(1...12, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
    func lastDayOfMonth(month: Int, last: Int) {
        let rule = ValueRule(column: ColumnProfile(name: "Day", type: .date))
        let digits = month < 10 ? "0\(month)" : "\(month)"
        #expect(rule.judge("2026-\(digits)-\(last)").verdict == .parses)
        #expect(rule.judge("2026-\(digits)-\(last + 1)") == Judgement(verdict: .fails, reason: .noSuchDay))
    }

    /// Days whose weekday is known from history.
    @Test(arguments: [
        ("Thursday 1970-01-01", true), ("Friday 1970-01-01", false), ("Sunday 1969-07-20", true), ("Saturday 2000-01-01", true),
        ("Tuesday 2000-02-29", true), ("Monday 1900-01-01", true), ("Monday 0001-01-01", true), ("Friday 9999-12-31", true),
    ])
    func weekday(value: String, isRight: Bool) throws {
        let format = DateFormat([try #require(DatePattern("dddd yyyy-MM-dd"))])
        let rule = ValueRule(column: ColumnProfile(name: "Day", type: .date, date: format))
        #expect(
            rule.judge(value).withoutDoubts
                == (isRight ? Judgement(verdict: .parses) : Judgement(verdict: .doubtful, reason: .wrongWeekday)))
    }
}
