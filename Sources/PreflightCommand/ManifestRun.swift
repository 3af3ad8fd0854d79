import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// Pushes the files of a manifest, one after the other.
struct ManifestRun {
    let command: RunCommand
    let steps: ManifestSteps
    /// `nil` for a dry run without a key.
    let server: ServiceOptions.Service?
    let files: ReportFiles
    let terminal: Terminal
    private var report: RunReport
    private var failedSteps: Set<String> = []

    init(command: RunCommand, steps: ManifestSteps, server: ServiceOptions.Service?, files: ReportFiles, terminal: Terminal) {
        self.command = command
        self.steps = steps
        self.server = server
        self.files = files
        self.terminal = terminal
        report = RunReport(manifest: command.manifest.description, day: steps.day.description, isDryRun: command.dryRun)
    }

    mutating func perform() async throws(CommandFailure) -> ExitStatus {
        files.awaitsMore = true
        for step in steps.steps { await perform(step) }
        return finish()
    }

    private var mustStop: Bool { steps.stopsOnFailure && !failedSteps.isEmpty }

    private mutating func perform(_ step: ManifestSteps.Step) async {
        if step.files.isEmpty {
            let isFailure = step.missing == .fail
            add(
                RunReport.Entry(
                    step: step.name, state: isFailure ? .failed : .missing, status: isFailure ? 2 : 0, reason: "no file matches"))
            return
        }
        let blocker = step.after.first(where: failedSteps.contains)
        for path in step.files {
            if mustStop || blocker != nil {
                let reason = blocker.map { "not run, since \(VisibleText($0)) failed" } ?? "not run after the failure"
                failedSteps.insert(step.name)
                add(RunReport.Entry(step: step.name, path: path.description, state: .notRun, reason: reason))
                continue
            }
            Interruption.setAccount("Interrupted between two files: nothing of the next one had been sent. To go on: \(resumeCommand)")
            add(await push(path, of: step))
        }
    }

    private mutating func add(_ entry: RunReport.Entry) {
        if entry.state == .failed { failedSteps.insert(entry.step) }
        var entry = entry
        entry.step = VisibleText(entry.step).text
        report.entries.append(entry)
        guard prints else { return }
        terminal.print(RunReport.line(entry, style: command.output.style(environment: Program.environment)))
    }

    /// Whether a line goes to standard output for each file.
    private var prints: Bool {
        if case .document = command.output.format.outcome { return false }
        return !command.output.quiet
    }

    private var resumeCommand: ShellCommand {
        let day: [ShellCommand.Word] = command.date.map { ["--date", .init($0.description)] } ?? []
        let only: [ShellCommand.Word] = command.only.flatMap { ["--only", .init($0)] as [ShellCommand.Word] }
        return ShellCommand.preflight("run", .init(command.manifest)).adding(
            day + only + (server.map(\.words) ?? []) + command.ledger.words)
    }

    // MARK: One file

    private func push(_ path: FilePath, of step: ManifestSteps.Step) async -> RunReport.Entry {
        var push = step.push
        push.file = path
        files.last = nil
        let status: ExitStatus
        do throws(CommandFailure) {
            status = try await push.push(terminal: terminal, sharedReports: files, sharedServer: server)
        } catch {
            terminal.say("\(path): \(error.message)")
            files.add(.unreadable(path: path.description, message: error.message, exit: error.status.summary()))
            return RunReport.Entry(
                step: step.name, path: path.description, state: .failed, status: Int(error.status.rawValue), reason: error.message)
        }
        guard case .judged(let file)? = files.last else { preconditionFailure("a push that does not throw has a report") }
        var entry = RunReport.Entry(
            step: step.name, path: path.description, state: .failed, status: Int(status.rawValue), reason: file.exit.reason,
            rows: file.report.totals.rows, importID: text(file.outcome, "importId"), ledgerID: text(file.push, "ledgerId"))
        switch status {
        case .done: entry.state = command.dryRun ? .wouldPush : .done
        case .alreadyPushed: await resume(file, &entry)
        case .findings, .unable, .skipped, .importFailed, .temporary, .unknown, .refused, .endNotSeen, .unexpected, .incomplete, .usage,
            .interrupted, .terminated:
            break
        }
        if entry.state == .wouldPush { entry.reason = "would be pushed" }
        return entry
    }

    private func text(_ value: JSONValue?, _ key: String) -> String? {
        if case .string(let text)? = value?[key] { text } else { nil }
    }

    /// The content was pushed before: what became of it decides, as it would have in that run.
    private func resume(_ file: FileReport, _ entry: inout RunReport.Entry) async {
        guard let text = text(file.push?["earlier"], "ledgerId"), let id = LedgerEntryID(text), let place = try? command.ledger.place(),
            var earlier = try? place.entry(id)
        else { return }
        entry.ledgerID = id.text
        entry.importID = earlier.importID?.text
        if earlier.state == .accepted, !earlier.intent.isLegacy, !command.dryRun, !command.noWait, command.follow.follows {
            await followOn(&earlier, in: place)
        }
        let status = earlier.resumedStatus(follows: !command.noWait && command.follow.follows && !command.dryRun)
        entry.status = Int(status.rawValue)
        entry.state = status == .done ? .alreadyPushed : .failed
        entry.reason = "pushed before: \(earlier.words)"
    }

    /// Follows an import that an earlier run did not see to its end, and writes the end down.
    private func followOn(_ earlier: inout LedgerEntry, in place: Ledger) async {
        guard let server, let id = earlier.importID else { return }
        let followUp = server.followUp(allowedSkips: earlier.intent.allowedSkips ?? 0, ledger: command.ledger)
        var redactor = server.redactor
        redactor.masksContent = command.output.redact
        let watcher = PhaseWatcher(
            terminal: terminal, printsIDAsResult: false, byteCount: nil, limits: command.service.waitingLimits(command.follow),
            followUp: followUp)
        let session = PushSession(
            target: PigmentTarget(service: server.url, configuration: nil, key: server.key), transport: server.transport,
            redactor: redactor, pacing: command.follow.pacing, followUp: followUp, observe: watcher.observe)
        let end = await watcher.watching { await session.follow(id, isOwnPush: true) }
        guard end.document != nil else { return }
        do throws(LedgerError) {
            let record = LedgerRecord.End(end, keepsSamples: command.recording.ledgerSamples)
            if let entry = try place.recordEnd(of: id, at: server.url, record, time: .now) { earlier = entry }
        } catch {
            terminal.say("warning: \(error.message). The end of import \(id) is not recorded.")
        }
    }

    // MARK: The end

    private mutating func finish() -> ExitStatus {
        var status = ExitStatus.gravest(report.entries.compactMap { ExitStatus(rawValue: Int32($0.status)) })
        if status == .done, report.entries.contains(where: { $0.state == .failed || $0.state == .notRun }) { status = .unable }
        files.awaitsMore = false
        let passed = report.entries.count { $0.state != .failed && $0.path != nil }
        let failed = report.entries.count { $0.state == .failed && $0.path != nil }
        let failure = files.finish(RunTotals(passed: passed, blocked: failed, unreadable: 0, exit: status.summary()))
        if let failure {
            terminal.say(failure)
            if status == .done { status = .unable }
        }
        report.exit = ExitSummary(
            status: Int(status.rawValue), reason: report.words,
            retry: status == .done ? nil : status == .temporary || status == .endNotSeen ? .safe : .afterFix)
        if case .document(let isPretty) = command.output.format.outcome {
            terminal.print(report.document.text(isPretty: isPretty) + "\n")
        } else if prints {
            terminal.print(report.closing)
        }
        if command.reports.printsSummary { terminal.print(report.document.text(isPretty: false) + "\n") }
        if status != .done {
            let label = report.exit.retry == .safe ? "safe to retry" : "fix first"
            terminal.say("\(label) (exit status \(status.rawValue)): \(report.words). To go on: \(resumeCommand)")
        }
        return terminal.finish(status)
    }
}

extension ExitStatus {
    /// The status of a run of several pushes: that which asks most before another run.
    static func gravest(_ statuses: [ExitStatus]) -> ExitStatus {
        let order: [ExitStatus] = [
            .interrupted, .terminated, .unknown, .endNotSeen, .importFailed, .skipped, .refused, .usage, .unable, .unexpected, .findings,
            .temporary,
        ]
        return order.first(where: statuses.contains) ?? .done
    }
}

extension LedgerEntry {
    /// How the run ends that finds its content pushed before.
    ///
    /// - Parameter follows: whether imports are followed to their end; otherwise an accepted one is good.
    fileprivate func resumedStatus(follows: Bool) -> ExitStatus {
        switch state {
        case .running: return .temporary
        case .unknown: return .unknown
        case .notAccepted, .didNotArrive: return .temporary
        case .failed: return .importFailed
        case .accepted: return follows ? .endNotSeen : .done
        case .completed:
            if let reconciliation = reconciliation ?? end.flatMap(reconciliation(with:)) { return ExitStatus(reconciliation.exit) }
            guard let skipped = report?.detail?.counts.skipped else { return .skipped }
            return skipped <= intent.allowedSkips ?? 0 ? .done : .skipped
        }
    }
}
