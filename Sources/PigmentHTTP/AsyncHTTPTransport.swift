import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import PigmentImport
import SafeText

/// The transport over AsyncHTTPClient.
///
/// Each request gets a client, and so a connection, of its own: a pooled connection that died unnoticed would make a sent request of
/// what is a failed connect. HTTP/1.1 only; redirects are never followed; certificates are always verified; nothing is decompressed.
public struct AsyncHTTPTransport: HTTPTransport {
    /// Time limits. All clocks are monotonic.
    public struct Limits: Sendable, Equatable {
        /// For name look-up, connect, proxy tunnel and TLS handshake together.
        package var connect: Duration
        /// For bytes that wait and are not taken by the socket. A slow server is not a stall, a silent one is.
        package var stall: Duration
        /// From the end of the request to the beginning of the answer.
        package var reply: Duration
        /// For the rest of the answer.
        package var replyBody: Duration

        /// The limits of one request.
        ///
        /// - Parameters:
        ///   - connect: For name look-up, connect, proxy tunnel and TLS handshake together.
        ///   - stall: For bytes that wait and are not taken by the socket.
        ///   - reply: From the end of the request to the beginning of the answer.
        ///   - replyBody: For the rest of the answer.
        public init(
            connect: Duration = .seconds(15), stall: Duration = .seconds(60), reply: Duration = .seconds(300),
            replyBody: Duration = .seconds(60)
        ) {
            self.connect = connect
            self.stall = stall
            self.reply = reply
            self.replyBody = replyBody
        }
    }

    private let service: ServiceURL
    private let limits: Limits
    private let proxy: ProxySettings.Proxy?
    private let trustRoots: [NIOSSLCertificate]?
    private let lookUp: NameLookUp

    /// A transport to one service.
    ///
    /// - Parameters:
    ///   - service: The one origin of all requests. It decides whether a proxy is used.
    ///   - limits: Time limits.
    ///   - trustRootsPath: A PEM file of certificates to trust instead of the system's (`SSL_CERT_FILE`); `nil` for the system's.
    ///   - environment: Variables by name; only `HTTPS_PROXY` and `NO_PROXY` are used, in either case. Without them there is no proxy.
    /// - Throws: `SettingError.trustRoots(path:)` or `SettingError.proxy(variable:reason:)`.
    public init(
        service: ServiceURL, limits: Limits = Limits(), trustRootsPath: String? = nil, environment: [String: String] = [:]
    ) throws(SettingError) {
        try self.init(
            service: service, limits: limits, trustRootsPath: trustRootsPath, proxy: ProxySettings(environment: environment),
            lookUp: .system)
    }

    /// - Parameter lookUp: asked only after a connection failed for its name.
    init(
        service: ServiceURL, limits: Limits, trustRootsPath: String?, proxy: ProxySettings, lookUp: NameLookUp
    ) throws(SettingError) {
        self.service = service
        self.limits = limits
        self.lookUp = lookUp
        self.proxy = proxy.proxy(for: service)
        guard let trustRootsPath else {
            trustRoots = nil
            return
        }
        guard let certificates = try? NIOSSLCertificate.fromPEMFile(trustRootsPath), !certificates.isEmpty else {
            throw .trustRoots(path: VisibleText(trustRootsPath, limit: 4096).text)
        }
        trustRoots = certificates
    }

    /// Sends one request over a connection of its own and brings the answer.
    ///
    /// - Precondition: The URL of the request begins with the service that the transport was made for: the key goes to one origin only.
    /// - Throws: `TransportFailure`, with how far the request had come.
    public func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        precondition(request.url.hasPrefix(service.description + "/"), "the key goes to one origin only")
        let watch = ConnectionWatch(
            limits: watchLimits(for: request), bodyByteCount: request.body?.byteCount ?? 0, replyLimit: request.replyLimit)
        // Not the platform's default group: the watch needs to ask NIO's own channels what waits in them.
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration(watch: watch))
        var fault: (any Error)?
        do {
            try await exchange(request, over: client, watch: watch)
        } catch {
            fault = error
        }
        // First no further chunk can get out, then the socket is closed: only then is it final how much was sent. Also after an answer:
        // an early one leaves the body on its way, and nothing of this attempt may be heard of during the next.
        request.body?.stop()
        await watch.close()
        // Not awaited: while a connect is still under way it would wait for that, and there is nothing left to lose.
        client.shutdown { _ in }
        do throws(TransportFailure) {
            return try conclude(request, fault: fault, watch: watch)
        } catch {
            throw await classified(error)
        }
    }

    /// Tells a name that does not exist from a resolver that does not answer.
    private func classified(_ failure: TransportFailure) async -> TransportFailure {
        guard failure.kind == .dns, await lookUp.answer(proxy?.host ?? service.host) == .unknown else { return failure }
        var failure = failure
        failure.kind = .unknownHost
        failure.text = "the host name \(proxy == nil ? service.host : "of the proxy") does not exist"
        return failure
    }

    private func exchange(_ request: TransportRequest, over client: HTTPClient, watch: ConnectionWatch) async throws {
        // No deadline: an upload may take hours. The watch ends what does not move.
        let response = try await client.execute(Self.clientRequest(request), deadline: .distantFuture)
        for try await _ in response.body where watch.collector.isCut { break }
        try Task.checkCancellation()
        // An early success leaves the body on its way: whether it became whole belongs to the answer.
        if response.status.code < 300, !watch.isRequestWhole, !watch.collector.isCut {
            await withTaskCancellationHandler {
                await watch.untilRequestIsSettled()
            } onCancel: {
                request.body?.stop()
                watch.abort()
            }
        }
    }

    private func conclude(
        _ request: TransportRequest, fault: (any Error)?, watch: ConnectionWatch
    ) throws(TransportFailure) -> TransportReply {
        let (snapshot, collector) = (watch.snapshot, watch.collector)
        var reply = collector.reply
        reply.sentByteCount = snapshot.sentByteCount
        reply.isRequestWhole = watch.isWhole(snapshot)
        reply.isEarly = snapshot.isEarly
        guard let fault else { return reply }
        // Only the request failed, after the end of the answer: see `ReplyCollector`.
        if snapshot.isReplyOver, let fault = fault as? ChannelError, fault == .ioOnClosedChannel { return reply }
        let phase: TransportFailure.Phase =
            if collector.hasBegun { .readingReply } else if !snapshot.hasBegun { .connecting } else if reply.isRequestWhole {
                .awaitingReply
            } else { .sending }
        var (kind, text) = FaultReading(service: service, isProxied: proxy != nil, phase: phase).kindAndText(of: snapshot.fault ?? fault)
        // The file's own fault explains more than the broken connection that follows from it.
        if let failure = request.body?.failure, failure != .stopped, !reply.isRequestWhole {
            (kind, text) = (.body(failure), "the file could not be sent as it was checked")
        }
        throw TransportFailure(
            phase: phase, kind: kind, sentByteCount: snapshot.sentByteCount, partialReply: collector.hasBegun ? reply : nil, text: text)
    }

    private func watchLimits(for request: TransportRequest) -> ConnectionWatch.Limits {
        let reply = min(limits.reply, request.replyTimeout ?? limits.reply)
        return ConnectionWatch.Limits(
            stall: TimeAmount(limits.stall), reply: TimeAmount(reply), replyBody: TimeAmount(min(limits.replyBody, reply)))
    }

    private func configuration(watch: ConnectionWatch) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .fullVerification
        tls.minimumTLSVersion = .tlsv12
        if let trustRoots { tls.trustRoots = .certificates(trustRoots) }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(limits.connect)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.maximumUsesPerConnection = 1
        // A failed connect is reported as it is, at once: trying again is ours to decide and to tell.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Not for debugging: see `ConnectionWatch`.
        configuration.http1_1ConnectionDebugInitializer = { channel in watch.attach(to: channel) }
        if let proxy {
            let login = proxy.userName.map { HTTPClient.Authorization.basic(username: $0, password: proxy.password) }
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: login)
        }
        return configuration
    }

    private static func clientRequest(_ request: TransportRequest) -> HTTPClientRequest {
        var clientRequest = HTTPClientRequest(url: request.url)
        clientRequest.method = request.method == .get ? .GET : .POST
        for header in request.headers { clientRequest.headers.add(name: header.name, value: header.value) }
        clientRequest.headers.add(name: "Connection", value: "close")
        clientRequest.body = request.body.map { .stream(BodyBuffers(body: $0), length: .known(Int64($0.byteCount))) }
        return clientRequest
    }
}

/// The chunks of a body in the network library's buffers: one copy of each, which costs a fraction of its digest.
private struct BodyBuffers: AsyncSequence, Sendable {
    let body: UploadBody

    func makeAsyncIterator() -> Iterator { Iterator(chunks: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var chunks: UploadBody.Iterator

        mutating func next() async throws(UploadBody.Failure) -> ByteBuffer? {
            try await chunks.next().map { ByteBuffer(bytes: $0) }
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        // A year is as good as for ever, and far from overflow.
        self = .seconds(min(seconds, 31_536_000)) + .nanoseconds(attoseconds / 1_000_000_000)
    }
}
