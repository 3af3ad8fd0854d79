import ByteSources
import ImportProfiles
import NIOCore
import Synchronization

/// Knows what must be ended for the server to end: the listening socket, the open connections, the pauses of scripted slowness.
///
/// The server is ended through here and never by cancelling its task. The library traps (`Deinited NIOAsyncWriter without calling
/// finish()`) when a connection was accepted and, because the accepting was cancelled or the listener closed, never served. So:
///
/// ```
///   admit no more → wait until every admitted connection is being served → close the listener and the connections
/// ```
final class ConnectionRegistry: Sendable {
    private struct State {
        var isStopped = false
        var listener: (any Channel)?
        /// Admitted, not yet served.
        var pendingCount = 0
        var connections: [ObjectIdentifier: any Channel] = [:]
        var pauses: [Int: Task<Void, any Error>] = [:]
        var pauseCount = 0
        var stopper: CheckedContinuation<Void, Never>?

        /// The waiting ``ConnectionRegistry/stop()``, if its time has come.
        mutating func takeStopper() -> CheckedContinuation<Void, Never>? {
            guard pendingCount == 0 else { return nil }
            defer { stopper = nil }
            return stopper
        }
    }

    private let state = Mutex(State())

    /// Ends everything. Returns when nothing is left that the library could trap on; connections may still be closing. Call it once.
    func stop() async {
        await withCheckedContinuation { continuation in
            let stopper = state.withLock { state in
                state.isStopped = true
                state.stopper = continuation
                return state.takeStopper()
            }
            stopper?.resume()
        }
        let (channels, pauses) = state.withLock { state in
            (Array(state.connections.values) + [state.listener].compactMap { $0 }, Array(state.pauses.values))
        }
        for channel in channels { channel.close(promise: nil) }
        for pause in pauses { pause.cancel() }
    }

    /// The server has ended, for any reason: nothing pending will be served any more.
    func serverEnded() {
        let stopper = state.withLock { state in
            state.pendingCount = 0
            return state.takeStopper()
        }
        stopper?.resume()
    }

    func listen(on channel: any Channel) {
        let isStopped = state.withLock { state in
            state.listener = channel
            return state.isStopped
        }
        if isStopped { channel.close(promise: nil) }
    }

    /// Whether a connection just accepted may be served. If so, ``serve(_:)`` or ``abandon()`` must follow.
    func admit() -> Bool {
        state.withLock { state in
            if !state.isStopped { state.pendingCount += 1 }
            return !state.isStopped
        }
    }

    /// An admitted connection could not be set up.
    func abandon() {
        let stopper = state.withLock { state in
            state.pendingCount -= 1
            return state.takeStopper()
        }
        stopper?.resume()
    }

    /// An admitted connection is being served from now on.
    func serve(_ channel: any Channel) {
        let stopper = state.withLock { state in
            state.pendingCount -= 1
            state.connections[ObjectIdentifier(channel)] = channel
            return state.takeStopper()
        }
        stopper?.resume()
    }

    func leave(_ channel: any Channel) {
        state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// Waits, but not beyond ``stop()``.
    ///
    /// - Throws: `CancellationError` when the server stops.
    func pause(_ duration: Duration) async throws {
        guard duration > .zero else { return }
        // Cancelled by `stop()`, which no structured task could hear.
        let pause = Task { try await Task.sleep(for: duration) }
        let (id, isStopped) = state.withLock { state in
            state.pauseCount += 1
            state.pauses[state.pauseCount] = pause
            return (state.pauseCount, state.isStopped)
        }
        defer { state.withLock { _ = $0.pauses.removeValue(forKey: id) } }
        if isStopped { pause.cancel() }
        try await pause.value
    }
}
