import Foundation
import ScriptedServer
import Testing

@testable import ByteSources
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import RehearsalServer
@testable import SafeText

@Suite("The ledger, as a user meets it", .timeLimit(.minutes(30)))
struct LedgerCommandTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)
    private static let push: [ScriptStep] = [.readHead, .readWholeBody, accepted]
    private static let lost: [ScriptStep] = [.readHead, .readWholeBody, .finish]
    private static let csv = "Entity,Amount\nFR01,1.5\nFR02,1e5\nFR03,x\n"
    private static let profile = "version: 1\ncolumns:\n  - {name: Entity, type: text}\n  - {name: Amount, type: number}\n"

    private static func status(_ word: String, skipped: Int, sample: String = "secret-cell") -> [ScriptStep] {
        let data = #"{"count":\#(skipped),"reason":"ParsingError","sourceColumnName":"Amount","samples":["\#(sample)"]}"#
        let body =
            #"{"importId":"\#(Tool.importID)","importStatus":"\#(word)","errorsDetails":[{"name":"Bad","description":"\#(sample)"}],"#
            + #""detailedReport":{"blockType":"List","summary":{"insertedCount":1,"updatedCount":0,"deletedCount":0,"#
            + #""skippedCount":\#(skipped)},"impactedBlocks":[{"blockId":"\#(Tool.importID)","insertedCount":1,"updatedCount":0,"#
            + #""deletedCount":0,"skippedData":[\#(data)]}]}}"#
        return [.readHead, .answer("200 OK", body: body)]
    }

    /// A folder with a file, its profile and a ledger.
    private struct Place {
        let scratch: Scratch
        let file: String
        let profile: String
        var ledger: String { scratch.path + "/ledger.jsonl" }

        init(_ csv: String = LedgerCommandTests.csv) throws {
            scratch = try Scratch()
            file = try scratch.write(csv, to: "export.csv")
            profile = try scratch.write(LedgerCommandTests.profile, to: "profile.yaml")
        }

        var lines: [String] {
            get throws { try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n").map(String.init) }
        }

        /// `event outcome-or-status` of each record.
        var events: [String] {
            get throws {
                try lines.map { line in
                    let record = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                    let word = record["outcome"] ?? record["status"] ?? record["settled"] ?? record["kind"] ?? ""
                    return "\(record["event"] ?? "") \(word)"
                }
            }
        }

        func push(_ port: Int, _ more: [String] = []) async throws -> Tool.Ending {
            try await Tool.run(pushArguments(port, more), environment: Tool.keyEnvironment)
        }

        func pushArguments(_ port: Int, _ more: [String] = []) -> [String] {
            Tool.pushArguments(
                file, port: port, more: ["-p", profile, "--max-skipped", "3", "--ledger", ledger] + more)
        }

        func run(_ arguments: [String]) async throws -> Tool.Ending {
            try await Tool.run(arguments + ["--ledger", ledger], environment: Tool.keyEnvironment)
        }
    }

    @Test func theSameFileTwice() async throws {
        let place = try Place()
        let scripts = [Self.push, Self.status("Completed", skipped: 2), Self.push, Self.status("Completed", skipped: 2)]
        try await withScriptedServer(scripts: scripts) { server in
            let first = try await place.push(server.port)
            #expect(first.status == 0, "\(first.everything)")
            #expect(try place.events == ["intent push", "outcome accepted", "end Completed", "reconciliation "])
            let second = try await place.push(server.port)
            #expect(second.status == 7)
            for text in [
                "do not push again (exit status 7): Nothing was sent. The same content was pushed to this configuration at 20",
                "export.csv (entry ", "and accepted: import \(Tool.importID) completed, 2 rows skipped.",
                "Pushing it again can double its data.",
                "--already-pushed allow",
            ] {
                #expect(second.complaints.contains(text), "\(second.complaints)")
            }
            let skipped = try await place.push(server.port, ["--already-pushed", "skip", "--format", "json"])
            #expect(skipped.status == 99)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(skipped.output.utf8)) as? [String: Any])
            let told = try #require(object["push"] as? [String: Any])
            #expect(told["outcome"] as? String == "already-pushed" && object["retry"] as? String == "never")
            #expect((told["earlier"] as? [String: Any])?["importId"] as? String == Tool.importID)
            let dry = try await place.push(server.port, ["--dry-run"])
            #expect(dry.status == 7)
            #expect(server.completeBodyCount == 1)
            let again = try await place.push(server.port, ["--already-pushed", "allow"])
            #expect(again.status == 0, "\(again.everything)")
            #expect(server.completeBodyCount == 2)
        }
    }

    @Test func anUnknownOutcomeIsSettled() async throws {
        let place = try Place()
        try await withScriptedServer(scripts: [Self.lost, Self.push, Self.status("Completed", skipped: 0)]) { server in
            let first = try await place.push(server.port)
            #expect(first.status == 6)
            let command = try #require(first.complaints.firstMatch(of: /preflight history settle ([0-9a-z]{8}) --ledger \S+/))
            let id = String(command.output.1)
            let second = try await place.push(server.port, ["--already-pushed", "skip"])
            #expect(second.status == 6)
            for text in ["do not push again (exit status 6)", "whether it arrived is unknown", "\(command.output.0) --did-not-arrive"] {
                #expect(second.complaints.contains(text), "\(second.complaints)")
            }
            let unknown = try await place.run(["history", "--outcome", "unknown"])
            #expect(unknown.output.contains("  ! \(id)  20") && unknown.output.contains("unknown: no-answer"), "\(unknown.everything)")
            #expect(unknown.output.contains("\(command.output.0) --import IMPORT_ID"), "\(unknown.everything)")
            // The command that was suggested, with its last option.
            let settled = try await Tool.runShell("\(command.output.0) --did-not-arrive")
            #expect(settled.status == 0 && settled.output.contains("The same content may be pushed again."), "\(settled.everything)")
            let third = try await place.push(server.port)
            #expect(third.status == 3 || third.status == 0, "\(third.everything)")
            let late = try await place.run(["history", "settle", id, "--import", Tool.importID])
            #expect(
                late.status == 0
                    && late.output.contains("preflight status \(Tool.importID) --base-url http://127.0.0.1:\(server.port) --ledger"),
                "\(late.everything)")
            #expect(server.completeBodyCount == 2)
        }
    }

    /// `status` writes the end into the ledger, and `--last` finds the import there.
    @Test func statusOfTheLast() async throws {
        let place = try Place()
        let scripts = [Self.push, Self.status("Completed", skipped: 2)]
        try await withScriptedServer(scripts: scripts) { server in
            let base = ["--base-url", "http://127.0.0.1:\(server.port)", "--poll", "0.02s", "--max-skipped", "3"]
            let none = try await place.run(["status", "--last"] + base)
            #expect(none.status == 2 && none.complaints.contains("has no import of http://127.0.0.1"), "\(none.everything)")
            #expect(try await place.push(server.port, ["--no-wait"]).status == 0)
            let last = try await place.run(["status", "--last"] + base)
            #expect(last.status == 0, "\(last.everything)")
            #expect(last.output.contains("Reconciliation:") && last.output.contains("Ledger: entry "), "\(last.everything)")
            #expect(try place.events == ["intent push", "outcome accepted", "end Completed", "reconciliation "])
            let elsewhere = try await Tool.run(["status", "--last", "--ledger", place.ledger], environment: Tool.keyEnvironment)
            #expect(elsewhere.status == 2)
            #expect(elsewhere.complaints.contains("use --base-url http://127.0.0.1:\(server.port)"), "\(elsewhere.everything)")
        }
    }

    @Test(arguments: [false, true]) func cellsAreRecordedOnlyWhereAskedFor(isAsked: Bool) async throws {
        for word in ["Completed", "Failed"] {
            let place = try Place()
            try await withScriptedServer(scripts: [Self.push, Self.status(word, skipped: 2)]) { server in
                _ = try await place.push(server.port, isAsked ? ["--ledger-samples"] : [])
                let text = try String(contentsOfFile: place.ledger, encoding: .utf8)
                #expect(text.contains("secret-cell") == isAsked)
                #expect(!text.contains(Tool.canaryKey))
                let mode = try FileManager.default.attributesOfItem(atPath: place.ledger)[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
        }
    }

    /// An answer that echoes the key leaves nothing of it in the ledger.
    @Test(arguments: SecretTests.echoes.map(\.name)) func noKey(_ name: String) async throws {
        let scripts = try #require(SecretTests.echoes.first { $0.name == name }).scripts
        let place = try Place()
        try await withScriptedServer(scripts: scripts) { server in
            _ = try await place.push(server.port, ["--timeout", "0.2s", "--ledger-samples"])
            let text = try String(contentsOfFile: place.ledger, encoding: .utf8)
            #expect(text.contains(#""event":"outcome""#))
            #expect(!text.contains(Tool.canaryKey) && !text.contains(Data(Tool.canaryKey.utf8).base64EncodedString()))
        }
    }

    @Test func aLedgerThatCannotBeWrittenStopsThePush() async throws {
        let place = try Place()
        let noFolder = place.scratch.path + "/none/ledger.jsonl"
        try await withScriptedServer(scripts: [Self.push]) { server in
            for (environment, more) in [
                (["HOME": ""], ["--ledger", noFolder]), (["XDG_STATE_HOME": "/proc/self/none"], []), (["XDG_STATE_HOME": ""], []),
                (["PREFLIGHT_LEDGER": "/dev/full"], []), ([:], ["--ledger", place.scratch.path]),
            ] {
                let arguments = Tool.pushArguments(place.file, port: server.port, more: ["-p", place.profile, "--max-skipped", "3"] + more)
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment.merging(environment) { $1 })
                #expect(ending.status == 2)
                #expect(ending.complaints.contains("ledger") && ending.complaints.contains("--ledger none"), "\(ending.complaints)")
            }
            #expect(server.connections.isEmpty)
            let arguments = Tool.pushArguments(
                place.file, port: server.port, more: ["-p", place.profile, "--max-skipped", "3", "--no-wait"])
            for environment in [["PREFLIGHT_LEDGER": "none"], ["PREFLIGHT_LEDGER": "none", "XDG_STATE_HOME": "/proc/self/none"]] {
                let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment.merging(environment) { $1 })
                #expect(ending.status == 0, "\(ending.everything)")
            }
            #expect(server.completeBodyCount == 2)
            let misuse = try await Tool.run(arguments + ["--ledger", "none", "--already-pushed", "skip"], environment: Tool.keyEnvironment)
            #expect(misuse.status == 64)
        }
    }

    /// What the ledger says when the process is killed at each step that the server can see, and what the next run says.
    @Test func killedAtEachStep() async throws {
        let reached = Latch()
        let steps: [(name: String, scripts: [[ScriptStep]], events: [String], status: Int32)] = [
            ("connecting", [[.readAnything, .open(reached), .stall]], ["intent push"], 6),
            ("the body is whole", [[.readHead, .readWholeBody, .open(reached), .stall]], ["intent push"], 6),
            (
                "half an answer", [[.readHead, .readWholeBody, .sendText("HTTP/1.1 200 OK\r\n"), .open(reached), .stall]], ["intent push"],
                6
            ),
            ("polling", [Self.push, [.readHead, .open(reached), .stall]], ["intent push", "outcome accepted"], 7),
        ]
        for step in steps {
            let reached = Latch()
            let scripts = step.scripts.map { $0.map { if case .open = $0 { .open(reached) } else { $0 } } as [ScriptStep] }
            let place = try Place()
            try await withScriptedServer(scripts: scripts) { server in
                let tool = Tool(place.pushArguments(server.port), environment: Tool.keyEnvironment)
                try tool.start()
                await reached.wait()
                // While it lives it is running, and who comes now is sent away; not where it was accepted before.
                let meanwhile = try await place.push(server.port, ["--already-pushed", "allow", "--dry-run"])
                #expect(meanwhile.status == (step.status == 6 ? 5 : 0), "\(meanwhile.everything)")
                if step.status == 6 {
                    let second = try await place.push(server.port, ["--already-pushed", "allow"])
                    #expect(
                        second.status == 5 && second.complaints.contains("is being pushed to this configuration at this moment"),
                        "\(second.complaints)")
                    #expect(try await place.run(["history"]).output.contains("running, process \(tool.identifier) on "))
                }
                tool.send(signal: SIGKILL)
                _ = await tool.ending()
                #expect(try place.events == step.events, "\(step.name)")
                let next = try await place.push(server.port)
                #expect(next.status == step.status, "\(step.name): \(next.complaints)")
                let listed = try await place.run(["history", "--format", "json"])
                #expect(listed.output.contains(step.status == 6 ? #""state": "unknown""# : #""state": "accepted""#), "\(step.name)")
                #expect(server.completeBodyCount <= 1)
            }
        }
    }

    /// A signal is not a crash: what had been sent is known, so it is written down.
    @Test(arguments: [SIGINT, SIGTERM]) func interrupted(signal: Int32) async throws {
        // More than the sockets of both sides hold.
        let rows = String(repeating: String(repeating: "x", count: 1000) + ",1\n", count: 20_000)
        let steps: [(script: [ScriptStep], csv: String, outcome: String)] = [
            ([.readHead], "Entity,Amount\n" + rows, "outcome not-accepted"), ([.readHead, .readWholeBody], Self.csv, "outcome unknown"),
        ]
        for step in steps {
            let place = try Place(step.csv)
            let reached = Latch()
            try await withScriptedServer(scripts: [step.script + [.open(reached), .stall]], receiveBufferByteCount: 4096) { server in
                let tool = Tool(place.pushArguments(server.port), environment: Tool.keyEnvironment)
                try tool.start()
                await reached.wait()
                tool.send(signal: signal)
                let ending = await tool.ending()
                #expect(try place.events == ["intent push", step.outcome], "\(ending.complaints)")
                if step.outcome.hasSuffix("unknown") { #expect(ending.complaints.contains("history settle"), "\(ending.complaints)") }
            }
        }
    }

    @Test func rehearsalsAndTriggersAreListed() async throws {
        let place = try Place()
        for _ in 0..<2 {
            let ending = try await place.run(["rehearse", place.file, "-p", place.profile, "--max-skipped", "3"])
            #expect(ending.status == 0 || ending.status == 3, "\(ending.everything)")
        }
        let script = [[.readHead, Self.accepted], Self.status("Completed", skipped: 2)]
        try await withScriptedServer(scripts: script + script) { server in
            for _ in 0..<2 {
                let base = ["--base-url", "http://127.0.0.1:\(server.port)", "--poll", "0.02s", "--max-skipped", "3"]
                let ending = try await place.run(["trigger", "-c", Tool.configuration] + base)
                #expect(ending.status == 0, "\(ending.everything)")
            }
        }
        let kinds = try place.events.filter { $0.hasPrefix("intent") }
        #expect(kinds == ["intent rehearsal", "intent rehearsal", "intent trigger", "intent trigger"])
        let all = try await place.run(["history"])
        #expect(all.output.contains("Rehearsals\n") && all.output.contains("(trigger)"), "\(all.output)")
        let some = try await place.run(["history", "-c", Tool.configuration, "--since", "1h", "--format", "jsonl"])
        #expect(some.output.split(separator: "\n").count == 2)
        #expect(try await place.run(["history", "--until", "2020-01-01"]).output.hasPrefix("No matching entries"))
        #expect(try await place.run(["history", "--file", "export.csv", "--format", "jsonl"]).output.split(separator: "\n").count == 2)
        #expect(try await place.run(["history", "--file", "xport.csv", "--format", "jsonl"]).output.isEmpty)
    }

    @Test func historyOfNothing() async throws {
        let place = try Place()
        let ending = try await place.run(["history"])
        #expect(ending.status == 0 && ending.output == "No entries in the ledger \(place.ledger).\n")
        try place.scratch.write("garbage\n", to: "ledger.jsonl")
        let garbage = try await place.run(["history"])
        #expect(garbage.status == 0 && garbage.complaints.contains("line 1 is not a record"), "\(garbage.complaints)")
        #expect(try await place.run(["history", "settle", "k3x9m2ab", "--did-not-arrive"]).status == 2)
        #expect(try await place.run(["history", "settle", "k3x9m2ab"]).status == 64)
        #expect(try await place.run(["history", "settle", "nonsense!", "--did-not-arrive"]).status == 2)
    }

    /// Two processes push the same contents to the rehearsal server at the same time: each content arrives once, and every push is in the ledger.
    ///
    /// `LEDGER_PUSHES=500` makes it as many as the issue asks for.
    @Test func twoWriters() async throws {
        let count = ProcessInfo.processInfo.environment["LEDGER_PUSHES"].flatMap { Int($0) } ?? 8
        let place = try Place()
        let configuration = RehearsalConfiguration(apiKeys: [Tool.canaryKey], configurationIDs: [Tool.configuration])
        let files = try (0..<count).map { try place.scratch.write("a,b\n\($0),2\n", to: "\($0).csv") }
        try await withRehearsalServer(configuration) { server in
            let (port, ledger) = (server.port, place.ledger)
            let statuses = try await withThrowingTaskGroup(of: [Int32].self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        var statuses: [Int32] = []
                        for file in files {
                            let arguments = Tool.pushArguments(file, port: port, more: ["--ledger", ledger, "--no-wait"])
                            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                            if ![0, 5, 7].contains(ending.status) { Issue.record("\(ending.everything)") }
                            statuses.append(ending.status)
                        }
                        return statuses
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses.count { $0 == 0 } == count)
            #expect(Set(server.imports.map(\.digest)).count == count && server.imports.count == count)
            let reading = try Ledger(path: FilePath(place.ledger)).read()
            #expect(reading.flawCount == 0)
            #expect(reading.entries.count == count && reading.entries.allSatisfy { $0.state == .accepted })
            #expect(Set(reading.entries.compactMap { $0.intent.content?.digest }) == Set(server.imports.map(\.digest)))
        }
    }
}
