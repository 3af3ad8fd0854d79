import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight merge --plan PLAN PARTIAL…`
struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the partial results of all ranges into the report and the exit status of one check.",
        discussion: """
            Partial results may come in any order, and the same one twice. Where the last row of a range does not end where the next range begins, the \
            next one read its rows from a wrong place, which quotes in the data can cause: it is listed with the byte to check it again from.

            Examples:
              preflight merge --plan plan.json part-*
              preflight merge --plan plan.json part-* --source export.csv --report html=report.html
              preflight merge --plan plan.json part-* --report csv=cells.csv
              preflight check export.csv --plan plan.json --range 17 --from 4563403 --partial part-17

            Exit status: as of check; 2 a partial result is damaged or of another plan, 10 ranges are missing or must be checked again.
            """)

    @Argument(help: "Partial results that check --range wrote.")
    var partials: [FilePath]

    @Option(help: ArgumentHelp("The plan that they were made with.", valueName: "file"))
    var plan: FilePath

    @Option(help: ArgumentHelp("Check ranges that are missing or wrong from this file, instead of listing them.", valueName: "file"))
    var source: FilePath?

    @Option(help: ArgumentHelp("Memory for keys, for example 2GiB; keys beyond it go to temporary files.", valueName: "size"))
    var memory = MemorySize(byteCount: CheckOptions.usualKeyMemory)

    @OptionGroup var prediction: PredictionOptions
    @OptionGroup(title: "Drift") var drift: DriftOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions

    func validate() throws {
        try reports.validatePositions(with: output.format)
        try prediction.validate(with: output, reports)
    }

    func run() throws {
        let terminal = output.terminal()
        try terminal.perform { () throws(CommandFailure) in
            let document = try RangePlanDocument.load(plan)
            try document.refuseWhatIsNotCollected(reports)
            var planned = try document.plannedFile(memory: memory)
            try setDrift(&planned, document, terminal)
            if planned.wantsDigest, source == nil {
                throw CommandFailure(
                    .unable, "A control total is the SHA-256 of the whole file, which its ranges do not tell. Add --source FILE.")
            }
            let format = reports.listsOnStandardOutput ? nil : reports.standardFormat ?? (output.quiet ? nil : output.format)
            let inputs = [plan] + partials + (source.map { [$0] } ?? [])
            let predictionFile = try prediction.file(inputs: inputs)
            let files = try reports.files(inputs: inputs, outputs: prediction.paths, isOneFile: true, redacts: output.redact)
            if format != nil || reports.listsOnStandardOutput || reports.printsSummary { try terminal.refuseAsOutput(inputs) }
            let file: InputFile? = if let source { try planned.open(source, plan: plan) } else { nil }
            var merging = RangeMerging(document: document, planned: planned, source: file, cells: files.cells)
            for path in partials { try merging.open(path) }
            guard try merging.merge(terminal) else {
                let tasks = merging.again
                terminal.print(RangeMerging.text(tasks, isJSON: format == .json, plan: plan, path: document.path))
                terminal.say("\(tasks.count.counted("range")) missing, or to be checked again.")
                return terminal.finish(.incomplete)
            }
            return try report(&merging, document, planned, file, files, predictionFile, format, terminal)
        }
    }

    /// Sets what the file is compared with.
    private func setDrift(
        _ planned: inout PlannedFile, _ document: RangePlanDocument, _ terminal: Terminal
    ) throws(CommandFailure) {
        guard let reference = try drift.reference(profile: planned.profile, terminal) else { return }
        guard document.countsColumns else {
            throw CommandFailure(.unable, "--drift compares what columns hold, which this plan does not collect: plan with --columns.")
        }
        guard source != nil else {
            throw CommandFailure(.usage, "--drift tells whether the file is an earlier one by its SHA-256. Add --source FILE.")
        }
        planned.setDrift(reference)
    }

    private func report(
        _ merging: inout RangeMerging, _ document: RangePlanDocument, _ planned: PlannedFile, _ source: InputFile?, _ files: ReportFiles,
        _ prediction: OutputFile?, _ format: ReportFormat?, _ terminal: Terminal
    ) throws(CommandFailure) -> ExitStatus {
        let given = try document.options()
        let printer = CheckPrinter(
            output: output, format: format, policy: given.gate.policy(profile: planned.profile), files: files, isOneFile: true,
            showsPositions: reports.listsPositions)
        var summary = RunSummary()
        printer.printBeginning(terminal)
        let compared: ComparedFile? =
            if let source, planned.wantsDigest || planned.options.drift != nil { try merging.compared(source) } else { nil }
        var report = try merging.report(path: document.shownPath, storedDigest: compared?.storedDigest)
        do throws(SourceError) {
            if let source { try planned.explainDifferences(of: &report, in: source) }
        } catch {
            throw CommandFailure(error)
        }
        if source == nil, DifferenceSearch.isWanted(for: report) {
            terminal.say("The rows that may make a sum differ are not named: that needs the file. Add --source FILE.")
        }
        let refusals = report.refusals(under: printer.policy)
        var status = ExitStatus(refusals)
        if let prediction, !prediction.write(predictionOf: output.shown(report), terminal) { status = .unable }
        let commands = SuggestedCommands(
            file: FilePath(document.path), options: given.input.words, draftOptions: given.input.draftWords)
        let detail = printer.print(report, refusals: refusals, status: status, commands: commands, terminal)
        summary.count(status, detail: detail)
        if let failure = printer.printEnd(summary, terminal) { throw CommandFailure(.unable, failure) }
        return terminal.finish(summary.status)
    }
}
