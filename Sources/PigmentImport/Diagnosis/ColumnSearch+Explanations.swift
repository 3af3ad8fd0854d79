import ImportProfiles
import Preflight
import ValueFormats

/// What the file says of the families that were asked.
extension ColumnSearch {
    /// Explanations of one column that are kept.
    private static let mostExplanations = 500

    /// The explanations, the best first, and what was tried to find them.
    func explanations(_ answer: CellAnswer, isInferred: Bool) -> (explanations: [Explanation], space: SearchSpace) {
        let located = answer.located
        let solutions = families.indices.flatMap { self.solutions($0, answer.groups[$0], of: answer.filled, located: located) }
            .enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
        let own = DoubtSolutions(answer.groups[0].map { ($0.outcome, $0.count) }).all
        var found = solutions.prefix(Self.mostExplanations).map { solution in
            var explanation = explanation(solution, answer.groups[solution.family], located: located)
            explanation.novel = solution.all.subtracting(own)
            return explanation
        }
        if found.isEmpty {
            found = [byRow(answer, located: located), miss(answer, located: located)].compactMap { $0 }
        }
        if !found.contains(where: \.isExact) {
            let predicted = CellTest.rejected(by: families[0].first.rule, doubts: [])
            found += [Self.emptyCells(answer, besides: predicted, reported: reported)].compactMap { $0 }
            found += [Self.everyValue(answer, reported: reported), Self.samplesAlone(answer, reported: reported)].compactMap { $0 }
        }
        var space = SearchSpace(pairs: [])
        // Where not all masks are known, not all settings were tried.
        space.isWhole =
            !isInferred && column.isWhole && hasAllFamilies && solutions.count <= Self.mostExplanations
            && answer.groups.allSatisfy { groups in DoubtSolutions(groups.map { ($0.outcome, $0.count) }).isWhole }
        let ranked = Self.ranked(found, of: answer, in: space)
        // They take longer, and matter only where nothing else disputes.
        space.pairs = ranked.contains { $0.certainty == .certain } ? pairSelections(answer) : nil
        return (ranked.certified(by: answer.samples, in: space), space)
    }

    /// What two settings select that make the number with all samples among the cells, whatever doubts are rejected with them: two different
    /// selections, where there are as many.
    ///
    /// - Returns: `nil` where not all could be tried.
    private func pairSelections(_ answer: CellAnswer) -> [Explanation.Selection]? {
        guard let masks = countedMasks(answer) else { return nil }
        let located = answer.located
        let candidates = FormatCandidates(profile: column.profile, masks: masks)
        let pairs = candidates.pairs(of: candidates.singles) { rule in Self.required(located, rule) != nil }
        guard pairs.areAll else { return nil }
        var found: [Explanation.Selection] = []
        for pair in pairs.candidates {
            let solutions = DoubtSolutions(pair.groups(masks))
            guard solutions.isWhole else { return nil }
            for rejected in solutions.rejections(making: reported, required: Self.required(located, pair.rule) ?? []) {
                let selection = selection(pair, rejected: rejected)
                if !found.contains(selection) { found.append(selection) }
                if found.count > 1 { return found }
            }
        }
        return found
    }

    /// The masks with the number of cells that have a word for no value, which none of them counts; `nil` where there are several such words.
    private func countedMasks(_ answer: CellAnswer) -> [ColumnMasks.Mask]? {
        var masks = column.masks
        let uncounted = answer.filled - masks.reduce(0) { $0 + $1.count }
        if uncounted == 0 { return masks }
        guard uncounted > 0, column.profile.nullWords.count == 1 else { return nil }
        masks[masks.count - 1].count = uncounted
        return masks
    }

    /// For each sample whose values may all load, their doubts: at least one of them was rejected. `nil` where a value of a sample surely loads.
    private static func required(_ located: [[[UInt8]]], _ rule: ValueRule) -> [DoubtSet]? {
        var required: [DoubtSet] = []
        for values in located {
            let outcomes = values.compactMap { FormatCandidate.outcome($0.span, rule) }
            if outcomes.isEmpty { return nil }
            if !outcomes.contains(where: \.fails) { required.append(outcomes.reduce([]) { $0.union($1.doubts) }) }
        }
        return required
    }

    /// A family with the doubts that make the reported number, all samples of the file among its cells.
    private struct Solution {
        var family: Int
        var rejected: DoubtSet
        var all: DoubtSet
        var cost: Double
    }

    private func solutions(_ index: Int, _ groups: [CellGroup], of filled: Int, located: [[[UInt8]]]) -> [Solution] {
        let candidate = families[index].first
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        guard let required = Self.required(located, candidate.rule) else { return [] }
        let cells = groups.flatMap { group in group.first.map { (outcome: group.outcome, cell: $0) } }
            .sorted { $0.cell.byteOffset < $1.cell.byteOffset }
        // The number is the same for each of them.
        let accepted = groups.reduce(0) { $0 + $1.count } - reported
        let misfit = ExplanationCost.doubtful(accepted, of: filled)
        return solutions.rejections(making: reported, required: required).map { rejected in
            var cost =
                misfit + ExplanationCost.settings(candidate.distance)
                + ExplanationCost.doubts(rejected: rejected, accepted: solutions.all.subtracting(rejected))
            let first = cells.filter { $0.outcome.isSkipped(rejecting: rejected) }.map(\.cell)
            if !Self.areFirst(located, first) { cost += ExplanationCost.samples(located.count, of: first.count) }
            return Solution(family: index, rejected: rejected, all: solutions.all, cost: cost)
        }
    }

    /// Whether the samples are the first different values: a server that reports the first ones it meets would say so (assumed), so it orders
    /// explanations and proves none.
    ///
    /// - Parameter cells: the first ones of each group, ascending; those of a group differ.
    private static func areFirst(_ samples: [[[UInt8]]], _ cells: [FoundCell]) -> Bool {
        cells.prefix(min(samples.count, CellGroup.mostFirst)).allSatisfy { cell in
            samples.contains { $0.contains { cell.value.elementsEqual($0.prefix(FoundCell.mostBytes)) } }
        }
    }

    private func explanation(_ solution: Solution, _ groups: [CellGroup], located: [[[UInt8]]]) -> Explanation {
        let family = families[solution.family]
        var explanation = explanation(family, groups, rejected: solution.rejected, all: solution.all)
        explanation.samples = located.count
        explanation.isExact = true
        let isMixed = !solution.rejected.isEmpty && solution.rejected != solution.all
        explanation.kind = solution.family > 0 ? .configuration : isMixed ? .doubts : .asPredicted
        explanation.cost = solution.cost
        return explanation
    }

    private func explanation(_ family: Family, _ groups: [CellGroup], rejected: DoubtSet, all: DoubtSet) -> Explanation {
        let selected = groups.filter { $0.outcome.isSkipped(rejecting: rejected) }
        let first = selected.flatMap(\.first).sorted { $0.byteOffset < $1.byteOffset }
        let isOwn = family.first.distance == 0
        // Those of equal right have the least distance.
        let members = family.members.filter { $0.distance == family.first.distance }
        var explanation = Explanation(
            kind: .configuration, settings: isOwn ? [] : members.map(\.changes), columns: family.members.map(\.column),
            rejected: rejected, accepted: all.subtracting(rejected), cells: selected.reduce(0) { $0 + $1.count }, samples: 0,
            isExact: false, test: .rejected(by: family.first.rule, doubts: rejected), first: Array(first.prefix(CellGroup.mostShown)),
            selection: selection(family.first, rejected: rejected))
        explanation.keys = ProfileEdits.distance(from: families[0].first.column, to: family.first.column)
        explanation.telling = selected.compactMap(\.first.first)
        explanation.rejections = rejected.doubts.map { doubt in
            let own = selected.filter { !$0.outcome.fails && $0.outcome.doubts.contains(doubt) }
            return Explanation.Rejection(doubt: doubt, cells: own.reduce(0) { $0 + $1.count })
        }
        explanation.reasons = reasons(family, rejected: rejected)
        return explanation
    }

    /// Why the values fail that are skipped, the most frequent reason first; none where not all masks are known.
    private func reasons(_ family: Family, rejected: DoubtSet) -> [Explanation.Reason] {
        guard column.isWhole else { return [] }
        var counts: [JudgementReason: Int] = [:]
        for (outcome, mask) in zip(family.first.outcomes, column.masks) where mask.count > 0 {
            guard let outcome, outcome.isSkipped(rejecting: rejected) else { continue }
            counts[family.first.rule.judge(mask.value.span).reason, default: 0] += mask.count
        }
        return counts.filter { $0.key != .none }.map { Explanation.Reason(reason: $0.key, cells: $0.value) }
            .sorted { ($1.cells, $0.reason.rawValue) < ($0.cells, $1.reason.rawValue) }
    }

    /// The masks that are skipped.
    private func selection(_ candidate: FormatCandidate, rejected: DoubtSet) -> Explanation.Selection {
        // Of a column with more masks than are kept, two sets of doubts may differ in the others.
        guard column.isWhole else { return .other(Int(truncatingIfNeeded: rejected.rawValue)) }
        return .masks(candidate.outcomes.indices.filter { candidate.outcomes[$0]?.isSkipped(rejecting: rejected) ?? false })
    }

    // MARK: What is not exact

    /// What comes near: all samples are among the cells, but not as many were reported.
    private func miss(_ answer: CellAnswer, located: [[[UInt8]]]) -> Explanation? {
        guard !located.isEmpty else { return nil }
        var best: (explanation: Explanation, gap: Int)?
        for (index, family) in families.enumerated() {
            let solutions = DoubtSolutions(answer.groups[index].map { ($0.outcome, $0.count) })
            for rejected in [[], solutions.all] as [DoubtSet] {
                let test = CellTest.rejected(by: family.first.rule, doubts: rejected)
                guard Self.selects(test, located) else { continue }
                var explanation = explanation(family, answer.groups[index], rejected: rejected, all: solutions.all)
                let gap = abs(explanation.cells - reported)
                guard gap * 4 <= reported, gap < best?.gap ?? .max else { continue }
                explanation.samples = located.count
                explanation.kind = index > 0 ? .configuration : .asPredicted
                explanation.cost = 1000 + Double(gap)
                best = (explanation, gap)
            }
        }
        return best?.explanation
    }

    /// Whether of each sample a cell is selected that it may be.
    private static func selects(_ test: CellTest, _ located: [[[UInt8]]]) -> Bool {
        located.allSatisfy { $0.contains { test.selects($0.span) } }
    }

    /// The report may count rows instead of cells: then a row with several such cells counts for the first of its columns (assumed).
    private func byRow(_ answer: CellAnswer, located: [[[UInt8]]]) -> Explanation? {
        guard let leading, let test = leadingTest, answer.selectedFirst == reported, answer.selectedCount > reported,
            Self.selects(test, located)
        else { return nil }
        let groups = answer.groups[leading.family]
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        var explanation = explanation(families[leading.family], groups, rejected: leading.rejected, all: solutions.all)
        explanation.kind = leading.family > 0 ? .configuration : .asPredicted
        explanation.samples = located.count
        explanation.isExact = true
        explanation.countsRows = true
        explanation.cost = ExplanationCost.settings(families[leading.family].first.distance)
        return explanation
    }

    /// The empty cells alone, or with those that surely fail.
    ///
    /// - Parameter predicted: selects these.
    static func emptyCells(_ answer: CellAnswer, besides predicted: CellTest, reported: Int) -> Explanation? {
        let empty = answer.cells - answer.filled
        let failing = answer.groups.first?.filter(\.outcome.fails) ?? []
        let failingCount = failing.reduce(0) { $0 + $1.count }
        guard empty > 0, [empty, empty + failingCount].contains(reported) else { return nil }
        let isAlone = empty == reported
        guard selects(isAlone ? .empty : predicted, answer.located) else { return nil }
        var explanation = Explanation(
            kind: .emptyCells, cells: reported, samples: answer.located.count, isExact: true,
            test: isAlone ? .empty : .any([predicted, .empty]))
        explanation.emptyCells = empty
        explanation.first = isAlone ? [] : Array(failing.flatMap(\.first).prefix(CellGroup.mostShown))
        explanation.cost = 30
        explanation.selection = .emptyCells
        return explanation
    }

    static func everyValue(_ answer: CellAnswer, reported: Int) -> Explanation? {
        guard answer.filled == reported, reported > 0 else { return nil }
        var explanation = Explanation(
            kind: .everyValue, cells: reported, samples: answer.located.count, isExact: true, test: .filled)
        explanation.cost = 40
        explanation.selection = .everyValue
        return explanation
    }

    /// The samples that were found occur in as many cells as were reported. Every cell with such a text was skipped (assumed: what is made of a
    /// value depends on the value), so these are all.
    static func samplesAlone(_ answer: CellAnswer, reported: Int) -> Explanation? {
        let located = answer.samples.filter { $0.count > 0 && !$0.sample.isCut }
        // One that may be several values does not tell which.
        guard reported > 0, located.allSatisfy({ $0.values.count == 1 }), located.reduce(0, { $0 + $1.count }) == reported else {
            return nil
        }
        var explanation = Explanation(
            kind: .samples, cells: reported, samples: located.count, isExact: true,
            test: .texts(Set(located.map(\.sample.bytes))),
            first: Array(located.flatMap(\.first).sorted { $0.byteOffset < $1.byteOffset }.prefix(CellGroup.mostShown)))
        explanation.cost = 50
        explanation.selection = .samples
        return explanation
    }

    // MARK: The order

    /// In order of cost, those of the same cells as one; says of each how sure it is.
    static func ranked(_ found: [Explanation], of answer: CellAnswer, in space: SearchSpace) -> [Explanation] {
        united(found.byCost).certified(by: answer.samples, in: space)
    }

    /// Those that select the same cells as one that comes before them become its equals.
    private static func united(_ ranked: [Explanation]) -> [Explanation] {
        var united: [Explanation] = []
        for explanation in ranked {
            let place = united.firstIndex { $0.isExact && explanation.isExact && $0.selection == explanation.selection }
            guard let place else {
                united.append(explanation)
                continue
            }
            var equal = explanation
            // The cells are those of the first.
            (equal.first, equal.telling) = ([], [])
            united[place].equals.append(equal)
        }
        for index in united.indices {
            united[index].tellingValue = united[index].equals.first.flatMap { TellingValue.between(united[index], $0) }
        }
        return united
    }
}

extension CellGroup {
    /// The first cells that are shown.
    static let mostShown = 5
}

extension CellGroup.Outcome {
    func isSkipped(rejecting rejected: DoubtSet) -> Bool { fails || !doubts.isDisjoint(with: rejected) }
}
