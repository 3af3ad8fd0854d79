import ArgumentParser
import ByteSources
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

extension AlreadyPushed: ExpressibleByArgument {}

/// `preflight push FILE -c ID`
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Check a file; if it passes, send exactly its bytes, follow the import, and compare.",
        discussion: """
            Nothing is sent until the whole file has passed. The body is the decompressed file; if the file changes meanwhile, the upload is \
            stopped before it is complete. The import ID is printed as soon as it is known. Off a terminal, each step is logged to standard \
            error with its time (UTC), and long waits once a minute.

            Examples:
              preflight push plan.csv -p plan.yaml -c 33d0d7d0-6125-47c4-b36a-882f4ed53b33
              preflight push plan.csv -p plan.yaml --max-skipped 1% --dry-run
              preflight push plan.csv --plan plan.json part-* --max-skipped 1%

            Exit status: 0 done and confirmed, 1 blocked (nothing sent), 2 could not run, 3 too many or unpredicted skips, 4 the import \
            failed, 5 temporary failure (retry), 6 outcome unknown (do not push again), 7 rejected, 8 still running at the time limit, \
            9 not the expected file, 10 ranges are missing, 99 already pushed (with --already-pushed skip). For more: preflight explain 6
            """)

    @Argument(help: "CSV or CSV.gz file; - for standard input.")
    var file: FilePath

    @Argument(help: "With --plan: the partial results of all ranges of the file, which is then not checked here.")
    var partials: [FilePath] = []

    @Option(
        help: ArgumentHelp(
            "Send what was checked in ranges: see preflight plan --digests. Each range must still be what it was.", valueName: "file"))
    var plan: FilePath?

    @OptionGroup var configurationOption: ConfigurationOption
    @OptionGroup(title: "Reading") var input: InputOptions
    @OptionGroup(title: "Gate") var gate: GateOptions
    @OptionGroup(title: "Rows") var rows: SplitOptions

    @Option(help: ArgumentHelp("all (the default), or clean: only the rows of --clean, if they pass.", valueName: "what"))
    var send = Sent.all

    @Option(
        help: ArgumentHelp(
            "Compare with the last accepted files of the configuration: off, warn (the default) or fail (exit status 9).", valueName: "what"
        ))
    var drift = DriftMode.warn

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Following") var follow: FollowOptions
    @OptionGroup(title: "Ledger") var ledger: LedgerOptions
    @OptionGroup(title: "Ledger") var recording: RecordingOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Output") var reports: ReportOptions

    @Option(
        help: ArgumentHelp(
            "If the same content was pushed to the same configuration before, and accepted or perhaps accepted: fail (the default), skip (exit "
                + "status 99 if it was accepted) or allow.", valueName: "what"))
    var alreadyPushed: AlreadyPushed?

    @Flag(help: "Do everything except sending; no API key is needed.")
    var dryRun = false

    @Flag(help: "Exit as soon as the import is accepted. Same as --timeout 0.")
    var noWait = false

    @Flag(help: "Use the deprecated ApiPush endpoint; its imports cannot be followed.")
    var legacyEndpoint = false

    /// Which rows of the file are sent.
    enum Sent: String, ExpressibleByArgument, CaseIterable {
        case all
        case clean
    }

    func validate() throws {
        try reports.validatePositions(with: output.format)
        try validateRanges()
        guard send == .all || rows.clean != nil else {
            throw ValidationError("--send clean needs --clean FILE: what is sent stays there, to be compared and pushed again.")
        }
    }

    func run() async throws {
        let terminal = output.terminal(isLogged: true)
        try await terminal.perform { () async throws(CommandFailure) in try await push(terminal: terminal) }
    }

    /// - Parameters:
    ///   - sharedReports: The reports of a run of several files; `nil` for those of this command.
    ///   - sharedServer: The service of such a run, whose key was read; `nil` for that of this command.
    func push(
        terminal: Terminal, sharedReports: ReportFiles? = nil, sharedServer: ServiceOptions.Service? = nil
    ) async throws(CommandFailure) -> ExitStatus {
        // Whatever can be refused without the file is refused before it is read.
        let ranges = try checkedRanges()
        let (input, gate) = (ranges?.given.input ?? input, ranges?.given.gate ?? gate)
        var options = if let ranges { ranges.planned.options } else { try checkOptions() }
        let configuration = try configurationOption.identifier(profile: options.profile)
        if ranges?.document.countsColumns ?? true { options.drift = try drift.reference(configuration, ledger, terminal) }
        if ranges == nil { options.countsColumns = reports.showColumns || options.drift != nil }
        let endpoint = try service.endpoint()
        // A dry run needs no key, but checks one that is set.
        let server: ServiceOptions.Service? =
            if let sharedServer { sharedServer } else if dryRun, !service.hasKey { nil } else { try service.service(terminal: terminal) }
        let inputs = [file] + input.readPaths(options) + gate.readPaths([file]) + partials + (plan.map { [$0] } ?? [])
        let splitting = try rows.outputs(inputs: inputs)
        let files =
            if let sharedReports { sharedReports } else {
                try reports.files(inputs: inputs, outputs: rows.paths, isOneFile: true, redacts: output.redact)
            }
        var run = ImportRun(
            gate: gate, input: input, output: output, terminal: terminal, options: options, file: file, ledger: ledger,
            recording: recording,
            reports: files,
            standardFormat: reports.standardFormat, showsPositions: reports.listsPositions, alreadyPushed: alreadyPushed ?? .fail)
        run.isOneOfSeveral = sharedReports != nil
        run.profileText = ranges?.document.profile.map { Array($0.text.utf8) }
        if alreadyPushed ?? .allow != .allow, try ledger.place() == nil {
            throw CommandFailure(.usage, "--already-pushed needs a ledger, so it cannot be combined with --ledger none.")
        }
        terminal.note(
            "file \(file), configuration \(configuration) (from \(configurationOption.origin)), \(Self.words(profile: input.profile))")
        let reading: ImportRun.Reading
        if let ranges {
            let merged = try ranges.merge(file, partials, drift: options.drift, cells: files.cells, terminal)
            let refusals = merged.report.refusals(under: run.policy)
            guard refusals.isEmpty else { return run.refuse(merged.report, refusals, path: file) }
            reading = try merged.reading(terminal)
        } else {
            reading = try check(&run, splitting)
        }
        switch reading.checked.clearance(under: run.policy) {
        case .refused(let refusals):
            return run.refuse(reading.checked.report, refusals, path: run.file)
        case .cleared(let clearance):
            guard !dryRun, let server else { return try finishDryRun(run, clearance, reading.checked.report, configuration, endpoint) }
            let allowed = run.policy.maxSkipped.allowedRows(of: reading.checked.report.totals.rows)
            return try await run.send(clearance, reading, to: destination(configuration, server, allowedSkips: allowed, terminal: terminal))
        }
    }

    /// Reads the file, splits it if that is wanted, and reads what is to be sent if that is another file.
    private func check(_ run: inout ImportRun, _ splitting: SplitOutputs?) throws(CommandFailure) -> ImportRun.Reading {
        guard let splitting else { return try run.check(file) }
        let splitter: RowSplitter
        do throws(RowSplitter.Failure) { splitter = try RowSplitter(splitting) } catch { throw CommandFailure(.unable, error.message) }
        let whole = try run.check(file, splitter: splitter, lists: send == .all)
        do throws(RowSplitter.Failure) {
            run.split = try rows.summary(splitter.finish(whole.checked.report))
        } catch {
            // The gate says what is wrong with such a file, and nothing of it is sent.
            guard error.isRefusal, !whole.checked.report.refusals(under: run.policy).isEmpty else {
                throw CommandFailure(.unable, error.message)
            }
            run.terminal.say(error.message)
            return whole
        }
        guard send == .clean, let clean = rows.clean, let split = run.split?.split else { return whole }
        // Control totals are those of the whole file. Where they hold, the clean rows need not.
        if whole.checked.report.refusals(under: run.policy).contains(where: \.isOfExpectation) { return whole }
        run.options.expectations = []
        run.options.profile?.expectations = []
        run.options.drift = nil
        run.file = clean
        run.terminal.note("\(split.quarantine.rows.counted("row")) left out; sending the \(split.clean.rows.counted("row")) of \(clean)")
        return try run.check(clean)
    }

    /// How the file is read and judged.
    private func checkOptions() throws(CommandFailure) -> CheckOptions {
        var options = try input.checkOptions()
        options.findingRules = gate.rules(profile: options.profile)
        try gate.expect(file, &options)
        options.mapsPositions = reports.showPositions
        return options
    }

    private static func words(profile: FilePath?) -> String {
        profile.map { "profile \($0)" } ?? "no profile"
    }

    private func finishDryRun(
        _ run: ImportRun, _ clearance: Clearance, _ report: Report, _ configuration: ConfigurationID, _ endpoint: ServiceOptions.Endpoint
    ) throws(CommandFailure) -> ExitStatus {
        let intent = run.intent(
            clearance, report, kind: .push, service: endpoint.url, configuration: configuration, isLegacy: legacyEndpoint)
        if let obstacle = try run.obstacle(to: intent) {
            let followUp = FollowUp(options: service.words(url: endpoint.url) + ledger.words)
            return run.refuse(report, clearance, obstacle, followUp: followUp)
        }
        let command = ShellCommand.preflight("push", .init(file), "-c", .init(configuration.text)).adding(
            rangeWords + input.words + gate.words + rows.words + (send == .clean ? ["--send", "clean"] : [])
                + service.words(url: endpoint.url)
                + (legacyEndpoint ? ["--legacy-endpoint"] : []) + ledger.words
                + (alreadyPushed.map { ["--already-pushed", .init($0.rawValue)] } ?? []))
        var reason =
            "Dry run: nothing was sent. A push would send \(clearance.byteCount.counted("byte")) to \(endpoint.url) (from \(endpoint.origin)), "
            + "configuration \(configuration) (from \(configurationOption.origin)), \(Self.words(profile: run.input.profile))."
        if !service.hasKey { reason += " No API key is set; the push needs one." }
        // Standard input cannot be read again.
        if file != .standardStream { reason += " To push: \(command)" }
        let push = JSONValue.members([
            "configurationId": .string(configuration.text), "host": .string(endpoint.url.authority), "bytesSent": .int(0),
            "sha256": .string(SHA256Digest.hexadecimal(clearance.digest)), "attempts": .int(0), "outcome": .string("dry-run"),
            "cause": .null, "httpStatus": .null, "message": .string(reason),
        ])
        run.print(report, refusals: [], status: .done, push: push, reason: reason, retry: .safe)
        if run.isOneOfSeveral { run.terminal.note(reason) } else { run.terminal.say(reason) }
        return run.finish(.done)
    }

    private func destination(
        _ configuration: ConfigurationID, _ server: ServiceOptions.Service, allowedSkips: Int, terminal: Terminal
    ) -> ImportRun.Destination {
        if legacyEndpoint { terminal.say("warning: " + LegacyTarget.warning) }
        let target: any ImportTarget =
            legacyEndpoint
            ? LegacyTarget(service: server.url, configuration: configuration, key: server.key)
            : PigmentTarget(service: server.url, configuration: configuration, key: server.key)
        return ImportRun.Destination(
            target: target, transport: server.transport, redactor: server.redactor, configuration: configuration, url: server.url,
            pacing: follow.pacing, follows: !noWait && follow.follows, limits: service.waitingLimits(follow),
            followUp: server.followUp(allowedSkips: allowedSkips, ledger: ledger), isLegacy: legacyEndpoint)
    }
}
