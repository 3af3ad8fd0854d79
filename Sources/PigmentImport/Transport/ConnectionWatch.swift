import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What one connection did, told from inside its pipeline.
///
/// AsyncHTTPClient says that a request failed, but not how much of it the socket had taken; its write timeout rests while the peer
/// reads nothing, which is the very stall to notice; and its answer has no time limit in all. This watch sees each part of the
/// request on its way to the socket and each part of the answer on its way back:
///
/// ```
///   socket ── TLS ── encoder/decoder ── WatchHandler ── AsyncHTTPClient's handler
/// ```
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
        var isReplyOver = false
        var fault: Fault?
    }

    private struct State {
        var snapshot = Snapshot()
        var handler: NIOLoopBound<WatchHandler>?
        var channel: (any Channel)?
    }

    let limits: Limits
    private let bodyByteCount: Int
    private let state = Mutex(State())

    init(limits: Limits, bodyByteCount: Int) {
        self.limits = limits
        self.bodyByteCount = bodyByteCount
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

    fileprivate func record(_ change: (inout Snapshot) -> Void) {
        state.withLock { change(&$0.snapshot) }
    }
}

/// The part of the watch that lives on the connection's event loop.
final class WatchHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Two equal progresses in a row mean that the socket took nothing in between: whatever it takes lowers what is buffered or
    /// completes a part, and whatever is added counts as written.
    private struct Progress: Equatable {
        var writtenParts = 0
        var completedParts = 0
        var bufferedByteCount = 0
        /// Where the system tells it.
        var acknowledgedByteCount: UInt64 = 0
    }

    private let watch: ConnectionWatch
    private let tls: ChannelHandlerContext?
    private var context: ChannelHandlerContext?
    private var ticks: RepeatedTask?
    private var progress = Progress()
    private var seenProgress = Progress()
    /// When ``progress`` last changed.
    private var changeTime = NIODeadline.now()
    /// When there was last nothing to send.
    private var restTime = NIODeadline.now()
    private var wholeTime: NIODeadline?
    private var headTime: NIODeadline?
    private(set) var settled: EventLoopPromise<Void>!
    private var isSettled = false

    init(watch: ConnectionWatch, tls: ChannelHandlerContext?) {
        self.watch = watch
        self.tls = tls
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        settled = context.eventLoop.makePromise()
        let shortest = min(watch.limits.stall, watch.limits.reply, watch.limits.replyBody)
        let period = max(TimeAmount.milliseconds(5), min(TimeAmount.seconds(1), TimeAmount.nanoseconds(shortest.nanoseconds / 8)))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        ticks = context.eventLoop.scheduleRepeatedTask(initialDelay: period, delay: period) { _ in bound.value.tick() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    // MARK: - The request on its way out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let taken = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        switch unwrapOutboundIn(data) {
        case .head:
            watch.record { $0.hasBegun = true }
            taken.futureResult.whenSuccess { bound.value.partTaken(isHead: true, byteCount: 0) }
        case .body(let part):
            let byteCount = part.readableBytes
            taken.futureResult.whenSuccess { bound.value.partTaken(isHead: false, byteCount: byteCount) }
        case .end:
            taken.futureResult.whenSuccess { bound.value.partTaken(isHead: false, byteCount: 0) }
        }
        progress.writtenParts += 1
        context.write(data, promise: taken)
    }

    private func partTaken(isHead: Bool, byteCount: Int) {
        progress.completedParts += 1
        watch.record {
            $0.isHeadSent = $0.isHeadSent || isHead
            $0.sentByteCount += byteCount
        }
        if wholeTime == nil, watch.isRequestWhole {
            wholeTime = .now()
            settle()
        }
    }

    // MARK: - The answer on its way in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // 1xx heads are announcements: the answer is still to come.
            if head.status.code >= 200 || head.status == .switchingProtocols, headTime == nil {
                headTime = .now()
                watch.record { $0.status = Int(head.status.code) }
            }
        case .body: break
        case .end:
            if headTime != nil { watch.record { $0.isReplyOver = true } }
        }
        context.fireChannelRead(data)
    }

    // MARK: - Time

    private func tick() {
        guard let context else { return }
        let now = NIODeadline.now()
        let snapshot = watch.snapshot
        guard snapshot.hasBegun, snapshot.fault == nil else {
            restTime = now
            return
        }
        progress.bufferedByteCount = bufferedByteCount(context)
        noteAcknowledgements(context)
        if progress != seenProgress {
            seenProgress = progress
            changeTime = now
        }
        // A refusal ends the sending: what waits then waits for nothing.
        let isRefused = (snapshot.status ?? 0) >= 300
        let isSending = wholeTime == nil && progress.bufferedByteCount > 0 && !isRefused
        if !isSending { restTime = now }
        if isSending, now - max(changeTime, restTime) > watch.limits.stall { return fail(.stalled) }
        if let headTime {
            let start = isRefused ? headTime : max(headTime, wholeTime ?? now)
            if !snapshot.isReplyOver, now - start > watch.limits.replyBody { fail(.replyTimeout) }
        } else if let wholeTime, now - max(wholeTime, changeTime) > watch.limits.reply {
            // The system may still hold megabytes for a slow server: its time begins when it has taken them.
            fail(.replyTimeout)
        }
    }

    private func bufferedByteCount(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Asks the system how many bytes the peer has acknowledged. The socket takes bytes in gulps, only when a third of its buffer is
    /// free; to a slow peer minutes may lie between two of them, while acknowledgements come all the time.
    private func noteAcknowledgements(_ context: ChannelHandlerContext) {
        #if os(Linux)
            // struct tcp_info of linux/tcp.h, which only ever grows at its end, as 64-bit words: tcpi_bytes_acked is at byte 120.
            typealias Words = InlineArray<16, UInt64>
            guard let socket = context.channel as? any SocketOptionProvider else { return }
            let answer: EventLoopFuture<Words> = socket.unsafeGetSocketOption(level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_INFO))
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            // Completed already: we are on the loop.
            answer.whenSuccess { bound.value.progress.acknowledgedByteCount = $0[15] }
        #endif
    }

    private func fail(_ fault: ConnectionWatch.Fault) {
        watch.record { $0.fault = fault }
        // Towards AsyncHTTPClient's handler, which fails the request with it and closes.
        context?.fireErrorCaught(fault)
        close()
    }

    func close() {
        if let tls {
            // From the TLS handler's place outwards: skips its farewell.
            tls.close(promise: nil)
        } else {
            context?.close(promise: nil)
        }
    }

    private func settle() {
        guard !isSettled else { return }
        isSettled = true
        settled.succeed()
    }

    private func end() {
        ticks?.cancel()
        ticks = nil
        settle()
    }
}

@available(*, unavailable)
extension WatchHandler: Sendable {}
