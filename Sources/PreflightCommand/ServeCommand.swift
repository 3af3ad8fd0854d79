import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import RehearsalServer
import SafeText

/// `preflight serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the rehearsal server on its own, to try a pipeline of push, run or curl against it.",
        discussion: """
            It speaks the import API on 127.0.0.1 and accepts the key rehearsal-key. Standard output has a line of JSON when it listens, and \
            one for each import that it accepted. It ends with Ctrl-C.

            Examples:
              preflight serve --port 8089
              preflight serve --port 8089 -p profile.yaml --scenario in-progress
              PIGMENT_API_KEY=rehearsal-key preflight push export.csv -p profile.yaml --base-url http://127.0.0.1:8089
            """)

    @Option(help: ArgumentHelp("Port on 127.0.0.1. Default: a free one, which is printed.", valueName: "number"))
    var port = 0

    @Option(
        name: [.short, .customLong("configuration")],
        help: ArgumentHelp("ID of an import configuration that exists. Repeatable. Default: every one exists.", valueName: "id"))
    var configurations: [String] = []

    @Option(
        name: [.short, .long], help: ArgumentHelp("Profile by which bodies are read. Default: every row is loaded.", valueName: "file"))
    var profile: FilePath?

    @Option(
        help: ArgumentHelp(
            "What the server does: \(RehearsalScenario.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
    var scenario = RehearsalScenario.normal

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
    }

    func run() async throws {
        let terminal = Terminal(showsProgress: false)
        try await terminal.perform { () async throws(CommandFailure) in
            var configuration = RehearsalConfiguration(
                apiKeys: [RehearseCommand.key], configurationIDs: try identifiers(), behaviour: scenario.behaviour, makeJudge: try judge())
            configuration.acceptsAnyConfiguration = configurations.isEmpty
            configuration.port = port
            configuration.catalogue = .example
            configuration.observe = { [terminal] in terminal.print(Self.line($0)) }
            Interruption.setAccount("The rehearsal server has ended.")
            do {
                return try await withRehearsalServer(configuration) { server in
                    terminal.print(JSONValue.members(["baseUrl": .string(server.baseURL)]).text(isPretty: false) + "\n")
                    while terminal.outputError == nil { try await Task.sleep(for: .milliseconds(500)) }
                    return terminal.finish(.done)
                }
            } catch {
                throw CommandFailure(.unable, "The rehearsal server could not start: \(VisibleText("\(error)", limit: 300))")
            }
        }
    }

    private func identifiers() throws(CommandFailure) -> Set<String> {
        var identifiers: Set<String> = []
        for text in configurations { identifiers.insert(try ConfigurationOption.validated(text).text) }
        return identifiers
    }

    private func judge() throws(CommandFailure) -> @Sendable () -> any RehearsalJudge {
        guard var profile = try InputOptions.profile(at: profile) else { return { RowCountJudge() } }
        profile.settle(on: .today)
        var options = CheckOptions(profile: profile)
        // Bodies are UTF-8, whatever the file was.
        (options.encoding, options.forcesEncoding) = (.utf8, true)
        return { [options] in CheckJudge(options: options) }
    }

    private static func line(_ received: ReceivedImport) -> String {
        let kind =
            switch received.kind {
            case .push: "push"
            case .legacyPush: "legacy-push"
            case .trigger: "trigger"
            }
        let line = JSONValue.members([
            "importId": .string(received.importID), "kind": .string(kind), "configurationId": .string(received.configurationID),
            "bytes": .int(received.byteCount), "sha256": .string(SHA256Digest.hexadecimal(received.digest)),
        ])
        return line.text(isPretty: false) + "\n"
    }
}

extension RehearsalCatalogue {
    /// Made up, for rehearsals.
    static let example = RehearsalCatalogue(applications: [
        Application(
            id: "00000000-0000-4000-8000-00000000000a", name: "Finance",
            blocks: [
                Block(
                    id: "00000000-0000-4000-8000-0000000000b1", name: "Entities", type: "DimensionList",
                    configurations: [.init(id: "00000000-0000-4000-8000-0000000000c1", name: "Entities from ERP")]),
                Block(
                    id: "00000000-0000-4000-8000-0000000000b2", name: "Ledger", type: "TransactionList",
                    configurations: [
                        .init(id: "00000000-0000-4000-8000-000000000001", name: "Actuals"),
                        .init(id: "00000000-0000-4000-8000-0000000000c2", name: "Budget"),
                    ]),
            ]),
        Application(
            id: "00000000-0000-4000-8000-00000000000d", name: "Workforce",
            blocks: [
                Block(
                    id: "00000000-0000-4000-8000-0000000000b3", name: "Headcount", type: "Metric",
                    configurations: [.init(id: "00000000-0000-4000-8000-0000000000c3", name: "Actuals")])
            ]),
    ])
}
