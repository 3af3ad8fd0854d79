import ArgumentParser
import ByteSources
import CSVTokenizer
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// The main job: check, ask the gate, send, follow, compare. `push` and `rehearse` differ only in the service.
struct ImportRun {
    var gate: GateOptions
    var input: InputOptions
    var output: OutputOptions
    var terminal: Terminal
    var options: CheckOptions
    /// The file as given.
    var file: FilePath
    var ledger: LedgerOptions
    var recording: RecordingOptions
    /// Further reports.
    var reports: ReportFiles
    /// What takes the place of the usual report on standard output.
    var standardFormat: ReportFormat?
    /// Whether JSON says where in the file the findings are.
    var showsPositions = false
    /// What to do with content that was pushed before.
    var alreadyPushed = AlreadyPushed.fail
    /// The profile, if it was not read from its file.
    var profileText: [UInt8]?
    /// Where the rows of the file that was checked first went.
    var split: SplitSummary?
    /// Whether the file is one of several of a run, which has a line for each: what is as it should be is only logged.
    var isOneOfSeveral = false
    /// When the command began.
    let start = ContinuousClock.now

    /// Where a cleared file goes.
    struct Destination {
        var target: any ImportTarget
        var transport: any HTTPTransport
        var redactor: Redactor
        var configuration: ConfigurationID
        var url: ServiceURL
        var pacing: ImportFollower.Pacing
        /// Whether the import is followed to its end.
        var follows: Bool
        var limits: WaitingLog.Limits
        /// The command that follows it later; `nil` if the service ends with this run.
        var followUp: FollowUp?
        /// How the ledger calls it.
        var kind = LedgerIntent.Kind.push
        /// Whether it goes to the deprecated endpoint.
        var isLegacy = false
    }

    /// A file that was read completely, and how long that took.
    struct Reading {
        var checked: CheckedFile
        var duration: Duration
    }

    var policy: GatePolicy { gate.policy(profile: options.profile) }

    /// The commands that the report suggests.
    private var commands: SuggestedCommands? {
        SuggestedCommands(file: file, options: input.words, draftOptions: input.draftWords)
    }

    /// Reads the whole file. A copy of unseekable input is kept for the second pass.
    ///
    /// - Parameters:
    ///   - splitter: Writes its rows into two files on the way.
    ///   - lists: Whether its cells are listed, if that is wanted: not where another file is to be sent.
    func check(_ path: FilePath, splitter: RowSplitter? = nil, lists: Bool = true) throws(CommandFailure) -> Reading {
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: true)
            let display = ProgressDisplay("Checking", total: file.size(), terminal: terminal)
            let begin = ContinuousClock.now
            let cells = lists ? reports.cells : nil
            cells?.begin(path: file.displayPath)
            let read = try CheckRun.check(
                file, options: options, digest: SHA256Digest(), splitter: splitter, cells: cells, progress: display.update)
            var report = read.report
            try DifferenceSearch.explain(&report, of: file, options: options)
            let checked = read.with(report)
            let duration = ContinuousClock.now - begin
            let totals = checked.report.totals
            terminal.note(
                "checked \(ByteCount(checked.report.input.decompressedBytes)), \(totals.rows.counted("row")), in \(duration.shown); "
                    + "SHA-256 \(SHA256Digest.hexadecimal(checked.digest))")
            return Reading(checked: checked, duration: duration)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints why nothing is sent: the report, and one line on standard error in every format.
    ///
    /// - Parameter path: as given.
    func refuse(_ report: Report, _ refusals: [GateRefusal], path: FilePath) -> ExitStatus {
        let status = ExitStatus(refusals)
        print(report, refusals: refusals, status: status)
        var reason = "nothing was sent: " + GateRefusal.message(of: refusals)
        // Standard input cannot be read again.
        if output.quiet, path != .standardStream { reason += ". To see the findings: \(checkCommand(path))" }
        terminal.say(status.closing(reason, verb: "push"))
        return finish(status)
    }

    /// The command that makes the same check.
    func checkCommand(_ path: FilePath) -> ShellCommand {
        ShellCommand.preflight("check", .init(path)).adding(input.words + gate.words)
    }

    /// Writes down what is about to be sent, sends, follows, compares and prints.
    ///
    /// - Throws: where the ledger cannot be written, before a byte is sent.
    func send(_ clearance: Clearance, _ reading: Reading, to destination: Destination) async throws(CommandFailure) -> ExitStatus {
        let report = reading.checked.report
        let record: RunRecord?
        switch try begin(intent(clearance, report, to: destination)) {
        case .begun(let begun): record = begun
        case .refused(let entry):
            return refuse(report, clearance, entry, followUp: destination.followUp)
        }
        let form = (format ?? output.format).outcome
        let printsWords = form == .sentences || form == .status
        if printsWords { print(report, refusals: [], status: .done, to: .terminal) }
        let watcher = PhaseWatcher(
            terminal: terminal, printsIDAsResult: printsWords, byteCount: clearance.byteCount, limits: destination.limits,
            followUp: destination.followUp, record: record)
        let session = PushSession(
            target: destination.target, transport: destination.transport, redactor: redactor(destination), pacing: destination.pacing,
            followUp: destination.followUp, observe: watcher.observe, record: { record?.outcome($0) })
        var outcome = await watcher.watching { await end(of: session, clearance, report, follows: destination.follows) }
        outcome.diagnoseCommand = diagnoseCommand(outcome.importID, destination, isRecorded: record != nil)?.description
        record?.end(&outcome)
        let status = ExitStatus(outcome.exit)
        if let record, destination.kind == .push { accept(reading.checked, clearance, destination, record, status) }
        let printer = OutcomePrinter(
            terminal: terminal, isConcise: form == .status, followUp: destination.followUp, verb: "push")
        if printsWords { printer.print(outcome, status: status, digest: clearance.digest, isConverted: clearance.encoding != .utf8) }
        let push = outcome.push?.json(
            configuration: destination.configuration, service: destination.url, digest: clearance.digest,
            durations: watcher.durations.json(check: reading.duration, total: ContinuousClock.now - start)
        ).adding(record.map { [.init("ledgerId", .string($0.push.id.text))] } ?? [])
        print(
            report, refusals: [], status: status, push: push, outcome: outcome.json, reconciliation: outcome.reconciliation?.json,
            reason: outcome.reason, to: printsWords ? .files : .everywhere)
        if !printsWords { printer.complain(outcome, status: status) }
        return finish(status, accepted: outcome.importID)
    }

    /// The command that writes the rows that this import skipped to a file.
    private func diagnoseCommand(_ id: ImportID?, _ destination: Destination, isRecorded: Bool) -> ShellCommand? {
        let service: [ShellCommand.Word] =
            destination.followUp == nil || destination.url == .pigment ? [] : ["--base-url", .init(destination.url.description)]
        guard file != .standardStream else { return nil }
        let origin: [ShellCommand.Word]
        if isRecorded {
            origin = ["--last"] + ledger.words
        } else {
            // Only this run knows what a rehearsal did.
            guard let id, destination.followUp != nil else { return nil }
            origin = [.init(id.text)]
        }
        return ShellCommand.preflight("diagnose", .init(file)).adding(input.words + origin + service + ["--retry-file", "retry.csv"])
    }

    private func end(of session: PushSession, _ clearance: Clearance, _ report: Report, follows: Bool) async -> ImportOutcome {
        var outcome = ImportOutcome(push: await session.push(clearance))
        guard let id = outcome.importID, follows else { return outcome }
        let follow = await session.follow(id, isOwnPush: true)
        outcome.follow = follow
        if case .completed(let document) = follow {
            outcome.reconciliation = Reconciliation(
                prediction: report.prediction, rowCount: report.totals.rows, limit: policy.maxSkipped, document: document)
        }
        return outcome
    }

    /// What the server says may quote cells.
    private func redactor(_ destination: Destination) -> Redactor {
        var redactor = destination.redactor
        redactor.masksContent = output.redact
        return redactor
    }

    /// - Parameters:
    ///   - reason: Why the run ends; `nil` for the gate's reasons or the meaning of the status.
    ///   - retry: What a second run would do; `nil` for what follows from the status.
    ///   - target: Where it goes.
    func print(
        _ report: Report, refusals: [GateRefusal], status: ExitStatus, push: JSONValue? = nil, outcome: JSONValue? = nil,
        reconciliation: JSONValue? = nil, reason: String? = nil, retry: ExitSummary.Retry? = nil, to target: ReportTarget = .everywhere
    ) {
        var exit = status.summary(refusals: refusals)
        exit.retry = retry ?? status.retry
        if let reason { exit.reason = reason }
        var file = FileReport(
            report: output.shown(report), refusals: refusals, policy: policy, style: output.style(environment: Program.environment),
            exit: exit,
            push: push,
            outcome: outcome, reconciliation: reconciliation, showsGate: true, showsAll: output.verbose, commands: commands)
        file.split = split
        file.showsPositions = showsPositions
        if target.prints, let format = format { terminal.print(format.text(.judged(file))) }
        if target.writesFiles { reports.add(.judged(file)) }
    }

    /// The format on standard output.
    var format: ReportFormat? { standardFormat == .csv ? nil : standardFormat ?? (output.quiet ? nil : output.format) }

    /// Where a report goes.
    enum ReportTarget {
        case everywhere
        case terminal
        case files

        fileprivate var prints: Bool { self != .files }
        fileprivate var writesFiles: Bool { self != .terminal }
    }

    /// The status to end with, when all reports are written.
    ///
    /// - Parameter accepted: The import that the server has accepted: the run then keeps its status.
    func finish(_ status: ExitStatus, accepted: ImportID? = nil) -> ExitStatus {
        let failure = reports.finish(RunTotals(passed: 0, blocked: 0, unreadable: 0, exit: status.summary()))
        let own = failure != nil && accepted == nil && [.done, .findings, .unexpected].contains(status) ? .unable : status
        var exit = own.summary()
        exit.retry = own.retry
        if let line = reports.summary(exit: exit) { terminal.print(line) }
        if let failure {
            terminal.say(accepted.map { "the server has accepted import \($0), but \(failure). Do not push again." } ?? failure)
        }
        return terminal.finish(own, accepted: accepted)
    }
}
