package import ImportProfiles
package import Preflight
package import SafeText

/// What a format prints about one file.
package enum FileResult: Sendable {
    case judged(FileReport)
    /// A file that could not be read to its end; path and message are safe to print.
    case unreadable(path: String, message: String, exit: ExitSummary)

    /// The document for machines.
    var document: JSONValue {
        switch self {
        case .judged(let file):
            JSONReport.document(
                file.report, refusals: file.showsGate ? file.refusals : nil, push: file.push, outcome: file.outcome,
                reconciliation: file.reconciliation, split: file.split, showsPositions: file.showsPositions, exit: file.exit)
        case .unreadable(let path, let message, let exit): JSONReport.unreadable(path: path, message: message, exit: exit)
        }
    }
}

/// A report and everything else that a format may print about the file; ``ReportFormat/render(_:refusals:policy:style:exit:push:outcome:reconciliation:showsGate:showsAll:commands:)``
/// describes each part.
package struct FileReport: Sendable {
    package var report: Report
    package var refusals: [GateRefusal]
    package var policy: GatePolicy
    package var style: TextStyle
    package var exit: ExitSummary
    package var push: JSONValue?
    package var outcome: JSONValue?
    package var reconciliation: JSONValue?
    package var showsGate: Bool
    package var showsAll: Bool
    package var commands: SuggestedCommands?
    /// Where the rows went, if they were to be written.
    package var split: SplitSummary?
    /// Whether documents say where in the file the findings are. A page always does.
    package var showsPositions = false

    package init(
        report: Report, refusals: [GateRefusal], policy: GatePolicy, style: TextStyle, exit: ExitSummary, push: JSONValue? = nil,
        outcome: JSONValue? = nil, reconciliation: JSONValue? = nil, showsGate: Bool = false, showsAll: Bool = false,
        commands: SuggestedCommands? = nil
    ) {
        self.commands = commands
        self.report = report
        self.refusals = refusals
        self.policy = policy
        self.style = style
        self.exit = exit
        self.push = push
        self.outcome = outcome
        self.reconciliation = reconciliation
        self.showsGate = showsGate
        self.showsAll = showsAll
    }
}
