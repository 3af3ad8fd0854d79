import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight bench FILE`
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast a file is checked, and estimate how long a push would take.",
        discussion: """
            Each round reads the file once per stage: reading, decompressing, finding rows and fields, checking on 1, 2, 4, … threads up to \
            --threads (default: all processors), and the check that a push makes. Nothing is sent. Findings do not matter.

            Examples:
              preflight bench export.csv
              preflight bench export.csv.gz -p profile.yaml --rounds 10
              preflight bench export.csv --rate 10MB/s --format json

            Exit status: 0 measured, 1 the file is damaged gzip, empty or UTF-16, 2 the file or the profile cannot be read.
            """)

    @Argument(help: "CSV or CSV.gz file, not a pipe: it is read several times.")
    var file: FilePath

    @OptionGroup(title: "Reading") var input: InputOptions

    @Option(help: ArgumentHelp("Measured rounds, after one to warm up.", valueName: "count"))
    var rounds = 5

    @Option(
        help: ArgumentHelp(
            "Upload rate to estimate a push for, for example 1.5MB/s. Repeatable. Default: 5, 20 and 100 MB/s.", valueName: "rate"))
    var rate: [TransferRate] = []

    @Option(help: ArgumentHelp("Format of the report: human or json.", valueName: "name"))
    var format = Format.human

    @Option(help: ArgumentHelp("auto, always or never. auto honours NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE.", valueName: "when"))
    var color = OutputOptions.When.auto

    @Option(help: ArgumentHelp("Progress line: auto (on a terminal), always or never.", valueName: "when"))
    var progress = OutputOptions.When.auto

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case human
        case json
    }

    func validate() throws {
        guard (1...1_000).contains(rounds) else { throw ValidationError("--rounds must be between 1 and 1000.") }
    }

    func run() throws {
        let terminal = Terminal(showsProgress: progress.isOn)
        try terminal.perform { () throws(CommandFailure) in
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

    /// The status that `check` would end with: a damaged or empty file has findings.
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
