import ArgumentParser
import SafeText

/// `preflight check FILE…`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find what an import would skip or reject. Nothing is sent.",
        discussion: """
            Reads each file to its end and checks compression, encoding, quoting, row width, the header, and the values against the profile. \
            Without a profile, types are inferred from the values; what does not fit is an estimate and never blocks.

            Examples:
              preflight check export.csv
              preflight check exports/*.csv -p profile.yaml --max-skipped 0.5%
              preflight check export.csv.gz -p profile.yaml --report html=report.html

            Exit status: 0 every file passed, 1 a file is blocked, 2 a file or the profile cannot be read, 9 a file is not the expected one. Each file that does not pass \
            gets a line on standard error.
            """,
        aliases: ["validate"])

    @Argument(help: "CSV or CSV.gz files; - for standard input.")
    var files: [FilePath]

    @OptionGroup var prediction: PredictionOptions

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Rows") var rows: SplitOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions
    @OptionGroup(title: "Drift") var drift: DriftOptions
    @OptionGroup(title: "Advice") var advice: AdviceOptions
    @OptionGroup(title: "Ranges") var range: RangeOptions

    /// What the options ask for.
    var request: CheckRequest {
        CheckRequest(
            files: files, prediction: prediction, input: input, gate: gate, rows: rows, output: output, reports: reports, drift: drift,
            advice: advice, range: range)
    }

    func validate() throws { try request.validate() }

    func run() throws { try request.run() }
}
