import Synchronization

/// What the server remembers between requests.
final class ImportLedger: Sendable {
    private struct State {
        var imports: [Entry] = []
        var refusals: [RehearsalBehaviour.Refusal]
        var cutBodyCount = 0
        var refusedCount = 0
    }

    /// An import with its times, which are text because they are only shown.
    struct Entry: Sendable {
        var received: ReceivedImport
        var createdAt: String
        /// Set by the status request that first sees the end.
        var completedAt: String?
    }

    private let state: Mutex<State>

    init(refusals: [RehearsalBehaviour.Refusal]) {
        state = Mutex(State(refusals: refusals.filter { $0.times > 0 }))
    }

    var imports: [ReceivedImport] {
        state.withLock { $0.imports.map(\.received) }
    }

    var cutBodyCount: Int {
        state.withLock { $0.cutBodyCount }
    }

    var refusedCount: Int {
        state.withLock { $0.refusedCount }
    }

    /// The scripted refusal that the next push gets, if any is left.
    func takeRefusal() -> RehearsalBehaviour.Refusal? {
        state.withLock { state in
            guard var refusal = state.refusals.first else { return nil }
            refusal.times -= 1
            if refusal.times == 0 { state.refusals.removeFirst() } else { state.refusals[0] = refusal }
            return refusal
        }
    }

    func record(_ received: ReceivedImport, at now: String) {
        state.withLock { $0.imports.append(Entry(received: received, createdAt: now)) }
    }

    func recordRefusal() {
        state.withLock { $0.refusedCount += 1 }
    }

    func recordCutBody() {
        state.withLock { $0.cutBodyCount += 1 }
    }

    /// Counts a status request and completes the import once it was asked for more than `inProgressPollCount` times.
    ///
    /// - Returns: `nil` for an unknown import.
    func poll(importID: String, inProgressPollCount: Int, at now: String) -> Entry? {
        state.withLock { state in
            let index = state.imports.firstIndex { $0.received.importID == importID && $0.received.kind != .legacyPush }
            guard let index else { return nil }
            state.imports[index].received.pollCount += 1
            if state.imports[index].received.pollCount > inProgressPollCount, state.imports[index].completedAt == nil {
                state.imports[index].completedAt = now
            }
            return state.imports[index]
        }
    }
}
