import ArgumentParser
import ByteSources
import Preflight
import PreflightReports
import SafeText

/// Further reports of the same run, each in a file.
struct ReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Also write a report: \(ReportFormat.choices(ReportFormat.allCases)). Repeatable. - prints it in place of the usual report.",
            valueName: "format=file"),
        transform: { try ReportDestination($0, among: ReportFormat.allCases) })
    var destinations: [ReportDestination] = []

    @Flag(name: .customLong("summary-json"), help: "Print one line of JSON at the end of standard output: totals and exit status.")
    var printsSummary = false

    @Flag(
        name: .customLong("positions"),
        help: "Add to JSON where in the file the findings are: of each kind the rows in up to \(PositionMap.mostCells.grouped) parts.")
    var listsPositions = false

    func validate() throws {
        guard destinations.filter({ $0.format == .csv }).count <= 1 else {
            throw ValidationError("Only one --report csv=FILE can be written: it lists the cells while they are checked.")
        }
        try ReportDestination.refuseDoubles(destinations)
    }

    /// Refuses `--positions` where nothing would have them.
    ///
    /// - Parameter format: of `--format`.
    func validatePositions(with format: ReportFormat) throws {
        let isDocument = ([format] + destinations.map(\.format)).contains { if case .document = $0.outcome { true } else { false } }
        guard !listsPositions || isDocument else {
            throw ValidationError("--positions adds to JSON. Add --format json or --report json=FILE.")
        }
    }

    /// The format that takes the place of the usual report on standard output.
    var standardFormat: ReportFormat? { ReportDestination.standardFormat(destinations) }

    /// Whether a report shows where in the file the findings are.
    var showPositions: Bool { listsPositions || destinations.contains { $0.format.showsPositions } }

    /// Whether a report shows what the columns hold.
    var showColumns: Bool { destinations.contains { $0.format.showsColumns } }

    /// Whether the list of cells goes there, which is written while the file is checked.
    var listsOnStandardOutput: Bool { standardFormat == .csv }

    /// Prepares the files, before any work.
    ///
    /// - Parameters:
    ///   - inputs: All that the run reads.
    ///   - outputs: What else it writes.
    ///   - redacts: Whether the list of cells has masks instead of values.
    func files(inputs: [FilePath], outputs: [FilePath] = [], isOneFile: Bool, redacts: Bool = false) throws(CommandFailure) -> ReportFiles {
        var files: [ReportFiles.File] = []
        var cells: CellList?
        for destination in destinations where destination.path != .standardStream || destination.format == .csv {
            if outputs.contains(destination.path) { throw CommandFailure(.usage, "Cannot write \(destination.path) twice.") }
            do throws(OutputFile.Refusal) {
                let file = try OutputFile(path: destination.path, collision: .replace, inputs: inputs)
                if destination.format == .csv {
                    cells = try CellList(file, namesFiles: !isOneFile, redacts: redacts)
                    continue
                }
                files.append(ReportFiles.File(stream: destination.format.stream(isOneFile: isOneFile), output: file))
            } catch {
                throw CommandFailure(error)
            }
        }
        let isForGitHub = destinations.contains { $0.format == .github }
        let summary = isForGitHub ? ReportFiles.stepSummaryPath : nil
        return ReportFiles(
            files: files, stepSummary: summary.map { ($0, ReportFormat.markdown.stream(isOneFile: isOneFile)) },
            cells: cells, summaryLine: printsSummary ? SummaryLine() : nil)
    }
}
