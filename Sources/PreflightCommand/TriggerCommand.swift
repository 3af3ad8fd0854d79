import ArgumentParser
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight trigger -c ID`
struct TriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Start an import that needs no file (Integration, Metric or List), and follow it.",
        discussion: """
            Off a terminal, each step is logged to standard error with its time (UTC), and long waits once a minute.

            Examples:
              preflight trigger -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33
              preflight trigger -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33 --timeout 30m
              preflight trigger -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33 --no-wait

            Exit status: 0 completed, 2 could not run, 3 more rows skipped than allowed, 4 the import failed, 5 temporary failure (retry), \
            6 outcome unknown (do not trigger again), 7 rejected, 8 still running at the time limit.
            """)

    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Ledger") var recording: RecordingOptions
    @OptionGroup(title: "Output") var output: ImportOutputOptions
    @OptionGroup(title: "Output") var reports: ImportReportOptions

    @Flag(help: "Exit as soon as the import is accepted. Same as --timeout 0.")
    var noWait = false

    func run() async throws {
        let terminal = output.terminal()
        let start = ContinuousClock.now
        try await terminal.perform { () async throws(CommandFailure) in
            let files = try reports.files()
            let configuration = try configurationOption.identifier(profile: nil)
            let service = try service.service(terminal: terminal)
            terminal.note("configuration \(configuration) (from \(configurationOption.origin))")
            let followUp = service.followUp(allowedSkips: output.allowedSkips, ledger: ledger)
            let record = try begin(configuration, service, terminal: terminal)
            var redactor = service.redactor
            redactor.masksContent = output.redact
            let watcher = PhaseWatcher(
                terminal: terminal, printsIDAsResult: !output.printsDocument && reports.standardFormat == nil, byteCount: nil,
                limits: self.service.waitingLimits(follow), followUp: followUp, record: record)
            let session = PushSession(
                target: PigmentTarget(service: service.url, configuration: configuration, key: service.key), transport: service.transport,
                redactor: redactor, pacing: follow.pacing, followUp: followUp, observe: watcher.observe,
                record: { record?.outcome($0) })
            var outcome = await watcher.watching {
                var outcome = ImportOutcome(push: await session.trigger(), allowedSkips: output.allowedSkips)
                if let id = outcome.importID, !noWait, follow.follows { outcome.follow = await session.follow(id, isOwnPush: true) }
                return outcome
            }
            record?.end(&outcome)
            let push = outcome.push?.json(
                configuration: configuration, service: service.url, digest: nil,
                durations: watcher.durations.json(check: nil, total: ContinuousClock.now - start)
            ).adding(record.map { [.init("ledgerId", .string($0.push.id.text))] } ?? [])
            return output.print(outcome, push: push, followUp: followUp, reports: files, terminal: terminal)
        }
    }

    /// Writes down that the import is about to be started; `nil` without a ledger.
    private func begin(
        _ configuration: ConfigurationID, _ service: ServiceOptions.Service, terminal: Terminal
    ) throws(CommandFailure) -> RunRecord? {
        guard let place = try ledger.place() else { return nil }
        let intent = LedgerIntent(
            kind: .trigger, service: service.url, configuration: configuration, allowedSkips: output.allowedSkips,
            process: .current, tool: ToolVersion.current)
        let beginning = try RunRecord.begin(
            intent, in: place, options: ledger, recording: recording, alreadyPushed: .allow, terminal: terminal)
        guard case .begun(let record) = beginning else { preconditionFailure("a trigger has no content, so none was triggered before") }
        return record
    }
}
