import ImportProfiles
import Preflight
import ValueFormats

/// Looks for what explains the missing items of one column: another way to match them, or a list of items that is out of date.
struct ItemSearch {
    let profile: ColumnProfile
    let reported: Int
    private let candidates: [FormatCandidate]

    /// Texts and cells up to which the items that make a number are looked for.
    private static let mostTexts = 200
    private static let mostCells = 200_000

    /// - Parameter profile: of a column with items.
    init(_ profile: ColumnProfile, reported: Int) {
        self.profile = profile
        self.reported = reported
        let edits = ProfileEdits.usual(for: profile)
        candidates =
            [FormatCandidate(profile, changes: [], from: profile, masks: [])]
            + edits.map { FormatCandidate($0.column, changes: [$0.words], from: profile, rule: $0.rule, masks: []) }
    }

    var rules: [ValueRule] { candidates.map(\.rule) }

    /// Selects what the list of the profile lacks.
    var leadingTest: CellTest { .rejected(by: candidates[0].rule, doubts: []) }

    func explanations(_ answer: CellAnswer) -> [Explanation] {
        let located = answer.located
        var found: [Explanation] = []
        for (index, candidate) in candidates.enumerated() {
            found += byMatching(candidate, answer, answer.groups[index], located: located.map(\.sample), isOwn: index == 0)
        }
        if !found.contains(where: \.isExact), let outdated = outdated(answer, located: located) { found.append(outdated) }
        if !found.contains(where: \.isExact), let samples = ColumnSearch.samplesAlone(answer, reported: reported) { found.append(samples) }
        return ColumnSearch.ranked(found, of: answer, isInferred: false)
    }

    private func byMatching(
        _ candidate: FormatCandidate, _ answer: CellAnswer, _ groups: [CellGroup], located: [SampleText], isOwn: Bool
    ) -> [Explanation] {
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        var required: [DoubtSet] = []
        for sample in located {
            guard let outcome = FormatCandidate.outcome(sample.bytes.span, candidate.rule) else { return [] }
            if !outcome.fails { required.append(outcome.doubts) }
        }
        return solutions.rejections(making: reported, required: required).map { rejected in
            let selected = groups.filter { $0.outcome.fails || !$0.outcome.doubts.intersection(rejected).isEmpty }
            let isMixed = !rejected.isEmpty && rejected != solutions.all
            var explanation = Explanation(
                kind: !isOwn ? .configuration : isMixed ? .doubts : .asPredicted, settings: isOwn ? [] : [candidate.changes],
                columns: [candidate.column], rejected: rejected, accepted: solutions.all.subtracting(rejected), cells: reported,
                samples: located.count, isExact: true, test: .rejected(by: candidate.rule, doubts: rejected),
                first: Array(selected.flatMap(\.first).sorted { $0.byteOffset < $1.byteOffset }.prefix(CellGroup.mostShown)))
            explanation.cost =
                ExplanationCost.settings(candidate.distance)
                + ExplanationCost.doubts(rejected: rejected, accepted: solutions.all.subtracting(rejected))
            explanation.selection = Self.selection(candidate, rejected, answer)
            return explanation
        }
    }

    /// The texts that are skipped. No candidate rejects more than the list of the profile does.
    private static func selection(_ candidate: FormatCandidate, _ rejected: DoubtSet, _ answer: CellAnswer) -> Explanation.Selection {
        if answer.areTextsCut { return .other(candidate.changes.hashValue ^ rejected.hashValue) }
        return .masks(
            answer.texts.indices.filter { index in
                let text = answer.texts[index].first[0].value
                return FormatCandidate.outcome(text.span, candidate.rule)?.isSkipped(rejecting: rejected) ?? false
            })
    }

    // MARK: A list that is out of date

    private func outdated(_ answer: CellAnswer, located: [SampleFinding]) -> Explanation? {
        guard !answer.areTextsCut else { return nil }
        let missing = answer.texts.filter(\.outcome.fails)
        let sum = missing.reduce(0) { $0 + $1.count }
        let rule = candidates[0].rule
        let deleted = located.filter { rule.judge($0.sample.bytes.span).verdict == .parses }
        if reported < sum { return added(missing, located: located) }
        guard !deleted.isEmpty else { return nil }
        let texts = missing.map { $0.first[0].value } + deleted.map(\.sample.bytes)
        let cells = sum + deleted.reduce(0) { $0 + $1.count }
        return explanation(
            selecting: texts, blaming: deleted.map(\.sample.bytes), cells: cells, samples: located.count,
            first: missing.flatMap(\.first) + deleted.flatMap(\.first))
    }

    /// Some of the items that the list lacks were loaded: which, where only one choice makes the number.
    private func added(_ missing: [CellGroup], located: [SampleFinding]) -> Explanation? {
        let samples = Set(located.map(\.sample.bytes))
        let open = missing.filter { !samples.contains($0.first[0].value) }
        let known = missing.filter { samples.contains($0.first[0].value) }
        let rest = reported - known.reduce(0) { $0 + $1.count }
        guard rest >= 0, open.count <= Self.mostTexts, rest <= Self.mostCells, let chosen = Self.onlyChoice(open.map(\.count), making: rest)
        else { return nil }
        let skipped = known + chosen.map { open[$0] }
        let loaded = open.indices.filter { !chosen.contains($0) }.map { open[$0].first[0].value }
        return explanation(
            selecting: skipped.map { $0.first[0].value }, blaming: loaded, cells: reported, samples: located.count,
            first: skipped.flatMap(\.first))
    }

    private func explanation(
        selecting texts: [[UInt8]], blaming items: [[UInt8]], cells: Int, samples: Int, first: [FoundCell]
    ) -> Explanation {
        var explanation = Explanation(
            kind: .items, items: items, cells: cells, samples: samples, isExact: cells == reported, test: .texts(Set(texts)),
            first: Array(first.sorted { $0.byteOffset < $1.byteOffset }.prefix(CellGroup.mostShown)))
        explanation.cost = 10
        return explanation
    }

    /// The numbers that together make a sum; `nil` where none do, or more than one choice does.
    static func onlyChoice(_ numbers: [Int], making sum: Int) -> Set<Int>? {
        // How many choices of the first numbers make each sum, up to two.
        var ways = [[UInt8]]()
        var row = [UInt8](repeating: 0, count: sum + 1)
        row[0] = 1
        ways.append(row)
        for number in numbers {
            var next = row
            if number <= sum { for total in number...sum { next[total] = min(2, row[total] + row[total - number]) } }
            row = next
            ways.append(row)
        }
        guard row[sum] == 1 else { return nil }
        var chosen: Set<Int> = []
        var total = sum
        for index in numbers.indices.reversed() where ways[index][total] == 0 {
            chosen.insert(index)
            total -= numbers[index]
        }
        return chosen
    }
}
