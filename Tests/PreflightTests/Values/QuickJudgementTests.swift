import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Most wrong values are told from the others by a glance. Here they are looked at closely too.
@Suite(.computing) struct QuickJudgementTests {
    @Test(arguments: NumberReferenceTests.cases)
    func numbers(_ example: NumberReferenceTests.Case) {
        let parser = NumberParser(example.format, isInteger: example.isInteger)
        var random = SplitMix(seed: example.seed)
        var generator = SeededGenerator(seed: Int(example.seed))
        var quickCount = 0
        for index in 0..<1_500 {
            let text = index % 2 == 0 ? NastyNumbers.text(&random, near: example.format) : generator.oddText()
            if text.isEmpty { continue }
            let bytes = Array(text.utf8)
            let field = bytes.span
            let judgement = parser.judge(field)
            #expect(judgement.verdict == .parses || judgement == parser.judgeClosely(field), "\(text.debugDescription), \(example)")
            #expect(judgement.verdict != .parses || parser.mayParse(field), "\(text.debugDescription), \(example)")
            if NumberFailure.judgement(ofText: field) != nil { quickCount += 1 }
        }
        #expect(quickCount > 100)
    }

    @Test(arguments: DateReferenceTests.patterns)
    func dates(_ text: String) throws {
        let parser = DateParser(DateFormat([try #require(DatePattern(text))]))
        var generator = SeededGenerator(seed: text.utf8.count)
        for index in 0..<800 {
            let value = index % 2 == 0 ? generator.dateText(text) : generator.oddText()
            if value.isEmpty { continue }
            let bytes = Array(value.utf8)
            let field = bytes.span
            let judgement = parser.judge(field)
            #expect(judgement == parser.judgeUnderPatterns(field), "\(value.debugDescription) under \(text)")
            #expect(judgement.verdict != .parses || parser.mayParse(field), "\(value.debugDescription) under \(text)")
        }
    }

    /// A value that has doubts which the profile accepts parses, and is not told by a glance.
    @Test(arguments: [(" 5", true), ("5 ", true), (" 5", false), ("+5", false), ("abc", true)])
    func acceptedDoubts(_ value: String, _ accepts: Bool) {
        var column = ColumnProfile(name: "X", type: .number)
        if accepts { column.assume = Assumptions(accepted: DoubtSet([.leadingBlank, .trailingBlank])) }
        let rule = ValueRule(column: column)
        let bytes = Array(value.utf8)
        #expect(rule.parses(bytes.span) == (rule.judge(bytes.span).verdict == .parses))
    }

    /// The first three letters of a name decide which it is.
    @Test func names() {
        for (list, names) in [(EnglishNames.List.months, EnglishNames.months), (.weekdays, EnglishNames.weekdays)] {
            for (index, name) in names.map(\.description).enumerated() {
                for text in [name, name.uppercased(), String(name.prefix(3)), name.prefix(3) + "x", "-" + name, name.prefix(3) + "?"] {
                    let start = text.hasPrefix("-") ? 1 : 0
                    let found = EnglishNames.find(list, Array(text.utf8).span, at: start)
                    #expect(found?.number == index + 1, "\(text)")
                    #expect(found?.isFull == text.lowercased().contains(name), "\(text)")
                    #expect(found?.length == (text.lowercased().contains(name) ? name.utf8.count : 3), "\(text)")
                }
            }
        }
        for text in ["xan", "ja", "m", "ma9", "mo\u{E4}", "12"] {
            #expect(EnglishNames.find(.months, Array(text.utf8).span, at: 0) == nil, "\(text)")
        }
    }

    /// Numbers that differ in their digits, from the first on that is not 0, share a mask: here each byte is looked at.
    @Test func equalDigits() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<400 {
            let bytes = (0..<generator.below(17)).map { _ in
                generator.once(in: 2) ? UInt8(generator.below(256)) : UInt8(ascii: "/") + UInt8(generator.below(12))
            }
            func short(_ bytes: [UInt8]) -> ShortText? {
                let padded = bytes + Array(repeating: UInt8(ascii: "5"), count: 16)
                return ShortText(padded.span.extracting(..<bytes.count), column: 7)
            }
            let first = bytes.firstIndex { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 } ?? bytes.count
            let nines = bytes.indices.map { index in
                index >= first && UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index] ? UInt8(ascii: "9") : bytes[index]
            }
            #expect(short(bytes)?.withEqualDigits == short(nines), "\(bytes)")
            #expect(short(bytes)?.column == 7)
        }
    }

    /// An unknown item is none but for spaces and letter case either.
    @Test func unknownItems() {
        let items = ["alpha", " beta", "Gamma ", "DELTA", "\u{130}x", "é", "\u{2003}wide\u{2003}", "a b"].map { Array($0.utf8) }
        var generator = SeededGenerator(seed: 5)
        for matching in [ItemMatching(), ItemMatching(trimsBlanks: true), ItemMatching(ignoresCase: true)] {
            var column = ColumnProfile(name: "X", type: .dimension)
            let set = ItemSet(items, matching: matching)
            column.items = set
            let rule = ValueRule(column: column)
            for _ in 0..<300 {
                let others = ["other", "İX", "i\u{307}x", "É", "A B"]
                var text = generator.element(of: items.map { String(decoding: $0, as: UTF8.self) } + others)
                if generator.once(in: 2) { text = text.uppercased() }
                if generator.once(in: 3) { text = generator.element(of: [" ", "\u{A0}", "\u{FEFF}", "x"]) + text }
                if generator.once(in: 3) { text += generator.element(of: [" ", "\t", "\u{200B}", "x"]) }
                let bytes = Array(text.utf8)
                let field = bytes.span
                let found = rule.itemLikeness(field, rule.judge(field))
                #expect(found == (set.containsTrimmed(field), set.containsCaseless(field)), "\(text.debugDescription)")
            }
        }
    }
}

extension SeededGenerator {
    /// Letters, digits and signs that mean something somewhere, in no order.
    fileprivate mutating func oddText() -> String {
        let parts = [
            "a", "E", "e", "n", "N", "x", "Z", "nan", "inf", "NULL", "null", "n/a", "#N/A", "#REF!", "#", "%", "(", ")", "+", "-", ".", ",",
            "'", "_", "`", " ", "\t", "\u{A0}", "$", "€", "é", "∞", "0", "1", "23", "٣", "mon", "Jan", "may", ":", "/", "?", "\\", "\u{7F}",
        ]
        return (0...below(6)).map { _ in element(of: parts) }.joined()
    }
}
