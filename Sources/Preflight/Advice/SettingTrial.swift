import ByteSources
import ImportProfiles
import ValueFormats

/// Tries other settings on all values of a column, by their masks.
struct SettingTrial {
    struct Found {
        /// Among equals an earlier one is preferred.
        let place: Int
        let change: ProfileEdit
        let cells: Bounds
    }

    /// The best settings, each with another effect.
    struct Best {
        var found: [Found] = []
        /// How many of the first ones are candidates between which only someone who knows the data can decide: the values fit each, and would load
        /// differently.
        var openCount = 0
        /// Values that the candidates read differently.
        var openCells = 0
    }

    private let profile: ColumnProfile
    private let masks: [ColumnShapes.Mask]
    /// Those that must be tried, and how many values the others have, which fail whatever is tried: of a column of texts these are most.
    private let open: [ColumnShapes.Mask]
    private let lost: Int
    private let cells: Bounds

    init(profile: ColumnProfile, masks: [ColumnShapes.Mask], cells: Bounds) {
        self.profile = profile
        self.masks = masks
        self.cells = cells
        let formats = profile.type.kind.triedFormats(of: profile)
        open = masks.filter { !Self.isLost($0, formats) }
        lost = masks.reduce(0) { $0 + $1.count } - open.reduce(0) { $0 + $1.count }
    }

    /// Whether values fail under all settings that are tried. Words for no value do not: a setting may list them.
    private static func isLost(_ mask: ColumnShapes.Mask, _ formats: [any ValueParser]) -> Bool {
        let value = mask.value.span
        if formats.isEmpty || mask.verdict != .fails || value.count > ValueMask.longestValue || ValueMask.mayBeNull(value) { return false }
        return formats.allSatisfy { $0.judge(value).verdict == .fails }
    }

    /// Cells with the error of a formula.
    var formulaErrors: Int {
        masks.reduce(0) { sum, mask in
            let isError = mask.verdict != .parses && FormulaError.matches(mask.value.span)
            return isError ? sum + mask.count : sum
        }
    }

    var best: Best {
        if lost >= cells.max { return Best() }
        let changes = ProfileEdits.usual(for: profile) + ProfileEdits.suggested(for: profile, by: failing.map(\.value))
        let better = changes.enumerated().compactMap { place, change in
            left(by: change, fewerThan: cells.max).map { Found(place: place, change: change, cells: $0) }
        }
        let sorted = better.sorted { ($0.cells.max, $0.cells.min, $0.place) < ($1.cells.max, $1.cells.min, $1.place) }
        guard let first = sorted.first else { return Best() }
        var best = Best(found: [first])
        addRivals(of: first, among: sorted, to: &best)
        for found in sorted.dropFirst() where best.found.count < ColumnAdvice.mostSettings {
            if !best.found.contains(where: { hasSameEffect($0, found) }) { best.found.append(found) }
        }
        return best
    }

    /// Those whose values fail or may fail, the most frequent first; among equals by their masks, so that the order of the rows decides nothing.
    private var failing: [ColumnShapes.Mask] {
        masks.filter { $0.verdict == .fails || $0.verdict == .doubtful }
            .sorted { $0.count != $1.count ? $0.count > $1.count : $0.text.lexicographicallyPrecedes($1.text) }
    }

    /// The failures that a changed setting leaves; `nil` if they are not fewer, or not known.
    private func left(by change: ProfileEdit, fewerThan most: Int) -> Bounds? {
        var left = Bounds(min: lost, max: lost)
        let tellsFractions = change.rule.tellsFractions && !profile.number.isPercent
        for mask in open {
            let judgement = change.rule.judge(mask.value.span)
            // The masks of a column without percentages do not tell numbers below 1 from others, and only those are in doubt.
            if tellsFractions, judgement.doubts.contains(.missingPercentSign) { return nil }
            switch judgement.verdict {
            case .parses, .empty: break
            case .doubtful: left.max += mask.count
            case .fails:
                left.min += mask.count
                left.max += mask.count
            }
            if left.max >= most { return nil }
        }
        return left
    }

    private func verdict(of mask: ColumnShapes.Mask, _ change: ProfileEdit) -> Verdict {
        change.rule.judge(mask.value.span).verdict
    }

    /// What a changed setting makes of a value; `nil` where it does not parse.
    private func reading(of mask: ColumnShapes.Mask, _ change: ProfileEdit) -> [UInt8]? {
        change.rule.judge(mask.value.span).verdict == .parses
            ? change.column.type.kind.reading(of: mask.value.span, under: change.column) : nil
    }

    /// What the profile as it is makes of a value.
    private func ownReading(of mask: ColumnShapes.Mask) -> [UInt8]? {
        mask.verdict == .parses ? profile.type.kind.reading(of: mask.value.span, under: profile) : nil
    }

    private func hasSameEffect(_ left: Found, _ right: Found) -> Bool {
        left.cells == right.cells
            && (left.change.column == right.change.column
                || open.allSatisfy {
                    verdict(of: $0, left.change) == verdict(of: $0, right.change)
                        && reading(of: $0, left.change) == reading(of: $0, right.change)
                })
    }

    // MARK: Open questions

    /// Adds the settings that the values allow as well as the best one, and that load some values differently.
    private func addRivals(of first: Found, among sorted: [Found], to best: inout Best) {
        for found in sorted.dropFirst() where best.found.count < ColumnAdvice.mostSettings && found.cells == first.cells {
            let count = cellsReadDifferently(first.change, found.change)
            if count == 0 || best.found.contains(where: { hasSameEffect($0, found) }) { continue }
            best.found.append(found)
            best.openCells = max(best.openCells, count)
        }
        if best.found.count == 1, let (rival, count) = undecidedReading(of: first) {
            best.found.append(rival)
            best.openCells = count
        }
        best.openCount = best.found.count > 1 ? best.found.count : 0
    }

    /// Values that both settings take, as different ones.
    private func cellsReadDifferently(_ left: ProfileEdit, _ right: ProfileEdit) -> Int {
        open.reduce(0) { sum, mask in
            guard let one = reading(of: mask, left), let other = reading(of: mask, right), one != other else { return sum }
            return sum + mask.count
        }
    }

    /// The other reading of the values that a setting would load anew, unless other values of the column speak for the setting and none for
    /// the other reading.
    private func undecidedReading(of found: Found) -> (rival: Found, count: Int)? {
        guard let (reading, change) = found.change.rival(instead: profile) else { return nil }
        var counts = (both: 0, own: 0, other: 0)
        for mask in masks {
            switch reading.evidence(of: mask.value.span) {
            case .both: if ownReading(of: mask) != self.reading(of: mask, found.change) { counts.both += mask.count }
            case .own: counts.own += mask.count
            case .other: counts.other += mask.count
            case .none: break
            }
        }
        guard counts.both > 0, counts.own == 0 || counts.other > 0, let left = left(by: change, fewerThan: cells.max) else { return nil }
        return (Found(place: found.place, change: change, cells: left), counts.both)
    }
}
