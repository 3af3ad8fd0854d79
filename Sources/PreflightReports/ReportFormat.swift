public import ImportProfiles
public import Preflight
public import SafeText

/// The formats a report can be printed in: the one list. A new format is a file and a case here.
public enum ReportFormat: String, CaseIterable, Sendable {
    case human
    case concise
    case json
    case jsonl

    /// The report as text in which every line has its line end; empty only where ``concise`` has nothing to say of the file.
    ///
    /// - Parameters:
    ///   - report: The report to print.
    ///   - refusals: The gate's answer under `policy`; empty if the file passes.
    ///   - policy: The policy of the gate.
    ///   - style: Style of ``human``.
    ///   - exit: How the run ended; for ``json`` and ``jsonl``.
    ///   - push: What was sent; for ``json`` and ``jsonl``, see ``JSONReport``.
    ///   - outcome: What became of the import; for ``json`` and ``jsonl``.
    ///   - reconciliation: The comparison with the prediction; for ``json`` and ``jsonl``.
    ///   - showsGate: Whether ``json`` and ``jsonl`` include the gate's answer.
    ///   - showsAll: Whether ``human`` leaves nothing out.
    public func render(
        _ report: Report, refusals: [GateRefusal], policy: GatePolicy, style: TextStyle, exit: ExitSummary, push: JSONValue? = nil,
        outcome: JSONValue? = nil, reconciliation: JSONValue? = nil, showsGate: Bool = false, showsAll: Bool = false
    ) -> String {
        switch self {
        case .human:
            return HumanReport(style: style, showsAll: showsAll).text(for: report, refusals: refusals, policy: policy)
        case .concise:
            return ConciseReport.text(for: report, refusals: refusals)
        case .json, .jsonl:
            let document = JSONReport.document(
                report, refusals: showsGate ? refusals : nil, push: push, outcome: outcome, reconciliation: reconciliation, exit: exit)
            return document.text(isPretty: self == .json) + "\n"
        }
    }
}
