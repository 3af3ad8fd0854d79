import ArgumentParser
import PigmentImport
import Preflight

/// `preflight trigger -c ID`
struct TriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Start an Integration or Metric/List import, which takes no file, and follow it.")

    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Output") var output: ImportOutputOptions

    @Flag(help: "Do not follow the import: exit as soon as it is accepted.")
    var noWait = false

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () async throws(CommandFailure) in
            let configuration = try configurationOption.identifier(profile: nil)
            let service = try service.service(terminal: terminal)
            let watcher = PhaseWatcher(terminal: terminal, printsIDAsResult: !output.json, byteCount: nil)
            let session = PushSession(
                target: PigmentTarget(service: service.url, configuration: configuration, key: service.key), transport: service.transport,
                redactor: service.redactor, pacing: follow.pacing, observe: watcher.observe)
            var outcome = ImportOutcome(push: await session.trigger(), allowedSkips: output.allowedSkips)
            if let id = outcome.importID, !noWait { outcome.follow = await session.follow(id, isOwnPush: true) }
            let push = outcome.push?.json(configuration: configuration, service: service.url, digest: nil)
            return output.print(outcome, push: push, terminal: terminal)
        }
    }
}
