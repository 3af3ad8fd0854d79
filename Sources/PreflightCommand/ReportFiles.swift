import ByteSources
import Preflight
import PreflightReports
import SafeText

/// The reports of a run beside the usual one: in files, each of which is seen when its report is whole or not at all, and the line that sums up.
final class ReportFiles {
    /// One of them.
    struct File {
        var stream: ReportStream
        let output: OutputFile
        fileprivate var writer: OutputFile.Writer?

        init(stream: ReportStream, output: OutputFile) {
            self.stream = stream
            self.output = output
        }
    }

    private var files: [File]
    /// The summary of a step in GitHub Actions, to which every step adds.
    private var stepSummary: (path: FilePath, stream: ReportStream)?
    private var summaryText = ""
    /// The list of cells, which is written while files are checked.
    let cells: CellList?
    /// `nil` where none was asked for.
    private var summaryLine: SummaryLine?
    /// Whether the run has more files to come: then ``finish(_:)`` and ``summary(exit:)`` do nothing.
    var awaitsMore = false
    /// What was added last.
    var last: FileResult?
    /// The first failure; nothing more is written to that file.
    private(set) var failure: String?

    init(files: [File], stepSummary: (FilePath, ReportStream)?, cells: CellList? = nil, summaryLine: SummaryLine?) {
        self.cells = cells
        self.summaryLine = summaryLine
        self.files = files
        self.stepSummary = stepSummary
    }

    /// Where the summary of a step in GitHub Actions is; `nil` elsewhere.
    static var stepSummaryPath: FilePath? { Program.environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : FilePath($0) } }

    /// Adds what is known of a file.
    func add(_ result: FileResult) {
        last = result
        summaryLine?.add(result)
        let result = result.plain
        switch result {
        case .judged(let file): cells?.add(file.report)
        case .unreadable(_, let message, _): cells?.add(unreadable: message)
        }
        for index in files.indices {
            attempt { () throws(OutputFile.Refusal) in
                if files[index].writer == nil {
                    files[index].writer = try files[index].output.begin()
                    try files[index].writer?.write(files[index].stream.begin().utf8)
                }
                try files[index].writer?.write(files[index].stream.add(result).utf8)
            }
        }
        if stepSummary != nil { summaryText += stepSummary?.stream.add(result) ?? "" }
    }

    /// Ends all reports.
    ///
    /// - Returns: Why one of them could not be written, a sentence; `nil` if all were.
    func finish(_ totals: RunTotals) -> String? {
        if awaitsMore { return nil }
        for file in files {
            attempt { () throws(OutputFile.Refusal) in
                try file.writer?.write(file.stream.finish(totals).utf8)
                try file.writer?.finish()
            }
        }
        if let cells { attempt { () throws(OutputFile.Refusal) in try cells.finish() } }
        if let stepSummary, !summaryText.isEmpty {
            attempt { () throws(OutputFile.Refusal) in try OutputFile.append(summaryText, to: stepSummary.path) }
        }
        return failure
    }

    /// The line that sums up the run, if one was asked for.
    func summary(exit: ExitSummary) -> String? { awaitsMore ? nil : summaryLine?.text(exit: exit) }

    private func attempt(_ work: () throws(OutputFile.Refusal) -> Void) {
        do throws(OutputFile.Refusal) {
            try work()
        } catch {
            if failure == nil { failure = error.message }
        }
    }
}

extension FileResult {
    /// For a file, which is read with any program: without colours.
    fileprivate var plain: FileResult {
        guard case .judged(var file) = self else { return self }
        file.style = .plain
        return .judged(file)
    }
}
