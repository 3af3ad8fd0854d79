import Foundation
import PreflightCommand
import ScriptedServer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

/// A command that a message names does what the message promises when it is pasted into a shell.
@Suite("Suggested commands can be pasted", .timeLimit(.minutes(30)))
struct SuggestedCommandTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)

    private static func status(_ word: String, skipped: Int = 0) -> [ScriptStep] {
        let body = #"{"importId":"\#(Tool.importID)","importStatus":"\#(word)","detailedReport":{"summary":{"skippedCount":\#(skipped)}}}"#
        return [.readHead, .answer("200 OK", body: body)]
    }

    /// The text from `preflight` on that follows a marker, up to the end of its line.
    private static func command(after marker: String, in text: String) throws -> String {
        let start = try #require(text.range(of: marker), "\(text)").upperBound
        return String(text[start...].prefix { $0 != "\n" })
    }

    /// Runs it as a shell would, with the built command first on the path.
    private static func paste(_ command: String, environment: [String: String] = [:]) async throws -> Tool.Ending {
        try await Tool.runShell(command, environment: environment)
    }

    static let names = ["input.csv", "my file.csv", "it's $HOME.csv", "\u{1B}[31m.csv", "-p"]

    @Test(arguments: names) func theImportIsFollowedAtTheSameServerWithTheSameKeyFile(_ name: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: name)
        let key = try scratch.write(Tool.canaryKey, to: "key of \(name)")
        chmod(key, 0o600)
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, Self.accepted], Self.status("InProgress"), Self.status("Completed", skipped: 3),
        ]
        try await withScriptedServer(scripts: scripts) { server in
            let arguments =
                Tool.pushArguments(file, port: server.port) + ["--api-key-file", key, "--timeout", "20ms", "--max-skipped", "5"]
            let ending = try await Tool.run(arguments)
            #expect(ending.status == 8, "\(ending.everything)")
            let command = try Self.command(after: "To follow it: ", in: ending.complaints)
            let pasted = try await Self.paste(command)
            #expect(pasted.status == 0, "\(command)\n\(pasted.everything)")
            #expect(server.requests.last?.target == "/api/v1/import/\(Tool.importID)/status?includedDetailedReport=true")
            #expect(server.requests.last?[header: "Authorization"] == "Bearer \(Tool.canaryKey)")
        }
    }

    @Test(arguments: names) func aClosedGateNamesTheCheckOfTheSameFile(_ name: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a;b\n1;x\n", to: name)
        let profile = try scratch.write(
            "version: 1\ncolumns: [{name: a, type: number}, {name: b, type: number}]\n", to: "profile of \(name)")
        let arguments = ["push", file, "-c", Tool.configuration, "-p", profile, "--delimiter", ";", "--fail-on", "warning", "-q"]
        let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
        #expect(ending.status == 1, "\(ending.everything)")
        let command = try Self.command(after: "To see the findings: ", in: ending.complaints)
        let pasted = try await Self.paste(command)
        #expect(pasted.status == 1, "\(command)\n\(pasted.everything)")
        #expect(pasted.output.contains("PF401"), "\(command)\n\(pasted.everything)")
    }

    @Test(arguments: names) func aDryRunNamesThePush(_ name: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: name)
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, Self.accepted], Self.status("Completed")]) { server in
            let arguments = ["push", file, "-c", Tool.configuration, "--base-url", "http://127.0.0.1:\(server.port)", "--dry-run"]
            let ending = try await Tool.run(arguments)
            #expect(ending.status == 0, "\(ending.everything)")
            let command = try Self.command(after: "To push: ", in: ending.complaints)
            let pasted = try await Self.paste(command, environment: Tool.keyEnvironment)
            #expect(pasted.status == 0, "\(command)\n\(pasted.everything)")
            #expect(server.requests.first?.body == Array("a,b\n1,2\n".utf8))
        }
    }

    @Test func theFollowingOfATriggerAndOfAnInterruptionIsNamedInFull() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let isPolled = Latch()
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, Self.accepted], [.readHead, .open(isPolled), .stall], Self.status("Completed"),
        ]
        try await withScriptedServer(scripts: scripts) { server in
            let tool = Tool(Tool.pushArguments(file, port: server.port), environment: Tool.keyEnvironment)
            try tool.start()
            await isPolled.wait()
            tool.send(signal: SIGINT)
            let ending = await tool.ending()
            #expect(ending.status == 130)
            let command = try Self.command(after: "To follow it: ", in: ending.complaints)
            let pasted = try await Self.paste(command, environment: Tool.keyEnvironment)
            #expect(pasted.status == 0, "\(command)\n\(pasted.everything)")
        }
    }

    @Test func aRehearsalNamesNoCommandThatCannotWork() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let ending = try await Tool.run(["rehearse", file, "--scenario", "failed"])
        #expect(!ending.everything.contains("preflight status"))
    }

    @Test func aKeyFileThatOthersCanReadIsClosedByTheNamedCommand() async throws {
        let scratch = try Scratch()
        let key = try scratch.write(Tool.canaryKey, to: "my key's file")
        chmod(key, 0o644)
        let arguments = ["status", Tool.importID, "--api-key-file", key, "--base-url", "http://127.0.0.1:9", "--timeout", "0"]
        let first = try await Tool.run(arguments)
        _ = try await Self.paste(try Self.command(after: "Make it private with: ", in: first.complaints))
        let second = try await Tool.run(arguments)
        #expect(!second.complaints.contains("Make it private"), "\(second.complaints)")
    }

    @Test(arguments: names) func aNewProfileNamesItsCheck(_ name: String) async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/" + name
        #expect(try await Tool.run(["profile", "init", "-o", path]).status == 0)
        let command = try Self.command(after: "# Check it with: ", in: try String(contentsOfFile: path, encoding: .utf8))
        let pasted = try await Self.paste(command)
        #expect(pasted.status == 0, "\(command)\n\(pasted.everything)")
    }

    /// Every page that names a command names one that the parser knows.
    @Test func pagesNameCommandsThatExist() async throws {
        for status in ExitStatus.allCases {
            for match in status.page.matches(of: /`preflight ([^`]+)`/) {
                // The placeholder is not an id, so nothing is asked over the network.
                let ending = try await Tool.run(match.1.split(separator: " ").map(String.init), environment: Tool.keyEnvironment)
                #expect(ending.status != 64, "\(match.0): \(ending.everything)")
            }
        }
    }
}
