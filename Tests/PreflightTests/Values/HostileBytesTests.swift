import ByteSpans
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Arbitrary bytes, broken UTF-8 among them, get a verdict, and it depends on nothing outside of the field.
@Suite(.computing) struct HostileBytesTests {
    private static let rules: [ValueRule] = {
        let numbers = [
            NumberFormat(), NumberFormat(decimal: .comma, group: .space, suffix: "€"),
            NumberFormat(group: .comma, prefix: "$", isPercent: true),
        ]
        let patterns = ["yyyy-MM-dd", "d/M/yy", "dddd d MMMM yyyy", "yyyyMMdd'T'HHmmssK", "MM/dd/yyyy hh:mm:ss.fff tt zzz"]
        let columns =
            numbers.map { ColumnProfile(name: "X", type: .number, number: $0) }
            + patterns.map { ColumnProfile(name: "X", type: .date, date: DateFormat([DatePattern($0)!])) }
            + [
                ColumnProfile(name: "X", type: .boolean),
                ColumnProfile(name: "X", type: .dimension, items: ItemSet([Array("É1".utf8), [0xE2, 0x80]]), nullWords: ["NA"]),
            ]
        return columns.map { ValueRule(column: $0) }
    }()

    /// Beginnings of longer characters, which must not lead beyond the end, and the bytes that grammars look for.
    private static let alphabet: [UInt8] =
        Array("019.,-+/: '()eE%$TZzAMPmayn#N".utf8)
        + [
            0x00, 0x09, 0x0A, 0xC2, 0xA0, 0xE2, 0x80, 0xAF, 0x88, 0x92, 0xEF, 0xBC, 0x91, 0xBB, 0xBF, 0xD9, 0xF0, 0xFF, 0xC3, 0x89, 0x82,
            0xAC,
        ]

    @Test(arguments: [UInt64(1), 2, 3])
    func verdictDependsOnTheFieldOnly(seed: UInt64) {
        var state = seed
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<(isDebugBuild ? 1_000 : 4_000) {
            let field = (0..<random(14)).map { _ in Self.alphabet[random(Self.alphabet.count)] }
            let surrounded = [0x31, 0xE2] + field + [0x80, 0xAF, 0x31]
            for (number, rule) in Self.rules.enumerated() {
                let alone = rule.judge(field.span)
                let inside = rule.judge(surrounded.span[2..<(2 + field.count)])
                #expect(alone == inside, "rule \(number), seed \(seed), \(field)")
                #expect((alone.verdict == .empty) == (field.isEmpty || (number == 9 && field == Array("NA".utf8))))
                #expect((alone.reason == .none) == (alone.verdict == .parses || alone.verdict == .empty), "rule \(number), \(field)")
            }
            let formats = FormatSet.formats(of: field.span)
            let inside = FormatSet.formats(of: surrounded.span[2..<(2 + field.count)])
            #expect(formats == inside && !formats.isEmpty, "seed \(seed), \(field)")
        }
    }

    /// What inference calls a number under a format, the judge takes under the same format, and the other way round.
    @Test(arguments: [
        (FormatSet.decimalPoint, NumberFormat()), (.decimalComma, NumberFormat(decimal: .comma)),
        (.groupedByComma, NumberFormat(group: .comma)), (.groupedByPoint, NumberFormat(decimal: .comma, group: .point)),
        (.groupedByApostrophe, NumberFormat(group: .apostrophe)),
    ])
    func inferenceAgreesWithTheJudge(bit: FormatSet, format: NumberFormat) {
        let rule = ValueRule(column: ColumnProfile(name: "X", type: .number, number: format))
        var state: UInt64 = 7
        for _ in 0..<(isDebugBuild ? 4_000 : 20_000) {
            var text = ""
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for place in 0..<Int(state >> 60) {
                text.append(Array("0123456789.,'-1357")[Int(state >> (8 + 3 * UInt64(place) % 40)) % 18])
            }
            let formats = FormatSet(of: text)
            #expect((formats.contains(bit) && formats.isDisjoint(with: .doubts)) == (rule.judge(text).verdict == .parses), "\(text)")
        }
    }
}
