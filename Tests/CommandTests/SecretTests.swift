import Foundation
import ScriptedServer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight

@Suite("The key appears in one header and nowhere else", .timeLimit(.minutes(30)))
struct SecretTests {
    private static let id = Tool.importID

    /// Answers that echo what the request held, the key among it.
    static let echoes: [(name: String, scripts: [[ScriptStep]])] = {
        let key = Tool.canaryKey
        let base64 = Data(key.utf8).base64EncodedString()
        let echo = #"{"error":"Bearer \#(key) \#(base64) is not welcome"}"#
        let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(id)"}"#)
        let failed = #"{"importId":"\#(id)","importStatus":"Failed","errorsDetails":[{"name":"\#(key)","description":"\#(base64)"}]}"#
        let unknownStatus = #"{"importId":"\#(id)","importStatus":"\#(key)"}"#
        return [
            ("400", [[.readHead, .readWholeBody, .answer("400 Bad Request", body: echo)]]),
            ("401", [[.readHead, .answer("401 Unauthorized", body: echo)]]),
            ("500", [[.readHead, .readWholeBody, .answer("500 Internal Server Error", body: echo)]]),
            ("200 without an id", [[.readHead, .readWholeBody, .answer("200 OK", body: echo)]]),
            ("redirect", [[.readHead, .readWholeBody, .answer("302 Found", headers: ["Location: http://evil.example/\(key)"])]]),
            ("garbage", [[.readHead, .readWholeBody, .sendText("\(key)\r\n\r\n")]]),
            ("failed import", [[.readHead, .readWholeBody, accepted], [.readHead, .answer("200 OK", body: failed)]]),
            ("odd status", [[.readHead, .readWholeBody, accepted], [.readHead, .answer("200 OK", body: unknownStatus)]]),
            ("401 on the poll", [[.readHead, .readWholeBody, accepted], [.readHead, .answer("401 Unauthorized", body: echo)]]),
        ]
    }()

    @Test(arguments: echoes.map(\.name), ["human", "concise", "json", "jsonl"])
    func neverInOutputOrFiles(_ name: String, format: String) async throws {
        let scripts = try #require(Self.echoes.first { $0.name == name }).scripts
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        try await withScriptedServer(scripts: scripts) { server in
            let arguments = Tool.pushArguments(file, port: server.port, more: ["--format", format, "--timeout", "0.2s"])
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(!ending.everything.contains(Tool.canaryKey))
            #expect(!ending.everything.contains(Data(Tool.canaryKey.utf8).base64EncodedString()))
            #expect(ending.status != 0)
            #expect(server.requests.allSatisfy { $0[header: "Authorization"] == "Bearer \(Tool.canaryKey)" })
            #expect(server.completeBodyCount <= 2)
            #expect(try scratch.names == ["small.csv"])
        }
    }

    @Test func notInTheArgumentListNorInTheEnvironmentOfTheRun() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        let keyFile = try scratch.write(Tool.canaryKey + "\n", to: "key")
        chmod(keyFile, 0o600)
        let isWhole = Latch()
        let goOn = Latch()
        let scripts: [[ScriptStep]] = [[.readHead, .readWholeBody, .open(isWhole), .wait(goOn), .answer("401 Unauthorized")]]
        try await withScriptedServer(scripts: scripts) { server in
            let tool = Tool(Tool.pushArguments(file, port: server.port, more: ["--api-key-file", keyFile]))
            try tool.start()
            await isWhole.wait()
            if let commandLine = FileManager.default.contents(atPath: "/proc/\(tool.identifier)/cmdline") {
                #expect(!String(decoding: commandLine, as: UTF8.self).contains(Tool.canaryKey))
            }
            goOn.open()
            let ending = await tool.ending()
            #expect(ending.status == 7)
            #expect(server.requests.first?[header: "Authorization"] == "Bearer \(Tool.canaryKey)")
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var environment: [String: String] = Tool.keyEnvironment
        var replacing: [String: String] = [:]
        var says: String
    }

    static let refusals = [
        Refusal(testDescription: "no key", environment: [:], says: "PIGMENT_API_KEY"),
        Refusal(
            testDescription: "dashed key", environment: ["PIGMENT_API_KEY": "3jp2e232-9875-42f4-9fcf-63fe2ce568jp"], says: "old format"),
        Refusal(testDescription: "key with a line end inside", environment: ["PIGMENT_API_KEY": "abc\r\nX-Evil: 1"], says: "API key"),
        Refusal(
            testDescription: "configuration that is no UUID", replacing: [Tool.configuration: "33d0d7d0/../evil"], says: "not a UUID"),
        Refusal(testDescription: "plain http to another machine", replacing: ["base": "http://pigment.example"], says: "unencrypted"),
    ]

    @Test(arguments: refusals) func refusedBeforeAnyConnection(_ refusal: Refusal) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "small.csv")
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .answer("200 OK")]]) { server in
            var arguments = Tool.pushArguments(file, port: server.port).map { refusal.replacing[$0] ?? $0 }
            if let base = refusal.replacing["base"] { arguments[5] = base }
            let ending = try await Tool.run(arguments, environment: refusal.environment)
            #expect(ending.status == 2)
            #expect(ending.complaints.contains(refusal.says), "\(ending.complaints)")
            #expect(server.connections.isEmpty)
        }
    }
}
