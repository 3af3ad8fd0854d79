import ImportProfiles
import Preflight
import SafeText
import ValueFormats

/// Looks for what explains the `ParsingError`s of one column: first by the masks of its values, which say what is worth being counted; then by
/// the counts of the file itself.
struct ColumnSearch {
    /// Candidates that make the same of every mask: nothing in the file tells them apart.
    struct Family {
        var members: [FormatCandidate]
        /// Whether by the masks some combination of doubts makes the reported number.
        var fits: Bool
        /// How far the nearest number is from the reported one.
        var gap: Int

        var first: FormatCandidate { members[0] }
    }

    let column: ColumnMasks
    let reported: Int
    let samples: [SampleText]
    /// Each with a rule that is asked of every cell; the profile itself comes first.
    private(set) var families: [Family] = []

    /// Rules that are asked of every cell.
    private static let mostFamilies = 12
    /// Of them, those that miss the number.
    private static let mostMisses = 2

    init(_ column: ColumnMasks, reported: Int, samples: [SampleText]) {
        // Cells with a word for no value are in no mask: how many there are is known once the file was asked.
        var column = column
        column.masks += column.profile.nullWords.map { ColumnMasks.Mask(value: Array($0.utf8), verdict: .empty, count: 0) }
        self.column = column
        self.reported = reported
        self.samples = samples
        let candidates = FormatCandidates(column)
        let own = candidates.own
        guard column.isWhole else {
            families = [family([own])]
            return
        }
        let singles = candidates.singles
        var found = grouped([own] + singles)
        if !found.contains(where: { $0.fits && hasSamples($0.first) }) {
            found = grouped([own] + singles + candidates.pairs(of: singles))
        }
        families = chosen(found)
    }

    private func grouped(_ candidates: [FormatCandidate]) -> [Family] {
        var places: [[CellGroup.Outcome?]: Int] = [:]
        var groups: [[FormatCandidate]] = []
        for candidate in candidates {
            if let place = places[candidate.outcomes] {
                groups[place].append(candidate)
            } else {
                places[candidate.outcomes] = groups.count
                groups.append([candidate])
            }
        }
        return groups.map(family)
    }

    private func family(_ members: [FormatCandidate]) -> Family {
        let sorted = members.enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }.map(\.element)
        let solutions = DoubtSolutions(sorted[0].groups(column.masks))
        let (least, most) = (solutions.cells(rejecting: []), solutions.cells(rejecting: solutions.all))
        let isOpen = sorted[0].hasUncountedFailures(column.masks) && least <= reported
        let fits = isOpen || !solutions.rejections(making: reported, required: []).isEmpty
        return Family(members: sorted, fits: fits, gap: fits ? 0 : min(abs(least - reported), abs(most - reported)))
    }

    /// Whether no sample loads under a candidate.
    private func hasSamples(_ candidate: FormatCandidate) -> Bool {
        samples.allSatisfy { sample in
            sample.bytes.withUnsafeBytes { FormatCandidate.outcome($0, candidate.rule) } != nil
        }
    }

    private func chosen(_ families: [Family]) -> [Family] {
        func rank(_ family: Family) -> Double { family.first.distance + (hasSamples(family.first) ? 0 : 1_000) }
        let rest = families.dropFirst()
        let fitting = rest.filter(\.fits).enumerated().sorted {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }.map(\.element)
        let missing = rest.filter { !$0.fits && $0.first.distance <= 1.5 && hasSamples($0.first) }.sorted { $0.gap < $1.gap }
        return [families[0]] + fitting.prefix(Self.mostFamilies - 1) + missing.prefix(Self.mostMisses)
    }

    var rules: [ValueRule] { families.map(\.first.rule) }

    /// Selects the cells of the explanation that the masks put first: the one of which it is asked what its rows have in common, and how many
    /// rows they are.
    var leadingTest: CellTest? {
        leading.map { .rejected(by: families[$0.family].first.rule, doubts: $0.rejected) }
    }

    private var leading: (family: Int, rejected: DoubtSet)? {
        let usable = families.indices.filter { hasSamples(families[$0].first) }
        let fitting = usable.filter { families[$0].fits }.min { families[$0].first.distance < families[$1].first.distance }
        guard let place = fitting ?? usable.min(by: { families[$0].gap < families[$1].gap }) else { return nil }
        let family = families[place]
        let solutions = DoubtSolutions(family.first.groups(column.masks))
        var required: [DoubtSet] = []
        for sample in samples {
            guard let outcome = sample.bytes.withUnsafeBytes({ FormatCandidate.outcome($0, family.first.rule) }), !outcome.fails
            else { continue }
            required.append(outcome.doubts)
        }
        if let rejected = solutions.rejections(making: reported, required: required).first { return (place, rejected) }
        let (least, most) = (solutions.cells(rejecting: []), solutions.cells(rejecting: solutions.all))
        return (place, required.isEmpty && abs(least - reported) <= abs(most - reported) ? [] : solutions.all)
    }

    // MARK: What the file says

    /// The explanations, the best first.
    func explanations(_ answer: CellAnswer, isInferred: Bool) -> [Explanation] {
        let located = answer.samples.filter { $0.count > 0 }.map(\.sample)
        var found: [Explanation] = []
        for (index, family) in families.enumerated() {
            found += explanations(family, answer.groups[index], located: located, isOwn: index == 0)
        }
        if found.allSatisfy({ !$0.isExact }), let byRow = byRow(answer, located: located) { found.append(byRow) }
        if found.allSatisfy({ !$0.isExact }), let miss = miss(answer, located: located) { found.append(miss) }
        if let every = everyValue(answer, located: located), !found.contains(where: \.isExact) { found.append(every) }
        if let samples = Self.samplesAlone(answer, reported: reported), !found.contains(where: \.isExact) { found.append(samples) }
        return Self.ranked(found, isInferred: isInferred, hasSamples: !located.isEmpty, areAllLocated: located.count == samples.count)
    }

    private func explanations(_ family: Family, _ groups: [CellGroup], located: [SampleText], isOwn: Bool) -> [Explanation] {
        let candidate = family.first
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        var required: [DoubtSet] = []
        for sample in located {
            guard let outcome = sample.bytes.withUnsafeBytes({ FormatCandidate.outcome($0, candidate.rule) }) else { return [] }
            if !outcome.fails { required.append(outcome.doubts) }
        }
        return solutions.rejections(making: reported, required: required).map { rejected in
            var explanation = explanation(family, groups, rejected: rejected, all: solutions.all)
            explanation.cells = reported
            explanation.samples = located.count
            explanation.isExact = true
            let isMixed = !rejected.isEmpty && rejected != solutions.all
            explanation.kind = !isOwn ? .configuration : isMixed ? .doubts : .asPredicted
            explanation.cost = 10 * candidate.distance + (isMixed ? (isOwn ? 2 : 6) : !isOwn && !rejected.isEmpty ? 1 : 0)
            if Self.areFirst(located, explanation.first) { explanation.cost -= 4 }
            return explanation
        }
    }

    private func explanation(_ family: Family, _ groups: [CellGroup], rejected: DoubtSet, all: DoubtSet) -> Explanation {
        let selected = groups.filter { $0.outcome.fails || !$0.outcome.doubts.intersection(rejected).isEmpty }
        let first = selected.flatMap(\.first).sorted { $0.byteOffset < $1.byteOffset }
        let outcomes = Set(selected.map(\.outcome))
        var selection: Set<Int> = []
        for (place, outcome) in family.first.outcomes.enumerated() {
            if let outcome, outcomes.contains(outcome) { selection.insert(place) }
        }
        // Those of equal right have the least distance.
        let members = family.members.filter { $0.distance == family.first.distance }
        return Explanation(
            kind: .configuration, settings: family.first.distance == 0 ? [] : members.map(\.changes),
            columns: members.map(\.column), rejected: rejected, accepted: all.subtracting(rejected),
            cells: selected.reduce(0) { $0 + $1.count }, samples: 0, isExact: false,
            test: .rejected(by: family.first.rule, doubts: rejected), first: Array(first.prefix(CellGroup.mostShown)),
            selection: selection)
    }

    /// Whether the samples are the first different values: a server that reports the first ones it meets would say so (assumed), so it orders
    /// explanations and proves none.
    private static func areFirst(_ samples: [SampleText], _ cells: [FoundCell]) -> Bool {
        guard !samples.isEmpty else { return false }
        var values: [[UInt8]] = []
        for cell in cells where !values.contains(cell.value) { values.append(cell.value) }
        let first = values.prefix(samples.count)
        return samples.prefix(CellGroup.mostShown).allSatisfy { sample in first.contains(sample.bytes) }
    }

    /// What comes near: all samples are among the cells, but not as many were reported.
    private func miss(_ answer: CellAnswer, located: [SampleText]) -> Explanation? {
        guard !located.isEmpty else { return nil }
        var best: (explanation: Explanation, gap: Int)?
        for (index, family) in families.enumerated() {
            let solutions = DoubtSolutions(answer.groups[index].map { ($0.outcome, $0.count) })
            for rejected in [[], solutions.all] as [DoubtSet] {
                let test = CellTest.rejected(by: family.first.rule, doubts: rejected)
                guard located.allSatisfy({ $0.bytes.withUnsafeBytes(test.selects) }) else { continue }
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

    /// The report may count rows instead of cells: then a row with several such cells counts for the first of its columns (assumed).
    private func byRow(_ answer: CellAnswer, located: [SampleText]) -> Explanation? {
        guard let leading, let test = leadingTest, answer.selectedFirst == reported, answer.selected.count > reported,
            located.allSatisfy({ $0.bytes.withUnsafeBytes(test.selects) })
        else { return nil }
        let groups = answer.groups[leading.family]
        let solutions = DoubtSolutions(groups.map { ($0.outcome, $0.count) })
        var explanation = explanation(families[leading.family], groups, rejected: leading.rejected, all: solutions.all)
        explanation.kind = leading.family > 0 ? .configuration : .asPredicted
        explanation.samples = located.count
        explanation.isExact = true
        explanation.countsRows = true
        explanation.cost = 10 * families[leading.family].first.distance + 3
        return explanation
    }

    private func everyValue(_ answer: CellAnswer, located: [SampleText]) -> Explanation? {
        guard answer.filled == reported, reported > 0 else { return nil }
        var explanation = Explanation(
            kind: .everyValue, cells: reported, samples: located.count, isExact: true, test: .filled)
        explanation.cost = 40
        explanation.selection = [-1]
        return explanation
    }

    /// The samples that were found occur in as many cells as were reported. Every cell with such a text was skipped (assumed: what is made of a
    /// value depends on the value), so these are all.
    static func samplesAlone(_ answer: CellAnswer, reported: Int) -> Explanation? {
        let located = answer.samples.filter { $0.count > 0 && !$0.sample.isCut }
        guard reported > 0, located.reduce(0, { $0 + $1.count }) == reported else { return nil }
        var explanation = Explanation(
            kind: .samples, cells: reported, samples: located.count, isExact: true,
            test: .texts(Set(located.map(\.sample.bytes))),
            first: Array(located.flatMap(\.first).sorted { $0.byteOffset < $1.byteOffset }.prefix(CellGroup.mostShown)))
        explanation.cost = 50
        explanation.selection = [-2]
        return explanation
    }

    /// In order of cost; says of each how sure it is.
    static func ranked(_ found: [Explanation], isInferred: Bool, hasSamples: Bool, areAllLocated: Bool) -> [Explanation] {
        var ranked = found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
        let exact = ranked.filter(\.isExact)
        for index in ranked.indices where ranked[index].isExact {
            let cheaper = exact.filter { $0.cost <= ranked[index].cost }.count
            // That the prediction came true is so whatever else would select the same cells.
            let isOnly =
                ranked[index].kind == .asPredicted
                ? exact.allSatisfy { $0.selection == ranked[index].selection } : exact.count == 1 && ranked[index].settings.count <= 1
            let isCertain = isOnly && hasSamples && areAllLocated && !isInferred && ranked[index].kind != .everyValue
            ranked[index].certainty = isCertain ? .certain : cheaper <= 1 ? .likely : .possible
        }
        return ranked
    }
}

extension CellGroup {
    /// The first cells that are shown.
    static let mostShown = 5
}
