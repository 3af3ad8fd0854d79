public import ImportProfiles
public import Preflight
package import SafeText

/// A format of reports. Each is a value, declared in a file of the same name and listed in ``allCases``.
///
/// The help of `--format` and `--report`, their parsers, the completion of shells and the documentation read the list.
public struct ReportFormat: Sendable, CaseIterable {
    /// Every format, in the order of the help.
    public static let allCases: [ReportFormat] = [
        .human, .concise, .json, .jsonl, .html, .markdown, .sarif, .junit, .github, .gitlab, .csv, .openlineage, .prometheus, .dagster,
    ]

    /// The name in `--format` and `--report`.
    package let name: String
    /// What it prints, for the documentation: one sentence in Markdown.
    package let summary: String
    /// How it prints the outcome of an import, for which there may be no report; `nil` for a format of files only, which `--format` does not take.
    package let outcome: OutcomeForm?
    /// How it prints an import where the run has read no file; `nil` for a format that lists what is wrong in a file.
    package let importText: (@Sendable (ImportResult) -> String)?
    /// Whether it shows where in the file the findings are, which has to be asked for: see `CheckOptions.mapsPositions`.
    package var showsPositions: Bool { self == .html }

    /// Whether it shows what the columns hold, which has to be asked for: see `CheckOptions.countsColumns`.
    package var showsColumns: Bool { self == .html }
    /// The text about the only file of a run, every line with its line end.
    private let text: @Sendable (FileResult) -> String
    /// Makes the text before the first of several files. The list of formats is read by every command, so nothing is made before it is needed.
    private let beginning: @Sendable () -> String
    /// The text about one of several files.
    private let entry: @Sendable (FileResult, inout ReportStream.Progress) -> String
    /// The text after the last of several files.
    private let end: @Sendable (RunTotals, ReportStream.Progress) -> String

    /// The form of the outcome of an import.
    package enum OutcomeForm: Sendable, Equatable {
        /// Sentences with everything that is known.
        case sentences
        /// Only the sentence about the exit status.
        case status
        /// A document in JSON.
        case document(isPretty: Bool)
    }

    /// A format for terminals and pipes.
    ///
    /// - Parameters:
    ///   - entry: The text about one of several files, if it differs from the text about a single file.
    ///   - text: The text about a single file.
    init(
        name: String, summary: String, outcome: OutcomeForm, importText: @escaping @Sendable (ImportResult) -> String,
        beginning: @autoclosure @escaping @Sendable () -> String = "",
        entry: (@Sendable (FileResult, _ isFirst: Bool) -> String)? = nil, end: @escaping @Sendable (RunTotals) -> String = { _ in "" },
        text: @escaping @Sendable (FileResult) -> String
    ) {
        self.name = name
        self.summary = summary
        self.outcome = outcome
        self.importText = importText
        self.text = text
        self.beginning = beginning
        self.entry = { result, progress in
            defer { progress.isFirst = false }
            return entry?(result, progress.isFirst) ?? text(result)
        }
        self.end = { totals, _ in end(totals) }
    }

    /// A format of files: one document about one file or several.
    ///
    /// - Parameter closing: The text after the last file, made of what the entries have kept, in place of `end`.
    init(
        name: String, summary: String, importText: (@Sendable (ImportResult) -> String)? = nil,
        beginning: @autoclosure @escaping @Sendable () -> String = "", end: @autoclosure @escaping @Sendable () -> String = "",
        closing: (@Sendable (ReportStream.Progress) -> String)? = nil,
        entry: @escaping @Sendable (FileResult, inout ReportStream.Progress) -> String
    ) {
        self.name = name
        self.summary = summary
        outcome = nil
        self.importText = importText
        self.beginning = beginning
        self.entry = entry
        let ending: @Sendable (ReportStream.Progress) -> String = closing ?? { _ in end() }
        self.end = { _, progress in ending(progress) }
        text = { result in
            var progress = ReportStream.Progress()
            let entry = entry(result, &progress)
            return beginning() + entry + ending(progress)
        }
    }

    /// The format with this name, if there is one.
    package init?(name: String) {
        guard let format = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    /// The formats of `--format`.
    package static var terminalCases: [ReportFormat] { allCases.filter { $0.outcome != nil } }

    /// The formats that can print an import without a file.
    package static var importCases: [ReportFormat] { allCases.filter { $0.importText != nil } }

    /// Names for a sentence: `human, concise, json or jsonl`.
    package static func choices(_ formats: [ReportFormat]) -> String {
        var text = ""
        for (index, format) in formats.enumerated() {
            if index > 0 { text += index == formats.count - 1 ? " or " : ", " }
            text += format.name
        }
        return text
    }

    /// The table of the documentation, in Markdown.
    package static var table: String {
        (["| format | what it is |", "| --- | --- |"] + allCases.map { "| `\($0.name)` | \($0.summary) |" })
            .map { $0 + "\n" }.joined()
    }

    /// The text about the only file of a run.
    package func text(_ result: FileResult) -> String { text(result) }

    /// The texts about several files, or about one.
    package func stream(isOneFile: Bool) -> ReportStream {
        ReportStream(isOneFile: isOneFile, format: self, beginning: beginning, text: text, entry: entry, end: end)
    }

    /// The report as text, as `preflight check` prints it.
    ///
    /// - Parameters:
    ///   - report: The report to print.
    ///   - policy: The policy of the gate, whose answer is part of the text.
    /// - Returns: lines, each with its line end.
    public func text(for report: Report, under policy: GatePolicy = GatePolicy()) -> String {
        let refusals = report.refusals(under: policy)
        let exit = ExitSummary(
            status: refusals.isEmpty ? 0 : 1, reason: "The file \(refusals.isEmpty ? "passes" : "does not pass") the gate.")
        return render(report, refusals: refusals, policy: policy, style: .plain, exit: exit, showsGate: true)
    }

    /// The report as text in which every line has its line end.
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
    ///   - commands: The commands that ``human`` suggests.
    package func render(
        _ report: Report, refusals: [GateRefusal], policy: GatePolicy, style: TextStyle, exit: ExitSummary, push: JSONValue? = nil,
        outcome: JSONValue? = nil, reconciliation: JSONValue? = nil, showsGate: Bool = false, showsAll: Bool = false,
        commands: SuggestedCommands? = nil
    ) -> String {
        text(
            .judged(
                FileReport(
                    report: report, refusals: refusals, policy: policy, style: style, exit: exit, push: push, outcome: outcome,
                    reconciliation: reconciliation, showsGate: showsGate, showsAll: showsAll, commands: commands)))
    }
}

extension ReportFormat: Equatable, CustomStringConvertible {
    /// Whether the names are equal.
    public static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    /// The name.
    public var description: String { name }
}
