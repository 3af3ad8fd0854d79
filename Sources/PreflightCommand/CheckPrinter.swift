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

    private var isDocumentOfSeveral: Bool { output.format == .json && !isOneFile && !output.quiet }

    func printBeginning(_ terminal: Terminal) {
        if isDocumentOfSeveral { terminal.print(ReportsDocument.beginning) }
    }

    /// - Parameter status: of this file.
    func print(_ report: Report, refusals: [GateRefusal], status: ExitStatus, isFirst: Bool, _ terminal: Terminal) {
        let exit = status.summary(refusals: refusals)
        if isDocumentOfSeveral {
            terminal.print(ReportsDocument.entry(JSONReport.document(report, refusals: refusals, exit: exit), isFirst: isFirst))
        } else if !output.quiet {
            let style = output.style(environment: Program.environment)
            terminal.print(
                output.format.render(
                    report, refusals: refusals, policy: policy, style: style, exit: exit, showsGate: true, showsAll: output.verbose))
        }
        guard status == .findings else { return }
        terminal.say("\(Self.name(report.input.path)): blocked: \(exit.reason)")
    }

    /// - Parameter message: why, a sentence that names the file.
    func printUnreadable(_ path: FilePath, message: String, isFirst: Bool, _ terminal: Terminal) {
        let exit = ExitSummary(status: Int(ExitStatus.unable.rawValue), reason: ExitStatus.unable.meaning)
        let document = JSONReport.unreadable(path: path.description, message: message, exit: exit)
        if isDocumentOfSeveral {
            terminal.print(ReportsDocument.entry(document, isFirst: isFirst))
        } else if !output.quiet, output.format == .json || output.format == .jsonl {
            terminal.print(document.text(isPretty: output.format == .json) + "\n")
        }
        terminal.say(message)
    }

    func printEnd(_ summary: RunSummary, _ terminal: Terminal) {
        guard !isOneFile, !output.quiet else { return }
        switch output.format {
        case .json: terminal.print(ReportsDocument.end(summary.json, exit: summary.status.summary()))
        case .human: terminal.print("\n\(summary.words)\n")
        case .concise, .jsonl: break
        }
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

    var json: JSONValue {
        .members([
            "files": .int(passed + blocked + unreadable), "passed": .int(passed), "blocked": .int(blocked), "unreadable": .int(unreadable),
        ])
    }

    var words: String {
        let parts = [(passed, "ok"), (blocked, "blocked"), (unreadable, "unreadable")].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        return "\((passed + blocked + unreadable).counted("file")): \(parts.joined(separator: ", ")) (exit \(status.rawValue))"
    }
}
