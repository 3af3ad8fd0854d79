import ArgumentParser
import PigmentImport
import Preflight
import SafeText

/// `preflight trigger -c ID`
struct TriggerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trigger",
        abstract: "Start an Integration or Metric/List import, which takes no file, and follow it.")

    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Output") var output: ImportOutputOptions

    @Flag(help: "Do not follow the import: exit as soon as it is accepted. The same as --timeout 0.")
    var noWait = false

    func run() async throws {
        let terminal = output.terminal()
        let start = ContinuousClock.now
        try await terminal.perform { () async throws(CommandFailure) in
            let configuration = try configurationOption.identifier(profile: nil)
            let service = try service.service(terminal: terminal)
            let followUp = service.followUp(allowedSkips: output.allowedSkips)
            let watcher = PhaseWatcher(
                terminal: terminal, printsIDAsResult: !output.printsDocument, byteCount: nil, limits: self.service.waitingLimits(follow),
                followUp: followUp)
            let session = PushSession(
                target: PigmentTarget(service: service.url, configuration: configuration, key: service.key), transport: service.transport,
                redactor: service.redactor, pacing: follow.pacing, followUp: followUp, observe: watcher.observe)
            let outcome = await watcher.watching {
                var outcome = ImportOutcome(push: await session.trigger(), allowedSkips: output.allowedSkips)
                if let id = outcome.importID, !noWait, follow.follows { outcome.follow = await session.follow(id, isOwnPush: true) }
                return outcome
            }
            let push = outcome.push?.json(
                configuration: configuration, service: service.url, digest: nil,
                durations: watcher.durations.json(check: nil, total: ContinuousClock.now - start))
            return output.print(outcome, push: push, followUp: followUp, terminal: terminal)
        }
    }
}
