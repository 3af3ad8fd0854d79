import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import ValueFormats

/// A value that fails under the formats of a kind's trial is not tried: so it must fail under every setting that would be.
@Suite(.computing) struct TriedFormatsTests {
    private static let patterns = [
        "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "d.M.yy", "yyyyMMdd", "ddMMyy", "dd MMM yyyy", "MMMM d, yyyy", "MMM yy", "yyyy", "yyyyMM",
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fffK", "M/d/yyyy h:mm:ss tt", "dddd, d MMM yyyy", "d. MMMM yyyy", "dd MM yyyy",
        "yyyyMMddHHmm",
    ]

    @Test(arguments: 0..<8)
    func lostValuesFail(_ block: Int) throws {
        var generator = SeededGenerator(seed: 900 + block)
        var lostCount = 0
        for _ in 0..<(isDebugBuild ? 3 : 12) {
            var names: [String] = []
            for _ in 0...generator.below(3) { names.append(generator.element(of: Self.patterns)) }
            let format = DateFormat(try names.map { try #require(DatePattern($0)) })
            let column = ColumnProfile(name: "D", type: .date, date: format, assume: generator.assumptions())
            let edits = DateKind.usualEdits(of: column)
            let rules = edits.map(\.rule) + edits.compactMap { DateKind.rival(of: $0, instead: column)?.edit.rule }
            let formats = DateKind.triedFormats(of: column)
            for _ in 0..<(isDebugBuild ? 120 : 1_000) {
                let text = generator.oddDate()
                let value = Array(text.utf8)
                if value.isEmpty || !formats.allSatisfy({ $0.judge(value.span).verdict == .fails }) { continue }
                lostCount += 1
                for (place, rule) in rules.enumerated() where rule.judge(value.span).verdict != .fails {
                    Issue.record("\"\(text)\" under \(names) is lost, and setting \(place) gives \(rule.judge(value.span))")
                }
            }
        }
        #expect(lostCount > 20, "\(lostCount)")
    }

    /// Numbers may be no years, and still be the day of a spreadsheet.
    @Test(arguments: [
        ("31/01/123456", true), ("5 janvier 123456", true), ("31\u{2010}01\u{2010}123456", true), ("word", true), ("31/31/2026", true),
        ("'31/31/2026", true), ("31/01/2026", false), ("5 janvier 2026", false), ("31\u{2010}01\u{2010}2026", false), ("46054", false),
        ("n/a", false), ("31.12.2026 12:00:00", false), (" 2026-01-31", false), ("１/1/2026", false), ("12-31-26", false),
    ])
    func lostValues(_ text: String, _ isLost: Bool) throws {
        let column = ColumnProfile(name: "D", type: .date, date: DateFormat([try #require(DatePattern("dd MM yyyy"))]))
        let value = Array(text.utf8)
        let found = DateKind.triedFormats(of: column).allSatisfy { $0.judge(value.span).verdict == .fails }
        #expect(found == isLost)
    }
}

extension SeededGenerator {
    /// A few doubts, settled either way.
    fileprivate mutating func assumptions() -> Assumptions {
        var assumptions = Assumptions()
        if once(in: 2) { return assumptions }
        for doubt in DoubtSet.dates.doubts where once(in: 3) { assumptions[doubt] = once(in: 2) }
        return assumptions
    }

    /// A date, or what is nearly one, with characters that look like those of dates.
    fileprivate mutating func oddDate() -> String {
        var text = nastyDate()
        if once(in: 4) { text = text.replacing("-", with: "\u{2010}").replacing(" ", with: "\u{A0}") }
        if once(in: 8) { text = text.replacing("1", with: "１") }
        if once(in: 8) { text = text.replacing("Jan", with: element(of: ["janvier", "Mär", "Jänner.", "5月"])) }
        if once(in: 10) { text = element(of: ["'", "=", "+", "-", "x", "\u{FEFF}"]) + text }
        if once(in: 10) { text += element(of: ["\u{A0}", "  ", "0", "Z", "th"]) }
        if once(in: 40) { text = element(of: ["n/a", "#REF!", "=A1+B2", "'n/a", "-", "\u{2010}", "\u{A0}", "  ", "null", "'", "46054.5"]) }
        return text
    }
}
