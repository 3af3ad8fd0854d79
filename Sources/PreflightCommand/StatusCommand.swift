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
            Asks at once, then every 3 to 15 seconds until the import ends or --timeout is reached. Asking changes nothing.

            Examples:
              preflight status a5002346-d45c-4773-892f-53273b040ca0
              preflight status a5002346-d45c-4773-892f-53273b040ca0 --timeout 0
              preflight status a5002346-d45c-4773-892f-53273b040ca0 --timeout 2h

            Exit status: 0 completed, 3 more rows skipped than allowed, 4 the import failed, 5 the host does not exist, 7 not found or not \
            permitted, 8 still running.
            """)

    @Argument(help: "The import ID that push or trigger printed, a UUID.")
    var importID: String

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Output") var output: ImportOutputOptions

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () async throws(CommandFailure) in
            let id = try identifier()
            let service = try service.service(terminal: terminal)
            terminal.note("import \(id)")
            let followUp = service.followUp(allowedSkips: output.allowedSkips)
            let watcher = PhaseWatcher(
                terminal: terminal, printsIDAsResult: false, byteCount: nil, limits: self.service.waitingLimits(follow), followUp: followUp)
            let session = PushSession(
                target: PigmentTarget(service: service.url, configuration: nil, key: service.key), transport: service.transport,
                redactor: service.redactor, pacing: follow.pacing, followUp: followUp, observe: watcher.observe)
            let end = await watcher.watching { await session.follow(id, isOwnPush: false) }
            let outcome = ImportOutcome(follow: end, allowedSkips: output.allowedSkips)
            return output.print(outcome, push: nil, followUp: followUp, terminal: terminal)
        }
    }

    private func identifier() throws(CommandFailure) -> ImportID {
        do throws(SettingError) {
            return try ImportID(importID)
        } catch {
            throw CommandFailure(.unable, error.description)
        }
    }
}
