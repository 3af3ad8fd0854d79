import AsyncHTTPClient
import NIOCore
import Preflight
import RehearsalServer
import Testing

@testable import ByteSources
@testable import ImportProfiles

@Suite("Scripted behaviour of the import API", .timeLimit(.minutes(30)))
struct RehearsalBehaviourTests {
    @Test("a scripted refusal goes away after its times", arguments: [400, 401, 403, 404, 413, 429, 500, 503])
    func refusals(status: Int) async throws {
        let behaviour = RehearsalBehaviour(refusals: [.init(status: status, retryAfter: "7", times: 2), .init(status: 409)])
        try await withRehearsalServer(RehearsalClient.configuration(behaviour)) { server in
            let client = RehearsalClient(server: server)
            var seen: [Int] = []
            for index in 0..<4 {
                let answer = try await client.post(RehearsalClient.pushPath, body: .bytes(ByteBuffer(string: "a\n1\n")))
                seen.append(answer.status)
                #expect(answer.header("Retry-After") == (index < 2 ? ["7"] : []))
            }
            #expect(seen == [status, status, 409, 200])
            #expect(server.refusedCount == 3)
            #expect(server.imports.count == 1)
        }
    }

    @Test func tooManyRequestsSaysWhatTheAPISays() async throws {
        let behaviour = RehearsalBehaviour(refusals: [.init(status: 429)])
        try await withRehearsalServer(RehearsalClient.configuration(behaviour)) { server in
            let answer = try await RehearsalClient(server: server).post(RehearsalClient.pushPath)
            #expect(answer.body == "Maximum number of reports per configuration per hour exceeded, maximum: 300")
        }
    }

    @Test func inProgressUntilPolledOften() async throws {
        try await withRehearsalServer(RehearsalClient.configuration(.init(inProgressPollCount: 2))) { server in
            let client = RehearsalClient(server: server)
            let importID = try await client.push("a\n1\n2\n")
            var seen: [String?] = []
            for _ in 0..<4 {
                let status = try await client.status(importID)
                seen.append(status.text(of: "importStatus"))
                #expect(status.body.contains(#""completedAt":null"#) == (seen.count <= 2))
                #expect(status.body.contains(#""detailedReport":null"#) == (seen.count <= 2))
            }
            #expect(seen == ["InProgress", "InProgress", "Completed", "Completed"])
        }
    }

    @Test func failureCarriesItsDetails() async throws {
        let details = [
            RehearsalBehaviour.FailureDetail(name: "DuplicateKey", description: "\u{1b}[31m\"two\" rows"),
            RehearsalBehaviour.FailureDetail(name: "B", description: ""),
        ]
        try await withRehearsalServer(RehearsalClient.configuration(.init(ending: .failed(details)))) { server in
            let client = RehearsalClient(server: server)
            let status = try await client.status(client.push("a\n1\n"))
            #expect(status.text(of: "importStatus") == "Failed")
            #expect(
                status.body.contains(#"[{"name":"DuplicateKey","description":"\u001b[31m\"two\" rows"},{"name":"B","description":""}]"#))
            #expect(status.body.contains(#""detailedReport":null"#))
        }
    }

    @Test func theStatusDocumentHasTheShapeOfTheAPI() async throws {
        let skip = RehearsalResult.Skip(reason: .parsingError, columnName: "Amount", count: 3, samples: ["1.2.3", "x"])
        let other = RehearsalResult.Skip(reason: .missingWriteAccess, columnName: nil, count: 1)
        let result = RehearsalResult(
            blockKind: .metric, insertedCount: 5, updatedCount: 2, deletedCount: 1, skippedCount: 4, skipped: [skip, other])
        try await withRehearsalServer(RehearsalClient.configuration(.init(ending: .completed(result)))) { server in
            let client = RehearsalClient(server: server)
            let importID = try #require(try await client.push("a\n1\n"))
            let status = try await client.status(importID)
            let created = try #require(status.text(of: "createdAt"))
            let completed = try #require(status.text(of: "completedAt"))
            #expect(created.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            let counts = #""insertedCount":5,"updatedCount":2,"deletedCount":1"#
            let skipped =
                #"[{"count":3,"reason":"ParsingError","sourceColumnName":"Amount","samples":["1.2.3","x"]},"#
                + #"{"count":1,"reason":"MissingWriteAccessRights","sourceColumnName":null,"samples":[]}]"#
            #expect(
                status.body
                    == #"{"importId":"\#(importID)","createdAt":"\#(created)","completedAt":"\#(completed)","importStatus":"Completed","#
                    + #""errorsDetails":null,"detailedReport":{"blockType":"Metric","summary":{\#(counts),"skippedCount":4},"#
                    + #""impactedBlocks":[{"blockId":"\#(RehearsalClient.configurationID)","scenarioId":null,\#(counts),"skippedData":\#(skipped)}],"#
                    + #""autoCreatedDimensionModalities":[]}}"#)
        }
    }

    @Test(
        "the detailed report comes only where it is asked for",
        arguments: [
            ("/api/v1/import/ID/status", false), ("/api/v1/import/ID/status?includedDetailedReport=false", false),
            ("/api/v1/import/ID/status?includedDetailedReport=true", true), ("/api/import/ID/status", false),
            ("/api/import/ID/status?includedDetailedReport=true", false),
        ])
    func detail(path: String, isDetailed: Bool) async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let client = RehearsalClient(server: server)
            let importID = try #require(try await client.push("a\n1\n"))
            let status = try await client.get(path.replacing("ID/", with: importID + "/"))
            #expect(status.text(of: "importStatus") == "Completed")
            #expect(status.body.contains(#""detailedReport":null"#) != isDetailed)
        }
    }

    @Test(
        "status of what does not exist",
        arguments: [("00000000-0000-4000-8000-000000000000", 404), ("abc", 400)])
    func unknownImport(importID: String, expected: Int) async throws {
        try await withRehearsalServer(RehearsalClient.configuration()) { server in
            let client = RehearsalClient(server: server)
            let status = try await client.status(importID)
            #expect(status.status == expected)
            let keyless = try await client.get("/api/v1/import/\(importID)/status", key: nil)
            #expect(keyless.status == 401)
        }
    }

    @Test func everyPushGetsAJudgeOfItsOwnThatSeesAllBytes() async throws {
        /// Counts bytes as rows.
        struct ByteJudge: RehearsalJudge {
            var count = 0
            mutating func feed(_ bytes: Span<UInt8>) { count += bytes.count }
            mutating func finish() -> RehearsalResult { RehearsalResult(insertedCount: count) }
        }
        try await withRehearsalServer(RehearsalClient.configuration { ByteJudge() }) { server in
            let client = RehearsalClient(server: server)
            for length in [0, 1, 70_000] {
                _ = try await client.push(String(repeating: "x", count: length))
            }
            #expect(server.imports.map(\.result.insertedCount) == [0, 1, 70_000])
        }
    }

    @Test("the default judge counts rows", arguments: [("", 0), ("a,b", 0), ("a\n1", 1), ("a\n1\n", 1), ("a\n\"1\n2\"\n3\n", 2)])
    func rowCount(text: String, rows: Int) {
        var judge = RowCountJudge()
        judge.feed(Array(text.utf8).span)
        #expect(judge.finish() == RehearsalResult(insertedCount: rows))
    }

    @Test func pausesHoldTheAnswerBack() async throws {
        let behaviour = RehearsalBehaviour(pausePerPiece: .milliseconds(20), pauseBeforeAnswer: .milliseconds(30))
        try await withRehearsalServer(RehearsalClient.configuration(behaviour)) { server in
            let start = ContinuousClock.now
            let importID = try await RehearsalClient(server: server).push("a\n1\n")
            #expect(importID != nil)
            #expect(ContinuousClock.now - start >= .milliseconds(50))
        }
    }

    @Test("leaving the scope ends a push that is still going on")
    func leaving() async throws {
        let behaviour = RehearsalBehaviour(pauseBeforeAnswer: .seconds(3600))
        let (arrivals, arrival) = AsyncStream.makeStream(of: Never.self)
        let configuration = RehearsalClient.configuration(behaviour) {
            arrival.finish()
            return RowCountJudge()
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            try await withRehearsalServer(configuration) { server in
                group.addTask {
                    (try? await RehearsalClient(server: server).push("a\n1\n")) != nil
                }
                for await _ in arrivals {}
            }
            #expect(try await group.next() == false)
        }
    }

    @Test("the server ends cleanly while connections are still coming in")
    func endsUnderLoad() async throws {
        try await withThrowingTaskGroup(of: Void.self) { clients in
            for _ in 0..<30 {
                let count = try await withRehearsalServer(RehearsalClient.configuration()) { server in
                    for _ in 0..<16 {
                        clients.addTask { _ = try? await RehearsalClient(server: server).push("a\n1\n") }
                    }
                    _ = try await RehearsalClient(server: server).push("a\n1\n")
                    return server.imports.count
                }
                #expect(count >= 1)
            }
            // The client tries to connect again and again where the server has gone.
            clients.cancelAll()
        }
    }
}
