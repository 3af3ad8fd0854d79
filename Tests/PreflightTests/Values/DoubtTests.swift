import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

/// The list of doubts, which values have which, and how a profile settles them.
@Suite(.computing) struct DoubtTests {
    @Test func namesAreDistinctAndInKebabCase() {
        let names = Doubt.allCases.map(\.name)
        #expect(Set(names).count == names.count)
        for doubt in Doubt.allCases {
            #expect(doubt.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(doubt.name)")
            #expect(doubt.sentence.hasSuffix("."))
            #expect(!doubt.example.isEmpty)
            #expect(doubt.reason != .none)
            #expect(Doubt(name: doubt.name) == doubt)
            #expect(ColumnType.allCases.contains { $0.kind.doubts.contains(doubt) }, "\(doubt.name) belongs to no type")
            #expect(DoubtPage.text(for: doubt).contains(doubt.sentence))
        }
    }

    /// A judgement keeps 48 bits of them.
    @Test func fitIntoAJudgement() {
        #expect(Doubt.allCases.count <= 48)
        #expect(MemoryLayout<Judgement>.size == 8)
        let all = DoubtSet(Doubt.allCases)
        #expect(Judgement(doubtful: .exponent, all).doubts == all)
        for doubt in Doubt.allCases { #expect(Judgement.doubtful(doubt).doubts == DoubtSet(doubt)) }
    }

    struct Case: Sendable, CustomStringConvertible {
        var value: String
        var settings: String
        var doubts: String
        var description: String { "\(value.debugDescription) under \(settings)" }

        init(_ value: String, _ settings: String, _ doubts: String) {
            (self.value, self.settings, self.doubts) = (value, settings, doubts)
        }
    }

    static let cases: [Case] = [
        Case(" 12", "type: number", "leading-blank"), Case("12\u{A0}", "type: number", "trailing-blank"),
        Case(" (12) ", "type: number", "leading-blank trailing-blank parentheses"), Case("  ", "type: number", "blanks-only"),
        Case("n/a", "type: number", "null-word"), Case(" n/a", "type: number", "leading-blank null-word"),
        Case("#N/A", "type: integer", "error-value"), Case("NaN", "type: number", "not-finite"),
        Case("1.5E+3", "type: number", "exponent"), Case("+12", "type: number", "plus-sign"),
        Case("\u{2212}12", "type: number", "other-minus"), Case("12-", "type: number", "trailing-sign"),
        Case("-$12", "type: number, number: {prefix: $}", "sign-before-prefix"), Case("- 12", "type: number", "inner-blank"),
        Case("12", "type: number, number: {prefix: $}", "missing-prefix"),
        Case("12", "type: number, number: {suffix: €}", "missing-suffix"),
        Case("0.2", "type: number, number: {percent: true}", "missing-percent-sign"),
        Case("12EUR", "type: number, number: {suffix: \" EUR\"}", "affix-spelling"),
        Case("12,34,567", "type: number, number: {group: \",\"}", "irregular-grouping"),
        Case("1.234,567", "type: number, number: {group: \",\"}", "group-after-decimal"),
        Case("1_234", "type: number", "other-group-separator"), Case(".5", "type: number", "missing-leading-digit"),
        Case("5.", "type: number", "missing-trailing-digit"), Case("+.5E1", "type: number", "exponent plus-sign missing-leading-digit"),
        Case("１２", "type: number", "foreign-digits"), Case("123456789012345678901234567890", "type: number", "too-many-digits"),
        Case("12.5", "type: integer", "decimals-in-integer"), Case("7/03/2026", "type: date, date: {format: dd/MM/yyyy}", "short-day"),
        Case("07/3/2026", "type: date, date: {format: dd/MM/yyyy}", "short-month"),
        Case(" 7/3/26", "type: date, date: {format: dd/MM/yyyy}", "leading-blank short-day short-month two-digit-year"),
        Case("2026-03-07 9:05", "type: date, date: {format: yyyy-MM-dd HH:mm}", "short-time"),
        Case("07/03/2026", "type: date, date: {format: dd/MM/yy}", "four-digit-year"),
        Case("07-03-2026", "type: date, date: {format: dd/MM/yyyy}", "other-date-separator"),
        Case("07 March 26", "type: date, date: {format: dd MMM yy}", "name-length"),
        Case("07 März 2026", "type: date, date: {format: dd MMMM yyyy}", "foreign-name"),
        Case("2026-03-07 09:05:01.25", "type: date, date: {format: \"yyyy-MM-dd HH:mm:ss.fff\"}", "fraction-length"),
        Case("2026-03-07 00:00:00", "type: date", "time-part"),
        Case("2026-03-07", "type: date, date: {format: yyyy-MM-dd HH:mm}", "missing-time"),
        Case("2026-03-07 24:00", "type: date, date: {format: yyyy-MM-dd HH:mm}", "unusual-time"),
        Case("Mon 07/03/2026", "type: date, date: {format: ddd dd/MM/yyyy}", "wrong-weekday"),
        Case("03/27/2026", "type: date, date: {format: dd/MM/yyyy}", "swapped-day-month"),
        Case("2026-03-07", "type: date, date: {format: dd/MM/yyyy}", "iso-date"),
        Case("46088", "type: date", "serial-day"), Case("true", "type: boolean", "boolean-case"),
        Case("1", "type: boolean", "boolean-digit"), Case("yes ", "type: boolean", "trailing-blank other-boolean"),
        Case("perhaps", "type: boolean", "unknown-word"),
        Case("fr01", "type: dimension, on-missing: skip, items: [FR01, \"DE \"]", "item-case"),
        Case(" fr01", "type: dimension, on-missing: skip, items: [FR01, \"DE \"]", "leading-blank item-case"),
        Case(" FR01", "type: dimension, on-missing: skip, items: [FR01, \"DE \"]", "leading-blank"),
        Case("DE", "type: dimension, on-missing: skip, items: [FR01, \"DE \"]", "item-blank"),
        Case(" fr01", "type: dimension, on-missing: skip, items: {list: [FR01], trim: true}", "item-case"),
    ]

    private func rule(_ settings: String, assume: String = "") throws -> ValueRule {
        let profile = try Profile(
            yaml: "version: 1\n\(assume.isEmpty ? "" : "assume: {\(assume)}\n")columns:\n  - {name: X, \(settings)}\n")
        return ValueRule(column: try #require(profile.columns.first))
    }

    @Test(arguments: cases)
    func doubtsOfValues(_ line: Case) throws {
        let judgement = try rule(line.settings).judge(line.value)
        #expect(judgement.verdict == .doubtful)
        #expect(judgement.doubts.doubts.map(\.name).joined(separator: " ") == line.doubts)
    }

    /// All accepted: it parses. Any rejected: it fails for that one. Some accepted: the others are open.
    @Test(arguments: cases)
    func settled(_ line: Case) throws {
        let names = line.doubts.split(separator: " ").map(String.init)
        let accepted = names.map { "\($0): accepted" }.joined(separator: ", ")
        #expect(try rule(line.settings, assume: accepted).judge(line.value) == .parses)
        for name in names {
            let doubt = try #require(Doubt(name: name))
            let failed = try rule(line.settings, assume: "\(name): rejected").judge(line.value)
            #expect(failed == Judgement(verdict: .fails, reason: doubt.reason, doubts: DoubtSet(doubt)))
            let left = try rule(line.settings, assume: "\(name): accepted").judge(line.value)
            #expect(left.verdict == (names.count == 1 ? .parses : .doubtful))
            #expect(left.doubts.doubts.map(\.name) == names.filter { $0 != name })
        }
        let others = Doubt.allCases.map(\.name).filter { !names.contains($0) }.map { "\($0): rejected" }.joined(separator: ", ")
        #expect(
            try rule(line.settings, assume: others).judge(line.value).withoutDoubts == rule(line.settings).judge(line.value).withoutDoubts)
    }

    @Test func everyDoubtHasACase() {
        let found = Set(Self.cases.flatMap { $0.doubts.split(separator: " ").map(String.init) })
        let missing = Set(Doubt.allCases.map(\.name)).subtracting(found)
        #expect(missing == ["offset-spelling"], "\(missing)")
    }

    /// In the big table of values: doubtful values have doubts of their type, and the reason is that of one of them.
    @Test(arguments: ValueTableTests.lines)
    func table(_ line: ValueTableTests.Line) throws {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: X, \(line.settings)}\n")
        let column = try #require(profile.columns.first)
        let judgement = ValueRule(column: column).judge(line.value)
        #expect((judgement.verdict == .doubtful) == !judgement.doubts.isEmpty)
        #expect(judgement.doubts.isSubset(of: column.type.kind.doubts))
        if judgement.verdict == .doubtful {
            #expect(judgement.doubts.doubts.map(\.reason).contains(judgement.reason) || column.type == .dimension)
        }
    }

    /// A column wins over the profile.
    @Test func columnWins() throws {
        let profile = try Profile(
            yaml: """
                version: 1
                assume: {parentheses: rejected, exponent: accepted, count: rows}
                columns:
                  - {name: A, type: number}
                  - {name: B, type: number, assume: {parentheses: accepted}}
                """)
        #expect(profile.skipCount == .rows)
        let rules = profile.columns.map(ValueRule.init)
        #expect(rules.map { $0.judge("(1)").verdict } == [.fails, .parses])
        #expect(rules.map { $0.judge("1e5").verdict } == [.parses, .parses])
    }

    @Test(
        arguments: [
            ("assume: {expnent: accepted}", "", "profile:2:10: unknown key \"expnent\" in \"assume\": did you mean \"exponent\"?"),
            ("assume: {exponent: yes}", "", "profile:2:20: \"exponent\" must be one of \"accepted\", \"rejected\", not \"yes\""),
            (
                "assume: {count: cell}", "",
                "profile:2:17: \"count\" must be one of \"cells\", \"rows\", not \"cell\": did you mean \"cells\"?"
            ),
            ("", "assume: {short-day: accepted}", "profile:4:38: values of type \"number\" never have the doubt \"short-day\": remove it"),
            (
                "", "assume: {count: rows}",
                "profile:4:38: \"count\" holds for the whole report: write it under \"assume\" of the profile, not of a column"
            ),
        ])
    func mistakes(top: String, own: String, message: String) {
        let yaml = "version: 1\n\(top)\ncolumns:\n  - {name: A, type: number\(own.isEmpty ? "" : ", " + own)}\n"
        do throws(ProfileError) {
            _ = try Profile(yaml: yaml)
            Issue.record("no mistake in \(yaml)")
        } catch {
            #expect(error.mistakes.map { "\($0)" }.contains { $0.contains(message) }, "\(error.mistakes.map { "\($0)" })")
        }
    }

    /// Counts of a report: by sets of doubts, exact; the same in JSON.
    @Test func countsOfAReport() throws {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: A, type: number}\n  - {name: B, type: date}\n")
        let found = report(on: "A,B\n12-,2026-01-01\n(3),x\n 4-,46000\n5-,2026-01-02\nx,y\n", options: CheckOptions(profile: profile))
        let amounts = try #require(found.prediction.columns.first)
        #expect(
            amounts.doubts.entries.map { "\($0.count) \($0.doubts.doubts.map(\.name).joined(separator: "+"))" } == [
                "2 trailing-sign", "1 leading-blank+trailing-sign", "1 parentheses",
            ])
        #expect(amounts.cells == Bounds(min: 1, max: 5))
        #expect(amounts.doubts.count(of: .trailingSign) == 3)
        // Row 2 and the last two may fail in both columns.
        #expect(found.prediction.columns.map(\.sharedRows) == [3, 3])
        #expect(found.prediction.columns.map(\.firstInRow) == [1, 1])
        let json = JSONReport.document(found, exit: ExitSummary(status: 0, reason: "")).text(isPretty: false)
        #expect(json.contains(#""doubts":[{"names":["trailing-sign"],"count":2},{"names":["leading-blank","trailing-sign"]"#))
    }
}
