/// The formats a report can be printed in: the one list. A new format is a file and a case here.
public enum ReportFormat: String, CaseIterable, Sendable {
    case human
    case concise
    case json
    case jsonl

    /// The report as text in which every line has its line end; empty only where ``concise`` has nothing to say of the file.
    ///
    /// - Parameters:
    ///   - refusals: the gate's answer under `policy`; empty where the file passes.
    ///   - style, showsAll: used by ``human`` alone.
    ///   - showsGate: whether ``json`` and ``jsonl`` have the gate's answer.
    ///   - exit, push, outcome, reconciliation: used by ``json`` and ``jsonl`` alone, see ``JSONReport``.
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
