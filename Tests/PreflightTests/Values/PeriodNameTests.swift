import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Which names of columns are periods, and which of them mean the same one.
@Suite(.computing) struct PeriodNameTests {
    private static func period(_ name: String, _ patterns: [String] = []) -> PeriodName? {
        let format = patterns.isEmpty ? nil : DateFormat(patterns.map { DatePattern($0)! })
        return PeriodName(Array(name.utf8), format: format)
    }

    /// Each line holds names of one period; no two lines hold names of the same.
    static let periods: [[String]] = [
        ["Jan 26", "Jan 2026", "January 26", "January 2026", "2026-01", "jan 26", "JAN 2026"], ["Feb 26", "2026-02"], ["Jan 27"],
        ["May 26", "may 2026"], ["Q1 FY 2026", "Q1 FY 26", "Q1 2026", "q1 fy 2026", "Q1 26"], ["Q2 FY 2026"], ["Q4 FY 2026"],
        ["Q1 FY 2027"],
        ["H1 FY 2026", "H1 2026"], ["H2 FY 2026"], ["FY 2026", "FY 26", "2026", "fy 2026"], ["FY 2027"],
        ["Week 1 2026", "week 01 2026", "Week 1 26"],
        ["Week 2 2026"], ["Week 53 2026"], ["2026-01-01"], ["2026-01-31"], ["2024-02-29"],
    ]

    @Test func knownForms() {
        var lineByPeriod: [PeriodName: Int] = [:]
        for (line, names) in Self.periods.enumerated() {
            for name in names {
                guard let period = Self.period(name) else {
                    Issue.record("\(name) is no period")
                    continue
                }
                #expect(lineByPeriod[period, default: line] == line, "\(name)")
                lineByPeriod[period] = line
            }
        }
    }

    @Test(arguments: [
        "", " ", "Entity", "Amount", "26", "Jan", "Jan 6", "Jan 026", "Jan-26", "Jan  26", " Jan 26", "Jan 26 ", "Janu 26", "Total 2026",
        "Q0 2026",
        "Q5 FY 2026", "Q1", "Q1FY2026", "Q1 FY", "Q12 2026", "QQ 2026", "H3 2026", "T1 2026", "FY", "FY2026", "FY 20260", "12026",
        "Week 0 2026",
        "Week 54 2026", "Week 001 2026", "Week 2026", "Weeks 1 2026", "2026-13", "2026-1", "2026-02-30", "2025-02-29", "2026-01-01 00:00",
        "31/01/2026",
        "Q1 FY FY 2026", "+026", "\u{FEFF}2026",
    ])
    func otherNames(name: String) {
        #expect(Self.period(name) == nil)
    }

    /// With a format only its own form counts.
    @Test(arguments: [
        ("Jan 26", true), ("jan 26", true), ("Jan-26", false), ("Jan 2026", false), ("2026-01", false), ("FY 2026", false),
        ("January 26", false),
    ])
    func format(name: String, isPeriod: Bool) {
        #expect((Self.period(name, ["MMM yy"]) != nil) == isPeriod)
    }

    @Test func samePeriodInTwoPatterns() {
        let patterns = ["MMM yy", "yyyy-MM", "yyyy", "dd.MM.yyyy"]
        #expect(Self.period("Jan 26", patterns) == Self.period("2026-01", patterns))
        #expect(Self.period("2026", patterns) != Self.period("Jan 26", patterns))
        #expect(Self.period("01.01.2026", patterns) != Self.period("Jan 26", patterns))
        #expect(Self.period("01.01.2026", patterns) == Self.period("2026-01-01"))
    }

    /// Two times of one day are two periods.
    @Test func timesOfDay() {
        let pattern = ["yyyy-MM-dd HH:mm"]
        #expect(Self.period("2026-01-01 00:00", pattern) != nil)
        #expect(Self.period("2026-01-01 00:00", pattern) != Self.period("2026-01-01 12:00", pattern))
    }
}
