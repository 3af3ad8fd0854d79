import ByteSources
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import Synchronization
import SystemCalls

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The entry of this run in the ledger, written as things happen.
///
/// Before the POST a ledger that cannot be written ends the run. Afterwards it is only told: what the server did counts.
final class RunRecord: Sendable {
    let push: LedgerPush
    private let options: LedgerOptions
    private let recording: RecordingOptions
    private let terminal: Terminal
    private let hasOutcome = Mutex(false)

    private init(push: LedgerPush, options: LedgerOptions, recording: RecordingOptions, terminal: Terminal) {
        self.push = push
        self.recording = recording
        self.options = options
        self.terminal = terminal
    }

    /// What became of an intent.
    enum Beginning {
        case begun(RunRecord)
        /// The entry that stands in the way.
        case refused(LedgerEntry)
    }

    /// Writes down what is about to be sent, unless it was sent before.
    static func begin(
        _ intent: LedgerIntent, in ledger: Ledger, options: LedgerOptions, recording: RecordingOptions, alreadyPushed: AlreadyPushed,
        terminal: Terminal
    ) throws(CommandFailure) -> Beginning {
        do throws(LedgerError) {
            switch try ledger.begin(intent, at: .now, allowsAgain: alreadyPushed == .allow) {
            case .refused(let entry): return .refused(entry)
            case .begun(let push):
                for flaw in push.flaws { terminal.say("warning: ledger \(ledger.path): \(flaw.message); it is skipped") }
                terminal.note(
                    "ledger \(ledger.path), entry \(push.id)" + (push.retryOf.map { "; the skipped rows of entry \($0)" } ?? ""))
                let record = RunRecord(push: push, options: options, recording: recording, terminal: terminal)
                Interruption.setAccount("Interrupted: nothing had been sent.") { record.interrupted(in: .connecting(attempt: 1)) }
                return .begun(record)
            }
        } catch {
            throw CommandFailure(
                .unable,
                "\(error.message). Nothing was sent. Fix the cause, name another file with --ledger FILE, or keep no record: --ledger none")
        }
    }

    /// What became of the push, before anything else happens.
    func outcome(_ record: PushRecord) {
        hasOutcome.withLock { $0 = true }
        var advice = ""
        if let id = record.outcome.importID {
            advice = "do not push again; record it with: \(settleCommand.adding(["--import", .init(id.text)]))"
        } else if case .notAccepted = record.outcome {
            advice = "record it with: \(settleCommand.adding(["--did-not-arrive"]))"
        } else {
            advice = "the next push of this content is refused until you settle it: \(settleCommand) --import IMPORT_ID"
        }
        write(.outcome(LedgerRecord.Outcome(record.outcome)), advice: advice)
    }

    /// How the import ended. Of an unknown outcome, the message then says how to settle it.
    func end(_ outcome: inout ImportOutcome) {
        if let push = outcome.push { outcome.push?.outcome = push.outcome.advising(settlingAdvice) }
        guard let follow = outcome.follow else { return }
        let status = outcome.importID.map { ShellCommand.preflight("status", .init($0.text)).adding(options.words) }
        let advice = status.map { "record it with: \($0)" } ?? ""
        write(.end(LedgerRecord.End(follow, keepsSamples: recording.ledgerSamples)), advice: advice)
        if let reconciliation = outcome.reconciliation { write(.reconciliation(reconciliation), advice: advice) }
    }

    /// A signal ends the run. What had been sent by then is known, so it is written down.
    func interrupted(in phase: PushPhase) {
        guard hasOutcome.withLockIfAvailable({ $0 }) == false else { return }
        let outcome: LedgerRecord.Outcome =
            switch phase {
            case .connecting, .sending, .waitingToRetry: .notAccepted(cause: PushOutcome.Cause.interrupted.rawValue, status: nil)
            case .wholeBodySent: .unknown(cause: PushOutcome.Cause.interrupted.rawValue, status: nil)
            case .accepted(let id), .following(let id, _, _): .accepted(id, isEarly: false)
            }
        _ = push.recordAtOnce(.outcome(outcome), at: .now)
    }

    /// What to do after an unknown outcome.
    var settlingAdvice: String {
        "Then record what you found: \(settleCommand) --import IMPORT_ID, or \(settleCommand) --did-not-arrive"
    }

    private var settleCommand: ShellCommand { options.settleCommand(push.id) }

    private func write(_ event: LedgerRecord.Event, advice: String) {
        do throws(LedgerError) {
            try push.record(event, at: .now)
        } catch {
            terminal.say("warning: \(error.message). The \(event.name) of this run is not recorded\(advice.isEmpty ? "" : "; " + advice)")
        }
    }
}

extension LedgerOptions {
    /// The command that settles an entry, without its last option.
    func settleCommand(_ id: LedgerEntryID) -> ShellCommand {
        ShellCommand.preflight("history", "settle", .init(id.text)).adding(words)
    }
}

extension UTCTime {
    static var now: UTCTime { UTCTime(seconds: time(nil)) }
}

extension LedgerIntent.Process {
    /// This process.
    static var current: Self {
        let host = SystemText.bytes { system_host_name($0) } ?? []
        return Self(id: Int(getpid()), host: String(decoding: host, as: UTF8.self))
    }
}
