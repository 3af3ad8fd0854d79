import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// Prints the results of a check: the reports to standard output and to files, and a line for each file that does not pass to standard error.
final class CheckPrinter {
    private let output: OutputOptions
    let policy: GatePolicy
    private let isOneFile: Bool
    private let files: ReportFiles
    /// Whether JSON says where in the file the findings are.
    private let showsPositions: Bool
    /// On standard output; `nil` for none.
    private var stream: ReportStream?

    /// - Parameter format: The format on standard output.
    init(output: OutputOptions, format: ReportFormat?, policy: GatePolicy, files: ReportFiles, isOneFile: Bool, showsPositions: Bool) {
        self.output = output
        self.policy = policy
        self.isOneFile = isOneFile
        self.files = files
        self.showsPositions = showsPositions
        stream = format?.stream(isOneFile: isOneFile)
    }

    func printBeginning(_ terminal: Terminal) {
        if let stream { terminal.print(stream.begin()) }
    }

    /// - Parameters:
    ///   - status: The status of this file.
    ///   - split: Where its rows went.
    /// - Returns: The report of a blocked file, which the summary of several files repeats.
    func print(
        _ report: Report, refusals: [GateRefusal], status: ExitStatus, commands: SuggestedCommands?, split: SplitSummary? = nil,
        _ terminal: Terminal
    ) -> FileReport? {
        let exit = status.summary(refusals: refusals)
        let style = output.style(environment: Program.environment)
        var file = FileReport(
            report: output.shown(report), refusals: refusals, policy: policy, style: style, exit: exit, showsGate: true,
            showsAll: output.verbose,
            commands: commands)
        file.split = split
        file.showsPositions = showsPositions
        print(.judged(file), terminal)
        guard status == .findings || status == .unexpected else { return nil }
        complain("\(Self.name(report.input.path)): blocked: \(exit.reason)", terminal)
        return file
    }

    /// - Parameter message: The reason, a sentence that names the file.
    func printUnreadable(_ path: FilePath, message: String, _ terminal: Terminal) {
        let exit = ExitSummary(status: Int(ExitStatus.unable.rawValue), reason: ExitStatus.unable.meaning)
        print(.unreadable(path: path.description, message: message, exit: exit), terminal)
        complain(message, terminal)
    }

    /// Prints a line to standard error for a file that does not pass, unless the list of files on the same terminal already shows it.
    private func complain(_ text: String, _ terminal: Terminal) {
        let isListed = !isOneFile && stream?.format == .human && Terminal.isOneTerminal
        if isListed { terminal.noteComplaint() } else { terminal.say(text) }
    }

    private func print(_ result: FileResult, _ terminal: Terminal) {
        files.add(result)
        if let text = stream?.add(result) { terminal.print(text) }
    }

    /// - Returns: Why a report could not be written to its file; `nil` if all were.
    func printEnd(_ summary: RunSummary, _ terminal: Terminal) -> String? {
        if let stream { terminal.print(stream.finish(summary.totals)) }
        let failure = files.finish(summary.totals)
        let exit = failure == nil ? summary.totals.exit : ExitStatus.unable.summary()
        if let line = files.summary(exit: exit) { terminal.print(line) }
        return failure
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
    /// `unable` outranks `unexpected` and `findings`: one file has no result. And `unexpected` outranks `findings`: one file is another.
    private(set) var status = ExitStatus.done
    private var details: [FileReport] = []

    /// - Parameters:
    ///   - ending: of one file.
    ///   - detail: its report, if it is blocked.
    mutating func count(_ ending: ExitStatus, detail: FileReport?) {
        if let detail, details.count < RunTotals.mostDetails { details.append(detail) }
        switch ending {
        case .done: passed += 1
        case .findings, .unexpected: blocked += 1
        default: unreadable += 1
        }
        if ending == .unable || status == .done || (ending == .unexpected && status == .findings) { status = ending }
    }

    var totals: RunTotals {
        RunTotals(passed: passed, blocked: blocked, unreadable: unreadable, exit: status.summary(), details: details)
    }
}
