import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// What `check` is asked to do, by the argument parser or without it.
///
/// The parser's `OptionGroup` is generic over a protocol: to make one, the conformance of its options is looked up among all of the program.
struct CheckRequest {
    var files: [FilePath]
    var prediction: PredictionOptions
    var input: InputOptions
    var gate: GateOptions
    var rows: SplitOptions
    var output: OutputOptions
    var reports: ReportOptions
    var drift: DriftOptions
    var advice: AdviceOptions
    var range: RangeOptions

    func validate() throws {
        try reports.validatePositions(with: output.format)
        if range.isWanted {
            guard files.count == 1 else { throw ValidationError("--range works with one input file.") }
            let isGiven = input.decides || gate.isGiven || rows.isWanted || drift.drift != .off || prediction.predict != nil
            guard !isGiven, reports.destinations.isEmpty, !reports.printsSummary, !reports.listsPositions else {
                throw ValidationError(
                    "With --plan, options that decide what is found or reported come from the plan: give them to preflight plan and merge.")
            }
        }
        guard !rows.isWanted || files.count == 1 else { throw ValidationError("--clean and --quarantine work with one input file.") }
        guard !advice.applyAdvice || files.count == 1 else { throw ValidationError("--apply-advice works with one input file.") }
        guard !advice.applyAdvice || input.profile != nil else { throw ValidationError("--apply-advice needs a profile: add -p PROFILE.") }
        guard prediction.predict == nil || files.count == 1 else { throw ValidationError("--predict works with one input file.") }
        try prediction.validate(with: output, reports)
    }

    /// Checks the files, prints, and ends with the exit status.
    func run() throws {
        let terminal = output.terminal()
        if range.isWanted, let file = files.first {
            try terminal.perform { () throws(CommandFailure) in try range.run(file, input, terminal) }
        }
        try terminal.perform { () throws(CommandFailure) in
            var options = try input.checkOptions()
            options.findingRules = gate.rules(profile: options.profile)
            options.mapsPositions = reports.showPositions
            options.countsColumns = reports.showColumns
            try drift.set(&options, terminal)
            let predictionFile = try prediction.file(inputs: files + input.readPaths(options))
            let inputs = files + input.readPaths(options) + gate.readPaths(files)
            let outputs = prediction.paths + rows.paths
            let reportFiles = try reports.files(inputs: inputs, outputs: outputs, isOneFile: files.count == 1, redacts: output.redact)
            let splitting = try rows.outputs(inputs: inputs, others: prediction.paths)
            let format = reports.listsOnStandardOutput ? nil : reports.standardFormat ?? (output.quiet ? nil : output.format)
            if format != nil || reports.listsOnStandardOutput || reports.printsSummary { try terminal.refuseAsOutput(inputs) }
            let printer = CheckPrinter(
                output: output, format: format, policy: gate.policy(profile: options.profile), files: reportFiles,
                isOneFile: files.count == 1, showsPositions: reports.listsPositions)
            var summary = RunSummary()
            printer.printBeginning(terminal)
            for file in files {
                try gate.expect(file, &options)
                let work = FileCheck(
                    options: options, prediction: predictionFile, output: output, rows: rows, splitting: splitting,
                    cells: reportFiles.cells, printer: printer, advice: advice, profile: input.profile,
                    commands: SuggestedCommands(file: file, options: input.words, draftOptions: input.draftWords), terminal: terminal)
                let (status, detail) = work.run(file)
                summary.count(status, detail: detail)
            }
            if let failure = printer.printEnd(summary, terminal) { throw CommandFailure(.unable, failure) }
            return terminal.finish(summary.status)
        }
    }
}

/// The check of one file of a run.
private struct FileCheck {
    var options: CheckOptions
    var prediction: OutputFile?
    var output: OutputOptions
    var rows: SplitOptions
    /// Where the rows go, if they are to be written.
    var splitting: SplitOutputs?
    /// Takes the cells with findings, if they are to be listed.
    var cells: CellList?
    var printer: CheckPrinter
    var advice: AdviceOptions
    var profile: FilePath?
    var commands: SuggestedCommands?
    var terminal: Terminal

    /// - Returns: The status of a run over this file alone, and the report if it is blocked.
    func run(_ path: FilePath) -> (ExitStatus, FileReport?) {
        var report: Report
        let splitter: RowSplitter?
        do throws(RowSplitter.Failure) {
            splitter = try splitting.map(RowSplitter.init)
        } catch {
            printer.printUnreadable(path, message: error.message, terminal)
            return (.unable, nil)
        }
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: false)
            let display = ProgressDisplay("Checking", total: file.size(), terminal: terminal)
            let begin = ContinuousClock.now
            cells?.begin(path: file.displayPath)
            report = try CheckRun.check(file, options: options, splitter: splitter, cells: cells, progress: display.update)
            try DifferenceSearch.explain(&report, of: file, options: options)
            let duration = ContinuousClock.now - begin
            terminal.note("checked \(ByteCount(report.input.decompressedBytes)) in \(duration.shown): \(file.displayPath)")
        } catch {
            printer.printUnreadable(path, message: error.message, terminal)
            return (.unable, nil)
        }
        let refusals = report.refusals(under: printer.policy)
        var status = ExitStatus(refusals)
        if let prediction, !prediction.write(predictionOf: output.shown(report), terminal) { status = .unable }
        var split: SplitSummary?
        do throws(RowSplitter.Failure) {
            split = try rows.summary(splitter?.finish(report))
        } catch {
            terminal.say(error.message)
            if status == .done || !error.isRefusal { status = .unable }
        }
        let detail = printer.print(report, refusals: refusals, status: status, commands: commands, split: split, terminal)
        do throws(CommandFailure) {
            try advice.apply(report, to: profile, terminal: terminal)
        } catch {
            terminal.say(error.message)
            status = .unable
        }
        return (status, detail)
    }
}
