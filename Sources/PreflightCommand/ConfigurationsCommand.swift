import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

/// `preflight configurations`
struct ConfigurationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configurations",
        abstract: "List import configurations with their names and IDs, so that -c takes names.",
        discussion: """
            Asks the Metadata API, whose key is of type Modeling Metadata: set PIGMENT_METADATA_API_KEY. What was found is kept on this machine, \
            and from then on -c "Application/Block/Name" means the same as the ID. Each block takes one request: name an application where there \
            are many.

            Examples:
              preflight configurations --application Finance
              preflight configurations --application Finance --block Ledger --format json
              preflight push actuals.csv -c Finance/Ledger/Actuals

            Exit status: 0 listed, 2 could not run, 5 temporary failure (retry), 7 rejected.
            """)

    @Option(help: ArgumentHelp("Only of this application: its name or ID.", valueName: "name"))
    var application: String?

    @Option(help: ArgumentHelp("Only of this block: its name or ID.", valueName: "name"))
    var block: String?

    @Flag(help: "Ask again, however fresh the list of this machine is.")
    var refresh = false

    @Option(help: ArgumentHelp("Ask again if the list is older.", valueName: "duration"))
    var maxAge = TimeSpan(.seconds(24 * 3600))

    @OptionGroup(title: "Service") var service: ServiceOptions

    @Option(help: ArgumentHelp("human or json.", valueName: "name"))
    var format = BenchCommand.Format.human

    func run() async throws {
        let terminal = Terminal(showsProgress: OutputOptions.When.auto.isOn)
        try await terminal.perform { () async throws(CommandFailure) in
            let endpoint = try service.endpoint()
            let place = ConfigurationCache.usualPath(environment: Program.environment)
            var cache = place.map { ConfigurationCache(path: $0) } ?? ConfigurationCache()
            if let known = cache.entries(of: endpoint.url, application: application, block: block), isFresh(known.time), !refresh {
                return show(known.entries, known.time, endpoint.url, terminal)
            }
            let entries = try await lookUp(endpoint, terminal)
            let now = UTCTime.now
            cache.replace(entries, of: endpoint.url, application: application, block: block, at: now)
            if let place {
                do throws(SmallFile.Refusal) { try cache.write(to: place) } catch {
                    terminal.say("warning: the list is not kept: \(error.message)")
                }
            }
            return show(entries, now, endpoint.url, terminal)
        }
    }

    private func isFresh(_ time: UTCTime) -> Bool {
        let age = UTCTime.now.seconds - time.seconds
        return age >= 0 && .seconds(age) <= maxAge.value
    }

    private func lookUp(_ endpoint: ServiceOptions.Endpoint, _ terminal: Terminal) async throws(CommandFailure) -> [ConfigurationEntry] {
        let key = try MetadataKey(file: service.apiKeyFile).key()
        let transport = service.limits.limiting(endpoint.transport, to: endpoint.url, terminal)
        let lookUp = ConfigurationLookUp(service: endpoint.url, key: key, transport: transport)
        do throws(LookUpFailure) {
            let entries = try await lookUp.configurations(application: application, block: block) { count in
                terminal.progress("Looking at block \(count)")
            }
            terminal.clearProgress()
            return entries
        } catch {
            throw CommandFailure(ExitStatus(error.exit), error.message)
        }
    }

    private func show(_ entries: [ConfigurationEntry], _ time: UTCTime, _ url: ServiceURL, _ terminal: Terminal) -> ExitStatus {
        let age = max(0, UTCTime.now.seconds - time.seconds)
        let text = ConfigurationsText(
            service: url.description, time: time.description, age: age < 60 ? "just now" : "\(Duration.seconds(age).shown) ago")
        switch format {
        case .json: terminal.print(text.document(entries.map(\.json)).text(isPretty: true) + "\n")
        case .human:
            terminal.print(
                text.text(entries.map { .init(path: $0.shownPath, id: $0.configuration.id, type: VisibleText($0.blockType).text) }))
        }
        return terminal.finish(.done)
    }
}
