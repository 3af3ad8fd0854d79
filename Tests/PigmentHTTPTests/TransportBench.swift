import PigmentHTTP
import ScriptedServer
import Synchronization

@testable import ByteSources
@testable import PigmentImport

/// What a server does with the one request that it gets.
enum ServerBehaviour: Sendable {
    /// Reads the whole request, then answers.
    case answer(status: String = "200 OK", headers: [String] = [], body: String = "{}")
    /// Does not listen.
    case refuse
    /// Breaks the connection once so many bytes of the body have come.
    case breakOff(afterByteCount: Int)
    /// Reads the whole request and closes the connection without an answer.
    case closeUnanswered
    /// Reads the whole request, announces a longer answer than it sends, and closes the connection.
    case closeInAnswer(body: String)
}

/// A request as the server saw it.
struct SeenRequest: Sendable {
    var method: String
    /// Path and query.
    var target: String
    /// By name in lower case.
    var headers: [String: String]
    var body: [UInt8]
    /// Whether the message came to its end.
    var isWhole: Bool
}

/// One request over a transport: what it brought, and what the server saw.
struct Exchange: Sendable {
    var result: Result<TransportReply, TransportFailure>
    var seen: [SeenRequest]

    var reply: TransportReply? { try? result.get() }
    var failure: TransportFailure? {
        guard case .failure(let failure) = result else { return nil }
        return failure
    }
}

/// The transports that must pass the conformance suite, each with a server that behaves as it is told. A new transport is a case here.
enum TransportBench: CaseIterable, Sendable {
    /// `AsyncHTTPTransport`, against a server on this machine.
    case http
    /// A transport as an embedding program may bring it: no network, no thread.
    case inMemory

    func exchange(
        _ behaviour: ServerBehaviour, request: @Sendable (ServiceURL) throws -> TransportRequest
    ) async throws -> Exchange {
        switch self {
        case .http: try await Self.overLoopback(behaviour, request: request)
        case .inMemory: try await Self.inMemory(behaviour, request: request)
        }
    }

    private static func inMemory(
        _ behaviour: ServerBehaviour, request: (ServiceURL) throws -> TransportRequest
    ) async throws -> Exchange {
        let transport = InMemoryTransport(behaviour)
        let result = await result(of: transport, try request(.pigment))
        return Exchange(result: result, seen: transport.seen)
    }

    private static func overLoopback(
        _ behaviour: ServerBehaviour, request: (ServiceURL) throws -> TransportRequest
    ) async throws -> Exchange {
        let server = ScriptedServer(scripts: [script(for: behaviour)], configuration: .init(receiveBufferByteCount: 64 << 10))
        try await server.start()
        let service = try ServiceURL("http://127.0.0.1:\(server.port)")
        // A port that was free a moment ago: nothing listens there any more.
        if case .refuse = behaviour { await server.stop() }
        let result: Result<TransportReply, TransportFailure>
        do {
            let transport = try AsyncHTTPTransport(service: service)
            result = await Self.result(of: transport, try request(service))
            if case .refuse = behaviour {} else { await server.waitUntilIdle() }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        return Exchange(result: result, seen: server.requests.map(SeenRequest.init))
    }

    private static func result(
        of transport: some HTTPTransport, _ request: TransportRequest
    ) async -> Result<TransportReply, TransportFailure> {
        do throws(TransportFailure) { return .success(try await transport.send(request)) } catch { return .failure(error) }
    }

    private static func script(for behaviour: ServerBehaviour) -> [ScriptStep] {
        switch behaviour {
        case .answer(let status, let headers, let body):
            [.readHead, .readWholeBody, .answer(status, headers: headers, body: body)]
        case .refuse: [.finish]
        case .breakOff(let byteCount): [.readHead, .readBody(byteCount: byteCount), .reset]
        case .closeUnanswered: [.readHead, .readWholeBody, .finish]
        case .closeInAnswer(let body):
            [
                .readHead, .readWholeBody,
                .sendText("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count + 1)\r\n\r\n" + body), .finish,
            ]
        }
    }
}

extension SeenRequest {
    init(_ log: RequestLog) {
        self.init(
            method: log.method, target: log.target,
            headers: Dictionary(log.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }, body: log.body,
            isWhole: log.isComplete)
    }
}

/// Hands requests to a server that is a value in memory.
final class InMemoryTransport: HTTPTransport {
    private let behaviour: ServerBehaviour
    private let requests = Mutex<[SeenRequest]>([])

    init(_ behaviour: ServerBehaviour) {
        self.behaviour = behaviour
    }

    var seen: [SeenRequest] { requests.withLock { $0 } }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportReply {
        if case .refuse = behaviour { throw TransportFailure(phase: .connecting, kind: .refused, text: "nothing listens there") }
        begin(request)
        let sentByteCount = try await sendBody(of: request)
        switch behaviour {
        case .answer(let status, let headers, let body):
            return Self.reply(status, headers: headers, body: body, limit: request.replyLimit, sentByteCount: sentByteCount)
        case .closeInAnswer(let body):
            let reply = Self.reply("200 OK", headers: [], body: body, limit: request.replyLimit, sentByteCount: sentByteCount)
            throw TransportFailure(
                phase: .readingReply, kind: .reset, sentByteCount: sentByteCount, partialReply: reply, text: "the connection was closed")
        case .closeUnanswered, .breakOff, .refuse:
            throw TransportFailure(phase: .awaitingReply, kind: .reset, sentByteCount: sentByteCount, text: "the connection was closed")
        }
    }

    private func begin(_ request: TransportRequest) {
        let target = request.url.dropFirst("https://".count).drop { $0 != "/" }
        var headers = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
        if let body = request.body { headers["content-length"] = "\(body.byteCount)" }
        let seen = SeenRequest(
            method: request.method.rawValue, target: String(target), headers: headers, body: [], isWhole: request.body == nil)
        requests.withLock { $0.append(seen) }
    }

    /// - Returns: the bytes sent.
    private func sendBody(of request: TransportRequest) async throws(TransportFailure) -> Int {
        guard let body = request.body else { return 0 }
        var sentByteCount = 0
        var chunks = body.makeAsyncIterator()
        while let chunk = try await Self.next(&chunks, sentByteCount: sentByteCount) {
            guard !Task.isCancelled else {
                body.stop()
                throw TransportFailure(phase: .sending, kind: .cancelled, sentByteCount: sentByteCount, text: "interrupted")
            }
            sentByteCount += chunk.count
            requests.withLock { $0[$0.count - 1].body += chunk }
            if case .breakOff(let byteCount) = behaviour, sentByteCount >= byteCount {
                throw TransportFailure(phase: .sending, kind: .reset, sentByteCount: sentByteCount, text: "the connection broke")
            }
        }
        requests.withLock { $0[$0.count - 1].isWhole = true }
        return sentByteCount
    }

    private static func next(_ chunks: inout UploadBody.Iterator, sentByteCount: Int) async throws(TransportFailure) -> [UInt8]? {
        do throws(UploadBody.Failure) { return try await chunks.next() } catch {
            throw TransportFailure(phase: .sending, kind: .body(error), sentByteCount: sentByteCount, text: "the file changed")
        }
    }

    private static func reply(_ status: String, headers: [String], body: String, limit: Int, sentByteCount: Int) -> TransportReply {
        let bytes = Array(body.utf8)
        let fields = headers.map { line in
            let name = line.prefix { $0 != ":" }
            return TransportReply.Header(name.lowercased(), String(line.dropFirst(name.count + 2)))
        }
        return TransportReply(
            status: Int(status.prefix(3)) ?? 0, headers: fields, body: Array(bytes.prefix(limit)), isCut: bytes.count > limit,
            sentByteCount: sentByteCount, isRequestWhole: true)
    }
}
