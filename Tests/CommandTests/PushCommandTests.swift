import Foundation
import ScriptedServer
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight

@Suite("push, trigger and status, as a user runs them", .timeLimit(.minutes(30)))
struct PushCommandTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)

    private static func status(_ word: String, skipped: Int = 0, data: String = "") -> [ScriptStep] {
        let body =
            #"{"importId":"\#(Tool.importID)","importStatus":"\#(word)","detailedReport":{"blockType":"List","summary":{"#
            + #""insertedCount":1,"updatedCount":0,"deletedCount":0,"skippedCount":\#(skipped)},"impactedBlocks":[{"blockId":"\#(Tool.importID)","#
            + #""insertedCount":1,"updatedCount":0,"deletedCount":0,"skippedData":[\#(data)]}]}}"#
        return [.readHead, .answer("200 OK", body: body)]
    }

    private static let push: [ScriptStep] = [.readHead, .readWholeBody, accepted]
    private static let csv = "a,b\n1,2\n"

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var arguments: [String] = []
        var scripts: [[ScriptStep]]
        var status: Int32
        var says: [String]
        var bodies = 1
    }

    static let cases = [
        Case(
            testDescription: "completed", scripts: [push, status("InProgress"), status("Completed")], status: 0,
            says: ["Import ID: \(Tool.importID)", "Import completed", "Reconciliation"]),
        Case(
            testDescription: "skipped rows", scripts: [push, status("Completed", skipped: 1, data: skip)], status: 3,
            says: ["over the limit", "MissingWriteAccessRights"]),
        Case(
            testDescription: "skips that nobody predicted, within the limit", arguments: ["--max-skipped", "5"],
            scripts: [push, status("Completed", skipped: 1, data: skip)], status: 0, says: ["MissingWriteAccessRights"]),
        Case(testDescription: "failed", scripts: [push, status("Failed")], status: 4, says: ["failed"]),
        Case(
            testDescription: "never ends", arguments: ["--timeout", "0.1s"], scripts: [push, status("InProgress")], status: 8,
            says: ["preflight status"]),
        Case(
            testDescription: "no wait", arguments: ["--no-wait"], scripts: [push], status: 0,
            says: ["Import ID: \(Tool.importID)", "not followed to its end"]),
        Case(testDescription: "dry run", arguments: ["--dry-run"], scripts: [push], status: 0, says: ["nothing was sent"], bodies: 0),
        Case(
            testDescription: "no usable answer", scripts: [[.readHead, .readWholeBody, .finish]], status: 6,
            says: ["may"]),
        Case(
            testDescription: "refused", scripts: [[.readHead, .readWholeBody, .answer("404 Not Found")]], status: 7,
            says: ["configuration"]),
        Case(
            testDescription: "legacy endpoint", arguments: ["--legacy-endpoint"],
            scripts: [[.readHead, .readWholeBody, .answer("200 OK", body: #"{"tranferLogId":"\#(Tool.importID)","nbBytesPushed":8}"#)]],
            status: 8, says: ["deprecated", "/api/v1/import/push/csv"]),
    ]

    private static let skip = #"{"count":1,"reason":"MissingWriteAccessRights","sourceColumnName":null,"samples":[]}"#

    @Test(arguments: cases) func exitStatusAndWords(_ testCase: Case) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(Self.csv, to: "input.csv")
        try await withScriptedServer(scripts: testCase.scripts) { server in
            let arguments = Tool.pushArguments(file, port: server.port, more: testCase.arguments)
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(ending.status == testCase.status, "\(ending.everything)")
            for text in testCase.says { #expect(ending.everything.contains(text), "\(ending.everything)") }
            #expect(server.completeBodyCount == testCase.bodies)
            if let request = server.requests.first {
                #expect(request[header: "Content-Length"] == "\(Self.csv.utf8.count)")
                #expect(request[header: "Transfer-Encoding"] == nil)
                #expect(request.body == Array(Self.csv.utf8))
            }
        }
    }

    @Test func theGateKeepsEverythingAtHome() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1\n", to: "input.csv")
        try await withScriptedServer(scripts: [Self.push]) { server in
            let ending = try await Tool.run(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            #expect(ending.status == 1)
            #expect(ending.output.contains("PF204"))
            #expect(server.connections.isEmpty)
        }
    }

    @Test func standardInputIsSentAsItCame() async throws {
        let scratch = try Scratch()
        let content = "\u{FEFF}a,b\r\n" + String(repeating: "1,\"zwei, drei\"\r\n", count: 5_000)
        let path = try scratch.write(content, to: "input.csv")
        try await withScriptedServer(scripts: [Self.push, Self.status("Completed")]) { server in
            let pipe = Pipe()
            let tool = Tool(Tool.pushArguments("-", port: server.port), environment: Tool.keyEnvironment, input: pipe.fileHandleForReading)
            try tool.start()
            try pipe.fileHandleForReading.close()
            try pipe.fileHandleForWriting.write(contentsOf: Data(contentsOf: URL(fileURLWithPath: path)))
            try pipe.fileHandleForWriting.close()
            let ending = await tool.ending()
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(server.requests.first?.body == Array(content.utf8))
        }
    }

    @Test func jsonIsOneDocumentAndTheIdIsSaidAtOnce() async throws {
        let scratch = try Scratch()
        let file = try scratch.write(Self.csv, to: "input.csv")
        try await withScriptedServer(scripts: [Self.push, Self.status("Completed")]) { server in
            let arguments = Tool.pushArguments(file, port: server.port, more: ["--format", "json"])
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
            #expect((object["push"] as? [String: Any])?["outcome"] as? String == "accepted")
            #expect((object["outcome"] as? [String: Any])?["status"] as? String == "Completed")
            #expect((object["exit"] as? [String: Any])?["status"] as? Int == 0)
            #expect(ending.complaints.contains("import ID: \(Tool.importID)"))
        }
    }

    @Test func triggerAndStatus() async throws {
        try await withScriptedServer(scripts: [[.readHead, Self.accepted], Self.status("Completed")]) { server in
            let base = ["--base-url", "http://127.0.0.1:\(server.port)", "--poll", "0.02s"]
            let ending = try await Tool.run(["trigger", "-c", Tool.configuration] + base, environment: Tool.keyEnvironment)
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(server.requests.first?.target == "/api/v1/import/trigger?configurationId=\(Tool.configuration)")
            let status = try await Tool.run(["status", Tool.importID, "--json"] + base, environment: Tool.keyEnvironment)
            #expect(status.status == 0, "\(status.everything)")
            #expect(status.output.contains(#""status": "Completed""#))
            #expect(server.requests.last?.target == "/api/v1/import/\(Tool.importID)/status?includedDetailedReport=true")
        }
    }
}
