import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Sentences shown before the rest is only counted: the findings themselves stand above.
    private static let shownRefusals = 3

    /// The gate's answer on one line, with what to do next.
    func verdictLine(_ report: Report, refusals: [GateRefusal], policy: GatePolicy) -> String {
        guard !refusals.isEmpty else {
            let next = report.prediction.basis == .inferred ? " Next: describe the columns in a profile (-p PROFILE)." : ""
            return "\(style.paint("Passes the gate", .good)): \(passText(report, policy: policy)).\(next)"
        }
        let merged = GateRefusal.merged(refusals)
        var sentences = merged.prefix(shown(Self.shownRefusals)).map(\.sentence)
        let more = merged.count - sentences.count
        if more > 0 { sentences.append("And \(more.counted("more reason")).") }
        let next = nextStep(report, refusals: merged, policy: policy)
        return "\(style.paint("Does not pass the gate", .error)): \(sentences.joined(separator: " ")) Next: \(next)"
    }

    private func passText(_ report: Report, policy: GatePolicy) -> String {
        let totals = report.totals
        var parts = [totals.errors.counted("error"), totals.warnings.counted("warning")]
        let skipped = report.prediction.skippedRows
        if report.prediction.basis == .profile, skipped.max > 0 {
            let allowed = policy.maxSkipped.allowedRows(of: totals.rows)
            parts.append(
                "\(boundsText(skipped)) \(skipped.max == 1 ? "row" : "rows") predicted to be skipped, \(allowed.grouped) allowed"
                    + (policy.countsUncertain ? "" : ", doubtful values not counted"))
        }
        let estimate = report.prediction.basis == .inferred && skipped.max > 0 ? "; an estimate does not block" : ""
        return parts.joined(separator: ", ") + estimate
    }

    /// A step ready to paste: first what is wrong with the file, else how to judge or accept the skips.
    private func nextStep(_ report: Report, refusals: [GateRefusal], policy: GatePolicy) -> String {
        for case .finding(let kind, _) in refusals { return ShellCommand.preflight("explain", .init(kind.code)).description }
        for case .predictedSkips(let rows, let allowed, let isUpperBound) in refusals {
            let accept =
                isUpperBound && rows.min <= allowed ? "--allow-uncertain" : "--max-skipped \(isUpperBound ? rows.max : rows.min)"
            guard let kind = mostFrequentSkip(report) else { return "accept them with \(accept)" }
            return "\(ShellCommand.preflight("explain", .init(kind.code))), or accept them with \(accept)"
        }
        return "write or copy the file again, then check it again"
    }

    /// The kind that most of the predicted skips come from.
    private func mostFrequentSkip(_ report: Report) -> FindingKind? {
        report.findings.filter { $0.predicts != nil }.max { $0.count < $1.count }?.kind
    }
}
