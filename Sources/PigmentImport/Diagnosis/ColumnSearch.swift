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
    /// Whether they are all that fit by the masks.
    private(set) var hasAllFamilies = false

    /// Rules that are asked of the file.
    private static let mostFamilies = 256
    /// Of them, those that miss the number.
    private static let mostMisses = 2

    init(_ column: ColumnMasks, reported: Int, samples: [SampleText]) {
        // Cells with a word for no value are in no mask: how many there are is known once the file was asked.
        var column = column
        column.masks += column.profile.nullWords.map { ColumnMasks.Mask(value: Array($0.utf8), verdict: .empty, count: 0) }
        self.column = column
        self.reported = reported
        self.samples = samples
        let candidates = FormatCandidates(profile: column.profile, masks: column.masks)
        let own = candidates.own
        guard column.isWhole else {
            families = [family([own])]
            return
        }
        let singles = candidates.singles
        var found = grouped([own] + singles)
        if !found.contains(where: { $0.fits && hasSamples($0.first) }) {
            found = grouped([own] + singles + candidates.pairs(of: singles).candidates)
        }
        families = chosen(found)
        hasAllFamilies = found.count(where: \.fits) < Self.mostFamilies
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
        let fits = isOpen || solutions.canMake(reported)
        return Family(members: sorted, fits: fits, gap: fits ? 0 : min(abs(least - reported), abs(most - reported)))
    }

    /// Whether no sample loads under a candidate.
    func hasSamples(_ candidate: FormatCandidate) -> Bool {
        // What a cut one is, only the file says.
        samples.allSatisfy { sample in
            sample.isCut || FormatCandidate.outcome(sample.bytes.span, candidate.rule) != nil
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

    var leading: (family: Int, rejected: DoubtSet)? {
        let usable = families.indices.filter { hasSamples(families[$0].first) }
        let fitting = usable.filter { families[$0].fits }.min { families[$0].first.distance < families[$1].first.distance }
        guard let place = fitting ?? usable.min(by: { families[$0].gap < families[$1].gap }) else { return nil }
        let family = families[place]
        let solutions = DoubtSolutions(family.first.groups(column.masks))
        var required: [DoubtSet] = []
        for sample in samples where !sample.isCut {
            guard let outcome = FormatCandidate.outcome(sample.bytes.span, family.first.rule), !outcome.fails
            else { continue }
            required.append(outcome.doubts)
        }
        if let rejected = solutions.rejections(making: reported, required: required).first { return (place, rejected) }
        let (least, most) = (solutions.cells(rejecting: []), solutions.cells(rejecting: solutions.all))
        return (place, required.isEmpty && abs(least - reported) <= abs(most - reported) ? [] : solutions.all)
    }
}
