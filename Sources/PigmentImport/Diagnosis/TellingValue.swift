import ImportProfiles
import Preflight
import ValueFormats

/// A value that one of two explanations skips and the other loads. The file has none, where both select the same cells: a row with it would decide.
enum TellingValue {
    /// - Returns: `nil` where none is known.
    static func between(_ one: Explanation, _ other: Explanation) -> String? {
        guard let own = one.columns.first, let others = other.columns.first else { return nil }
        let (rule, otherRule) = (ValueRule(column: own), ValueRule(column: others))
        return (FormatSpellings.telling(own) + FormatSpellings.telling(others)).first { text in
            guard let isSkipped = one.skips(text, rule), let isSkippedByOther = other.skips(text, otherRule) else { return false }
            return isSkipped != isSkippedByOther
        }
    }
}

extension Explanation {
    /// Whether a value is skipped if it is right; `nil` where that depends on a doubt that it does not settle.
    fileprivate func skips(_ text: String, _ rule: ValueRule) -> Bool? {
        guard let outcome = FormatCandidate.outcome(Array(text.utf8).span, rule) else { return false }
        if outcome.isSkipped(rejecting: rejected) { return true }
        return outcome.doubts.isSubset(of: accepted) ? false : nil
    }
}
