import PigmentImport
import Preflight
import Synchronization

/// Hears of each phase of a push: keeps the account for an interruption true, prints the import id at once, draws progress.
final class PhaseWatcher: Sendable {
    private let terminal: Terminal
    /// Where the import id is printed the moment it is known: standard output, or standard error where that holds a document.
    private let printsIDAsResult: Bool
    private let display: ProgressDisplay

    /// - Parameter byteCount: of the body; `nil` for a trigger.
    init(terminal: Terminal, printsIDAsResult: Bool, byteCount: Int?) {
        self.terminal = terminal
        self.printsIDAsResult = printsIDAsResult
        display = ProgressDisplay("Sending", total: byteCount, terminal: terminal)
    }

    func observe(_ phase: PushPhase) {
        Interruption.setAccount(phase.interruptionMessage)
        switch phase {
        case .connecting(let attempt):
            display.restart()
            terminal.progress(attempt == 1 ? "Connecting" : "Connecting, attempt \(attempt)")
        case .sending(let progress):
            display.update(progress.byteCount)
        case .wholeBodySent:
            terminal.progress("Sent; waiting for the answer")
        case .waitingToRetry(let delay, let reason):
            terminal.say("not accepted (\(reason)), trying again in \(delay.components.seconds) s")
        case .accepted(let id):
            if printsIDAsResult { terminal.print("Import id: \(id)\n") } else { terminal.say("import id: \(id)") }
        case .following(let id, let status, let fault):
            terminal.progress("Import \(id): \(status?.text ?? fault ?? "waiting")")
        }
    }
}
