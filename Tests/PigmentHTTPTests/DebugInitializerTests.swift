import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import ScriptedServer
import Synchronization
import Testing

@testable import PigmentHTTP

/// What `ConnectionWatch` relies on, and what AsyncHTTPClient does not promise: run these tests before you raise its version.
@Suite("AsyncHTTPClient's debug initializer", .timeLimit(.minutes(30)))
struct DebugInitializerTests {
    /// What the initializer found.
    private struct Call: Sendable, Equatable {
        var isActive: Bool
        var hasDecoder: Bool
        /// Requests that the server had seen by then.
        var requestCount: Int
    }

    @Test func isCalledOncePerConnectionBeforeTheRequest() async throws {
        let script: [ScriptStep] = [.readHead, .readWholeBody, .answer("200 OK", body: "{}")]
        try await withScriptedServer(scripts: [script]) { server in
            let calls = Mutex<[Call]>([])
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.httpVersion = .http1Only
            configuration.maximumUsesPerConnection = 1
            configuration.http1_1ConnectionDebugInitializer = { channel in
                channel.eventLoop.makeCompletedFuture {
                    let decoder = try? channel.pipeline.syncOperations.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
                    let call = Call(isActive: channel.isActive, hasDecoder: decoder != nil, requestCount: server.requests.count)
                    calls.withLock { $0.append(call) }
                }
            }
            let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
            for round in 1...2 {
                var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/")
                request.method = .POST
                request.body = .bytes(ByteBuffer(string: "a,b\n"))
                let response = try await client.execute(request, deadline: .now() + .seconds(30))
                _ = try await response.body.collect(upTo: 100)
                let expected = (1...round).map { Call(isActive: true, hasDecoder: true, requestCount: $0 - 1) }
                #expect(calls.withLock { $0 } == expected)
            }
            try await client.shutdown()
        }
    }

    /// The watch sits where it sees every part of the request on its way to the socket.
    @Test func theWatchSeesTheWholeRequest() async throws {
        let script: [ScriptStep] = [.readHead, .readWholeBody, .answer("200 OK", body: "{}")]
        try await withScriptedServer(scripts: [script]) { server in
            let limits = ConnectionWatch.Limits(stall: .seconds(30), reply: .seconds(30), replyBody: .seconds(30))
            let watch = ConnectionWatch(limits: limits, bodyByteCount: 100_000, replyLimit: 1000)
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.httpVersion = .http1Only
            configuration.http1_1ConnectionDebugInitializer = { watch.attach(to: $0) }
            let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
            var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)/")
            request.method = .POST
            request.body = .bytes(ByteBuffer(repeating: 65, count: 100_000))
            let response = try await client.execute(request, deadline: .now() + .seconds(30))
            _ = try await response.body.collect(upTo: 100)
            let snapshot = watch.snapshot
            #expect(snapshot.isHeadSent)
            #expect(snapshot.sentByteCount == 100_000)
            #expect(snapshot.status == 200)
            #expect(!snapshot.isEarly)
            #expect(watch.isRequestWhole)
            await watch.close()
            try await client.shutdown()
        }
    }
}
