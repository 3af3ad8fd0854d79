import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Text, dimensions, null words, and what a verdict leads to.
@Suite(.computing) struct OtherTypesTests {
    static let items = ["France", "Côte d'Ivoire", "New York ", "ÅLAND", "a", "İzmir", "ΑΘΗΝΑ", "1,5"]
    static let itemTable: [JudgedValue] = [
        JudgedValue("France", "items", .parses), JudgedValue("Côte d'Ivoire", "items", .parses), JudgedValue("New York ", "items", .parses),
        JudgedValue("a", "items", .parses), JudgedValue("1,5", "items", .parses), JudgedValue("", "items", .empty),
        JudgedValue("FRANCE", "items", .doubtful, .itemCaseOrBlanks), JudgedValue(" France", "items", .doubtful, .itemCaseOrBlanks),
        JudgedValue("france\u{A0}", "items", .doubtful, .itemCaseOrBlanks), JudgedValue("New York", "items", .doubtful, .itemCaseOrBlanks),
        JudgedValue("CÔTE D'IVOIRE", "items", .doubtful, .itemCaseOrBlanks), JudgedValue("Åland", "items", .doubtful, .itemCaseOrBlanks),
        JudgedValue("αθηνα", "items", .doubtful, .itemCaseOrBlanks), JudgedValue("   ", "items", .doubtful, .blanksOnly),
        JudgedValue("Franc", "items", .fails, .unknownItem), JudgedValue("Francee", "items", .fails, .unknownItem),
        JudgedValue("Cote d'Ivoire", "items", .fails, .unknownItem), JudgedValue("NewYork", "items", .fails, .unknownItem),
        JudgedValue("b", "items", .fails, .unknownItem), JudgedValue("NA", "items", .fails, .unknownItem),
    ]

    @Test(arguments: itemTable)
    func dimension(_ line: JudgedValue) {
        let items = ItemSet(Self.items.map { Array($0.utf8) })
        #expect(
            ValueRule(column: ColumnProfile(name: "Entity", type: .dimension, items: items)).judge(line.value).withoutDoubts
                == line.judgement)
    }

    /// Bytes that are not UTF-8 are looked up like others.
    @Test func itemsThatAreNotUTF8() {
        let rule = ValueRule(column: ColumnProfile(name: "Entity", type: .dimension, items: ItemSet([[0xC3], [0xFF, 0x41]])))
        let known: [[UInt8]] = [[0xC3], [0xFF, 0x41]]
        for bytes in known { #expect(rule.judge(bytes.span).verdict == .parses) }
        let otherCase: [UInt8] = [0xFF, 0x61]
        #expect(rule.judge(otherCase.span).withoutDoubts == Judgement(verdict: .doubtful, reason: .itemCaseOrBlanks))
        #expect(rule.judge([UInt8(0xC2)].span).verdict == .fails)
    }

    /// More items than a small table holds, with neighbours and duplicates: found are those that are there and no others.
    @Test func manyItems() {
        let names = (0..<20_000).map { "Item \($0 * 7)" }
        let set = ItemSet((names + names.prefix(100)).map { Array($0.utf8) })
        #expect(set.count == 20_000)
        for number in 0..<140_000 where number % 7 < 2 {
            let isItem = set.contains(Array("Item \(number)".utf8).span)
            #expect(isItem == (number % 7 == 0), "Item \(number)")
        }
    }

    /// A set keeps only those of its tables that differ: it answers as if it had all.
    @Test(arguments: [["a", "bé"], ["a", " b"], ["A", "É"], ["A ", "b", " c"], ["a", "A", "a"]])
    func setsWithAndWithoutCapitalsAndSpaces(items: [String]) {
        let set = ItemSet(items.map { Array($0.utf8) })
        func trimmed(_ text: String) -> String { String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        for value in ["a", "A", " a", "A ", "b", " b", "B", " B ", "bé", "BÉ", "é", "É", "c", " C", "d"] {
            let bytes = Array(value.utf8)
            #expect(set.contains(bytes.span) == items.contains(value), "\(value)")
            #expect(set.containsTrimmed(bytes.span) == items.map(trimmed).contains(trimmed(value)), "\(value)")
            #expect(set.containsCaseless(bytes.span) == items.contains { $0.lowercased() == value.lowercased() }, "\(value)")
            let bare = Array(trimmed(value).utf8)
            #expect(set.containsFolded(bare.span) == items.contains { trimmed($0).lowercased() == trimmed(value).lowercased() }, "\(value)")
        }
    }

    @Test func textAndDimensionsWithoutItemsTakeEverything() {
        for type in [ColumnType.text, .dimension] {
            let rule = ValueRule(column: ColumnProfile(name: "Note", type: type))
            for value in ["x", " ", "NaN", "#REF!", "\u{0}"] { #expect(rule.judge(value).verdict == .parses) }
            #expect(rule.judge("").verdict == .empty)
        }
    }

    @Test(arguments: ColumnType.allCases)
    func nullWordsAreEmptyInEveryType(type: ColumnType) {
        let rule = ValueRule(column: ColumnProfile(name: "X", type: type, nullWords: ["NA", "-", "n. a."]))
        for word in ["NA", "-", "n. a.", ""] { #expect(rule.judge(word).verdict == .empty, "\(word)") }
        for word in ["na", "NA ", "--"] { #expect(rule.judge(word).verdict != .empty, "\(word)") }
    }

    @Test(
        arguments: [
            (ColumnType.text, nil, nil), (.number, FindingKind.notANumber, .doubtfulNumber), (.integer, .notAnInteger, .doubtfulInteger),
            (.date, .notADate, .doubtfulDate), (.boolean, .notABoolean, .doubtfulBoolean), (.dimension, .unknownItem, .doubtfulItem),
        ] as [(ColumnType, FindingKind?, FindingKind?)])
    func codes(kind: ColumnType, fails: FindingKind?, doubtful: FindingKind?) {
        let rule = ValueRule(column: ColumnProfile(name: "X", type: kind))
        #expect(rule.findingKind(for: Judgement(verdict: .parses)) == nil)
        #expect(rule.findingKind(for: Judgement(verdict: .empty)) == nil)
        #expect(rule.findingKind(for: Judgement(verdict: .fails)) == fails)
        #expect(rule.findingKind(for: Judgement(verdict: .doubtful)) == doubtful)
    }

    @Test(
        arguments: [
            (ColumnType.text, MissingItemPolicy.skip, nil), (.number, .create, .parsingError), (.integer, .create, .parsingError),
            (.date, .create, .parsingError), (.boolean, .create, .parsingError), (.dimension, .create, nil),
            (.dimension, .useDefault, .missingItemUsesDefault), (.dimension, .skip, .missingItemSkipsRow),
        ] as [(ColumnType, MissingItemPolicy, SkipReason?)])
    func skipReasons(kind: ColumnType, policy: MissingItemPolicy, reason: SkipReason?) {
        let rule = ValueRule(column: ColumnProfile(name: "X", type: kind, onMissing: policy))
        #expect(rule.skipReason(for: Judgement(verdict: .fails)) == reason)
        #expect(rule.skipReason(for: Judgement(verdict: .doubtful)) == reason)
        #expect(rule.skipReason(for: Judgement(verdict: .parses)) == nil)
        #expect(rule.skipReason(for: Judgement(verdict: .empty)) == nil)
    }

    @Test func everyReasonHasItsOwnText() {
        let texts = JudgementReason.allCases.filter { $0 != .none }.map(\.text)
        #expect(Set(texts).count == texts.count)
        #expect(!texts.contains(""))
    }
}
