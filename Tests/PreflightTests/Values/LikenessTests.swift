import ByteSpans
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import ValueFormats

/// Short values that have the same key are judged once: here each is judged by itself.
@Suite(.computing) struct LikenessTests {
    /// All that is decided of a value by its key.
    private struct Decision: Equatable {
        var judgement: Judgement
        var mask: [UInt8]
        var evidence: ReadingEvidence?
    }

    /// The same as `RowJudge.key(of:judged:)`.
    private func key(of text: Span<UInt8>, _ likeness: ValueRule.Likeness) -> ShortText? {
        guard let short = ShortText(text, column: 3) else {
            return likeness == .equalDigits ? ShortText(longNumber: text, column: 3) : nil
        }
        switch likeness {
        case .bytes: return short
        case .equalDigits: return short.withEqualDigits
        case .dateClass: return short.withDateClass(text)
        }
    }

    /// Counts keys that more than one text had.
    private func sharedKeys(of column: ColumnProfile, texts: [String]) throws -> Int {
        let rule = ValueRule(column: column)
        let form = try #require(rule.maskForm)
        let reading = AlternativeFormat(column)
        var shape = ValueMask()
        var known: [ShortText: (text: String, decision: Decision)] = [:]
        var shared: Set<ShortText> = []
        for text in texts where !text.isEmpty {
            let padded = Array(text.utf8) + Array(repeating: UInt8(ascii: "5"), count: 16)
            let bytes = padded.span.extracting(..<text.utf8.count)
            guard let key = key(of: bytes, rule.likeness) else { continue }
            #expect(key.column == 3)
            let judgement = rule.judge(bytes)
            let evidence = reading?.evidence(of: bytes, parses: judgement.verdict == .parses)
            shape.write(bytes, form: form, evidence: evidence, hasLook: judgement.verdict != .parses)
            let decision = Decision(judgement: judgement, mask: Array(shape.bytes), evidence: evidence)
            if let earlier = known[key] {
                #expect(earlier.decision == decision, "\(earlier.text.debugDescription) and \(text.debugDescription)")
                if earlier.text != text { shared.insert(key) }
            } else {
                known[key] = (text, decision)
            }
        }
        return shared.count
    }

    @Test(arguments: NumberReferenceTests.cases)
    func numbers(_ example: NumberReferenceTests.Case) throws {
        let column = ColumnProfile(name: "X", type: example.isInteger ? .integer : .number, number: example.format)
        var random = SplitMix(seed: example.seed)
        var generator = SeededGenerator(seed: Int(example.seed))
        let texts = (0..<6_000).map { index in
            index % 3 == 0 ? generator.nastyNumber() : generator.otherDigits(in: NastyNumbers.text(&random, near: example.format))
        }
        #expect(ValueRule(column: column).likeness == .equalDigits)
        #expect(try sharedKeys(of: column, texts: texts) > 100)
    }

    @Test(
        arguments: DateReferenceTests.patterns + [
            "d/M/yyyy", "ddMMyyyy", "MMddyyyy", "yyyy/M/d", "d.M.yy", "M/d/yy", "yy-MM-dd", "dd-MMM-yyyy", "MMM d, yyyy", "MMMM yyyy",
            "yyyy MMM", "MM/yyyy",
            "yyyy-MM", "MMM-yy", "d MMMM yyyy", "yyyyMM", "dd/MM/yyyy HH:mm", "yyyy-MM-'01'", "yy/yyyy",
        ])
    func dates(_ text: String) throws {
        guard let pattern = DatePattern(text) else { return }
        let column = ColumnProfile(name: "X", type: .date, date: DateFormat([pattern]))
        var generator = SeededGenerator(seed: text.utf8.count)
        let texts = (0..<4_000).map { index in
            switch index % 4 {
            case 0: generator.nastyDate()
            case 1: generator.otherDigits(in: generator.dateText(text))
            case 2:
                generator.dateText(generator.element(of: DateReferenceTests.patterns + ["d/M/yyyy", "d.M.yy", "ddMMyyyy", "MMM d yyyy"]))
            default: generator.dateText(text)
            }
        }
        let shared = try sharedKeys(of: column, texts: texts)
        #expect(shared > 3 || ValueRule(column: column).likeness == .bytes)
    }

    /// Several patterns, with doubts that are settled.
    @Test func severalPatterns() throws {
        for (number, texts) in [["dd/MM/yyyy", "MM/dd/yyyy"], ["d.M.yyyy", "yyyy-MM-dd", "d MMM yyyy"], ["yyyyMMdd", "ddMMyyyy"]]
            .enumerated()
        {
            var column = ColumnProfile(name: "X", type: .date, date: DateFormat(texts.compactMap { DatePattern($0) }))
            column.assume = Assumptions(accepted: DoubtSet([.shortDay, .twoDigitYear]), rejected: DoubtSet([.shortMonth]))
            var generator = SeededGenerator(seed: 40 + number)
            let values = (0..<4_000).map { _ in
                generator.once(in: 3) ? generator.nastyDate() : generator.dateText(generator.element(of: texts))
            }
            #expect(ValueRule(column: column).likeness == .dateClass)
            #expect(try sharedKeys(of: column, texts: values) > 10)
        }
    }

    /// What the profile spells with digits is no longer like other values.
    @Test func spelledDigits() {
        for (type, word, likeness) in [
            (ColumnType.number, "99", ValueRule.Likeness.bytes), (.number, "0", .equalDigits), (.number, "n/a", .equalDigits),
            (.date, "00/00/0000", .bytes), (.date, "none", .dateClass),
        ] {
            let column = ColumnProfile(name: "X", type: type, nullWords: [word])
            #expect(ValueRule(column: column).likeness == likeness, "\(word)")
        }
        let prefixed = ColumnProfile(name: "X", type: .number, number: NumberFormat(prefix: "A1"))
        #expect(ValueRule(column: prefixed).likeness == .bytes)
    }

    /// Without a profile: what a number is does not depend on its digits, unlike a day.
    @Test func formats() {
        var generator = SeededGenerator(seed: 71)
        var random = SplitMix(seed: 71)
        var known: [ShortText: (text: String, formats: FormatSet)] = [:]
        var sharedCount = 0
        for index in 0..<30_000 {
            let text =
                switch index % 3 {
                case 0: generator.nastyNumber()
                case 1: generator.otherDigits(in: NastyNumbers.text(&random, near: NumberReferenceTests.cases[index % 10].format))
                default: generator.dateText(generator.element(of: DateReferenceTests.patterns + ["d.M.yyyy", "dd.MM.yy", "d-M-yy"]))
                }
            let padded = Array(text.utf8) + Array(repeating: UInt8(ascii: "5"), count: 16)
            let bytes = padded.span.extracting(..<text.utf8.count)
            guard let short = ShortText(bytes, column: 0) else { continue }
            let date = short.withClassOfThreeNumbers
            let (key, formats) = (date ?? short.withEqualDigits, FormatSet.formats(of: bytes))
            if let earlier = known[key] {
                #expect(earlier.formats == formats, "\(earlier.text.debugDescription) and \(text.debugDescription)")
                sharedCount += 1
            } else if date != nil ? formats.areOfAllDates : formats.areOfAllDigits(of: bytes) {
                known[key] = (text, formats)
            }
        }
        #expect(sharedCount > 3_000)
    }
}

extension SeededGenerator {
    /// The text with other digits; a zero often stays one.
    fileprivate mutating func otherDigits(in text: String) -> String {
        String(text.map { $0.isASCII && $0.isNumber && !once(in: 4) ? Character(String(below(10))) : $0 })
    }
}
