import ImportProfiles
import Preflight
import ValueFormats

/// Looks for what explains the missing items of one column: another way to match them, or a list of items that is out of date.
struct ItemSearch {
    let profile: ColumnProfile
    let reported: Int
    private let candidates: [FormatCandidate]

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

    func explanations(_ answer: CellAnswer) -> (explanations: [Explanation], space: SearchSpace) {
        let located = answer.located
        var found: [Explanation] = []
        for (index, candidate) in candidates.enumerated() {
            found += byMatching(candidate, answer, answer.groups[index], located: located, isOwn: index == 0)
        }
        // That none was found is one cause; that so many items were deleted at once is none.
        if !found.contains(where: \.isExact) {
            found += [
                ColumnSearch.everyValue(answer, reported: reported),
                ColumnSearch.emptyCells(answer, besides: leadingTest, reported: reported),
            ].compactMap { $0 }
        }
        if !found.contains(where: \.isExact) {
            found += ListDifferences(answer, rule: candidates[0].rule, reported: reported)?.explanations ?? []
        }
        if !found.contains(where: \.isExact) {
            found += [ColumnSearch.samplesAlone(answer, reported: reported)].compactMap { $0 }
        }
        // A list may differ in any number of items, unless each of those that were skipped is known.
        let space = SearchSpace(isWhole: ColumnSearch.samplesAlone(answer, reported: reported) != nil, pairs: [])
        return (ColumnSearch.ranked(found, of: answer, in: space), space)
    }

    private func byMatching(
        _ candidate: FormatCandidate, _ answer: CellAnswer, _ groups: [CellGroup], located: [[[UInt8]]], isOwn: Bool
    ) -> [Explanation] {
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        var required: [DoubtSet] = []
        for values in located {
            let outcomes = values.compactMap { FormatCandidate.outcome($0.span, candidate.rule) }
            if outcomes.isEmpty { return [] }
            if !outcomes.contains(where: \.fails) { required.append(outcomes.reduce([]) { $0.union($1.doubts) }) }
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
}
