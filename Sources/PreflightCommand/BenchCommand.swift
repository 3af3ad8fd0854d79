import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight bench FILE`
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time each stage of a check on a file, and estimate what a push would take.",
        discussion: """
            Reads the file once for each stage and round, from its beginning: reading alone, decompressing, finding rows and fields with \
            UTF-8 checked, judging on 1, 2, 4, … threads up to --threads (default: the processors), and the check that a push makes. \
            Nothing is sent and no network is used. Findings of the file do not matter.

            Exit status: 0 measured, 1 the file is damaged gzip, empty or UTF-16, 2 it or the profile cannot be read, or is a stream.
            """)

    @Argument(help: "CSV or CSV.gz file; a pipe can be read only once and is refused.")
    var file: FilePath

    @OptionGroup(title: "Reading") var input: InputOptions

    @Option(help: "How often each stage is timed, after a first round that does not count.")
    var rounds = 5

    @Option(help: "Rate of upload to estimate a push for: 900kB/s, 1.5MB/s. Repeatable. Default: 5, 20 and 100 MB/s.")
    var rate: [TransferRate] = []

    @Option(help: "Form of the report: human or json.")
    var format = Format.human

    @Option(help: "Colour: auto, always or never. NO_COLOR and CLICOLOR_FORCE are honoured.")
    var color = OutputOptions.When.auto

    @Option(help: "Progress display: auto (on a terminal), always or never.")
    var progress = OutputOptions.When.auto

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human
        case json
    }

    func validate() throws {
        guard (1...1_000).contains(rounds) else { throw ValidationError("--rounds must lie between 1 and 1000.") }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: progress.isOn)
        try await terminal.perform { () throws(CommandFailure) in
            let options = try input.checkOptions()
            let report = try measured(options, terminal: terminal)
            terminal.print(text(of: report))
            return terminal.finish(.done)
        }
    }

    private func measured(_ options: CheckOptions, terminal: Terminal) throws(CommandFailure) -> BenchReport {
        let opened: InputFile
        do {
            opened = try InputFile.open(path: file, spoolsStream: false)
        } catch {
            throw CommandFailure(error)
        }
        do throws(StageBenchError) {
            let bench = try StageBench(opened, options: options, roundCount: rounds, makeDigest: { SHA256Digest() })
            let display = ProgressDisplay("Measuring", total: bench.plannedByteCount, terminal: terminal)
            return try bench.run(progress: display.update)
        } catch {
            throw CommandFailure(Self.status(for: error), error.message(path: opened.displayPath))
        }
    }

    /// What `check` would end with: damage and emptiness are findings.
    private static func status(for error: StageBenchError) -> ExitStatus {
        switch error {
        case .source(.gzip), .nothingToJudge: .findings
        case .source: .unable
        }
    }

    private func text(of report: BenchReport) -> String {
        let rates = rate.isEmpty ? TransferRate.usual : rate
        switch format {
        case .human:
            let style = OutputOptions.style(color, environment: Program.environment)
            return BenchText(style: style).text(for: report, rates: rates)
        case .json:
            return BenchJSON.document(report, rates: rates, exit: ExitStatus.done.summary()).text(isPretty: true) + "\n"
        }
    }
}

extension TransferRate: ExpressibleByArgument {}
