import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentHTTP
import PigmentImport
import Preflight
import PreflightReports
import RehearsalServer
import SafeText

/// `preflight rehearse FILE`
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Try the whole push against a built-in server on this machine. No account needed.",
        discussion: """
            The server reads the body with the same checks and the same profile. This proves the transport and the steps, not how Pigment \
            reads the values. Nothing leaves this machine.

            With --importer the server reads the body as another importer would: a YAML file says which settings differ from the profile, \
            which doubts it accepts, what it counts, and how many samples it reports. See the page "Doubts" of the documentation.

            Examples:
              preflight rehearse export.csv -p profile.yaml
              preflight rehearse export.csv -p profile.yaml --scenario failed
              preflight rehearse export.csv -p profile.yaml --importer importer.yaml
            """)

    @Argument(help: "CSV or CSV.gz file; - for standard input.")
    var file: FilePath

    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Ledger") var recording: RecordingOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions

    @Option(
        help: ArgumentHelp(
            "What the server does: \(RehearsalScenario.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
    var scenario = RehearsalScenario.normal

    @Option(
        help: ArgumentHelp(
            "How the server reads values, where that differs from the profile: YAML with defaults, columns, doubts, assume, samples.",
            valueName: "file"))
    var importer: FilePath?

    func validate() throws {
        try reports.validatePositions(with: output.format)
        if importer != nil, input.profile == nil { throw ValidationError("--importer needs -p: it says what differs from the profile.") }
    }

    func run() async throws {
        let terminal = output.terminal()
        try await terminal.perform { () async throws(CommandFailure) in try await rehearse(terminal: terminal) }
    }

    private func rehearse(terminal: Terminal) async throws(CommandFailure) -> ExitStatus {
        var options = try input.checkOptions()
        options.findingRules = gate.rules(profile: options.profile)
        try gate.expect(file, &options)
        options.mapsPositions = reports.showPositions
        options.countsColumns = reports.showColumns
        let rules = try importerRules(over: options.profile)
        let run = ImportRun(
            gate: gate, input: input, output: output, terminal: terminal, options: options, file: file, ledger: ledger,
            recording: recording,
            reports: try reports.files(inputs: [file] + input.readPaths(options), isOneFile: true, redacts: output.redact),
            standardFormat: reports.standardFormat, showsPositions: reports.listsPositions)
        let reading = try run.check(file)
        switch reading.checked.clearance(under: run.policy) {
        case .refused(let refusals):
            return run.refuse(reading.checked.report, refusals, path: file)
        case .cleared(let clearance):
            return try await send(clearance, reading, rules: rules, run: run)
        }
    }

    private func importerRules(over profile: Profile?) throws(CommandFailure) -> ImporterRules? {
        guard let importer, let profile else { return nil }
        do {
            return try ImporterRules.load(path: importer, over: profile)
        } catch {
            throw CommandFailure(.unable, error)
        }
    }

    private func send(
        _ clearance: Clearance, _ reading: ImportRun.Reading, rules: ImporterRules?, run: ImportRun
    ) async throws(CommandFailure) -> ExitStatus {
        // The body is UTF-8, even if the file was declared to be something else.
        var received = run.options
        // What is ignored here is no rule of an importer.
        received.findingRules = FindingRules()
        (received.mapsPositions, received.countsColumns) = (false, false)
        if clearance.encoding != .utf8 {
            (received.encoding, received.forcesEncoding, received.transcodes) = (.utf8, true, false)
        }
        let configuration = RehearsalConfiguration(
            apiKeys: [Self.key], configurationIDs: [Self.configurationID], behaviour: scenario.behaviour,
            makeJudge: { [options = received] in CheckJudge(options: options, importer: rules) })
        do {
            return try await withRehearsalServer(configuration) { server in
                let status = try await run.send(clearance, reading, to: try destination(server))
                return tellWhatArrived(at: server, of: clearance, status: status, run: run)
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.unable, "The rehearsal server could not start: \(VisibleText("\(error)", limit: 300))")
        }
    }

    private func destination(_ server: RehearsalServer) throws -> ImportRun.Destination {
        let url = try ServiceURL(server.baseURL)
        let key = try APIKey(validating: Self.key)
        let configuration = try ConfigurationID(Self.configurationID)
        return ImportRun.Destination(
            target: PigmentTarget(service: url, configuration: configuration, key: key), transport: try AsyncHTTPTransport(service: url),
            redactor: Redactor(key), configuration: configuration, url: url,
            pacing: ImportFollower.Pacing(first: .milliseconds(50), longest: .milliseconds(500), timeout: .seconds(60)), follows: true,
            limits: WaitingLog.Limits(reply: .seconds(300), follow: .seconds(60)), followUp: nil, kind: .rehearsal)
    }

    /// Prints what the server received and what that proves: to standard error if standard output gets a document.
    ///
    /// A body that differs from the file, or a second body, would be a defect of this program: the rehearsal then fails.
    private func tellWhatArrived(
        at server: RehearsalServer, of clearance: Clearance, status: ExitStatus, run: ImportRun
    ) -> ExitStatus {
        let imports = server.imports
        let isRight = imports.count <= 1 && imports.allSatisfy { $0.digest == clearance.digest && $0.byteCount == clearance.byteCount }
        guard isRight else {
            run.terminal.say("the rehearsal failed: the server did not receive exactly the file. Please report this.")
            return .unable
        }
        guard !output.quiet else { return status }
        var lines: [String] = []
        if let received = imports.first {
            let what = clearance.encoding == .utf8 ? "identical to the file" : "identical to the file as UTF-8"
            lines.append("Rehearsal: the server received \(received.byteCount.counted("byte")), \(what) (SHA-256).")
        }
        lines.append("This proves the transport and the steps, not how Pigment reads the values.")
        if run.format?.outcome == .sentences, !reports.printsSummary {
            run.terminal.print(lines.joined(separator: "\n") + "\n")
        } else {
            lines.forEach(run.terminal.say)
        }
        return run.terminal.finish(status)
    }

    static let key = "rehearsal-key"
    private static let configurationID = "00000000-0000-4000-8000-000000000001"
}

/// The behaviour of the rehearsal server.
enum RehearsalScenario: String, ExpressibleByArgument, CaseIterable {
    case normal
    case inProgress = "in-progress"
    case slow
    case failed
    case unpredictedSkips = "unpredicted-skips"
    case badRequest = "bad-request"
    case unauthorized
    case notFound = "not-found"
    case rateLimited = "rate-limited"
    case rateLimitedForLong = "rate-limited-for-long"
    case unavailable

    var behaviour: RehearsalBehaviour {
        switch self {
        case .normal: RehearsalBehaviour(inProgressPollCount: 1)
        case .inProgress: RehearsalBehaviour(inProgressPollCount: 8)
        case .slow: RehearsalBehaviour(pausePerPiece: .milliseconds(20), pauseBeforeAnswer: .seconds(1))
        case .failed:
            RehearsalBehaviour(ending: .failed([.init(name: "Rehearsed", description: "This import was set up to fail.")]))
        case .unpredictedSkips:
            RehearsalBehaviour(
                ending: .completed(
                    RehearsalResult(
                        insertedCount: 0, skippedCount: 1000,
                        skipped: [.init(reason: .missingWriteAccess, columnName: nil, count: 1000, samples: [])])))
        case .badRequest: RehearsalBehaviour(refusals: [.init(status: 400)])
        case .unauthorized: RehearsalBehaviour(refusals: [.init(status: 401)])
        case .notFound: RehearsalBehaviour(refusals: [.init(status: 404)])
        case .rateLimited: RehearsalBehaviour(refusals: [.init(status: 429, retryAfter: "1", times: 2)])
        case .rateLimitedForLong: RehearsalBehaviour(refusals: [.init(status: 429, times: 10)])
        case .unavailable: RehearsalBehaviour(refusals: [.init(status: 503, retryAfter: "1", times: 10)])
        }
    }
}
