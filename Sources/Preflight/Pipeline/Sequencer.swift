import SystemCalls

/// Lets threads pass one at a time, in the order of their tickets.
///
/// Tickets are numbers from 0 on, each taken by one thread, which enters and leaves once with it.
// Everything that changes is read and written while the gate is locked.
final class Sequencer: @unchecked Sendable {
    private let gate: system_gate
    private var next = 0
    private var takenCount = 0
    private var waitingCount = 0

    init() {
        guard let gate = system_gate_make() else { fatalError("out of memory") }
        self.gate = gate
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        system_gate_lock(gate)
        defer { system_gate_unlock(gate) }
        return body()
    }

    /// The next free ticket.
    func takeTicket() -> Int {
        withLock {
            takenCount += 1
            return takenCount - 1
        }
    }

    /// Waits until all with a lower ticket have left, then runs `body`.
    func pass<Result>(_ ticket: Int, _ body: () -> Result) -> Result {
        withLock {
            waitingCount += 1
            while next != ticket { system_gate_wait(gate) }
            waitingCount -= 1
        }
        let result = body()
        let isAwaited = withLock {
            next += 1
            return waitingCount > 0
        }
        if isAwaited { system_gate_wake(gate) }
        return result
    }
}
