import Dispatch
import PigmentHTTP
import Preflight
import ScriptedServer
import Synchronization
import Testing

@testable import ByteSources
@testable import PigmentImport
@testable import ValueFormats

extension UploadFaults {
    /// An attempt that is over is over: its body neither sends nor tells anything during the next one.
    @Suite("The end of an attempt")
    struct AttemptEndTests {
        /// Zeros. Its second read waits until it is allowed.
        private struct HeldSource: ByteSource {
            let allowed: DispatchSemaphore
            let hasBegunToWait: Latch
            var readCount = 0

            mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
                readCount += 1
                if readCount == 2 {
                    hasBegunToWait.open()
                    allowed.wait()
                }
                buffer.update(repeating: 0)
                return buffer.count
            }
        }

        @Test("a body that was refused early is not heard of again", arguments: ["429 Too Many Requests", "200 OK"])
        func refusedEarly(status: String) async throws {
            let (allowed, hasBegunToWait) = (DispatchSemaphore(value: 0), Latch())
            let told = Mutex(0)
            let origin = BodyOrigin(byteCount: FaultRun.largeByteCount, digest: []) {
                HeldSource(allowed: allowed, hasBegunToWait: hasBegunToWait)
            } isUnchanged: {
                true
            }
            let body = UploadBody(origin: origin, chunkByteCount: 1000) { _ in told.withLock { $0 += 1 } }
            // Longer than is kept: so ends an attempt whose body is still on its way.
            let answer = ScriptStep.answer(status, body: String(repeating: "x", count: 2000))
            let script: [ScriptStep] = [.readHead, .readBody(byteCount: 1000), .wait(hasBegunToWait), answer, .drain]
            try await withScriptedServer(scripts: [script]) { server in
                let service = try ServiceURL("http://127.0.0.1:\(server.port)")
                let request = TransportRequest(
                    method: .post, url: service.url("/x"), credential: .bearer(try APIKey(validating: FaultRun.canary)), userAgent: "t",
                    body: body, replyLimit: 1000)
                let reply = try await AsyncHTTPTransport(service: service).send(request)
                #expect(reply.status == Int(status.prefix(3)))
                #expect(reply.isEarly)
                allowed.signal()
                // The next chunk is reported, or the body finds itself stopped: one of the two comes.
                while told.withLock({ $0 }) == 1, body.failure == nil { await Task.yield() }
                #expect(told.withLock { $0 } == 1)
                #expect(body.failure == .stopped)
            }
        }
    }
}
