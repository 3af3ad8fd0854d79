import AsyncHTTPClient
import Crypto
import NIOCore
import Preflight
import RehearsalServer
import Testing

@testable import ImportProfiles
@testable import SafeText

private let id = RehearsalClient.configurationID

@Suite("The import API on loopback", .timeLimit(.minutes(30)))
struct RehearsalServerTests {
    @Test("a push is accepted and counted", arguments: [RehearsalClient.pushPath, "/api/import/push/csv?configurationId=\(id)"])
    func push(path: String) async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let client = RehearsalClient(server: server)
            let answer = try await client.post(path, body: .bytes(ByteBuffer(string: "a,b\n1,2\n")))
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == ["application/json; charset=utf-8"])
            let importID = try #require(answer.text(of: "importId"))
            #expect(answer.body == #"{"importId":"\#(importID)"}"#)
            let received = try #require(server.imports.first)
            #expect(server.imports.count == 1)
            #expect(received.importID == importID)
            #expect(received.kind == .push)
            #expect(received.configurationID == id)
            #expect(received.byteCount == 8)
            #expect(received.result == RehearsalResult(insertedCount: 1))
        }
    }

    @Test func aStreamedBodyIsDigestedWithoutBeingKept() async throws {
        let piece = [UInt8]((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let count = 50
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let pieces = AsyncStream<ByteBuffer> { continuation in
                for _ in 0..<count { continuation.yield(ByteBuffer(bytes: piece)) }
                continuation.finish()
            }
            let body = HTTPClientRequest.Body.stream(pieces, length: .known(Int64(piece.count * count)))
            let answer = try await RehearsalClient(server: server).post(RehearsalClient.pushPath, body: body)
            #expect(answer.status == 200)
            var digest = SHA256()
            for _ in 0..<count { digest.update(data: piece) }
            #expect(server.imports.map(\.byteCount) == [5_000_000])
            #expect(server.imports.map(\.digest) == [Array(digest.finalize())])
        }
    }

    @Test func chunkedBodiesAreAcceptedToo() async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let pieces = AsyncStream<ByteBuffer> { continuation in
                for text in ["a,b\n", "1,", "2"] { continuation.yield(ByteBuffer(string: text)) }
                continuation.finish()
            }
            let answer = try await RehearsalClient(server: server).post(RehearsalClient.pushPath, body: .stream(pieces, length: .unknown))
            #expect(answer.status == 200)
            #expect(server.imports.map(\.byteCount) == [7])
        }
    }

    @Test("a body that breaks off is not accepted", arguments: [true, false])
    func cutBody(isLengthKnown: Bool) async throws {
        struct Broken: Error {}
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let pieces = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
                continuation.yield(ByteBuffer(string: "a,b\n1,2\n"))
                continuation.finish(throwing: Broken())
            }
            let body = HTTPClientRequest.Body.stream(pieces, length: isLengthKnown ? .known(Int64(100)) : .unknown)
            await #expect(throws: (any Error).self) {
                try await RehearsalClient(server: server).post(RehearsalClient.pushPath, body: body)
            }
            #expect(server.imports.isEmpty)
        }
    }

    @Test func triggerNeedsNoBody() async throws {
        let result = RehearsalResult(insertedCount: 12)
        try await withRehearsalServer(RehearsalClient.configuration(.init(ending: .completed(result)))) { server in
            let client = RehearsalClient(server: server)
            for path in ["/api/v1/import/trigger", "/api/import/trigger"] {
                let answer = try await client.post("\(path)?configurationId=\(id)")
                #expect(answer.status == 200)
                let status = try await client.status(answer.text(of: "importId"))
                #expect(status.text(of: "importStatus") == "Completed")
                #expect(status.body.contains(#""insertedCount":12"#))
            }
            #expect(server.imports.map(\.kind) == [.trigger, .trigger])
            #expect(server.imports.map(\.pollCount) == [1, 1])
        }
    }

    @Test func theDeprecatedPushHasItsOwnHeaderAndReplyAndNoStatus() async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let client = RehearsalClient(server: server)
            let path = "/api/importservice/Csv/ApiPush/\(id)"
            let body = HTTPClientRequest.Body.bytes(ByteBuffer(string: "a\n1\n"))
            #expect(try await client.post(path, body: body).status == 401)
            let answer = try await client.post(path, body: body, keyHeader: "X-Pigment-Api-Key")
            let logID = try #require(answer.text(of: "tranferLogId"))
            #expect(answer.body == #"{"tranferLogId":"\#(logID)","nbBytesPushed":4}"#)
            #expect(try await client.status(logID).status == 404)
            #expect(server.imports.map(\.kind) == [.legacyPush])
        }
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var path = RehearsalClient.pushPath
        var key: String? = RehearsalClient.key
        var status: Int
    }

    static let refused: [Refused] = [
        Refused(testDescription: "no key", key: nil, status: 401),
        Refused(testDescription: "another key", key: "pgmt_other", status: 401),
        Refused(testDescription: "no configuration", path: "/api/v1/import/push/csv", status: 400),
        Refused(testDescription: "no UUID", path: "/api/v1/import/push/csv?configurationId=abc", status: 400),
        Refused(
            testDescription: "unknown configuration",
            path: "/api/v1/import/push/csv?configurationId=00000000-0000-4000-8000-000000000000", status: 404),
        Refused(testDescription: "trigger without key", path: "/api/v1/import/trigger?configurationId=\(id)", key: nil, status: 401),
        Refused(testDescription: "no endpoint", path: "/api/v2/import/push/csv?configurationId=\(id)", status: 404),
    ]

    @Test("refused for good", arguments: refused)
    func refuses(_ example: Refused) async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let body = HTTPClientRequest.Body.bytes(ByteBuffer(repeating: 65, count: 3_000_000))
            let answer = try await RehearsalClient(server: server).post(example.path, body: body, key: example.key)
            #expect(answer.status == example.status)
            #expect(server.imports.isEmpty)
        }
    }

    @Test("the configuration id is compared without case")
    func upperCaseConfiguration() async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let answer = try await RehearsalClient(server: server)
                .post("/api/v1/import/push/csv?configurationId=\(id.uppercased())", body: .bytes(ByteBuffer(string: "a\n1\n")))
            #expect(answer.status == 200)
            #expect(server.imports.map(\.configurationID) == [id])
        }
    }
}
