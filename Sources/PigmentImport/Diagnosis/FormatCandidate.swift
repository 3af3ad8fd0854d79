import ImportProfiles
import Preflight
import ValueFormats

/// A setting that an import configuration may have for a column, and what it makes of each mask of values.
struct FormatCandidate {
    /// What differs from the profile, in a few words each; none for the profile itself.
    var changes: [String]
    var column: ColumnProfile
    var rule: ValueRule
    /// Keys that differ, with one half less where separators are exchanged as a whole.
    var distance: Double
    /// By mask; `nil` for values that load.
    var outcomes: [CellGroup.Outcome?]

    init(_ column: ColumnProfile, changes: [String], from profile: ColumnProfile, rule: ValueRule? = nil, masks: [ColumnMasks.Mask]) {
        self.changes = changes
        self.column = column
        self.rule = rule ?? ValueRule(column: column)
        distance = Self.distance(from: profile, to: column)
        outcomes = masks.map { [rule = self.rule] mask in Self.outcome(mask.value.span, rule) }
    }

    static func outcome(_ value: Span<UInt8>, _ rule: ValueRule) -> CellGroup.Outcome? {
        let judgement = rule.judge(value)
        return switch judgement.verdict {
        case .parses, .empty: nil
        case .fails: CellGroup.Outcome(fails: true)
        case .doubtful: CellGroup.Outcome(doubts: judgement.doubts)
        }
    }

    private static func distance(from profile: ColumnProfile, to column: ColumnProfile) -> Double {
        let keys = Double(ProfileEdits.distance(from: profile, to: column))
        // Who sets the decimal separator of another country sets its thousands separator with it.
        let areExchanged = profile.number.decimal != column.number.decimal && profile.number.group != column.number.group
        if areExchanged { return keys - 0.5 }
        // The order of day and month is mistaken more often than anything else in a date.
        if let own = profile.date.onlyPattern, let other = column.date.onlyPattern, own != other, own.exchangingDayAndMonth == other {
            return keys - 0.2
        }
        // A type is chosen once and seen at once if it is wrong.
        return profile.type != column.type ? keys + 0.5 : keys
    }

    /// Whether it does not load words that the profile takes for no value: the masks do not count those.
    func hasUncountedFailures(_ masks: [ColumnMasks.Mask]) -> Bool {
        zip(outcomes, masks).contains { $0 != nil && $1.count == 0 }
    }

    /// The groups of values that it does not simply load, with how many cells they have by the masks.
    func groups(_ masks: [ColumnMasks.Mask]) -> [(outcome: CellGroup.Outcome, count: Int)] {
        var counts: [CellGroup.Outcome: Int] = [:]
        for (outcome, mask) in zip(outcomes, masks) where mask.count > 0 {
            if let outcome { counts[outcome, default: 0] += mask.count }
        }
        return counts.map { ($0.key, $0.value) }
    }
}

/// The settings that are tried for one column.
struct FormatCandidates {
    let profile: ColumnProfile
    /// The null words of the profile among them, see ``ColumnSearch``.
    let masks: [ColumnMasks.Mask]

    /// Pairs that are tried.
    private static let mostPairs = 4_000

    /// The profile itself.
    var own: FormatCandidate { FormatCandidate(profile, changes: [], from: profile, masks: masks) }

    /// Every other setting alone.
    var singles: [FormatCandidate] {
        edits(of: profile).map { FormatCandidate($0.column, changes: [$0.words], from: profile, rule: $0.rule, masks: masks) }
    }

    /// Two settings changed.
    ///
    /// - Parameter isWanted: Asked of each of them.
    /// - Returns: those that are wanted, and whether there are no more of them.
    func pairs(
        of singles: [FormatCandidate], where isWanted: (ValueRule) -> Bool = { _ in true }
    ) -> (candidates: [FormatCandidate], areAll: Bool) {
        var known = Set(singles.map { ProfileEdits.key(of: $0.column) })
        var pairs: [FormatCandidate] = []
        for single in singles {
            for second in edits(of: single.column) {
                guard ProfileEdits.distance(from: profile, to: second.column) >= 2,
                    known.insert(ProfileEdits.key(of: second.column)).inserted, isWanted(second.rule)
                else { continue }
                if pairs.count == Self.mostPairs { return (pairs, false) }
                pairs.append(
                    FormatCandidate(
                        second.column, changes: single.changes + [second.words], from: profile, rule: second.rule, masks: masks))
            }
        }
        return (pairs, true)
    }

    private func edits(of column: ColumnProfile) -> [ProfileEdit] {
        let failing = masks.filter { $0.verdict == .fails || $0.verdict == .doubtful }.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.value.lexicographicallyPrecedes($1.value)
        }
        return ProfileEdits.usual(for: column) + ProfileEdits.suggested(for: column, by: failing.map { $0.value[...] })
            + ProfileEdits.single(for: column)
    }
}

extension DateFormat {
    fileprivate var onlyPattern: String? { patterns.count == 1 ? patterns[0].text : nil }
}

extension String {
    /// A pattern with `dd` in the place of `MM`, and the other way round; itself where it has a month in letters.
    fileprivate var exchangingDayAndMonth: String {
        if contains("MMM") || contains("ddd") { return self }
        return String(map { $0 == "d" ? "M" : $0 == "M" ? "d" : $0 })
    }
}
