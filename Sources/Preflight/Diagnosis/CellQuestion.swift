import ByteSpans
package import ImportProfiles
import SafeText
package import ValueFormats

/// What is asked of the cells of one column.
package struct CellQuestion: Sendable {
    /// Number of the column, from 1.
    package var column: Int
    /// How its values may be judged: each value is counted under each of them.
    package var rules: [ValueRule]
    /// Texts to look up.
    package var samples: [SampleText]
    /// Whether a sample is looked for with the same digits in another spelling, too.
    package var comparesDigits: Bool
    /// Whether the texts are counted, each by itself: items, of which the list of a profile has some.
    package var countsTexts: Bool
    /// The cells of which rows are asked: see ``CellScan``.
    package var test: CellTest?

    package init(
        column: Int, rules: [ValueRule] = [], samples: [SampleText] = [], comparesDigits: Bool = true, countsTexts: Bool = false,
        test: CellTest? = nil
    ) {
        self.column = column
        self.rules = rules
        self.samples = samples
        self.comparesDigits = comparesDigits
        self.countsTexts = countsTexts
        self.test = test
    }
}

/// Tells the cells that a hypothesis says were skipped.
package enum CellTest: Sendable {
    /// Those that the rule fails, and those with one of these doubts.
    case rejected(by: ValueRule, doubts: DoubtSet)
    /// Those with one of these texts.
    case texts(Set<[UInt8]>)
    /// Those that are not empty.
    case filled
    /// Those that are.
    case empty
    /// Those with this number, however it is written.
    case amount(AmountReader, ExactDecimal)
    /// Those that one of these selects.
    indirect case any([CellTest])

    package func selects(_ value: Span<UInt8>) -> Bool {
        switch self {
        case .rejected(let rule, let doubts): Self.isRejected(rule.judge(value), doubts: doubts)
        case .texts(let texts):
            texts.count <= 16 ? texts.contains { $0.count == value.count && value.elementsEqual($0) } : texts.contains(Array(value))
        case .filled: !value.isEmpty
        case .empty: value.isEmpty
        case .amount(let reader, let amount): reader.amount(value) == amount
        case .any(let tests): tests.contains { $0.selects(value) }
        }
    }

    /// The rules that it asks.
    var rules: [ValueRule] {
        switch self {
        case .rejected(let rule, _): [rule]
        case .texts, .filled, .empty, .amount: []
        case .any(let tests): tests.flatMap(\.rules)
        }
    }

    /// The part of it that asks for texts; `nil` where it asks for none.
    var texts: CellTest? {
        switch self {
        case .rejected, .filled, .empty, .amount: return nil
        case .texts: return self
        case .any(let tests):
            let texts = tests.compactMap(\.texts)
            return texts.isEmpty ? nil : .any(texts)
        }
    }

    /// The rest of it.
    var withoutTexts: CellTest? {
        switch self {
        case .rejected, .filled, .empty, .amount: return self
        case .texts: return nil
        case .any(let tests):
            let others = tests.compactMap(\.withoutTexts)
            return others.isEmpty ? nil : .any(others)
        }
    }

    static func isRejected(_ judgement: Judgement, doubts: DoubtSet) -> Bool {
        switch judgement.verdict {
        case .parses, .empty: false
        case .fails: true
        case .doubtful: !judgement.doubts.intersection(doubts).isEmpty
        }
    }
}

/// A text that a server gave as an example of what it skipped.
package struct SampleText: Sendable, Hashable {
    package var bytes: [UInt8]
    /// Whether the text is only the beginning of the value.
    package var isCut: Bool

    /// Of a longer one only the beginning is compared.
    package static let mostBytes = 1 << 10

    package init(_ bytes: [UInt8], isCut: Bool = false) {
        self.bytes = bytes
        self.isCut = isCut
    }

    /// Whether it was made unreadable before it was reported: stars, a word such as `[redacted]`, or what a value looks like (`Aa99-99`).
    package var isRedacted: Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        let signs = text.filter { !$0.isWhitespace }
        if signs.count > 1, signs.allSatisfy({ "*•●█xX".contains($0) }) { return true }
        if Self.redactions.contains(text.lowercased().filter(\.isLetter)) { return true }
        return TextMask.mask(text, limit: .max) == text && text.contains { $0.isLetter || $0.isNumber }
    }

    private static let redactions: Set<String> = ["redacted", "hidden", "masked", "removed", "confidential"]
}
