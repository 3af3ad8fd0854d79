import ArgumentParser
import PigmentImport
import Preflight

/// `preflight push FILE -c ID`
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Check a file, and only if the gate opens send exactly its bytes, follow the import, and compare.",
        discussion: """
            The body is the decompressed file, byte for byte, always with its length. It becomes whole only if the file is still the one \
            that was checked. The import id is printed the moment it is known.

            Exit status: 0 done and confirmed, 1 the gate is closed (nothing was sent), 2 could not do the work here, 3 skipped rows over the \
            limit or not as predicted, 4 the import failed, 5 not accepted for a passing reason, 6 outcome unknown, 7 refused, 8 accepted but \
            the end was not seen. `preflight explain 6` says more.
            """)

    @Argument(help: "CSV or CSV.gz file; - is standard input.")
    var file: FilePath

    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Flag(help: "Do everything but the request.")
    var dryRun = false

    @Flag(help: "Do not follow the import: exit as soon as it is accepted.")
    var noWait = false

    @Flag(help: "Use the deprecated ApiPush endpoint, which has no status to follow.")
    var legacyEndpoint = false

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () async throws(CommandFailure) in try await push(terminal: terminal) }
    }

    private func push(terminal: Terminal) async throws(CommandFailure) -> ExitStatus {
        // Everything that can be refused without reading the file is refused before it is read.
        let options = try input.checkOptions()
        let configuration = try configurationOption.identifier(profile: options.profile)
        let service = try service.service(terminal: terminal)
        let run = ImportRun(gate: gate, output: output, terminal: terminal, options: options)
        let checked = try run.check(file)
        switch checked.clearance(under: run.policy) {
        case .refused(let refusals):
            return run.refuse(checked.report, refusals)
        case .cleared(let clearance):
            if dryRun { return finishDryRun(run, clearance, report: checked.report, url: service.url) }
            return await run.send(clearance, report: checked.report, to: destination(configuration, service, terminal: terminal))
        }
    }

    private func finishDryRun(_ run: ImportRun, _ clearance: Clearance, report: Report, url: ServiceURL) -> ExitStatus {
        let reason = "Dry run: nothing was sent. A push would send \(clearance.byteCount.grouped) bytes to \(url.authority)."
        run.print(report, refusals: [], status: .done, reason: reason)
        run.terminal.say(reason)
        return run.terminal.finish(.done)
    }

    private func destination(
        _ configuration: ConfigurationID, _ service: ServiceOptions.Service, terminal: Terminal
    ) -> ImportRun.Destination {
        if legacyEndpoint { terminal.say("warning: " + LegacyTarget.warning) }
        let target: any ImportTarget =
            legacyEndpoint
            ? LegacyTarget(service: service.url, configuration: configuration, key: service.key)
            : PigmentTarget(service: service.url, configuration: configuration, key: service.key)
        return ImportRun.Destination(
            target: target, transport: service.transport, redactor: service.redactor, configuration: configuration, url: service.url,
            pacing: follow.pacing, follows: !noWait)
    }
}
