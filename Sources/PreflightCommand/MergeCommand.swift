import ArgumentParser
import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight merge --plan PLAN PARTIAL…`
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge the partial results of all ranges into the report and the exit status of one check.",
        discussion: """
            Partial results may come in any order, and the same one twice. Where the last row of a range does not end where the next range begins, the \
            next one read its rows from a wrong place, which quotes in the data can cause: it is listed with the byte to check it again from.

            Examples:
              preflight merge --plan plan.json part-*
              preflight merge --plan plan.json part-* --source export.csv --report html=report.html
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

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions

    func validate() throws {
        try reports.validatePositions(with: output.format)
        guard !reports.destinations.contains(where: { $0.format == .csv }) else {
            throw ValidationError("--report csv lists cells while a file is read: use preflight check for it.")
        }
    }

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () throws(CommandFailure) in
            let document = try RangePlanDocument.load(plan)
            try refuseWhatIsNotCollected(document)
            let planned = try document.plannedFile(memory: memory)
            let format = reports.standardFormat ?? (output.quiet ? nil : output.format)
            let inputs = [plan] + partials + (source.map { [$0] } ?? [])
            let files = try reports.files(inputs: inputs, isOneFile: true, redacts: output.redact)
            if format != nil || reports.printsSummary { try terminal.refuseAsOutput(inputs) }
            let file = try opened(planned)
            var merging = RangeMerging(document: document, planned: planned, source: file)
            for path in partials { try merging.open(path) }
            guard try merging.merge(terminal) else {
                let tasks = merging.again
                terminal.print(RangeMerging.text(tasks, isJSON: format == .json, plan: plan, path: document.path))
                terminal.say("\(tasks.count.counted("range")) missing, or to be checked again.")
                return terminal.finish(.incomplete)
            }
            return try report(&merging, document, planned, file, files, format, terminal)
        }
    }

    private func refuseWhatIsNotCollected(_ document: RangePlanDocument) throws(CommandFailure) {
        if reports.showColumns, !document.countsColumns {
            throw CommandFailure(
                .unable, "A report that was asked for shows what columns hold, which this plan does not collect: plan with --columns.")
        }
        if reports.showPositions, !document.mapsPositions {
            throw CommandFailure(
                .unable, "A report that was asked for shows where findings are, which this plan does not collect: plan with --positions.")
        }
    }

    private func opened(_ planned: PlannedFile) throws(CommandFailure) -> InputFile? {
        guard let source else { return nil }
        let file: InputFile
        do throws(SourceError) {
            file = try InputFile.open(path: source, spoolsStream: false)
        } catch {
            throw CommandFailure(error)
        }
        guard file.isSeekable, planned.isPlanned(file) else {
            throw CommandFailure(.unable, "\(file.displayPath) is not the file that \(plan) was made for, or it has changed since.")
        }
        return file
    }

    private func report(
        _ merging: inout RangeMerging, _ document: RangePlanDocument, _ planned: PlannedFile, _ source: InputFile?, _ files: ReportFiles,
        _ format: ReportFormat?, _ terminal: Terminal
    ) throws(CommandFailure) -> ExitStatus {
        let given = try document.options()
        let printer = CheckPrinter(
            output: output, format: format, policy: given.gate.policy(profile: planned.profile), files: files, isOneFile: true,
            showsPositions: reports.listsPositions)
        var summary = RunSummary()
        printer.printBeginning(terminal)
        var report = merging.report(path: VisibleText(document.path, limit: 4_000).text)
        do throws(SourceError) {
            if let failure = merging.keyFailure {
                throw .system(operation: "put aside the keys of", path: report.input.path, errno: failure.errno, byteOffset: nil)
            }
            if let source { try planned.explainDifferences(of: &report, in: source) }
        } catch {
            throw CommandFailure(error)
        }
        if source == nil, DifferenceSearch.isWanted(for: report) {
            terminal.say("The rows that may make a sum differ are not named: that needs the file. Add --source FILE.")
        }
        let refusals = report.refusals(under: printer.policy)
        let status = ExitStatus(refusals)
        let commands = SuggestedCommands(
            file: FilePath(document.path), options: given.input.words, draftOptions: given.input.draftWords)
        let detail = printer.print(report, refusals: refusals, status: status, commands: commands, terminal)
        summary.count(status, detail: detail)
        if let failure = printer.printEnd(summary, terminal) { throw CommandFailure(.unable, failure) }
        return terminal.finish(summary.status)
    }
}

/// Puts partial results in order and merges them.
private struct RangeMerging {
    let document: RangePlanDocument
    let planned: PlannedFile
    /// Ranges are checked again from it.
    let source: InputFile?
    private var merge: PartialMerge
    /// By range.
    private var found: [Int: [Found]] = [:]

    private struct Found {
        var path: FilePath
        var partial: RangePartial
        var digest: [UInt8]
    }

    init(document: RangePlanDocument, planned: PlannedFile, source: InputFile?) {
        (self.document, self.planned, self.source) = (document, planned, source)
        merge = PartialMerge(planned)
    }

    private func read(_ path: FilePath) throws(CommandFailure) -> PartialFile.Opened {
        let bytes: [UInt8]
        do throws(SmallFile.Refusal) {
            bytes = try SmallFile.read(path: path, limit: PartialFile.sizeLimit)
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        return try PartialFile.open(bytes, name: path.description, document)
    }

    /// Reads which range a partial result is of.
    mutating func open(_ path: FilePath) throws(CommandFailure) {
        let opened = try read(path)
        let partial = opened.partial
        for other in found[partial.range] ?? [] where other.partial.start == partial.start && other.partial.end != nil && partial.end != nil
        {
            if other.digest == opened.digest { return }
            throw CommandFailure(
                .unable,
                "\(other.path) and \(path) are both of range \(partial.range) and differ: the file changed between them. Check all ranges again."
            )
        }
        found[partial.range, default: []].append(Found(path: path, partial: partial, digest: opened.digest))
    }

    /// - Returns: `false` if ranges are missing.
    mutating func merge(_ terminal: Terminal) throws(CommandFailure) -> Bool {
        while !merge.isComplete {
            let next = merge.next
            if let part = found[next.range]?.first(where: { merge.takes($0.partial) }) {
                var opened = try read(part.path)
                if let damage = merge.add(opened.partial, &opened.coder) {
                    throw CommandFailure(.unable, "\(part.path) cannot be read (\(damage)). Check its range again.")
                }
                continue
            }
            if (found[next.range + 1] ?? []).contains(where: { merge.skip(before: $0.partial) }) { continue }
            guard let source else { return false }
            terminal.note("checking range \(next.range) again" + (next.start.map { " from byte \($0)" } ?? ""))
            do throws(SourceError) {
                merge.add(try RangeRun.partial(of: source, planned, range: next.range, from: next.start))
            } catch {
                throw CommandFailure(error)
            }
            guard merge.next != next else {
                throw CommandFailure(.unable, "\(source.displayPath) cannot be read to the end of range \(next.range).")
            }
        }
        guard !merge.lacksPositions else {
            throw CommandFailure(
                .unable, "The keys take more than --memory, so where rows repeat them is not known. Raise it, or plan without --positions.")
        }
        return true
    }

    /// The ranges that have to be checked before the others can be merged.
    var again: [PartialMerge.RangeTask] {
        var tasks = [merge.next]
        for range in (merge.next.range + 1)..<max(merge.next.range + 1, document.plan.count) {
            let before = found[range - 1]?.compactMap(\.partial.end) ?? []
            let own = (found[range] ?? []).filter { $0.partial.end != nil }
            if own.isEmpty {
                tasks.append(PartialMerge.RangeTask(range: range, start: nil))
            } else if before.count == 1, range - 1 != merge.next.range, !own.contains(where: { $0.partial.start == before[0] }) {
                tasks.append(PartialMerge.RangeTask(range: range, start: before[0]))
            }
        }
        return tasks
    }

    static func text(_ tasks: [PartialMerge.RangeTask], isJSON: Bool, plan: FilePath, path: String) -> String {
        if isJSON {
            let list = tasks.map { task -> JSONValue in
                .members(["range": .int(task.range), "from": task.start.map(JSONValue.int) ?? .null])
            }
            return JSONValue.members(["again": .array(list)]).text(isPretty: true) + "\n"
        }
        return tasks.map { task in
            let from: [ShellCommand.Word] = task.start.map { ["--from", "\($0)"] } ?? []
            let command = ShellCommand.preflight("check", .init(FilePath(path)), "--plan", .init(plan), "--range", "\(task.range)")
                .adding(from + ["--partial", "part-\(task.range)"])
            return "\(command)\n"
        }.joined()
    }

    mutating func report(path: String) -> Report { merge.report(path: path) }

    var keyFailure: Descriptor.Failure? { merge.keyFailure }
}
