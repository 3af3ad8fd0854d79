import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight check FILE…`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge files; nothing is sent and no network is used.",
        discussion: """
            Reads each file to its end: compression, encoding, quoting, row width, header, and the values under the profile. \
            Without a profile types are inferred from the whole file, and what does not fit them is an estimate that never blocks.

            With several files --format json prints one document: the report of each under "files", unreadable files included, and a \
            "summary". --format jsonl prints one line for each file.

            Exit status: 0 the gate is open, 1 findings over the gate, 2 a file or the profile cannot be read. Standard error then has a \
            line for each file that does not pass, in every format.
            """,
        aliases: ["validate"])

    @Argument(help: "CSV or CSV.gz files; - is standard input.")
    var files: [FilePath]

    @Option(
        help: """
            Write the prediction in the shape of the server's own detailedReport (JSON) to a file; one input file only. With --quiet, - is \
            standard output.
            """)
    var predict: FilePath?

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard let predict else { return }
        guard files.count == 1 else { throw ValidationError("--predict writes one file: check one file with it.") }
        guard predict != .standardStream || output.quiet else {
            throw ValidationError("--predict - and the report would both go to standard output: add --quiet, or name a file.")
        }
    }

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            let prediction = try predictionFile(options)
            if !output.quiet { try terminal.refuseAsOutput(files + input.readPaths(options)) }
            let printer = CheckPrinter(output: output, policy: gate.policy(profile: options.profile), isOneFile: files.count == 1)
            var summary = RunSummary()
            printer.printBeginning(terminal)
            for (index, file) in files.enumerated() {
                let work = FileCheck(isFirst: index == 0, options: options, prediction: prediction, printer: printer, terminal: terminal)
                summary.count(work.run(file))
            }
            printer.printEnd(summary, terminal)
            return terminal.finish(summary.status)
        }
    }

    /// Opens the way to the prediction's file, before any work.
    private func predictionFile(_ options: CheckOptions) throws(CommandFailure) -> OutputFile? {
        guard let predict else { return nil }
        do throws(OutputFile.Refusal) {
            return try OutputFile(path: predict, collision: .replace, inputs: files + input.readPaths(options))
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// The check of one file of a run.
private struct FileCheck {
    var isFirst: Bool
    var options: CheckOptions
    var prediction: OutputFile?
    var printer: CheckPrinter
    var terminal: Terminal

    /// - Returns: what the command would end with if this were its only file.
    func run(_ path: FilePath) -> ExitStatus {
        let report: Report
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            let display = ProgressDisplay("Checking", total: file.size(), terminal: terminal)
            let begin = ContinuousClock.now
            report = try CheckRun.check(file, options: options, progress: display.update)
            let duration = ContinuousClock.now - begin
            terminal.note("checked \(ByteCount(report.input.decompressedBytes)) in \(duration.shown): \(file.displayPath)")
        } catch {
            printer.printUnreadable(path, message: error.message, isFirst: isFirst, terminal)
            return .unable
        }
        let refusals = report.refusals(under: printer.policy)
        var status: ExitStatus = refusals.isEmpty ? .done : .findings
        do throws(OutputFile.Refusal) {
            try prediction?.write(JSONReport.detailedReport(report.prediction).text(isPretty: true) + "\n")
        } catch {
            terminal.say(error.message)
            status = .unable
        }
        printer.print(report, refusals: refusals, status: status, isFirst: isFirst, terminal)
        return status
    }
}
