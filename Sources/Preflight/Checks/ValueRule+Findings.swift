package import ImportProfiles
package import ValueFormats

extension ValueRule {
    /// The skip reason that the import is expected to report for a value judged so.
    ///
    /// - Returns: `nil` if nothing is skipped: for values that parse or are empty, for text, and for dimensions whose unknown items are
    ///   created.
    package func skipReason(for judgement: Judgement) -> SkipReason? {
        switch judgement.verdict {
        case .parses, .empty: return nil
        case .doubtful, .fails: return skipReasonOfFailure
        }
    }

    /// The skip reason for values that do not parse.
    var skipReasonOfFailure: SkipReason? {
        switch consequence {
        case .nothing, .missingItem(.create): nil
        case .parsingError: .parsingError
        case .missingItem(.useDefault): .missingItemUsesDefault
        case .missingItem(.skip): .missingItemSkipsRow
        }
    }

    /// The skip reasons of a column's values, by verdict: none for those that a rule ignores.
    func skipReasons(under rules: FindingRules) -> [SkipReason?] {
        (0..<4 as Range<UInt8>).map { number in
            guard let verdict = Verdict(rawValue: number), verdict == .fails || verdict == .doubtful else { return nil }
            let isIgnored = !rules.isEmpty && findingKind(for: Judgement(verdict: verdict))?.action(under: rules) == .ignore
            return isIgnored ? nil : skipReasonOfFailure
        }
    }

    /// The kind of finding for a value judged so; `nil` for values that parse or are empty, and for text.
    package func findingKind(for judgement: Judgement) -> FindingKind? {
        guard let codes = kind.kind.codes else { return nil }
        switch judgement.verdict {
        case .parses, .empty: return nil
        case .fails: return FindingKind(code: codes.fails)
        case .doubtful: return FindingKind(code: codes.doubtful)
        }
    }
}
