public import ImportProfiles

/// One reason why the gate stays closed.
public enum GateRefusal: Sendable, Equatable {
    /// A finding of the policy's severity or above.
    case finding(FindingKind, count: Int)
    /// More predicted skips than the policy accepts.
    ///
    /// - Parameters:
    ///   - rows: the prediction; its upper bound counts, or its lower one where the policy leaves doubtful values out.
    ///   - isUpperBound: which of the two counts.
    case predictedSkips(rows: Bounds, allowed: Int, isUpperBound: Bool)
    /// Not all of the file was judged.
    case incomplete
}

extension Report {
    /// Asks the gate: an empty list means that the file may pass.
    public func refusals(under policy: GatePolicy) -> [GateRefusal] {
        var refusals: [GateRefusal] = []
        if !isComplete { refusals.append(.incomplete) }
        for finding in findings where finding.severity >= policy.failOn && (finding.predicts == nil || finding.isRaised) {
            refusals.append(.finding(finding.kind, count: finding.count))
        }
        // Estimates never block: without a profile the types of the columns are guesses.
        if prediction.basis == .profile {
            let rows = prediction.skippedRows
            let allowed = policy.maxSkipped.allowedRows(of: totals.rows)
            if (policy.countsUncertain ? rows.max : rows.min) > allowed {
                refusals.append(.predictedSkips(rows: rows, allowed: allowed, isUpperBound: policy.countsUncertain))
            }
        }
        return refusals
    }
}

extension Finding {
    /// Whether a rule made an error of it: it then blocks, even where the predicted skips are within the limit.
    fileprivate var isRaised: Bool { severity == .error && kind.severity != .error }
}
