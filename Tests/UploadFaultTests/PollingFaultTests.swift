import PigmentHTTP
import PigmentImport
import Preflight
import ScriptedServer
import Testing

@testable import ByteSources
@testable import CSVTokenizer
@testable import ImportProfiles
@testable import SafeText
@testable import ValueFormats

extension UploadFaults {
    /// P1 to P9 of the fault matrix: what happens while an accepted import is followed.
    @Suite("Faults while polling")
    struct PollingFaultTests {
        private static let pushed: [ScriptStep] = [.readHead, .readWholeBody, .accepted]
        private static let completed = ScriptStep.status("Completed", rest: FaultRun.cleanReport)

        /// Pushes, then polls; each poll meets the next script, the last again and again.
        private func follow(_ polls: [[ScriptStep]], _ conditions: FaultRun.Conditions = .init()) async throws -> FaultRun {
            var conditions = conditions
            conditions.follows = true
            return try await FaultRun([Self.pushed] + polls.map { [.readHead] + $0 }, conditions)
        }

        private func expectPolls(_ run: FaultRun, _ count: Int, sourceLocation: SourceLocation = #_sourceLocation) {
            #expect(run.connections.count == 1 + count, sourceLocation: sourceLocation)
            #expect(
                run.requests.dropFirst().allSatisfy {
                    $0.requestLine == "GET /api/v1/import/\(FaultRun.importID)/status?includedDetailedReport=true HTTP/1.1"
                }, sourceLocation: sourceLocation)
        }

        @Test("without a fault the import completes")
        func completes() async throws {
            let run = try await follow([[.status("InProgress")], [Self.completed]])
            try run.expect(.done, says: "completed")
            expectPolls(run, 2)
        }

        @Test("P1: not known at first")
        func p1NotFoundAtFirst() async throws {
            let run = try await follow([[.answer("404 Not Found")], [.answer("404 Not Found")], [Self.completed]])
            try run.expect(.done, says: "completed")
            expectPolls(run, 3)
        }

        @Test("P1: never known")
        func p1NeverFound() async throws {
            let run = try await follow([[.answer("404 Not Found")]])
            try run.expect(.endNotSeen, says: "Import \(FaultRun.importID) was not found (404)", "do not push again")
        }

        struct Fault: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var steps: [ScriptStep]
        }

        static let passing: [Fault] = [
            Fault(testDescription: "500", steps: [.answer("500 Internal Server Error", body: FaultRun.canary)]),
            Fault(testDescription: "502", steps: [.answer("502 Bad Gateway", contentType: "text/html", body: "<h1>502</h1>")]),
            Fault(testDescription: "503", steps: [.answer("503 Service Unavailable")]),
            Fault(testDescription: "408", steps: [.answer("408 Request Timeout")]),
            Fault(testDescription: "reset", steps: [.reset]),
            Fault(testDescription: "closed", steps: [.finish]),
            Fault(testDescription: "cut head", steps: [.sendText("HTTP/1.1 200 OK\r\nContent-"), .finish]),
            Fault(testDescription: "cut body", steps: [.sendText("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), .finish]),
            Fault(testDescription: "broken JSON", steps: [.answer("200 OK", body: #"{"importId""#)]),
            Fault(testDescription: "empty", steps: [.answer("200 OK")]),
            Fault(testDescription: "login page", steps: [.answer("200 OK", contentType: "text/html", body: "<html>\(FaultRun.canary)")]),
            Fault(testDescription: "no HTTP", steps: [.sendText("garbage\r\n\r\n")]),
            Fault(testDescription: "deep nesting", steps: [.answer("200 OK", body: String(repeating: "[", count: 100_000))]),
            Fault(
                testDescription: "endless",
                steps: [
                    .sendText("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                    .flood(Array("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + Array("\r\n".utf8), times: 100_000),
                ]),
        ]

        @Test("P2: a fault that passes", arguments: passing)
        func p2Passing(_ fault: Fault) async throws {
            let run = try await follow([fault.steps, fault.steps, [Self.completed]])
            try run.expect(.done, says: "completed")
            expectPolls(run, 3)
        }

        @Test("P2: a fault that stays", arguments: passing.filter { $0.testDescription != "endless" })
        func p2Staying(_ fault: Fault) async throws {
            let run = try await follow([fault.steps])
            try run.expect(.endNotSeen, says: FaultRun.importID, "do not push again", "preflight status")
        }

        @Test("P2: a poll that is never answered is asked again")
        func p2Silence() async throws {
            var conditions = FaultRun.Conditions()
            conditions.limits.reply = .seconds(2)
            let run = try await follow([[.stall], [Self.completed]], conditions)
            try run.expect(.done, says: "completed")
            expectPolls(run, 2)
        }

        @Test("P3: never completes")
        func p3NeverCompletes() async throws {
            let run = try await follow([[.status("InProgress")]])
            try run.expect(.endNotSeen, says: FaultRun.importID, "still running after 2 min", "preflight status \(FaultRun.importID)")
            // 3, 4.5, 6.75, 10.125, then 15 s up to 120 s in all.
            #expect(run.waits.reduce(.zero, +) == .seconds(120))
            #expect(run.waits.prefix(5) == [.seconds(3), .milliseconds(4500), .milliseconds(6750), .milliseconds(10125), .seconds(15)])
        }

        @Test("P4: the first end counts", arguments: ["InProgress", "Failed"])
        func p4Flapping(later: String) async throws {
            let run = try await follow([[Self.completed], [.status(later)]])
            try run.expect(.done, says: "completed")
            expectPolls(run, 1)
        }

        @Test("P4: an answer for another import")
        func p4OtherImport() async throws {
            let other = "00000000-0000-4000-8000-000000000001"
            let run = try await follow([[.status("Completed", id: other)]])
            try run.expect(.endNotSeen, says: FaultRun.importID, other, "do not push again")
            expectPolls(run, 1)
        }

        static let details: [Fault] = [
            Fault(testDescription: "absent", steps: [.status("Failed")]),
            Fault(testDescription: "null", steps: [.status("Failed", rest: #","errorsDetails":null"#)]),
            Fault(testDescription: "empty", steps: [.status("Failed", rest: #","errorsDetails":[]"#)]),
            Fault(testDescription: "no list", steps: [.status("Failed", rest: #","errorsDetails":"bad""#)]),
            Fault(
                testDescription: "odd entries",
                steps: [.status("Failed", rest: #","errorsDetails":[null,1,"x",{},{"name":3,"description":null}]"#)]),
            Fault(
                testDescription: "hostile text",
                steps: [
                    .status(
                        "Failed", rest: #","errorsDetails":[{"name":"\u001b[2J<script>","description":"\u202e\u009b \#(FaultRun.canary)"}]"#
                    )
                ]),
            Fault(
                testDescription: "raw hostile text",
                steps: [.status("Failed", rest: ",\"errorsDetails\":[{\"name\":\"\u{1b}[2J\",\"description\":\"\u{9b}\u{7}\"}]")]),
        ]

        @Test("P5: failed, with whatever details", arguments: details)
        func p5Failed(_ fault: Fault) async throws {
            let run = try await follow([fault.steps])
            try run.expect(.failed, says: "The import failed")
            let hidden: [Unicode.Scalar] = ["\u{1b}", "\u{9b}", "\u{202e}", "\u{7}"]
            #expect(!run.outcome.message.unicodeScalars.contains { hidden.contains($0) })
        }

        @Test("P5: failed, with a hundred thousand details")
        func p5ManyDetails() async throws {
            let entries = Array(repeating: #"{"name":"a","description":"b"}"#, count: 100_000).joined(separator: ",")
            let run = try await follow([[.status("Failed", rest: #","errorsDetails":[\#(entries)]"#)]])
            try run.expect(.failed, says: "The import failed", "a: b", "more")
            #expect(run.outcome.message.count < 5000)
            #expect(run.outcome.json["errorCount"] == .int(100_000))
        }

        @Test("P5: failed, with more details than are read")
        func p5TooManyDetails() async throws {
            let entry = #"{"name":"MissingModality","description":"The value \"X-1\" in column Region matches no item."}"#
            let entries = Array(repeating: entry, count: 100_000).joined(separator: ",")
            let run = try await follow([[.status("Failed", rest: #","errorsDetails":[\#(entries)]"#)]])
            try run.expect(.failed, says: "The import failed", "MissingModality", "at least")
            expectPolls(run, 1)
        }

        @Test("P5: completed, with a report longer than is read, is not confirmed")
        func p5TooLongReport() async throws {
            let samples =
                #"{"count":1,"reason":"ParsingError","sourceColumnName":"A","samples":["\#(String(repeating: "x", count: 5 << 20))"]}"#
            let report = #"{"summary":{"skippedCount":0},"impactedBlocks":[{"skippedData":[\#(samples)]}]}"#
            let run = try await follow([[.status("Completed", rest: #","detailedReport":\#(report)"#)]])
            try run.expect(.skipped, says: "completed")
            expectPolls(run, 1)
        }

        @Test(
            "P6: a status that is none",
            arguments: ["\"Paused\"", "\"completed\"", "\"COMPLETED\"", "null", "7", "\"\"", "\"\\u001b[31m\"", "[]"])
        func p6UnknownStatus(status: String) async throws {
            let body = #"{"importId":"\#(FaultRun.importID)","importStatus":\#(status)}"#
            let run = try await follow([[.answer("200 OK", body: body)]])
            try run.expect(.endNotSeen, says: FaultRun.importID, "do not push again")
            #expect(run.connections.count > 5)
        }

        @Test("P6: a status that is missing, then the end")
        func p6MissingStatus() async throws {
            let run = try await follow([[.answer("200 OK", body: "{}")], [.status("Paused")], [Self.completed]])
            try run.expect(.done, says: "completed")
            expectPolls(run, 3)
        }

        @Test("P6, P7: unknown keys, reasons and numbers do no harm")
        func p6UnknownKeys() async throws {
            let skipped =
                #"[{"count":1e400,"reason":"Novel","sourceColumnName":7,"samples":[1,null,"x"]},{"count":"3","reason":"ParsingError"},{"count":-1}]"#
            let counts = #""insertedCount":"12","updatedCount":1e400,"deletedCount":-4,"skippedCount":99999999999999999999"#
            let report = #"{"blockType":5,"summary":{\#(counts)},"impactedBlocks":[{"skippedData":\#(skipped)},null,7],"new":{"a":[]}}"#
            let run = try await follow([[.status("Completed", rest: #","completedAt":"tomorrow","detailedReport":\#(report),"z":1"#)]])
            try run.expect(.done, .skipped, says: "completed")
        }

        @Test("P8: the key may push but not ask", arguments: [401, 403])
        func p8NotAllowed(status: Int) async throws {
            let run = try await follow([[.answer("\(status) No", contentType: "text/plain", body: FaultRun.canary)]])
            try run.expect(.endNotSeen, says: FaultRun.importID, "(\(status))", "may still be running")
            expectPolls(run, 1)
        }

        @Test("P9: polled too often", arguments: [("40", Duration.seconds(40)), ("Thu, 01 Jan 2026 00:00:43 GMT", .seconds(40))])
        func p9RateLimited(value: String, wait: Duration) async throws {
            let refusal = ScriptStep.answer("429 Too Many Requests", headers: ["Retry-After: \(value)"])
            let run = try await follow([[refusal], [Self.completed]])
            try run.expect(.done, says: "completed")
            #expect(run.waits == [.seconds(3), wait])
        }

        @Test("P9: polled too often, all the time")
        func p9AlwaysRateLimited() async throws {
            let run = try await follow([[.answer("429 Too Many Requests")]])
            try run.expect(.endNotSeen, says: FaultRun.importID, "429")
            #expect(run.connections.count < 20)
        }

        @Test("U20: a redirected poll is not followed")
        func u20RedirectedPoll() async throws {
            try await withScriptedServer(scripts: [[.readHead, .status("Completed")]]) { elsewhere in
                let redirect = ScriptStep.answer("302 Found", headers: ["Location: http://127.0.0.1:\(elsewhere.port)/"])
                let run = try await follow([[redirect]])
                try run.expect(.endNotSeen, says: FaultRun.importID, "127.0.0.1:\(elsewhere.port)", "not followed")
                #expect(elsewhere.connections.isEmpty)
            }
        }
    }
}
