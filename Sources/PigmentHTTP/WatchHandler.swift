import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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
                // The socket tells what it took before what it received: an answer after the last byte is never early.
                let isEarly = !watch.isRequestWhole
                watch.collector.begin(head)
                watch.record {
                    $0.status = Int(head.status.code)
                    $0.isEarly = isEarly
                }
            }
        case .body(let part): watch.collector.append(part)
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
