import ArgumentParser
import PigmentImport
import Preflight
import SafeText

/// `preflight status IMPORT_ID`
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Follow an import to its end and show its result.",
        discussion: """
            Asks at once, then every 3 to 15 seconds until the import ends or --timeout is reached. Asking changes nothing. If the ledger \
            knows the import, its end is recorded there, and compared with what was predicted.

            Examples:
              preflight status a5002346-d45c-4773-892f-53273b040ca0
              preflight status --last
              preflight status a5002346-d45c-4773-892f-53273b040ca0 --timeout 2h

            Exit status: 0 completed, 3 more rows skipped than allowed, 4 the import failed, 5 the host does not exist, 7 not found or not \
            permitted, 8 still running.
            """)

    @Argument(help: "The import ID that push or trigger printed, a UUID.")
    var importID: String?

    @Flag(help: "The last import of this service that the ledger knows.")
    var last = false

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Ledger") var recording: RecordingOptions
    @OptionGroup(title: "Output") var output: ImportOutputOptions
    @OptionGroup(title: "Output") var reports: ImportReportOptions

    func validate() throws {
        guard (importID != nil) != last else { throw ValidationError("Name an import ID, or use --last.") }
    }

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () async throws(CommandFailure) in
            let files = try reports.files()
            let id = try identifier()
            let service = try service.service(terminal: terminal)
            terminal.note("import \(id)")
            let followUp = service.followUp(allowedSkips: output.allowedSkips, ledger: ledger)
            var redactor = service.redactor
            redactor.masksContent = output.redact
            let watcher = PhaseWatcher(
                terminal: terminal, printsIDAsResult: false, byteCount: nil, limits: self.service.waitingLimits(follow), followUp: followUp)
            let session = PushSession(
                target: PigmentTarget(service: service.url, configuration: nil, key: service.key), transport: service.transport,
                redactor: redactor, pacing: follow.pacing, followUp: followUp, observe: watcher.observe)
            let end = await watcher.watching { await session.follow(id, isOwnPush: false) }
            let outcome = ImportOutcome(follow: end, allowedSkips: output.allowedSkips)
            let entry = recordEnd(of: id, end, at: service.url, terminal: terminal)
            return output.print(outcome, push: nil, entry: entry, followUp: followUp, reports: files, terminal: terminal)
        }
    }

    private func identifier() throws(CommandFailure) -> ImportID {
        guard let importID else { return try lastImport() }
        do throws(SettingError) {
            return try ImportID(importID)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }

    /// Only of the service that is asked: the key goes to no other, whatever the ledger says.
    private func lastImport() throws(CommandFailure) -> ImportID {
        guard let place = try ledger.place() else { throw CommandFailure(.usage, "--last needs a ledger.") }
        let url = try service.endpoint().url
        let last: LedgerEntry?
        do throws(LedgerError) {
            let own = try place.lastImport { $0.kind != .rehearsal && !$0.isLegacy && $0.service == url }
            if let id = own?.importID { return id }
            last = try place.lastImport { $0.kind != .rehearsal && !$0.isLegacy }
        } catch {
            throw CommandFailure(.unable, "\(error.message).")
        }
        let other = last.map { " The last one went to \($0.intent.service): use --base-url \($0.intent.service)." } ?? ""
        throw CommandFailure(.unable, "The ledger \(place.path) has no import of \(url).\(other)")
    }

    /// Writes the end down, if the ledger knows the import. Asking for a status does not depend on it.
    private func recordEnd(of id: ImportID, _ end: FollowOutcome, at url: ServiceURL, terminal: Terminal) -> LedgerEntry? {
        do throws(LedgerError) {
            guard let place = try? ledger.place() else { return nil }
            // An end that was not seen is nothing new.
            guard end.document != nil else { return try place.entry(of: id, at: url) }
            return try place.recordEnd(of: id, at: url, .init(end, keepsSamples: recording.ledgerSamples), time: .now)
        } catch {
            terminal.say("warning: \(error.message). The end of the import is not recorded.")
            return nil
        }
    }
}
