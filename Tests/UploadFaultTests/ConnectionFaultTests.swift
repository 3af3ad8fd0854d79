import PigmentHTTP
import PigmentImport
import ScriptedServer
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import Preflight
@testable import SafeText

extension UploadFaults {
    /// U3 to U9 of the fault matrix: what happens to the connection.
    @Suite("Faults of the connection")
    struct ConnectionFaultTests {
        struct Certificate: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var identity: TLSIdentity
        }

        @Test(
            "U3: a certificate that is not valid here",
            arguments: [
                Certificate(testDescription: "expired", identity: .expired),
                Certificate(testDescription: "wrong host", identity: .wrongHost),
                Certificate(testDescription: "self-signed", identity: .selfSigned),
            ])
        func u3BadCertificate(_ certificate: Certificate) async throws {
            let scripts: [[ScriptStep]] = [[.readHead, .readWholeBody, .accepted]]
            let run = try await FaultRun(scripts, .init(tls: certificate.identity, host: "localhost"))
            try run.expect(.refused, says: "certificate of localhost", "Nothing was sent.")
            #expect(run.requests == [])
            #expect(run.push.attempts == 1)
        }

        @Test("U3: the good certificate passes, so the others fail for what they are", arguments: ["localhost", "127.0.0.1"])
        func u3GoodCertificate(host: String) async throws {
            let scripts: [[ScriptStep]] = [[.readHead, .readWholeBody, .accepted]]
            let run = try await FaultRun(scripts, .init(byteCount: FaultRun.largeByteCount, tls: .good, host: host))
            try run.expect(.done, says: FaultRun.importID)
            #expect(run.completeBodyCount == 1)
            #expect(run.requests.map(\.bodyByteCount) == [FaultRun.largeByteCount])
        }

        @Test func u3ClosedInHandshake() async throws {
            var conditions = FaultRun.Conditions.oneTry
            conditions.isSecure = true
            let run = try await FaultRun([ScriptStep.closeInHandshake], conditions)
            try run.expect(.temporary, says: "Nothing was sent.")
            #expect(run.connections.allSatisfy { !$0.containsInPrefix("POST") })
        }

        @Test func u3StalledInHandshake() async throws {
            var conditions = FaultRun.Conditions.oneTry
            conditions.isSecure = true
            conditions.limits.connect = .milliseconds(250)
            let run = try await FaultRun([ScriptStep.stallInHandshake], conditions)
            try run.expect(.temporary, says: "Nothing was sent.")
        }

        @Test("U3: a handshake that fails is tried again, then given up")
        func u3Tries() async throws {
            let run = try await FaultRun([ScriptStep.closeInHandshake], .init(isSecure: true))
            try run.expect(.temporary, says: "tried 5 times")
            #expect(run.connections.count == 5)
            #expect(run.waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(8)])
        }

        @Test(
            "U4: plain http only to this machine",
            arguments: ["http://pigment.app", "http://127.1", "http://127.0.0.1.example", "ftp://localhost"])
        func u4PlainHTTP(text: String) {
            #expect(throws: SettingError.self) { try ServiceURL(text) }
        }

        @Test(
            "U5: the connection breaks while the body is on its way",
            arguments: [0, 1, FaultRun.largeByteCount / 2], [ScriptStep.reset, .finish])
        func u5BrokenBody(byteCount: Int, end: ScriptStep) async throws {
            let run = try await FaultRun([[.readHead, .readBody(byteCount: byteCount), end]], .large)
            try run.expect(.temporary, says: "before the whole request was sent", "did not accept the file")
            #expect(run.completeBodyCount == 0)
            #expect(run.connections.count == 1)
        }

        /// The kernel took the whole body before the connection broke, so the client cannot know that the server missed the end of it.
        @Test("U5: the connection breaks before a byte that has already left", arguments: [0, 1, 500, 999], [ScriptStep.reset, .finish])
        func u5BrokenTail(byteCount: Int, end: ScriptStep) async throws {
            let run = try await FaultRun([[.readHead, .readBody(byteCount: byteCount), end]], .init(receiveBufferByteCount: 1))
            try run.expect(.unknown, .temporary)
            #expect(run.completeBodyCount == 0)
            #expect(run.connections.count == 1)
        }

        @Test(
            "U6: the connection breaks after the whole body", arguments: [FaultRun.smallByteCount, FaultRun.largeByteCount],
            [ScriptStep.reset, .finish])
        func u6NoAnswer(byteCount: Int, end: ScriptStep) async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody, end]], .init(byteCount: byteCount))
            try run.expect(.unknown, says: "The whole request was sent", "may or may not have accepted the file", "Check in Pigment")
            #expect(run.completeBodyCount == 1)
            #expect(run.connections.count == 1)
        }

        @Test(
            "U7: the answer breaks off",
            arguments: [
                "H", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.1 200 OK\r\nContent-Length: 51\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 51\r\n\r\n{\"importId\":\"7b0c",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n33\r\n{\"importId\":\"7b0c",
            ], [ScriptStep.reset, .finish])
        func u7CutAnswer(text: String, end: ScriptStep) async throws {
            let run = try await FaultRun([[.readHead, .readWholeBody, .sendText(text), end]])
            try run.expect(.unknown, says: "may or may not have accepted the file", "Check in Pigment")
            #expect(run.completeBodyCount == 1)
            #expect(run.connections.count == 1)
        }

        @Test("U8: a server that stops reading")
        func u8Stall() async throws {
            var conditions = FaultRun.Conditions.large
            conditions.limits.stall = .milliseconds(250)
            let run = try await FaultRun([[.readHead, .readBody(byteCount: 1 << 20), .stall]], conditions)
            try run.expect(.temporary, says: "stopped taking bytes", "did not accept the file")
            #expect(run.completeBodyCount == 0)
        }

        @Test("U8: a slow server is no silent one, however long it takes in all")
        func u8SlowReader() async throws {
            var conditions = FaultRun.Conditions.large
            conditions.limits.stall = .seconds(2)
            let script: [ScriptStep] = [.readHead, .readSlowly(byteCount: 512 << 10, pause: .milliseconds(100)), .accepted]
            let start = ContinuousClock.now
            let run = try await FaultRun([script], conditions)
            #expect(ContinuousClock.now - start > .seconds(2))
            try run.expect(.done)
            #expect(run.completeBodyCount == 1)
        }

        @Test("U9: a server that is silent after the whole body", arguments: [FaultRun.smallByteCount, FaultRun.largeByteCount])
        func u9Silence(byteCount: Int) async throws {
            var conditions = FaultRun.Conditions.impatient
            conditions.limits.stall = .seconds(10)
            conditions.limits.reply = .seconds(1)
            conditions.byteCount = byteCount
            let run = try await FaultRun([[.readHead, .readWholeBody, .stall]], conditions)
            try run.expect(.unknown, says: "no whole answer came in time", "Check in Pigment")
            #expect(run.completeBodyCount == 1)
        }

        @Test("U9: a server that is silent within its answer")
        func u9SilenceInAnswer() async throws {
            let text = "HTTP/1.1 200 OK\r\nContent-Length: 51\r\n\r\n{"
            let run = try await FaultRun([[.readHead, .readWholeBody, .sendText(text), .stall]], .impatient)
            try run.expect(.unknown, says: "Check in Pigment")
        }

        @Test("U9: an answer that drips for ever")
        func u9DrippingAnswer() async throws {
            var conditions = FaultRun.Conditions()
            conditions.limits.replyBody = .milliseconds(250)
            let head = ScriptStep.sendText("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            let drip = ScriptStep.drip([UInt8](repeating: 32, count: 1_000_000), byteCount: 1, pause: .milliseconds(10))
            let run = try await FaultRun([[.readHead, .readWholeBody, head, drip]], conditions)
            try run.expect(.unknown, says: "Check in Pigment")
        }
    }
}
