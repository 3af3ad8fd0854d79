import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import TestSupport

/// A loopback server that misbehaves as told, for tests of clients: byte by byte, below any HTTP library, so that it can send what
/// no library would.
///
/// The n-th connection follows the n-th script, the last script serves all further ones. What arrives is logged.
public final class ScriptedServer: Sendable {
    /// How the server listens.
    public struct Configuration: Sendable {
        /// Shown to clients; `nil` for plain TCP.
        public var tls: TLSIdentity?
        /// Size of the kernel's receive buffer per connection, which also bounds one read; `nil` leaves the system's choice.
        ///
        /// A small one (4096) makes back-pressure real: a client that sends to a server that does not read is soon held.
        public var receiveBufferByteCount: Int?

        public init(tls: TLSIdentity? = nil, receiveBufferByteCount: Int? = nil) {
            self.tls = tls
            self.receiveBufferByteCount = receiveBufferByteCount
        }
    }

    private struct State {
        var port: Int?
        var listener: (any Channel)?
        var serving: Task<Void, Never>?
        var isStopping = false
        /// Accepted, not yet served.
        var pendingCount = 0
        var stopper: CheckedContinuation<Void, Never>?
        var connections: [ConnectionLog] = []
        var runningCount = 0
        var idleWaiters: [Latch] = []
    }

    private let scripts: [[ScriptStep]]
    private let configuration: Configuration
    private let state = Mutex(State())

    /// - Parameter scripts: not empty.
    public init(scripts: [[ScriptStep]], configuration: Configuration = Configuration()) {
        precondition(!scripts.isEmpty, "a scripted server needs a script")
        self.scripts = scripts
        self.configuration = configuration
    }

    public convenience init(scripts: [[ScriptStep]], tls: TLSIdentity?) {
        self.init(scripts: scripts, configuration: Configuration(tls: tls))
    }

    /// The port on 127.0.0.1. Only between ``start()`` and the end of the server object.
    public var port: Int {
        guard let port = state.withLock({ $0.port }) else { preconditionFailure("the server was not started") }
        return port
    }

    /// One log per accepted connection, in order. Complete for what the scripts have read so far.
    public var connections: [ConnectionLog] {
        state.withLock { $0.connections }
    }

    /// All requests of all connections.
    public var requests: [RequestLog] {
        connections.flatMap(\.requests)
    }

    /// Requests with a body announced, or by a method that sends one, that arrived whole: what the server would act on.
    public var completeBodyCount: Int {
        requests.count { $0.isComplete && !["GET", "HEAD"].contains($0.method) }
    }

    /// Binds a free port and begins to accept.
    public func start() async throws {
        let listener = try await bind()
        let port = listener.channel.localAddress?.port
        // Ended and awaited by `stop()`.
        let serving = Task(executorPreference: TestThreads.serving) { await self.serve(listener) }
        state.withLock { state in
            state.port = port
            state.listener = listener.channel
            state.serving = serving
        }
    }

    /// Closes all sockets, the stalled ones too, and returns when every script has ended.
    public func stop() async {
        let (listener, serving) = state.withLock { state in
            state.isStopping = true
            return (state.listener, state.serving)
        }
        // A connection that was accepted must be served: the library drops it without closing it when the listener closes first.
        await withCheckedContinuation { continuation in
            resumeStopper { $0.stopper = continuation }
        }
        listener?.close(promise: nil)
        await serving?.value
    }

    /// Returns when no script is running: what clients sent before they closed has then been read by the scripts that read on.
    ///
    /// Does not return while a script stalls or a client keeps a connection that a script is reading.
    public func waitUntilIdle() async {
        let waiter = Latch()
        state.withLock { state in
            if state.runningCount == 0 { waiter.open() } else { state.idleWaiters.append(waiter) }
        }
        await waiter.wait()
    }

    /// Changes the state, then lets ``stop()`` go on if nothing is pending any more.
    private func resumeStopper(after change: (inout State) -> Void) {
        let stopper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            change(&state)
            guard state.pendingCount == 0 else { return nil }
            defer { state.stopper = nil }
            return state.stopper
        }
        stopper?.resume()
    }

    private func bind() async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, Never>, Never> {
        let tls = try configuration.tls.map(Self.context)
        let portion = configuration.receiveBufferByteCount ?? 64 << 10
        var bootstrap = ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: portion))
        if let byteCount = configuration.receiveBufferByteCount {
            // On the listening socket: accepted ones inherit it, and the window is scaled for it in the handshake.
            bootstrap = bootstrap.serverChannelOption(.socketOption(.so_rcvbuf), value: .init(byteCount))
        }
        return try await bootstrap.bind(host: "127.0.0.1", port: 0) { channel in
            let isAdmitted = self.state.withLock { state in
                if !state.isStopping { state.pendingCount += 1 }
                return !state.isStopping
            }
            guard isAdmitted else {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
            }
            return channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(TransportMark(), name: TransportMark.name)
                if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                let reading = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(lowWatermark: 1, highWatermark: 1)
                return try NIOAsyncChannel(
                    wrappingChannelSynchronously: channel, configuration: .init(backPressureStrategy: reading))
            }
        }
    }

    private static func context(_ identity: TLSIdentity) throws -> NIOSSLContext {
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(identity.certificate.utf8)).map(NIOSSLCertificateSource.certificate)
        let key = try NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: certificates, privateKey: .privateKey(key))
        configuration.shutdownTimeout = .milliseconds(200)
        return try NIOSSLContext(configuration: configuration)
    }

    /// Accepts until the listener is closed, then cancels the scripts, which are child tasks.
    private func serve(_ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, Never>, Never>) async {
        // Errors of the listener end the accepting, which the test then sees as a refused connection.
        try? await listener.executeThenClose { clients in
            try await withThrowingDiscardingTaskGroup { group in
                for try await client in clients {
                    let index = beginConnection()
                    group.addTask { await self.converse(client, index: index) }
                }
                group.cancelAll()
            }
        }
    }

    private func converse(_ client: NIOAsyncChannel<ByteBuffer, Never>, index: Int) async {
        let script = scripts[min(index, scripts.count - 1)]
        let channel = client.channel
        do {
            try await withTaskCancellationHandler {
                try await client.executeThenClose { inbound in
                    var conversation = Conversation(channel: channel, inbound: inbound) { change in
                        self.state.withLock { change(&$0.connections[index]) }
                    }
                    try await conversation.follow(script)
                }
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            state.withLock { $0.connections[index].failure = "\(error)" }
        }
        endConnection()
    }

    private func beginConnection() -> Int {
        var index = 0
        resumeStopper { state in
            index = state.connections.count
            state.connections.append(ConnectionLog())
            state.pendingCount -= 1
            state.runningCount += 1
        }
        return index
    }

    private func endConnection() {
        let waiters = state.withLock { state -> [Latch] in
            state.runningCount -= 1
            guard state.runningCount == 0 else { return [] }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in waiters { waiter.open() }
    }
}

/// Runs `body` against a server that is stopped afterwards, also when `body` throws.
public func withScriptedServer<Result: Sendable>(
    scripts: [[ScriptStep]], tls: TLSIdentity? = nil, receiveBufferByteCount: Int? = nil,
    body: (ScriptedServer) async throws -> Result
) async throws -> Result {
    let server = ScriptedServer(
        scripts: scripts, configuration: .init(tls: tls, receiveBufferByteCount: receiveBufferByteCount))
    try await server.start()
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
