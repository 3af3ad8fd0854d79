import ArgumentParser
import PigmentImport
import Preflight

/// The main job: check, ask the gate, send, follow, compare. `push` and `rehearse` differ in the service only.
struct ImportRun {
    var gate: GateOptions
    var output: OutputOptions
    var terminal: Terminal
    var options: CheckOptions

    /// Where a cleared file goes.
    struct Destination {
        var target: any ImportTarget
        var transport: any HTTPTransport
        var redactor: Redactor
        var configuration: ConfigurationID
        var url: ServiceURL
        var pacing: ImportFollower.Pacing
        /// Whether the import is followed to its end.
        var follows: Bool
    }

    var policy: GatePolicy { gate.policy(profile: options.profile) }

    /// Reads the file to its end. Unseekable input is kept for the second pass.
    func check(_ path: FilePath) throws(CommandFailure) -> CheckedFile {
        do throws(SourceError) {
            let file = try InputFile.open(path: path, spoolsStream: true)
            let display = ProgressDisplay("Checking", total: file.size(), terminal: terminal)
            return try CheckRun.check(file, options: options, digest: SHA256Digest(), progress: display.update)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Prints why nothing is sent: the whole report, or when quiet the reasons.
    func refuse(_ report: Report, _ refusals: [GateRefusal]) -> ExitStatus {
        print(report, refusals: refusals, status: .findings)
        if output.quiet { terminal.say("nothing was sent. " + GateRefusal.merged(refusals).map(\.sentence).joined(separator: " ")) }
        return terminal.finish(.findings)
    }

    /// Sends, follows, compares and prints.
    func send(_ clearance: Clearance, report: Report, to destination: Destination) async -> ExitStatus {
        let printsWords = output.format == .human || output.format == .concise
        if printsWords { print(report, refusals: [], status: .done) }
        let watcher = PhaseWatcher(terminal: terminal, printsIDAsResult: printsWords, byteCount: clearance.byteCount)
        let session = PushSession(
            target: destination.target, transport: destination.transport, redactor: destination.redactor, pacing: destination.pacing,
            observe: watcher.observe)
        var outcome = ImportOutcome(push: await session.push(clearance))
        if let id = outcome.importID, destination.follows {
            let follow = await session.follow(id, isOwnPush: true)
            outcome.follow = follow
            if case .completed(let document) = follow {
                outcome.reconciliation = Reconciliation(
                    prediction: report.prediction, rowCount: report.totals.rows, limit: policy.maxSkipped, document: document)
            }
        }
        let status = ExitStatus(outcome.exit)
        if printsWords || output.quiet {
            OutcomePrinter(terminal: terminal, isQuiet: output.quiet).print(
                outcome, status: status, digest: clearance.digest, isConverted: clearance.encoding != .utf8)
        } else {
            let push = outcome.push?.json(configuration: destination.configuration, service: destination.url, digest: clearance.digest)
            print(
                report, refusals: [], status: status, push: push, outcome: outcome.json, reconciliation: outcome.reconciliation?.json,
                reason: OutcomePrinter.reason(outcome, status: status))
        }
        return terminal.finish(status, accepted: outcome.importID)
    }

    func print(
        _ report: Report, refusals: [GateRefusal], status: ExitStatus, push: JSONValue? = nil, outcome: JSONValue? = nil,
        reconciliation: JSONValue? = nil, reason: String? = nil
    ) {
        guard !output.quiet else { return }
        var exit = status.summary(refusals: refusals)
        if let reason { exit.reason = reason }
        terminal.print(
            output.format.render(
                report, refusals: refusals, policy: policy, style: output.style(environment: Program.environment), exit: exit, push: push,
                outcome: outcome, reconciliation: reconciliation))
    }
}
