import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// Prints what a check of one or several files says: the reports on standard output, a line for each file that does not pass on standard
/// error.
struct CheckPrinter {
    let output: OutputOptions
    let policy: GatePolicy
    let isOneFile: Bool

    func printBeginning(_ terminal: Terminal) {
        if !isOneFile, !output.quiet { terminal.print(output.format.beginning) }
    }

    /// - Parameter status: of this file.
    /// - Returns: what a summary of several files repeats of a blocked one.
    func print(
        _ report: Report, refusals: [GateRefusal], status: ExitStatus, commands: SuggestedCommands?, isFirst: Bool, _ terminal: Terminal
    ) -> FileReport? {
        let exit = status.summary(refusals: refusals)
        let style = output.style(environment: Program.environment)
        let file = FileReport(
            report: report, refusals: refusals, policy: policy, style: style, exit: exit, showsGate: true, showsAll: output.verbose,
            commands: commands)
        print(.judged(file), isFirst: isFirst, terminal)
        guard status == .findings else { return nil }
        complain("\(Self.name(report.input.path)): blocked: \(exit.reason)", terminal)
        return file
    }

    /// - Parameter message: why, a sentence that names the file.
    func printUnreadable(_ path: FilePath, message: String, isFirst: Bool, _ terminal: Terminal) {
        let exit = ExitSummary(status: Int(ExitStatus.unable.rawValue), reason: ExitStatus.unable.meaning)
        print(.unreadable(path: path.description, message: message, exit: exit), isFirst: isFirst, terminal)
        complain(message, terminal)
    }

    /// Standard error gets a line for each file that does not pass, unless the same terminal shows it already in the list of files.
    private func complain(_ text: String, _ terminal: Terminal) {
        let isListed = !isOneFile && !output.quiet && output.format == .human && Terminal.isOneTerminal
        if isListed { terminal.noteComplaint() } else { terminal.say(text) }
    }

    private func print(_ result: FileResult, isFirst: Bool, _ terminal: Terminal) {
        if output.quiet { return }
        terminal.print(isOneFile ? output.format.text(result) : output.format.entry(result, isFirst: isFirst))
    }

    func printEnd(_ summary: RunSummary, _ terminal: Terminal) {
        if !isOneFile, !output.quiet { terminal.print(output.format.end(summary.totals)) }
    }

    private static func name(_ path: String) -> String {
        path == "-" ? "standard input" : path
    }
}

/// How the files of one run ended.
struct RunSummary {
    private var passed = 0
    private var blocked = 0
    private var unreadable = 0
    /// Unable outranks findings: the answer for that file is missing.
    private(set) var status = ExitStatus.done
    private var details: [FileReport] = []

    /// - Parameters:
    ///   - ending: of one file.
    ///   - detail: its report, if it is blocked.
    mutating func count(_ ending: ExitStatus, detail: FileReport?) {
        if let detail, details.count < RunTotals.mostDetails { details.append(detail) }
        switch ending {
        case .done: passed += 1
        case .findings: blocked += 1
        default: unreadable += 1
        }
        if ending == .unable || status == .done { status = ending }
    }

    var totals: RunTotals {
        RunTotals(passed: passed, blocked: blocked, unreadable: unreadable, exit: status.summary(), details: details)
    }
}
