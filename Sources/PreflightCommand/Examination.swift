import ByteSources
import ImportProfiles
import PigmentHTTP
import PigmentImport
import Preflight
import PreflightReports
import SafeText

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Looks at one thing after the other, for `preflight doctor`.
struct Examination {
    let service: ServiceOptions
    let ledger: LedgerOptions
    let profile: FilePath?
    let terminal: Terminal
    private(set) var report = DoctorReport()
    private var failures: [ExitStatus] = []

    init(service: ServiceOptions, ledger: LedgerOptions, profile: FilePath?, terminal: Terminal) {
        self.service = service
        self.ledger = ledger
        self.profile = profile
        self.terminal = terminal
    }

    mutating func perform() async -> ExitStatus {
        let key = lookAtKey()
        lookAtMetadataKey()
        let endpoint = lookAtBaseURL()
        await lookAtService(endpoint, key)
        lookAtProfile()
        lookAtLedger()
        lookAtTemporarySpace()
        // What is wrong here comes first: without it nothing else can be told.
        let status = [ExitStatus.unable, .refused, .temporary].first(where: failures.contains) ?? .done
        let failed = report.checks.count { $0.state == .failed }
        let warnings = report.checks.count { $0.state == .warning }
        var reason = failed == 0 ? "All is well" : "\(failed.counted("thing")) to correct"
        if status == .temporary { reason = "The service cannot be reached now" }
        if warnings > 0 { reason += ", \(warnings.counted("warning"))" }
        report.exit = ExitSummary(status: Int(status.rawValue), reason: reason)
        return status
    }

    private mutating func add(_ name: DoctorReport.Name, _ state: DoctorReport.State, _ message: String) {
        report.checks.append(DoctorReport.Check(name, state, message))
    }

    private mutating func fail(_ name: DoctorReport.Name, _ status: ExitStatus, _ message: String) {
        failures.append(status)
        add(name, .failed, message)
    }

    // MARK: Keys and service

    private mutating func lookAtKey() -> APIKey? {
        do throws(CommandFailure) {
            let key = try service.key(terminal: terminal)
            add(.key, key.form == .other ? .warning : .good, "from \(service.keyOrigin); \(key.form.words)")
            return key
        } catch {
            fail(.key, error.status, error.message)
            return nil
        }
    }

    private mutating func lookAtMetadataKey() {
        let key = MetadataKey(file: nil)
        guard key.isSet else { return add(.metadataKey, .skipped, "\(MetadataKey.variable) is not set; only configurations needs it") }
        do throws(CommandFailure) {
            add(.metadataKey, .good, "from \(key.origin); \(try key.key().form.words)")
        } catch {
            fail(.metadataKey, error.status, error.message)
        }
    }

    private mutating func lookAtBaseURL() -> ServiceOptions.Endpoint? {
        do throws(CommandFailure) {
            let endpoint = try service.endpoint()
            add(.baseURL, .good, "\(endpoint.url) (from \(endpoint.origin))")
            return endpoint
        } catch {
            fail(.baseURL, error.status, error.message)
            return nil
        }
    }

    private mutating func lookAtService(_ endpoint: ServiceOptions.Endpoint?, _ key: APIKey?) async {
        guard let endpoint, let key else {
            for name in [DoctorReport.Name.name, .proxy, .connection, .tls, .answer, .clock] { add(name, .skipped, "not asked: see above") }
            return
        }
        let transport = service.limits.limiting(endpoint.transport, to: endpoint.url, terminal)
        let result = await ServiceProbe(service: endpoint.url, key: key, transport: transport).look()
        for stage in ServiceProbe.Stage.allCases { tell(stage, result, endpoint) }
        tellClock(result)
    }

    private mutating func tell(_ stage: ServiceProbe.Stage, _ result: ServiceProbe.Result, _ endpoint: ServiceOptions.Endpoint) {
        let name: DoctorReport.Name =
            switch stage {
            case .name: .name
            case .proxy: .proxy
            case .connection: .connection
            case .tls: .tls
            case .answer: .answer
            }
        let failed = result.failure == nil ? nil : result.stage ?? .answer
        if let failure = result.failure, stage == failed { return fail(name, ExitStatus(failure.exit), failure.message) }
        if let failed, stage > failed { return add(name, .skipped, "not reached") }
        switch stage {
        case .name: add(name, .good, endpoint.proxyWords == nil ? "\(endpoint.url.host) is known" : "left to the proxy")
        case .proxy: add(name, .good, endpoint.proxyWords ?? "none")
        case .connection: add(name, .good, "made")
        case .tls:
            endpoint.url.isSecure ? add(name, .good, "certificate valid") : add(name, .skipped, "none on this machine")
        case .answer: add(name, .good, "\(result.status ?? 0), as for an unknown import: the key is accepted (assumed)")
        }
    }

    private mutating func tellClock(_ result: ServiceProbe.Result) {
        guard let offset = result.clockOffset else { return add(.clock, .skipped, "the answer has no date to compare with") }
        guard abs(offset) > 60 else { return add(.clock, .good, "within a minute of the server's") }
        let distance = Duration.seconds(abs(offset)).shown
        let side = offset > 0 ? "ahead of" : "behind"
        add(.clock, .warning, "\(distance) \(side) the server's: certificates, dates in names and the ledger go by it")
    }

    // MARK: This machine

    private mutating func lookAtProfile() {
        guard let profile else {
            add(.profile, .skipped, "none; add -p FILE")
            return add(.items, .skipped, "none")
        }
        do throws(CommandFailure) {
            let reading = try InputOptions.profile(at: profile)
            add(.profile, .good, "\(profile): \((reading?.columns.count ?? 0).counted("column"))")
            // Loading a profile reads them.
            let items = reading?.itemsPaths(relativeTo: profile) ?? []
            add(.items, items.isEmpty ? .skipped : .good, items.isEmpty ? "none" : "\(items.count.counted("file")), all readable")
        } catch {
            fail(.profile, error.status, error.message)
            add(.items, .skipped, "see the profile")
        }
    }

    private mutating func lookAtLedger() {
        do throws(CommandFailure) {
            guard let place = try ledger.place() else { return add(.ledger, .skipped, "none") }
            try lookAt(place)
        } catch {
            fail(.ledger, error.status, error.message)
        }
    }

    private mutating func lookAt(_ place: Ledger) throws(CommandFailure) {
        let path = place.path.text
        let exists = FileManager.default.fileExists(atPath: path)
        // Only the usual ledger gets its folders made.
        let isNamed = ledger.ledger != nil || Program.variable("PREFLIGHT_LEDGER") != nil
        let folder = isNamed ? place.path.folder : Self.existingFolder(of: place.path)
        guard exists ? FileManager.default.isWritableFile(atPath: path) : Self.takesFiles(folder) else {
            throw CommandFailure(.unable, "\(place.path) cannot be written: a push would be refused. Name another file with --ledger FILE.")
        }
        guard exists else { return add(.ledger, .good, "\(place.path), made by the first push") }
        do throws(LedgerError) {
            var filter = LedgerHistory.Filter()
            filter.entry = { $0.state == .unknown }
            let unknown = try place.history(filter, limit: 1)
            let count = unknown.entries.count + unknown.hiddenCount
            if count > 0 {
                let list = ShellCommand.preflight("history", "--outcome", "unknown").adding(ledger.words)
                return add(.ledger, .warning, "\(place.path): outcomes to settle: \(count.grouped). To see them: \(list)")
            }
            if unknown.flawCount > 0 {
                return add(.ledger, .warning, "\(place.path): lines that cannot be read: \(unknown.flawCount.grouped)")
            }
            add(.ledger, .good, place.path.description)
        } catch {
            throw CommandFailure(.unable, error.message)
        }
    }

    /// The folder in which the missing part of a path would be made.
    private static func existingFolder(of path: FilePath) -> FilePath {
        var folder = path.folder
        while !FileManager.default.fileExists(atPath: folder.text), folder.bytes.count > 1 {
            var bytes = folder.bytes
            while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
            folder = FilePath(bytes: bytes).folder
        }
        return folder
    }

    /// Tried, not asked for: permissions say nothing about a full or a special file system. Nothing is left.
    private static func takesFiles(_ folder: FilePath) -> Bool {
        (try? Descriptor.unnamedFile(in: folder)) != nil
    }

    private mutating func lookAtTemporarySpace() {
        let folder = Program.variable("TMPDIR") ?? "/tmp"
        let shown = VisibleText(folder, limit: 400).text
        guard Self.takesFiles(FilePath(folder)) else {
            return fail(.temporarySpace, .unable, "\(shown) takes no files. Set TMPDIR to a folder that does.")
        }
        guard let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let free = (attributes[.systemFreeSize] as? UInt64).flatMap({ Int(exactly: $0) })
        else { return add(.temporarySpace, .good, "\(shown) takes files") }
        let isLow = free < 1 << 30
        add(
            .temporarySpace, isLow ? .warning : .good,
            "\(shown), \(ByteCount(free)) free" + (isLow ? ": keys of large files and piped input are kept there" : ""))
    }
}
