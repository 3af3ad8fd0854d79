import ImportProfiles
import PigmentImport
import Preflight
import Synchronization
import ValueFormats

/// Observes the phases of a push: keeps the message for an interruption up to date, prints the import ID at once, draws progress, and logs each
/// phase and, once a minute, a long wait.
final class PhaseWatcher: Sendable {
    private let terminal: Terminal
    /// Whether the import ID is printed to standard output as soon as it is known, or to standard error because a document goes to the former.
    private let printsIDAsResult: Bool
    private let display: ProgressDisplay
    private let clock: WaitingClock
    private let followUp: FollowUp?
    private let record: RunRecord?
    /// The last phase in the log, so that one of many parts is logged once.
    private let noted = Mutex("")

    /// - Parameters:
    ///   - byteCount: of the body; `nil` for a trigger.
    ///   - limits: of the two long waits.
    ///   - followUp: The command to suggest on an interruption; `nil` if none would work.
    ///   - record: The entry in the ledger, which records an interruption.
    init(
        terminal: Terminal, printsIDAsResult: Bool, byteCount: Int?, limits: WaitingLog.Limits, followUp: FollowUp?,
        record: RunRecord? = nil
    ) {
        self.record = record
        self.terminal = terminal
        self.printsIDAsResult = printsIDAsResult
        self.followUp = followUp
        clock = WaitingClock(limits: limits)
        display = ProgressDisplay("Sending", total: byteCount, terminal: terminal)
    }

    /// The durations so far.
    var durations: PhaseDurations { clock.durations }

    /// Runs a push or follows an import, and reports long waits meanwhile.
    func watching<Result: Sendable>(_ body: () async -> Result) async -> Result {
        await clock.telling(
            { [terminal] in terminal.log($0) }, show: { [terminal] in terminal.progress($0.prefix(1).uppercased() + $0.dropFirst()) },
            while: body)
    }

    func observe(_ phase: PushPhase) {
        let advice = phase == .wholeBodySent ? record.map { " " + $0.settlingAdvice } ?? "" : ""
        Interruption.setAccount(phase.interruptionMessage(followUp: followUp) + advice) { [record] in record?.interrupted(in: phase) }
        clock.observe(phase)
        note(phase)
        switch phase {
        case .connecting(let attempt):
            display.restart()
            terminal.progress(attempt == 1 ? "Connecting" : "Connecting, attempt \(attempt)")
        case .sending(let progress):
            display.update(progress.byteCount)
        case .wholeBodySent:
            terminal.progress("Sent, waiting for the answer")
        case .waitingToRetry(let delay, let reason):
            let text = "not accepted (\(reason)); next attempt \(delay == .zero ? "now" : "in \(delay.shown)")"
            if terminal.logsSteps { terminal.note(text) } else { terminal.say(text) }
        case .accepted(let id):
            if printsIDAsResult { terminal.print("Import ID: \(id)\n") } else { terminal.say("import ID: \(id)") }
        case .following(let id, let status, let fault):
            terminal.progress("Import \(id): \(status?.text ?? fault ?? "waiting")")
        }
    }

    /// For the log: each phase as it begins.
    private func note(_ phase: PushPhase) {
        let text: String? =
            switch phase {
            case .connecting(let attempt): "connecting, attempt \(attempt)"
            case .sending: "connected, sending"
            case .wholeBodySent: "everything is sent, waiting for the answer"
            case .waitingToRetry: nil
            case .accepted(let id): "accepted as import \(id)"
            case .following(_, let status?, _): "status \(status.text)"
            case .following(_, nil, let fault?): "cannot read the status: \(fault)"
            case .following(_, nil, nil): "following the import"
            }
        guard let text else { return }
        let isNews = noted.withLock { last in
            defer { last = text }
            if case .sending = phase { return last != text }
            // Each poll gives a status; only changes are logged.
            if case .following(_, .some, _) = phase { return last != text }
            return true
        }
        if isNews { terminal.note(text) }
    }
}
