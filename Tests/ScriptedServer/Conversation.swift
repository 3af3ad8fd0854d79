import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One connection following its script.
struct Conversation {
    /// The client went away while a step was still waiting for bytes.
    private struct ClientClosed: Error {}

    private let channel: any Channel
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let log: ((inout ConnectionLog) -> Void) -> Void
    private var reader = MessageReader()
    /// Read from the socket after the end of a message: the beginning of the next.
    private var pending: [UInt8] = []
    /// Where the request being read is in the log.
    private var requestIndex = 0

    /// - Parameter log: applies a change to this connection's log.
    init(
        channel: any Channel, inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        log: @escaping ((inout ConnectionLog) -> Void) -> Void
    ) {
        self.channel = channel
        self.inbound = inbound.makeAsyncIterator()
        self.log = log
    }

    mutating func follow(_ script: [ScriptStep]) async throws {
        do {
            for step in script { try await perform(step) }
        } catch is ClientClosed {
            log { $0.sawEnd = true }
        }
    }

    private mutating func perform(_ step: ScriptStep) async throws {
        switch step {
        case .readHead: try await readHead()
        case .readBody(let byteCount): try await readBody { $0.bodyByteCount >= byteCount }
        case .readWholeBody: try await readBody { _ in false }
        case .readSlowly(let byteCount, let pause): try await readSlowly(byteCount: byteCount, pause: pause)
        case .drain: try await drain()
        case .readAnything: try await receive()
        case .sleep(let duration): try await Task.sleep(for: duration)
        case .open(let latch): latch.open()
        case .wait(let latch): await latch.wait()
        case .send(let bytes): try await send(bytes[...])
        case .drip(let bytes, let byteCount, let pause):
            for start in stride(from: 0, to: bytes.count, by: byteCount) {
                try await Task.sleep(for: pause)
                try await send(bytes[start..<min(start + byteCount, bytes.count)])
            }
        case .flood(let bytes, let times):
            for _ in 0..<times { try await send(bytes[...]) }
        case .reset: try await reset()
        case .finish: try await channel.close()
        case .halfClose: try await channel.close(mode: .output)
        case .stall: try await Task.sleep(for: .seconds(24 * 60 * 60))
        }
    }

    private mutating func readHead() async throws {
        if reader.request?.isComplete == true {
            reader = MessageReader()
            requestIndex += 1
            take([])
        }
        while reader.request == nil { try await receive() }
    }

    private mutating func readBody(until isEnough: (RequestLog) -> Bool) async throws {
        if reader.request == nil { try await readHead() }
        while let request = reader.request, !request.isComplete, !isEnough(request) { try await receive() }
    }

    private mutating func readSlowly(byteCount: Int, pause: Duration) async throws {
        if reader.request == nil { try await readHead() }
        while let request = reader.request, !request.isComplete {
            try await Task.sleep(for: pause)
            let goal = request.bodyByteCount + byteCount
            try await readBody { $0.bodyByteCount >= goal }
        }
    }

    private mutating func drain() async throws {
        do {
            while true { try await receive() }
        } catch is ClientClosed {
            log { $0.sawEnd = true }
        }
    }

    private mutating func receive() async throws {
        guard let buffer = try await inbound.next(isolation: nil) else { throw ClientClosed() }
        take(Array(buffer.readableBytesView))
    }

    private mutating func take(_ bytes: [UInt8]) {
        pending.append(contentsOf: bytes)
        let consumed = reader.feed(pending[...])
        pending.removeFirst(consumed)
        let (request, index) = (reader.request, requestIndex)
        log { log in
            log.byteCount += bytes.count
            log.prefix.append(contentsOf: bytes.prefix(max(0, ConnectionLog.prefixLimit - log.prefix.count)))
            guard let request else { return }
            if index < log.requests.count { log.requests[index] = request } else { log.requests.append(request) }
        }
    }

    /// Returns when the kernel has taken the bytes.
    private func send(_ bytes: ArraySlice<UInt8>) async throws {
        try await channel.writeAndFlush(channel.allocator.buffer(bytes: bytes))
    }

    private func reset() async throws {
        let channel = channel
        // Lingering for zero seconds makes close(2) send RST.
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        // From below the TLS handler, which would say goodbye first.
        try await channel.eventLoop.submit {
            let transport = try channel.pipeline.syncOperations.context(name: TransportMark.name)
            transport.close(mode: .all, promise: nil)
        }.get()
    }
}

/// Stands first in the pipeline, does nothing, and marks the place below TLS.
final class TransportMark: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    static let name = "transport"
}
