import ByteSpans
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import ValueFormats

/// Dates with the same outline are judged once for all of them: so they must be judged alike, and counted by the same mask.
@Suite(.computing) struct DateOutlineTests {
    private static let patterns = [
        "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "d.M.yy", "M-d-yyyy", "yyyy/dd/MM", "dd MM yyyy", "dd MMM yyyy", "MMMM d, yyyy", "MMM yy",
        "MM/yyyy",
        "yyyy", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fffK", "dd/MM/yyyy HH:mm", "M/d/yyyy h:mm:ss tt", "MM/dd/yyyy HH:mm:ss zzz",
        "HH:mm dd/MM/yyyy", "yyyy HH", "'Q'd MMM yyyy",
    ]

    private static func rule(_ patterns: [String], assuming assumptions: Assumptions = Assumptions()) throws -> ValueRule {
        let format = DateFormat(try patterns.map { try #require(DatePattern($0)) })
        return ValueRule(column: ColumnProfile(name: "D", type: .date, date: format, assume: assumptions))
    }

    @Test(arguments: 0..<4)
    func sameJudgement(_ block: Int) throws {
        var rules = try Self.patterns.map { try Self.rule([$0]) }
        rules.append(try Self.rule(["dd/MM/yyyy", "dd MMM yyyy", "yyyy-MM-dd HH:mm"]))
        #expect(rules.allSatisfy { $0.judgesByOutline })
        var generator = SeededGenerator(seed: 500 + block)
        var one = ValueMask()
        var other = ValueMask()
        var count = 0
        for _ in 0..<(isDebugBuild ? 4_000 : 60_000) {
            let text = Array(generator.nastyDate().utf8)
            // Other digits of the same sorts, some of them.
            let like = text.map { byte in
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte && generator.once(in: 2)
                    ? UInt8(ascii: "0") + UInt8(generator.below(10)) : byte
            }
            guard text != like, let outline = DateOutline(text.span, column: 1), outline == DateOutline(like.span, column: 1) else {
                continue
            }
            count += 1
            let shown = "\(String(decoding: text, as: UTF8.self)) and \(String(decoding: like, as: UTF8.self))"
            for (rule, pattern) in zip(rules, Self.patterns + ["all"]) {
                let (left, right) = (rule.judge(text.span), rule.judge(like.span))
                #expect(left == right, "\(shown) under \(pattern)")
            }
            one.write(text.span, form: .date, hasLook: true)
            other.write(like.span, form: .date, hasLook: true)
            let areMaskedAlike = one.bytes.elementsEqual(Array(other.bytes))
            #expect(areMaskedAlike, "\(shown)")
        }
        #expect(count > (isDebugBuild ? 50 : 2_000), "\(count)")
    }

    @Test(arguments: [
        ("31/12/2026", "31/12/2027", true), ("31/12/2026", "31/11/2026", false), ("29/02/2023", "29/02/2021", true),
        ("29/02/2023", "29/02/2024", false), ("29/02/23", "29/02/24", false), ("05/05/2026", "05/07/2026", false),
        ("1/2/2026 12:34", "1/2/2026 08:37", true), ("1/2/2026 12:34", "1/2/2026 13:34", false),
        ("1/2/2026 12:34", "1/2/2026 12:60", false), ("31/31/12345", "31/31/12399", true), ("31/31/123456", "31/31/1234", false),
        ("31/31/123456", "31/31/123849", true), ("31/31/123456", "31/31/126756", false), ("31-01-101112", "31-01-101128", false),
        ("46054", "46059", true), ("46054", "76054", false), ("20261231", "20261331", false), ("Jan 5 2026", "jan 5 2026", false),
    ])
    func outlines(_ left: String, _ right: String, _ isSame: Bool) throws {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        let found = DateOutline(left.span, column: 0)
        let outline = try #require(found)
        let other = DateOutline(right.span, column: 0)
        #expect((outline == other) == isSame)
        let elsewhere = DateOutline(left.span, column: 1)
        #expect(outline != elsewhere)
    }

    @Test(arguments: [
        "", " 1/2/2026", "1/2/2026 ", "'1/2/2026", "1/2/2026\u{A0}", "Mon 1/2/2026", "#DIV/0!", "2026-01-31T12:34:56.1234567+01:00",
    ])
    func withoutOutline(_ text: String) {
        let bytes = Array(text.utf8)
        let outline = DateOutline(bytes.span, column: 0)
        #expect(outline == nil)
    }

    /// Numbers that touch may be read in other groups, a digit of the pattern may be in a number, and a weekday goes with one date only.
    @Test(arguments: ["yyyyMMdd", "dd/MM/yyyy HHmm", "yyyyM", "'2'0 dd/MM/yyyy", "dddd, d MMM yyyy"])
    func patternsThatLookCloser(_ pattern: String) throws {
        #expect(try Self.rule([pattern]).judgesByOutline == false)
    }
}
