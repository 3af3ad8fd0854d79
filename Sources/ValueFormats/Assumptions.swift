/// Which doubts a profile settles, for one column.
package struct Assumptions: Sendable, Equatable {
    package private(set) var accepted: DoubtSet
    package private(set) var rejected: DoubtSet

    /// - Parameter rejected: wins over `accepted`.
    package init(accepted: DoubtSet = [], rejected: DoubtSet = []) {
        self.accepted = accepted.subtracting(rejected)
        self.rejected = rejected
    }

    package var isEmpty: Bool { accepted.isEmpty && rejected.isEmpty }

    package var settled: DoubtSet { accepted.union(rejected) }

    /// Whether a doubt is accepted; `nil` where it is open.
    package subscript(doubt: Doubt) -> Bool? {
        get { accepted.contains(doubt) ? true : rejected.contains(doubt) ? false : nil }
        set {
            let one = DoubtSet(doubt)
            accepted = newValue == true ? accepted.union(one) : accepted.subtracting(one)
            rejected = newValue == false ? rejected.union(one) : rejected.subtracting(one)
        }
    }

    /// These, and where they leave a doubt open those of `base`.
    package func over(_ base: Assumptions) -> Assumptions {
        Assumptions(
            accepted: accepted.union(base.accepted.subtracting(rejected)), rejected: rejected.union(base.rejected.subtracting(accepted)))
    }

    /// Those of the given doubts only.
    package func limited(to doubts: DoubtSet) -> Assumptions {
        Assumptions(accepted: accepted.intersection(doubts), rejected: rejected.intersection(doubts))
    }

    /// A doubtful judgement as these settle it: a value fails if any of its doubts is rejected, and parses if all are accepted.
    package func settle(_ judgement: Judgement) -> Judgement {
        guard judgement.verdict == .doubtful, !isEmpty else { return judgement }
        let doubts = judgement.doubts
        let failing = doubts.intersection(rejected)
        if !failing.isEmpty {
            return Judgement(verdict: .fails, reason: Self.reason(of: failing, preferred: judgement.reason), doubts: failing)
        }
        let open = doubts.subtracting(accepted)
        if open == doubts { return judgement }
        if open.isEmpty { return .parses }
        return Judgement(doubtful: Self.reason(of: open, preferred: judgement.reason), open)
    }

    private static func reason(of doubts: DoubtSet, preferred: JudgementReason) -> JudgementReason {
        let reasons = doubts.doubts.map(\.reason)
        return reasons.contains(preferred) ? preferred : reasons.first ?? preferred
    }
}
