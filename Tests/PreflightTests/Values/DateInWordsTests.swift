import Testing

@testable import ImportProfiles
@testable import ValueFormats

/// Dates with the name of a month.
@Suite struct DateInWordsTests {
    @Test(arguments: [
        ("02. Mär 2026", true), ("15-Mai-2026", true), ("3 août 2026", true), ("1 de enero de 2026", true), ("Mai 15, 2026", true),
        ("15 May 2026", true), ("2026-Okt-03", true), ("1. Januar 26", true), ("7 марта 2026", true), ("21st of March 2026", true),
        ("32 Mai 2026", false), ("Mai 2026", false), ("15 Mai", false), ("12 mars bars 2026", false), ("15 Foo 2026", false),
        ("15 Mai Juni 2026", false), ("2026", false), ("", false), ("15.05.2026", false), ("1 Mai 20260", false), ("A1 Mai 2026", false),
    ])
    func dates(_ text: String, _ isDate: Bool) {
        #expect(DateInWords.matches(Array(text.utf8).span) == isDate)
    }

    /// Under a pattern of another form the reason says what it is.
    @Test(arguments: [
        ("02. Mär 2026", "d MMM yyyy", JudgementReason.monthInWords), ("3 août 2026", "dd/MM/yyyy", .monthInWords),
        ("15-Mai-2026", "dd-MMM-yyyy", .foreignName), ("15 Foo 2026", "dd/MM/yyyy", .notADate),
        ("15 May 2026", "dd.MM.yyyy", .monthInWords),
    ])
    func reasons(_ text: String, _ pattern: String, _ reason: JudgementReason) throws {
        let format = DateFormat([try #require(DatePattern(pattern))])
        let rule = ValueRule(column: ColumnProfile(name: "D", type: .date, date: format))
        #expect(rule.judge(Array(text.utf8).span).reason == reason)
    }
}
