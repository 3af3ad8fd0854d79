import Preflight
import Testing

/// Dates, one line per case: value, pattern (several divided by `|`), verdict, reason.
@Suite struct DateTableTests {
    static let table: [JudgedValue] = [
        // As the pattern says.
        JudgedValue("2026-01-31", "yyyy-MM-dd", .parses), JudgedValue("31/01/2026", "dd/MM/yyyy", .parses),
        JudgedValue("1/31/2026", "M/d/yyyy", .parses), JudgedValue("01/31/2026", "M/d/yyyy", .parses),
        JudgedValue("31.01.26", "dd.MM.yy", .parses), JudgedValue("20260131", "yyyyMMdd", .parses),
        JudgedValue("31-Jan-2026", "dd-MMM-yyyy", .parses), JudgedValue("31-JAN-2026", "dd-MMM-yyyy", .parses),
        JudgedValue("31 january 2026", "dd MMMM yyyy", .parses), JudgedValue("Jan 26", "MMM yy", .parses),
        JudgedValue("May 2026", "MMM yyyy", .parses), JudgedValue("May 2026", "MMMM yyyy", .parses),
        JudgedValue("2026", "yyyy", .parses), JudgedValue("2026-01", "yyyy-MM", .parses),
        JudgedValue("Saturday, 31 January 2026", "dddd, d MMMM yyyy", .parses), JudgedValue("Sat 31.01.2026", "ddd dd.MM.yyyy", .parses),
        JudgedValue("2026-01-31T10:00:00Z", "yyyy-MM-dd'T'HH:mm:ssK", .parses),
        JudgedValue("2026-01-31T10:00:00+02:00", "yyyy-MM-dd'T'HH:mm:ssK", .parses),
        JudgedValue("2026-01-31T10:00:00", "yyyy-MM-dd'T'HH:mm:ssK", .parses),
        JudgedValue("10/12/2024 00:00:00 +00:00", "MM/dd/yyyy HH:mm:ss zzz", .parses),
        JudgedValue("2026-01-31 23:59:59.123", "yyyy-MM-dd HH:mm:ss.fff", .parses),
        JudgedValue("1/31/2026 9:05 PM", "M/d/yyyy h:mm tt", .parses), JudgedValue("1/31/2026 9:05p", "M/d/yyyy h:mmt", .parses),
        JudgedValue("Q 2026", "'Q' yyyy", .parses), JudgedValue("Q 2026", "\\Q yyyy", .parses),
        JudgedValue("", "yyyy-MM-dd", .empty),
        // The calendar.
        JudgedValue("2024-02-29", "yyyy-MM-dd", .parses), JudgedValue("2026-02-29", "yyyy-MM-dd", .fails, .noSuchDay),
        JudgedValue("31/04/2026", "dd/MM/yyyy", .fails, .noSuchDay), JudgedValue("00/01/2026", "dd/MM/yyyy", .fails, .noSuchDay),
        JudgedValue("01/00/2026", "dd/MM/yyyy", .fails, .noSuchDay), JudgedValue("0000-01-01", "yyyy-MM-dd", .fails, .noSuchDay),
        JudgedValue("13/25/2026", "MM/dd/yyyy", .fails, .noSuchDay), JudgedValue("25/12/2026", "MM/dd/yyyy", .fails, .swappedDayAndMonth),
        JudgedValue("12/25/2026", "dd/MM/yyyy", .fails, .swappedDayAndMonth), JudgedValue("02/30/2026", "dd/MM/yyyy", .fails, .noSuchDay),
        JudgedValue("99/99/2026", "dd/MM/yyyy", .fails, .noSuchDay), JudgedValue("29.02.24", "dd.MM.yy", .parses),
        JudgedValue("29.02.23", "dd.MM.yy", .fails, .noSuchDay), JudgedValue("29.02.00", "dd.MM.yy", .parses),
        JudgedValue("Friday, 31 January 2026", "dddd, d MMMM yyyy", .fails, .wrongWeekday),
        JudgedValue("2026-01-31 24:00", "yyyy-MM-dd HH:mm", .fails, .noSuchTime),
        JudgedValue("2026-01-31 10:60", "yyyy-MM-dd HH:mm", .fails, .noSuchTime),
        JudgedValue("1/31/2026 13:05 PM", "M/d/yyyy h:mm tt", .fails, .noSuchTime),
        // Digits.
        JudgedValue("7/3/2026", "dd/MM/yyyy", .doubtful, .oneDigit), JudgedValue("07/3/2026", "dd/MM/yyyy", .doubtful, .oneDigit),
        JudgedValue("2026-1-5", "yyyy-MM-dd", .doubtful, .oneDigit), JudgedValue("31/01/26", "dd/MM/yyyy", .doubtful, .twoDigitYear),
        JudgedValue("31/01/2026", "dd/MM/yy", .doubtful, .fourDigitYear), JudgedValue("31/01/202", "dd/MM/yyyy", .fails, .notADate),
        JudgedValue("31/01/20266", "dd/MM/yyyy", .fails, .notADate), JudgedValue("031/01/2026", "dd/MM/yyyy", .fails, .notADate),
        JudgedValue("2026131", "yyyyMMdd", .fails, .notADate), JudgedValue("202601311", "yyyyMMdd", .fails, .notADate),
        JudgedValue("202613", "yyyyMM", .fails, .noSuchDay), JudgedValue("01012026", "ddMMyy", .fails, .notADate),
        JudgedValue("20260131 0930", "yyyyMMdd HHmm", .parses),
        // Separators, blanks, names.
        JudgedValue("31-01-2026", "dd/MM/yyyy", .doubtful, .otherSeparators),
        JudgedValue("2026/01/31", "yyyy-MM-dd", .doubtful, .otherSeparators),
        JudgedValue("2026-01-31 10:00", "yyyy-MM-dd'T'HH:mm", .doubtful, .otherSeparators),
        JudgedValue("31012026", "dd/MM/yyyy", .fails, .notADate), JudgedValue("31_01_2026", "dd/MM/yyyy", .fails, .notADate),
        JudgedValue(" 31/01/2026", "dd/MM/yyyy", .doubtful, .surroundingBlanks),
        JudgedValue("31/01/2026\u{A0}", "dd/MM/yyyy", .doubtful, .surroundingBlanks),
        JudgedValue("  ", "dd/MM/yyyy", .doubtful, .blanksOnly), JudgedValue(" 31/04/2026 ", "dd/MM/yyyy", .fails, .noSuchDay),
        JudgedValue("31-January-2026", "dd-MMM-yyyy", .doubtful, .otherNameLength),
        JudgedValue("31 Jan 2026", "dd MMMM yyyy", .doubtful, .otherNameLength),
        JudgedValue("31-Ene-2026", "dd-MMM-yyyy", .fails, .notADate), JudgedValue("31-01-2026", "dd-MMM-yyyy", .fails, .notADate),
        JudgedValue("31-Jan-2026", "dd-MM-yyyy", .fails, .notADate),
        // Times too many or missing.
        JudgedValue("31/01/2026 00:00:00", "dd/MM/yyyy", .doubtful, .timePart),
        JudgedValue("2026-01-31T10:00:00Z", "yyyy-MM-dd", .doubtful, .timePart),
        JudgedValue("10/12/2024 00:00:00 +00:00", "MM/dd/yyyy", .doubtful, .timePart),
        JudgedValue("1/31/2026 9:05:00 PM", "M/d/yyyy", .doubtful, .timePart),
        JudgedValue("2026-01-31 25:00", "yyyy-MM-dd", .fails, .noSuchTime), JudgedValue("2026-01-31 noon", "yyyy-MM-dd", .fails, .notADate),
        JudgedValue("2026-01-31", "yyyy-MM-dd HH:mm", .doubtful, .missingTime),
        JudgedValue("2026-01-31 10:00:30", "yyyy-MM-dd HH:mm", .doubtful, .timePart),
        JudgedValue("2026-01-31 10", "yyyy-MM-dd HH:mm", .fails, .notADate),
        JudgedValue("2026-01", "yyyy-MM-dd HH:mm", .fails, .notADate),
        JudgedValue("2026-01-31 10:00:00.12", "yyyy-MM-dd HH:mm:ss.fff", .doubtful, .otherFraction),
        JudgedValue("2026-01-31T10:00:00Z", "yyyy-MM-dd'T'HH:mm:sszzz", .doubtful, .otherOffset),
        JudgedValue("2026-01-31T10:00:00+0200", "yyyy-MM-dd'T'HH:mm:sszzz", .doubtful, .otherOffset),
        JudgedValue("2026-01-31T10:00:00", "yyyy-MM-dd'T'HH:mm:sszzz", .doubtful, .missingTime),
        JudgedValue("2026-01-31 10:00", "yyyy-MM-dd HH:mm:ss", .doubtful, .missingTime),
        JudgedValue("1/31/2026 9:05", "M/d/yyyy h:mm tt", .doubtful, .missingTime),
        // ISO under another pattern.
        JudgedValue("2026-01-31", "dd/MM/yyyy", .doubtful, .isoDate), JudgedValue("2026-01-31T00:00:00Z", "M/d/yyyy", .doubtful, .isoDate),
        JudgedValue("2026-02-30", "dd/MM/yyyy", .fails, .notADate),
        // Several patterns: the best verdict counts.
        JudgedValue("31/01/2026", "yyyy-MM-dd|dd/MM/yyyy", .parses), JudgedValue("2026-01-31", "dd/MM/yyyy|yyyy-MM-dd", .parses),
        JudgedValue("7/3/2026", "dd/MM/yyyy|d/M/yyyy", .parses), JudgedValue("31/04/2026", "yyyy-MM-dd|dd/MM/yyyy", .fails, .noSuchDay),
        JudgedValue("7-3-2026", "MMM yyyy|dd-MM-yyyy", .doubtful, .oneDigit),
        // No dates at all.
        JudgedValue("tomorrow", "yyyy-MM-dd", .fails, .notADate), JudgedValue("45678", "yyyy-MM-dd", .fails, .serialDay),
        JudgedValue("45678.5", "dd/MM/yyyy", .fails, .serialDay), JudgedValue("NULL", "yyyy-MM-dd", .fails, .nullWord),
        JudgedValue("#VALUE!", "yyyy-MM-dd", .fails, .spreadsheetError), JudgedValue("２０２６-01-31", "yyyy-MM-dd", .fails, .notADate),
        JudgedValue("-", "yyyy-MM-dd", .fails, .nullWord), JudgedValue("2026-01-3１", "yyyy-MM-dd", .fails, .notADate),
    ]

    @Test(arguments: table)
    func date(_ line: JudgedValue) throws {
        let patterns = try line.rule.split(separator: "|").map { try #require(DatePattern(String($0))) }
        let rule = ValueRule(column: ColumnProfile(name: "Day", type: .date, date: DateFormat(patterns)))
        #expect(rule.judge(line.value) == line.judgement)
    }

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
        #expect(rule.judge(value) == (isRight ? Judgement(verdict: .parses) : Judgement(verdict: .fails, reason: .wrongWeekday)))
    }
}
