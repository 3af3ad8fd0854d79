import ArgumentParser
import ByteSources
import PreflightReports
import SafeText

/// Further reports about an import where the run reads no file.
struct ImportReportOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Also write a report: \(ReportFormat.choices(ReportFormat.importCases)). Repeatable. - prints it in place of the usual result.",
            valueName: "format=file"),
        transform: { try ReportDestination($0, among: ReportFormat.importCases) })
    var destinations: [ReportDestination] = []

    @Flag(name: .customLong("summary-json"), help: "Print the result as one line of JSON at the end of standard output.")
    var printsSummary = false

    func validate() throws { try ReportDestination.refuseDoubles(destinations) }

    /// The format that takes the place of the usual result on standard output.
    var standardFormat: ReportFormat? { ReportDestination.standardFormat(destinations) }

    /// Prepares the files, before any work.
    func files() throws(CommandFailure) -> ImportReportFiles {
        var files: [(ReportFormat, OutputFile)] = []
        for destination in destinations where destination.path != .standardStream {
            do throws(OutputFile.Refusal) {
                files.append((destination.format, try OutputFile(path: destination.path, collision: .replace, inputs: [])))
            } catch {
                throw CommandFailure(error)
            }
        }
        return ImportReportFiles(
            files: files, standardFormat: standardFormat, printsSummary: printsSummary,
            stepSummary: destinations.contains { $0.format == .github } ? ReportFiles.stepSummaryPath : nil)
    }
}

/// The reports of a run about an import beside the usual result.
struct ImportReportFiles {
    fileprivate let files: [(format: ReportFormat, output: OutputFile)]
    let standardFormat: ReportFormat?
    let printsSummary: Bool
    /// The summary of a step in GitHub Actions, to which every step adds.
    fileprivate let stepSummary: FilePath?

    /// Writes all of them.
    ///
    /// - Returns: Why one of them could not be written, a sentence; `nil` if all were.
    func write(_ result: ImportResult) -> String? {
        var failure: String?
        func attempt(_ work: () throws(OutputFile.Refusal) -> Void) {
            do throws(OutputFile.Refusal) { try work() } catch { failure = failure ?? error.message }
        }
        for (format, output) in files {
            attempt { () throws(OutputFile.Refusal) in try output.write(format.importText?(result) ?? "") }
        }
        if let stepSummary, let text = ReportFormat.markdown.importText?(result) {
            attempt { () throws(OutputFile.Refusal) in try OutputFile.append(text, to: stepSummary) }
        }
        return failure
    }
}
