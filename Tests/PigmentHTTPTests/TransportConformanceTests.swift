import PigmentHTTP
import Synchronization
import Testing

@testable import ByteSources
@testable import PigmentImport

/// What every transport owes to a push, see `HTTPTransport`: the same expectations for each of them.
@Suite("Every transport", .timeLimit(.minutes(30)))
struct TransportConformanceTests {
    /// More than the buffers between two programs hold.
    private static let largeByteCount = 16 << 20

    private static func content(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
    }

    /// A body of `judged`, which turns out to be `actual` when it is read a second time.
    private static func body(
        _ judged: [UInt8], actual: [UInt8]? = nil, observe: @escaping @Sendable (UploadBody.Progress) -> Void = { _ in }
    ) -> UploadBody {
        var digest = SHA256Digest()
        digest.update(judged.span)
        let origin = BodyOrigin(byteCount: judged.count, digest: digest.finalize()) {
            BytesSource(actual ?? judged)
        } isUnchanged: {
            true
        }
        return UploadBody(origin: origin, observe: observe)
    }

    private static func request(
        _ service: ServiceURL, body: UploadBody?, replyLimit: Int = TransportRequest.defaultReplyLimit
    ) throws -> TransportRequest {
        TransportRequest(
            method: body == nil ? .get : .post, url: service.url("/api/v1/x?a=b"), credential: .bearer(try APIKey(validating: "key-1")),
            userAgent: "test/1", contentType: body == nil ? nil : "text/csv", body: body, replyLimit: replyLimit)
    }

    @Test(arguments: TransportBench.allCases, [0, 1, 100_000])
    func theRequestArrivesAsItIs(over bench: TransportBench, byteCount: Int) async throws {
        let content = Self.content(byteCount)
        let exchange = try await bench.exchange(.answer()) { try Self.request($0, body: Self.body(content)) }
        let seen = try #require(exchange.seen.first)
        #expect(exchange.seen.count == 1)
        #expect(seen.method == "POST")
        #expect(seen.target == "/api/v1/x?a=b")
        #expect(seen.headers["authorization"] == "Bearer key-1")
        #expect(seen.headers["accept"] == "application/json")
        #expect(seen.headers["user-agent"] == "test/1")
        #expect(seen.headers["content-type"] == "text/csv")
        #expect(seen.headers["content-length"] == "\(byteCount)")
        #expect(seen.headers["transfer-encoding"] == nil)
        #expect(seen.body == content)
        #expect(seen.isWhole)
        #expect(exchange.reply?.status == 200)
        #expect(exchange.reply?.sentByteCount == byteCount)
        #expect(exchange.reply?.isRequestWhole == true)
        #expect(exchange.reply?.isEarly == false)
    }

    @Test(arguments: TransportBench.allCases)
    func aRequestWithoutABody(over bench: TransportBench) async throws {
        let exchange = try await bench.exchange(.answer()) { try Self.request($0, body: nil) }
        #expect(exchange.seen.map(\.method) == ["GET"])
        #expect(exchange.seen.first?.body == [])
        #expect(exchange.reply?.sentByteCount == 0)
        #expect(exchange.reply?.isRequestWhole == true)
    }

    /// Also an answer that refuses: what it means is not for the transport to say.
    @Test(arguments: TransportBench.allCases, ["200 OK", "202 Accepted", "400 Bad Request", "401 Unauthorized", "503 Unavailable"])
    func theAnswerComesAsItIs(over bench: TransportBench, status: String) async throws {
        let behaviour = ServerBehaviour.answer(status: status, headers: ["Retry-After: 7", "X-B: 1", "X-A: 2"], body: #"{"a": "ü"}"#)
        let exchange = try await bench.exchange(behaviour) { try Self.request($0, body: Self.body([1])) }
        let reply = try #require(exchange.reply)
        #expect(reply.status == Int(status.prefix(3)))
        #expect(reply.headers.map(\.name).filter { ["retry-after", "x-b", "x-a"].contains($0) } == ["retry-after", "x-b", "x-a"])
        #expect(reply.header("retry-after") == "7")
        #expect(reply.body == Array(#"{"a": "ü"}"#.utf8))
        #expect(!reply.isCut)
    }

    @Test(arguments: TransportBench.allCases, [301, 302, 307, 308])
    func noRedirectIsFollowed(over bench: TransportBench, status: Int) async throws {
        let behaviour = ServerBehaviour.answer(status: "\(status) Moved", headers: ["Location: /elsewhere"])
        let exchange = try await bench.exchange(behaviour) { try Self.request($0, body: Self.body([1, 2])) }
        #expect(exchange.reply?.status == status)
        #expect(exchange.reply?.header("location") == "/elsewhere")
        #expect(exchange.seen.count == 1)
    }

    @Test(arguments: TransportBench.allCases, [(limit: 9, isCut: true), (limit: 10, isCut: false), (limit: 11, isCut: false)])
    func noMoreIsReadThanWanted(over bench: TransportBench, limit: (limit: Int, isCut: Bool)) async throws {
        let exchange = try await bench.exchange(.answer(body: "0123456789")) {
            try Self.request($0, body: nil, replyLimit: limit.limit)
        }
        #expect(exchange.reply?.body == Array("0123456789".utf8.prefix(limit.limit)))
        #expect(exchange.reply?.isCut == limit.isCut)
    }

    @Test(arguments: TransportBench.allCases)
    func nothingWasSentWhereNothingListens(over bench: TransportBench) async throws {
        let exchange = try await bench.exchange(.refuse) { try Self.request($0, body: Self.body([1])) }
        #expect(exchange.failure?.phase == .connecting)
        #expect(exchange.failure?.kind == .refused)
        #expect(exchange.failure?.sentByteCount == 0)
        #expect(exchange.seen.isEmpty)
    }

    /// The file is not what was judged: the server never gets a whole body, and the failure says why.
    @Test(arguments: TransportBench.allCases, ["shorter", "longer", "other bytes"])
    func aBodyThatIsNotTheJudgedOne(over bench: TransportBench, _ change: String) async throws {
        let judged = Self.content(300_000)
        let (actual, failure): ([UInt8], UploadBody.Failure) =
            switch change {
            case "shorter": (judged.dropLast(), .shorter(byteOffset: 299_999))
            case "longer": (judged + [0], .longer)
            default: (judged.reversed(), .otherBytes)
            }
        let exchange = try await bench.exchange(.answer()) {
            try Self.request($0, body: Self.body(judged, actual: actual))
        }
        #expect(exchange.failure?.phase == .sending)
        #expect(exchange.failure?.kind == .body(failure))
        #expect((exchange.failure?.sentByteCount ?? .max) < 300_000)
        #expect(exchange.seen.allSatisfy { !$0.isWhole })
    }

    @Test(arguments: TransportBench.allCases)
    func aConnectionThatBreaksOnTheWay(over bench: TransportBench) async throws {
        let exchange = try await bench.exchange(.breakOff(afterByteCount: 1 << 20)) {
            try Self.request($0, body: Self.body(Self.content(Self.largeByteCount)))
        }
        #expect(exchange.failure?.phase == .sending)
        #expect(exchange.failure?.kind == .reset)
        #expect((exchange.failure?.sentByteCount ?? .max) < Self.largeByteCount)
        #expect(exchange.seen.allSatisfy { !$0.isWhole })
    }

    @Test(arguments: TransportBench.allCases)
    func aConnectionThatClosesInsteadOfAnAnswer(over bench: TransportBench) async throws {
        let exchange = try await bench.exchange(.closeUnanswered) { try Self.request($0, body: Self.body(Self.content(1000))) }
        #expect(exchange.failure?.phase == .awaitingReply)
        #expect(exchange.failure?.sentByteCount == 1000)
        #expect(exchange.failure?.partialReply == nil)
        #expect(exchange.seen.map(\.isWhole) == [true])
    }

    @Test(arguments: TransportBench.allCases)
    func aConnectionThatClosesInTheAnswer(over bench: TransportBench) async throws {
        let exchange = try await bench.exchange(.closeInAnswer(body: "{")) { try Self.request($0, body: Self.body(Self.content(1000))) }
        #expect(exchange.failure?.phase == .readingReply)
        #expect(exchange.failure?.sentByteCount == 1000)
        #expect(exchange.failure?.partialReply?.status == 200)
        #expect(exchange.failure?.partialReply?.isRequestWhole == true)
    }

    @Test(arguments: TransportBench.allCases)
    func aCancelledTaskSendsNoWholeBody(over bench: TransportBench) async throws {
        let running = Mutex<Task<Exchange, any Error>?>(nil)
        let body = Self.body(Self.content(Self.largeByteCount)) { progress in
            guard progress.byteCount >= 1 << 20 else { return }
            running.withLock { $0?.cancel() }
        }
        let task = running.withLock { running in
            let task = Task { try await bench.exchange(.answer()) { try Self.request($0, body: body) } }
            running = task
            return task
        }
        let exchange = try await task.value
        #expect(exchange.failure?.kind == .cancelled)
        #expect(exchange.seen.allSatisfy { !$0.isWhole })
    }
}
