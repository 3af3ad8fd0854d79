import NIOCore
import Synchronization

/// Knows what must be ended for the server to end: the listening socket, the open connections, the pauses of scripted slowness.
///
/// The server is ended through here and never by cancelling its task: the library traps (`Deinited NIOAsyncWriter without calling
/// finish()`) on a connection that was accepted and, because of the cancellation, never served.
final class ConnectionRegistry: Sendable {
    private struct State {
        var isStopped = false
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        var pauses: [Int: Task<Void, any Error>] = [:]
        var pauseCount = 0
    }

    private let state = Mutex(State())

    /// Ends everything registered, and at once whatever is registered later. Does not wait.
    func stop() {
        let (channels, pauses) = state.withLock { state in
            state.isStopped = true
            return (Array(state.connections.values) + [state.listener].compactMap { $0 }, Array(state.pauses.values))
        }
        for channel in channels { channel.close(promise: nil) }
        for pause in pauses { pause.cancel() }
    }

    func listen(on channel: any Channel) {
        let isStopped = state.withLock { state in
            state.listener = channel
            return state.isStopped
        }
        if isStopped { channel.close(promise: nil) }
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

    fileprivate func join(_ channel: any Channel) {
        let isStopped = state.withLock { state in
            state.connections[ObjectIdentifier(channel)] = channel
            return state.isStopped
        }
        if isStopped { channel.close(promise: nil) }
    }

    fileprivate func leave(_ channel: any Channel) {
        state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}

/// Registers the connection in whose pipeline it stands.
final class ConnectionMember: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let registry: ConnectionRegistry

    init(registry: ConnectionRegistry) {
        self.registry = registry
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { registry.join(context.channel) }
    }

    func channelActive(context: ChannelHandlerContext) {
        registry.join(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        registry.leave(context.channel)
        context.fireChannelInactive()
    }
}
