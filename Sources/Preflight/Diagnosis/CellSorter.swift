import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Sorts the values that one question asks about: two values of one sort are alike in everything that is asked.
///
/// What the rules make of a number or a date depends on its mask alone (see `ValueMask`), and what a sample or a text says of it on its bytes. So
/// a dozen rules are asked once for each mask, not for each value, and a file has few masks. Values of other kinds are judged by themselves.
///
/// ```
///   84.608,68 ─┬─ mask 9.999,99 ── judged by every rule, once ─┬─ sort 3: fails the second rule
///              └─ sample? no                                   │
///    1.234,56 ─┬─ mask 9.999,99 ── known ──────────────────────┴─ sort 4: fails the second rule, is the first sample
///              └─ sample 1, exactly
/// ```
final class CellSorter {
    /// Everything that is asked about a value, answered.
    struct Sort: Hashable {
        /// By rule; `nil` where it loads.
        var outcomes: [CellGroup.Outcome?]
        /// Whether the question's test selects the value.
        var isSelected = false
        /// The samples that it is.
        var matches: [Match] = []

        /// Whether nothing is to be kept of such a value.
        var isQuiet: Bool { !isSelected && matches.isEmpty && outcomes.allSatisfy { $0 == nil } }
    }

    /// A sample that a value is; without a likeness exactly.
    struct Match: Hashable {
        var sample: Int
        var likeness: SampleFinding.Likeness?
    }

    private let rules: [ValueRule]
    private let lookup: SampleLookup
    /// What the question's test asks of values that masks tell, and what they do not.
    private let (test, texts): (CellTest?, CellTest?)
    /// `nil` where values are judged by themselves.
    private let form: ValueMask.Form?
    /// Whether some rule judges numbers below 1 in another way than others.
    let tellsFractions: Bool
    /// Words that some rule takes for no value: no mask tells them.
    private let nullWords: WordSet
    /// In the order in which they came.
    private(set) var sorts: [Sort] = []
    private var places: [Sort: Int] = [:]
    private var mask = ValueMask()
    private var masks = TextTable()
    /// The sort of each mask, but for samples and texts.
    private var sortsOfMasks: [Int] = []
    /// The same for the masks of plain numbers (see ``PlainKind``), -1 for those that did not come yet.
    private(set) var plainSorts = Array(repeating: -1, count: PlainKind.allCases.count)

    /// Masks that are remembered: a column of text has as many as values.
    private static let mostMasks = 1 << 13

    init(_ question: CellQuestion, lookup: SampleLookup) {
        rules = question.rules
        self.lookup = lookup
        (test, texts) = (question.test?.withoutTexts, question.test?.texts)
        let asked = rules + (test?.rules ?? [])
        // Masks of one form say what rules of that form make of a value.
        let forms = Set(asked.map(\.maskForm))
        form = forms.count == 1 ? forms.first!.flatMap { [.number, .date].contains($0) ? $0 : nil } : nil
        tellsFractions = asked.contains(where: \.tellsFractions)
        nullWords = WordSet(Array(Set(asked.flatMap(\.nullWords.words))))
    }

    /// Whether plain numbers that are none of the samples are of the sorts that ``plainSorts`` has for them.
    var sortsPlainNumbers: Bool {
        form == .number && texts == nil
            && nullWords.words.allSatisfy { $0.isEmpty || PlainNumber(Array($0.utf8).span) == nil }
    }

    /// The number of the value's sort.
    ///
    /// - Parameter value: not empty.
    func sort(of value: Span<UInt8>) -> Int {
        let byMask = sortByMask(value)
        var matches: [Match] = []
        if lookup.mayMatch(value) { lookup.forEachMatch(value) { matches.append(Match(sample: $0, likeness: $1)) } }
        if let byMask, matches.isEmpty, texts == nil { return byMask }
        var sort = byMask.map { sorts[$0] } ?? judged(value)
        sort.matches = matches
        if let texts, texts.selects(value) { sort.isSelected = true }
        return place(of: sort)
    }

    private func place(of sort: Sort) -> Int {
        if let known = places[sort] { return known }
        places[sort] = sorts.count
        sorts.append(sort)
        return sorts.count - 1
    }

    private func judged(_ value: Span<UInt8>) -> Sort {
        let outcomes = rules.map { rule -> CellGroup.Outcome? in
            let judgement = rule.judge(value)
            return switch judgement.verdict {
            case .parses, .empty: nil
            case .fails: CellGroup.Outcome(fails: true)
            case .doubtful: CellGroup.Outcome(doubts: judgement.doubts)
            }
        }
        return Sort(outcomes: outcomes, isSelected: test?.selects(value) ?? false)
    }

    // MARK: Masks

    private func sortByMask(_ value: Span<UInt8>) -> Int? {
        // Longer values, words that a rule takes for no value, and others such as the sign of infinity are not judged by their masks.
        guard let form, value.count <= ValueMask.longestValue, !nullWords.contains(value), value.contains(where: ASCII.isDigit) else {
            return nil
        }
        guard form == .number, value.count < 16, let kind = PlainKind(value)?.rawValue else { return sort(ofMask: form, value) }
        if plainSorts[kind] < 0 { plainSorts[kind] = place(of: judged(value)) }
        return plainSorts[kind]
    }

    private func sort(ofMask form: ValueMask.Form, _ value: Span<UInt8>) -> Int {
        mask.write(value, form: form)
        return sort(of: mask, value)
    }

    private func sort(of mask: borrowing ValueMask, _ value: Span<UInt8>) -> Int {
        let text = mask.bytes
        let hash = masks.hash(of: text, column: 0)
        if let known = masks.find(text, hash: hash, column: 0) { return sortsOfMasks[known] }
        if sortsOfMasks.count == Self.mostMasks {
            masks.removeAll()
            sortsOfMasks.removeAll(keepingCapacity: true)
        }
        _ = masks.insert(text, hash: hash, column: 0)
        sortsOfMasks.append(place(of: judged(value)))
        return sortsOfMasks[sortsOfMasks.count - 1]
    }
}

/// Plain numbers that all rules judge alike.
enum PlainKind: Int, CaseIterable {
    case whole
    case point, groupedPoint
    case comma, groupedComma
    /// `0.5`, which a percentage without its sign may be.
    case pointBelowOne, commaBelowOne
    /// `0.00`, which needs no sign.
    case pointZero, commaZero

    /// - Parameter value: not empty.
    init?(_ value: Span<UInt8>) {
        guard let number = PlainNumber(value) else { return nil }
        let isPoint = number.separator == UInt8(ascii: ".")
        if number.separator == 0 {
            self = .whole
        } else if number.hasWholeZero {
            let isZero = value.suffix(number.fractionCount).allSatisfy { $0 == UInt8(ascii: "0") }
            self = isZero ? (isPoint ? .pointZero : .commaZero) : (isPoint ? .pointBelowOne : .commaBelowOne)
        } else if number.mayBeGrouped {
            self = isPoint ? .groupedPoint : .groupedComma
        } else {
            self = isPoint ? .point : .comma
        }
    }
}
