import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// What one connection did, as seen from inside its pipeline.
///
/// AsyncHTTPClient says that a request failed, but not how much of it the socket had taken; its write timeout rests while the peer
/// reads nothing, which is the very stall to notice; and its answer has no time limit in all. This watch sees each part of the
/// request on its way to the socket and each part of the answer on its way back:
///
/// ```
///   socket ── TLS ── encoder/decoder ── WatchHandler ── AsyncHTTPClient's handler
/// ```
///
/// The one door into that pipeline is `HTTPClient.Configuration.http1_1ConnectionDebugInitializer`, which AsyncHTTPClient calls for each HTTP/1
/// connection once it is set up, before the first request. It is public, but the library promises it for debugging only: neither when it is
/// called nor what the pipeline then contains is fixed. So the package takes patch releases of AsyncHTTPClient only, `DebugInitializerTests`
/// fails if one of the two changes, and without the watch no request counts as sent: ``attach(to:)`` fails the connection if the pipeline is
/// not the one drawn above.
///
/// One watch serves one request.
final class ConnectionWatch: Sendable {
    /// Time limits of one request, once it is connected.
    struct Limits: Sendable {
        /// For bytes that wait and are not taken by the socket.
        var stall: TimeAmount
        /// From the end of the request to the head of the answer.
        var reply: TimeAmount
        /// From the head of the answer (or the end of the request, if later) to its end.
        var replyBody: TimeAmount
    }

    /// A limit that was passed.
    enum Fault: Error {
        case stalled
        case replyTimeout
    }

    struct Snapshot: Sendable {
        /// Whether any part of the request was given to the socket.
        var hasBegun = false
        /// Whether the socket took all of the request's head.
        var isHeadSent = false
        var sentByteCount = 0
        var status: Int?
        /// Whether the head of the answer came before the socket had taken the whole request.
        var isEarly = false
        var isReplyOver = false
        var fault: Fault?
    }

    private struct State {
        var snapshot = Snapshot()
        var handler: NIOLoopBound<WatchHandler>?
        var channel: (any Channel)?
    }

    let limits: Limits
    /// What has come of the answer.
    let collector: ReplyCollector
    private let bodyByteCount: Int
    private let state = Mutex(State())

    /// - Parameter replyLimit: The most bytes of the answer's body that are kept.
    init(limits: Limits, bodyByteCount: Int, replyLimit: Int) {
        self.limits = limits
        self.bodyByteCount = bodyByteCount
        collector = ReplyCollector(limit: replyLimit)
    }

    var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Whether the socket took the whole request. Final once the connection is closed.
    var isRequestWhole: Bool { isWhole(snapshot) }

    func isWhole(_ snapshot: Snapshot) -> Bool {
        snapshot.isHeadSent && snapshot.sentByteCount >= bodyByteCount
    }

    /// Places the handler into the pipeline of a connection that is set up, TLS and proxy included.
    func attach(to channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            let handler = WatchHandler(watch: self, tls: try? pipeline.context(handlerType: NIOSSLClientHandler.self))
            try pipeline.addHandler(handler, position: .after(decoder))
            state.withLock {
                $0.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                $0.channel = channel
            }
        }
    }

    /// Returns when the request is whole, or the connection is closed.
    func untilRequestIsSettled() async {
        guard let handler = state.withLock({ $0.handler }) else { return }
        try? await handler.eventLoop.flatSubmit { handler.value.settled.futureResult }.get()
    }

    /// Closes the socket at once and returns when it is closed: what ``snapshot`` says then is final.
    ///
    /// Under TLS no farewell is exchanged: it would wait for a peer that may have stopped to answer.
    func close() async {
        abort()
        guard let channel = state.withLock({ $0.channel }) else { return }
        try? await channel.closeFuture.get()
    }

    /// Begins what ``close()`` waits for.
    func abort() {
        guard let handler = state.withLock({ $0.handler }) else { return }
        handler.eventLoop.execute { handler.value.close() }
    }

    func record(_ change: (inout Snapshot) -> Void) {
        state.withLock { change(&$0.snapshot) }
    }
}
