import ByteSources
import ByteSpans
import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText

extension ImportRun {
    /// What became of an intent.
    enum Beginning {
        /// Written down; `nil` without a ledger.
        case begun(RunRecord?)
        case refused(LedgerEntry)
    }

    /// What is about to be sent.
    func intent(_ clearance: Clearance, _ report: Report, to destination: Destination) -> LedgerIntent {
        intent(
            clearance, report, kind: destination.kind, service: destination.url, configuration: destination.configuration,
            isLegacy: destination.isLegacy)
    }

    func intent(
        _ clearance: Clearance, _ report: Report, kind: LedgerIntent.Kind, service: ServiceURL, configuration: ConfigurationID,
        isLegacy: Bool
    ) -> LedgerIntent {
        var prediction = report.prediction
        (prediction.advice, prediction.evidence) = ([], [])
        for index in prediction.columns.indices { prediction.columns[index].samples = [] }
        return LedgerIntent(
            kind: kind, service: service, isLegacy: isLegacy, configuration: configuration,
            content: LedgerIntent.Content(
                digest: clearance.digest, byteCount: clearance.byteCount, file: file.description, fileByteCount: report.input.bytes,
                rows: report.totals.rows, identity: clearance.file.isSeekable ? clearance.identity : nil),
            profile: profileMark, prediction: prediction, allowedSkips: policy.maxSkipped.allowedRows(of: report.totals.rows),
            process: .current, tool: ToolVersion.current)
    }

    private var profileMark: LedgerIntent.ProfileMark? {
        guard let path = input.profile, let bytes = profileText ?? (try? SmallFile.read(path: path, limit: 16 << 20)) else { return nil }
        var digest = SHA256Digest()
        digest.update(bytes.span)
        return LedgerIntent.ProfileMark(file: path.description, digest: digest.finalize())
    }

    func begin(_ intent: LedgerIntent) throws(CommandFailure) -> Beginning {
        guard let place = try ledger.place() else { return .begun(nil) }
        let beginning = try RunRecord.begin(
            intent, in: place, options: ledger, recording: recording, alreadyPushed: alreadyPushed, terminal: terminal)
        switch beginning {
        case .begun(let record): return .begun(record)
        case .refused(let entry): return .refused(entry)
        }
    }

    /// Remembers what an accepted file held, so that later ones are compared with it. Left out are files with too many skipped rows, retry files, and
    /// the parts of a split file.
    func accept(_ checked: CheckedFile, _ clearance: Clearance, _ destination: Destination, _ record: RunRecord, _ status: ExitStatus) {
        guard status == .done || status == .endNotSeen, !checked.report.columns.isEmpty, record.push.retryOf == nil, split == nil else {
            return
        }
        do throws(CommandFailure) {
            guard let place = try ledger.place() else { return }
            let report = output.shown(checked.report)
            let baseline = Baseline(
                time: .now, id: record.push.id, configuration: destination.configuration, file: file.description, origin: .push,
                statistics: FileStatistics(report, digest: clearance.digest))
            do throws(LedgerError) {
                try BaselineStore(beside: place).accept(baseline)
            } catch {
                terminal.say("warning: later files cannot be compared with this one: \(error.message)")
            }
        } catch {
            terminal.say("warning: later files cannot be compared with this one: \(error.message)")
        }
    }

    /// The earlier push for which this one would be refused, if there is one. Writes nothing.
    func obstacle(to intent: LedgerIntent) throws(CommandFailure) -> LedgerEntry? {
        guard let place = try ledger.place() else { return nil }
        do throws(LedgerError) {
            return try place.obstacle(to: intent, allowsAgain: alreadyPushed == .allow)
        } catch {
            throw CommandFailure(.unable, "\(error.message). Use another with --ledger FILE, or --ledger none.")
        }
    }

    /// Prints why nothing is sent, although the file passes the gate: the same content was pushed before.
    ///
    /// - Parameter followUp: the command to follow an import with; `nil` where none would work.
    func refuse(_ report: Report, _ clearance: Clearance, _ entry: LedgerEntry, followUp: FollowUp?) -> ExitStatus {
        let status = ExitStatus(refusing: entry, alreadyPushed: alreadyPushed)
        let follow = entry.intent.isLegacy ? nil : entry.importID.flatMap { followUp?.status($0) }
        let words = entry.refusal(settle: ledger.settleCommand(entry.id), status: follow)
        let push = JSONValue.members([
            "configurationId": .string(entry.intent.configuration.text), "host": .string(entry.intent.service.authority),
            "bytesSent": .int(0), "sha256": .string(SHA256Digest.hexadecimal(clearance.digest)), "attempts": .int(0),
            "outcome": .string("already-pushed"), "cause": .null, "httpStatus": .null, "message": .string(words),
            "earlier": .members([
                "ledgerId": .string(entry.id.text), "time": .string(entry.time.description), "state": .string(entry.state.rawValue),
                "importId": entry.importID.map { .string($0.text) } ?? .null,
            ]),
        ])
        let reason = "Nothing was sent. " + words
        print(report, refusals: [], status: status, push: push, reason: reason, retry: status == .temporary ? .safe : .never)
        let label = status == .temporary ? "safe to retry" : status == .alreadyPushed ? "skipped" : "do not push again"
        let line = "\(label) (exit status \(status.rawValue)): \(reason)"
        if isOneOfSeveral, status == .alreadyPushed { terminal.note(line) } else { terminal.say(line) }
        return finish(status)
    }
}

extension ExitStatus {
    /// How a push ends whose content was pushed before.
    init(refusing entry: LedgerEntry, alreadyPushed: AlreadyPushed) {
        switch entry.state {
        case .running: self = .temporary
        case .unknown: self = .unknown
        case .accepted, .completed, .failed, .notAccepted, .didNotArrive: self = alreadyPushed == .skip ? .alreadyPushed : .refused
        }
    }
}
