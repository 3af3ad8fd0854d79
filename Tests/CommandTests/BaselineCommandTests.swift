import Foundation
import ScriptedServer
import SeededRandom
import Testing

@testable import RehearsalServer

/// Accepted pushes tell what later files are compared with.
@Suite("Accepted files and drift, as a user meets them", .timeLimit(.minutes(30)))
struct BaselineCommandTests {
    private static let accepted: [ScriptStep] = [
        .readHead, .readWholeBody, .answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#),
    ]
    private static let profile = """
        version: 1
        columns:
          - {name: Entity, type: text}
          - {name: Date, type: date}
          - {name: Amount, type: number}
        """

    /// A month of a ledger.
    private static func month(_ number: Int, rows: Int = 200, entities: [String] = ["DE01", "FR03", "US10"], factor: Int = 1) -> String {
        var random = SeededGenerator(seed: number)
        var text = "Entity,Date,Amount\n"
        for _ in 0..<(rows + number) {
            let day = 10 + random.below(19)
            text += "\(random.element(of: entities)),2026-0\(number)-\(day),\((1_000 + random.below(90_000)) * factor).25\n"
        }
        return text
    }

    private struct Place {
        let scratch: Scratch
        let profile: String
        var ledger: String { scratch.path + "/ledger.jsonl" }

        init() throws {
            scratch = try Scratch()
            profile = try scratch.write(BaselineCommandTests.profile, to: "profile.yaml")
        }

        func push(_ text: String, _ name: String, _ port: Int, _ more: [String] = []) async throws -> Tool.Ending {
            let file = try scratch.write(text, to: name)
            return try await Tool.run(
                Tool.pushArguments(file, port: port, more: ["-p", profile, "--no-wait", "--ledger", ledger] + more),
                environment: Tool.keyEnvironment)
        }

        func run(_ arguments: [String]) async throws -> Tool.Ending {
            try await Tool.run(arguments + ["-c", Tool.configuration, "--ledger", ledger])
        }
    }

    @Test func acceptedPushesAreCompared() async throws {
        let place = try Place()
        try await withScriptedServer(scripts: Array(repeating: Self.accepted, count: 5)) { server in
            for number in 1...3 {
                let ending = try await place.push(Self.month(number), "m\(number).csv", server.port)
                #expect(ending.status == 0, "\(ending.everything)")
            }
            let shown = try await place.run(["baseline"])
            #expect(shown.output.contains("3 accepted files") && shown.output.contains("203 rows  pushed  "), "\(shown.everything)")

            let usual = try await place.push(Self.month(4), "m4.csv", server.port, ["--drift", "fail"])
            #expect(usual.status == 0 && !usual.output.contains("PF71"), "\(usual.everything)")

            let odd = Self.month(5, rows: 40, entities: ["DE01", "FR03", "US10", "JPN-1"], factor: 1_000)
            let stopped = try await place.push(odd, "m5.csv", server.port, ["--drift", "fail"])
            #expect(stopped.status == 9, "\(stopped.everything)")
            for code in ["PF711", "PF714", "PF715"] { #expect(stopped.output.contains("error[\(code)]"), "\(stopped.output)") }
            #expect(stopped.output.contains("45 rows; the last 4 accepted files have 201 to 204"), "\(stopped.output)")
            let warned = try await place.push(odd, "m5.csv", server.port)
            #expect(warned.status == 0 && warned.output.contains("warning[PF711]"), "\(warned.everything)")
        }
    }

    @Test func checksAreComparedOnDemand() async throws {
        let place = try Place()
        for number in 1...3 {
            let file = try place.scratch.write(Self.month(number), to: "m\(number).csv")
            let ending = try await place.run(["baseline", "accept", file, "-p", place.profile])
            #expect(ending.status == 0 && ending.output.hasPrefix("Accepted \(file) for configuration \(Tool.configuration) as "))
        }
        let file = try place.scratch.write(Self.month(3), to: "again.csv")
        let silent = try await Tool.run(["check", file, "-p", place.profile])
        #expect(silent.status == 0 && !silent.output.contains("PF71"))
        let again = try await place.run(["check", file, "-p", place.profile, "--drift", "fail"])
        #expect(again.status == 9 && again.output.contains("PF718") && again.output.contains("PF717"), "\(again.everything)")
        let list = try await place.run(["baseline", "show", "--format", "json"])
        let document = try #require(try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [String: Any])
        let files = try #require(document["files"] as? [[String: Any]])
        #expect(files.count == 3)
        let id = try #require(files[0]["id"] as? String)
        #expect(try await place.run(["baseline", "forget", "nothing1"]).status == 2)
        #expect(try await place.run(["baseline", "forget", id]).status == 0)
        #expect(try await place.run(["check", file, "-p", place.profile, "--drift", "fail"]).status == 0)
        #expect(try await place.run(["baseline", "forget", "--all"]).output.contains("Forgot 2 accepted files"))
        #expect(try await place.run(["baseline"]).output.contains("No file was accepted"))
    }

    /// No value of a text is kept, and with `--redact` no number either.
    @Test func valuesAreNotKept() async throws {
        let place = try Place()
        try await withScriptedServer(scripts: [Self.accepted, Self.accepted]) { server in
            _ = try await place.push("Entity,Date,Amount\nQzxw1,2026-01-01,84608.25\n", "a.csv", server.port)
            let path = place.ledger + ".baselines"
            let plain = try String(contentsOfFile: path, encoding: .utf8)
            #expect(plain.contains("84608.25") && !plain.contains("Qzxw"))
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
            _ = try await place.push("Entity,Date,Amount\nQzxw1,2026-01-01,73519.25\n", "b.csv", server.port, ["--redact"])
            #expect(!(try String(contentsOfFile: path, encoding: .utf8)).contains("73519"))
        }
    }

    /// A line that is cut, and one of something else, are passed over.
    @Test func linesOfOthersArePassedOver() async throws {
        let place = try Place()
        let file = try place.scratch.write(Self.month(1), to: "m.csv")
        for _ in 1...3 { _ = try await place.run(["baseline", "accept", file, "-p", place.profile]) }
        let path = place.ledger + ".baselines"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try ("{\"a\":1}\n" + text.dropLast(200)).write(toFile: path, atomically: true, encoding: .utf8)
        let shown = try await place.run(["baseline"])
        #expect(shown.status == 0 && shown.output.contains("2 accepted files"), "\(shown.everything)")
    }
}
