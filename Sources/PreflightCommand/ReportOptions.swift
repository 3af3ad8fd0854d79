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
        transform: ReportDestination.init)
    var destinations: [ReportDestination] = []

    @Flag(name: .customLong("summary-json"), help: "Print one line of JSON at the end of standard output: totals and exit status.")
    var printsSummary = false

    func validate() throws {
        guard destinations.filter({ $0.format == .csv }).count <= 1 else {
            throw ValidationError("Only one --report csv=FILE can be written: it lists the cells while they are checked.")
        }
        guard destinations.filter({ $0.path == .standardStream }).count <= 1 else {
            throw ValidationError("Only one --report can go to standard output.")
        }
        for (index, destination) in destinations.enumerated() where destinations[..<index].contains(where: { $0.path == destination.path })
        {
            throw ValidationError("Two reports would be written to \(destination.path).")
        }
    }

    /// The format that takes the place of the usual report on standard output.
    var standardFormat: ReportFormat? { destinations.first { $0.path == .standardStream }?.format }

    /// Whether a report shows where in the file the findings are.
    var showPositions: Bool { destinations.contains { $0.format.showsPositions } }

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
        let summary = isForGitHub ? Program.environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : FilePath($0) } : nil
        return ReportFiles(
            files: files, stepSummary: summary.map { ($0, ReportFormat.markdown.stream(isOneFile: isOneFile)) },
            cells: cells, summaryLine: printsSummary ? SummaryLine() : nil)
    }
}

/// A format and where it goes.
struct ReportDestination: Sendable {
    let format: ReportFormat
    let path: FilePath

    init(_ argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let path = FilePath(argument: String(parts[1])) else {
            throw ValidationError("--report needs FORMAT=FILE, for example --report html=report.html.")
        }
        let name = VisibleText(String(parts[0])).text
        guard let format = ReportFormat(name: String(parts[0])) else {
            let formats = ReportFormat.choices(ReportFormat.allCases)
            let nearest = EditDistance.nearest(to: name, among: ReportFormat.allCases.map(\.description))
            throw ValidationError("There is no report format \"\(name)\"." + (nearest.map { " Did you mean \($0)?" } ?? " Use \(formats)."))
        }
        self.format = format
        self.path = path
    }
}
