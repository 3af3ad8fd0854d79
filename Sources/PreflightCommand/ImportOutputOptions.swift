import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// How to print an import when this run has read no file.
struct ImportOutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Format of the result: \(ReportFormat.choices(ReportFormat.terminalCases)).", valueName: "name"))
    var format: ReportFormat?

    @Flag(help: "Same as --format json.")
    var json = false

    @Option(help: ArgumentHelp("Skipped rows to accept.", valueName: "count"))
    var maxSkipped = 0

    @Option(help: ArgumentHelp("Progress line: auto (on a terminal), always or never.", valueName: "when"))
    var progress = OutputOptions.When.auto

    @Flag(name: [.short, .long], help: "Print only the import ID, failures and warnings.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Log each step with its time to standard error, also on a terminal.")
    var verbose = false

    @Flag(help: "Show no value of any cell, only what values look like (Aa99-99), in texts of the server.")
    var redact = false

    func validate() throws {
        guard maxSkipped >= 0 else { throw ValidationError("--max-skipped must not be negative.") }
        guard !json || form == .json else { throw ValidationError("--json and --format \(form.name) cannot be combined.") }
        guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose cannot be combined.") }
    }

    var allowedSkips: Int { maxSkipped }

    private var form: ReportFormat { format ?? (json ? .json : .human) }

    /// Whether standard output gets only a document.
    var printsDocument: Bool {
        if case .document = form.outcome { true } else { false }
    }

    func terminal() -> Terminal {
        let showsProgress = progress.isOn && !quiet
        return Terminal(showsProgress: showsProgress, logsSteps: verbose || (!showsProgress && !quiet), isQuiet: quiet)
    }

    /// Prints the outcome and gives the status to end with.
    ///
    /// - Parameters:
    ///   - push: The `push` object; `nil` if this run started nothing.
    ///   - entry: What the ledger knows of the import; `nil` if this run started it, or if the ledger does not know it.
    ///   - followUp: The command that asks again.
    ///   - reports: Further reports.
    func print(
        _ outcome: ImportOutcome, push: JSONValue?, entry: LedgerEntry? = nil, followUp: FollowUp, reports: ImportReportFiles,
        terminal: Terminal
    ) -> ExitStatus {
        let status = ExitStatus(outcome.exit)
        let printer = OutcomePrinter(
            terminal: terminal, isConcise: form.outcome == .status, followUp: followUp, verb: push == nil ? nil : "trigger")
        let result = ImportResult(
            name: outcome.importID?.text ?? "without an ID", closing: printer.closing(outcome, status: status),
            lines: printer.results(outcome, entry: entry), facts: printer.results(outcome, entry: entry, listsSkips: false),
            document: document(outcome, push: push, entry: entry, status: status),
            exit: ExitSummary(status: Int(status.rawValue), reason: outcome.reason))
        if let text = reports.standardFormat?.importText {
            terminal.print(text(result))
            printer.complain(outcome, status: status)
        } else if case .document(let isPretty) = form.outcome {
            terminal.print(result.document.text(isPretty: isPretty) + "\n")
            printer.complain(outcome, status: status)
        } else {
            printer.print(outcome, status: status, digest: nil, entry: entry)
        }
        let failure = reports.write(result)
        if reports.printsSummary { terminal.print(result.document.text(isPretty: false) + "\n") }
        let accepted = outcome.push?.outcome.importID
        if let failure {
            terminal.say(accepted.map { "the server has accepted import \($0), but \(failure). Do not trigger again." } ?? failure)
        }
        return terminal.finish(failure != nil && accepted == nil && status == .done ? .unable : status, accepted: accepted)
    }

    private func document(_ outcome: ImportOutcome, push: JSONValue?, entry: LedgerEntry?, status: ExitStatus) -> JSONValue {
        var members = [
            JSONValue.Member("version", .int(1)),
            JSONValue.Member("tool", .members(["name": .string("preflight"), "version": .string(ToolVersion.current)])),
        ]
        if let push { members.append(JSONValue.Member("push", push)) }
        members.append(JSONValue.Member("outcome", outcome.json))
        if let entry { members.append(JSONValue.Member("ledger", entry.json)) }
        // A status request changes nothing; only a command that starts an import must not be repeated.
        if push != nil { members.append(JSONValue.Member("retry", .string(status.retry.rawValue))) }
        let exit = JSONValue.members(["status": .int(Int(status.rawValue)), "reason": .string(outcome.reason)])
        members.append(JSONValue.Member("exit", exit))
        return .object(members)
    }
}
