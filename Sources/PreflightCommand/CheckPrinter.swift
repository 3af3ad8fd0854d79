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
    func print(_ report: Report, refusals: [GateRefusal], status: ExitStatus, isFirst: Bool, _ terminal: Terminal) {
        let exit = status.summary(refusals: refusals)
        let style = output.style(environment: Program.environment)
        let file = FileReport(
            report: report, refusals: refusals, policy: policy, style: style, exit: exit, showsGate: true, showsAll: output.verbose)
        print(.judged(file), isFirst: isFirst, terminal)
        guard status == .findings else { return }
        terminal.say("\(Self.name(report.input.path)): blocked: \(exit.reason)")
    }

    /// - Parameter message: why, a sentence that names the file.
    func printUnreadable(_ path: FilePath, message: String, isFirst: Bool, _ terminal: Terminal) {
        let exit = ExitSummary(status: Int(ExitStatus.unable.rawValue), reason: ExitStatus.unable.meaning)
        print(.unreadable(path: path.description, message: message, exit: exit), isFirst: isFirst, terminal)
        terminal.say(message)
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

    /// - Parameter ending: of one file.
    mutating func count(_ ending: ExitStatus) {
        switch ending {
        case .done: passed += 1
        case .findings: blocked += 1
        default: unreadable += 1
        }
        if ending == .unable || status == .done { status = ending }
    }

    var totals: RunTotals {
        RunTotals(passed: passed, blocked: blocked, unreadable: unreadable, exit: status.summary())
    }
}
