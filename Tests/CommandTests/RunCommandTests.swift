import Foundation
import ScriptedServer
import SeededRandom
import TestSupport
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import RehearsalServer
@testable import SafeText

/// The files of a manifest, in order, each pushed once however often the run was stopped.
@Suite("run, as a user runs it", .timeLimit(.minutes(30)))
struct RunCommandTests {
    private static let (lists, actuals) = ("33d0d7d0-6125-47c4-b36a-882f4ed53b33", "5f1c2a9e-0c0f-4f7e-9b53-3b1d6a0b7c11")
    private static let profile = "version: 1\ncolumns: [{name: a, type: number}, {name: b, type: text}]\n"

    /// A folder with a manifest, and a ledger of its own.
    private struct Place {
        let scratch: Scratch
        var manifest: String { scratch.path + "/m.yaml" }

        init(_ steps: String, more: String = "") throws {
            scratch = try Scratch()
            try scratch.write(RunCommandTests.profile, to: "p.yaml")
            try scratch.write("version: 1\n\(more)defaults: {profile: p.yaml}\nsteps:\n\(steps)", to: "m.yaml")
        }

        func run(_ server: RehearsalServer?, _ more: [String] = [], port: Int? = nil) async throws -> Tool.Ending {
            try await Tool.run(arguments(server, more, port: port), environment: environment)
        }

        func tool(_ server: RehearsalServer, _ more: [String] = []) -> Tool {
            Tool(arguments(server, more), environment: environment)
        }

        var environment: [String: String] { ["PIGMENT_API_KEY": Tool.canaryKey, "XDG_STATE_HOME": scratch.path + "/state"] }

        private func arguments(_ server: RehearsalServer?, _ more: [String], port: Int? = nil) -> [String] {
            let url = server?.baseURL ?? port.map { "http://127.0.0.1:\($0)" }
            return ["run", manifest, "--poll", "0.02s"] + (url.map { ["--base-url", $0] } ?? []) + more
        }

        var ledger: Ledger { Ledger(path: .init(scratch.path + "/state/preflight/ledger.jsonl")) }
    }

    private static func configuration(_ behaviour: RehearsalBehaviour = RehearsalBehaviour()) -> RehearsalConfiguration {
        RehearsalConfiguration(apiKeys: [Tool.canaryKey], configurationIDs: [lists, actuals], behaviour: behaviour)
    }

    private static let twoSteps = """
          - {name: actuals, files: "a-*.csv", configuration: \(actuals), after: lists}
          - {name: lists, files: l.csv, configuration: \(lists)}
        """

    @Test func listsComeBeforeTransactions() async throws {
        let place = try Place(Self.twoSteps)
        try place.scratch.write("a,b\n1,x\n2,y\n", to: "a-2.csv")
        try place.scratch.write("a,b\n1,x\n", to: "a-1.csv")
        try place.scratch.write("a,b\n7,z\n", to: "l.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let dry = try await place.run(server, ["--dry-run"])
            #expect(dry.status == 0 && server.imports.isEmpty, "\(dry.everything)")
            #expect(dry.output.contains("3 would be pushed (exit 0)"))
            let ending = try await place.run(server)
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(server.imports.map(\.configurationID) == [Self.lists, Self.actuals, Self.actuals])
            #expect(server.imports.map(\.byteCount) == [8, 8, 12])
            let lines = ending.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 4 && lines[0].hasPrefix("✓ lists  ") && lines[2].contains("a-2.csv  2 rows"), "\(ending.output)")
            #expect(lines.last == "3 done (exit 0)")
            // Again: nothing is sent twice.
            let again = try await place.run(server, ["--format", "json"])
            #expect(again.status == 0 && server.imports.count == 3, "\(again.everything)")
            try Self.expectSchema(again.output)
            let document = try #require(try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
            #expect((document["summary"] as? [String: Int])?["alreadyPushed"] == 3)
            #expect(!ending.everything.contains(Tool.canaryKey) && !again.everything.contains(Tool.canaryKey))
        }
    }

    private static func expectSchema(_ document: String) throws {
        let file = Repository.path + "/Sources/PreflightReports/run-v1.schema.json"
        var schema = try JSONSchema(String(contentsOfFile: file, encoding: .utf8))
        schema.allowsUndescribedMembers = false
        #expect(try schema.failures(in: document) == [])
    }

    /// Nothing is sent after a failure, or only what does not depend on it.
    @Test(arguments: [true, false]) func stopsOnFailure(stops: Bool) async throws {
        let steps = """
              - {name: lists, files: l.csv, configuration: \(Self.lists)}
              - {name: actuals, files: a.csv, configuration: \(Self.actuals), after: lists}
              - {name: other, files: o.csv, configuration: \(Self.actuals)}
            """
        let place = try Place(steps, more: stops ? "" : "stop-on-fail: false\n")
        try place.scratch.write("a,b\nno number,x\n", to: "l.csv")
        try place.scratch.write("a,b\n1,x\n", to: "a.csv")
        try place.scratch.write("a,b\n2,x\n", to: "o.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let ending = try await place.run(server)
            #expect(ending.status == 1, "\(ending.everything)")
            #expect(server.imports.map(\.byteCount) == (stops ? [] : [8]))
            #expect(ending.output.contains("- actuals  \(place.scratch.path)/a.csv  not run, since lists failed"), "\(ending.output)")
            #expect(ending.output.hasSuffix(stops ? "1 failed, 2 not run (exit 1)\n" : "1 done, 1 failed, 1 not run (exit 1)\n"))
            #expect(ending.complaints.contains("To go on: preflight run"))
            // After a fix the same command goes on.
            try place.scratch.write("a,b\n5,x\n", to: "l.csv")
            let fixed = try await place.run(server)
            #expect(fixed.status == 0, "\(fixed.everything)")
            #expect(server.imports.count == 3)
        }
    }

    @Test func aMissingFileStopsTheRunBeforeAnythingIsSent() async throws {
        let place = try Place(Self.twoSteps)
        try place.scratch.write("a,b\n7,z\n", to: "l.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let ending = try await place.run(server)
            #expect(ending.status == 2 && server.imports.isEmpty, "\(ending.everything)")
            #expect(ending.complaints.contains("Step actuals: no file matches \(place.scratch.path)/a-*.csv. Nothing was sent."))
        }
        let optional = try Place(Self.twoSteps.replacing(#""a-*.csv","#, with: #""a-{yyyy-MM-dd -1d}.csv", missing: skip,"#))
        try optional.scratch.write("a,b\n7,z\n", to: "l.csv")
        try optional.scratch.write("a,b\n8,z\n", to: "a-2026-02-28.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let without = try await optional.run(server, ["--date", "2026-03-02"])
            #expect(without.status == 0 && server.imports.count == 1, "\(without.everything)")
            #expect(without.output.contains("- actuals  no file matches"))
            let with = try await optional.run(server, ["--date", "2026-03-01"])
            #expect(with.status == 0 && server.imports.count == 2, "\(with.everything)")
        }
    }

    @Test(
        arguments: [
            (["--only", "list"], 64, "Did you mean lists?"), (["--date", "2026-02-30"], 64, "invalid"),
            (["--ledger", "none"], 64, "needs a ledger"),
            (["--report", "json=-"], 64, "go to files"),
        ] as [([String], Int32, String)])
    func misuse(more: [String], status: Int32, words: String) async throws {
        let place = try Place(Self.twoSteps)
        try place.scratch.write("a,b\n", to: "l.csv")
        let ending = try await place.run(nil, more)
        #expect(ending.status == status && ending.complaints.contains(words), "\(ending.everything)")
    }

    @Test func onlyOneStep() async throws {
        let place = try Place(Self.twoSteps)
        try place.scratch.write("a,b\n7,z\n", to: "a-1.csv")
        try await withRehearsalServer(Self.configuration()) { server in
            let ending = try await place.run(server, ["--only", "actuals"])
            #expect(ending.status == 0 && server.imports.map(\.configurationID) == [Self.actuals], "\(ending.everything)")
        }
    }

    // MARK: Resuming

    /// What an earlier run did not see to its end is followed to it.
    @Test func anAcceptedImportIsFollowedLater() async throws {
        let place = try Place("  - {name: lists, files: l.csv, configuration: \(Self.lists)}")
        try place.scratch.write("a,b\n7,z\n", to: "l.csv")
        try await withRehearsalServer(Self.configuration(RehearsalBehaviour(inProgressPollCount: 3))) { server in
            let first = try await place.run(server, ["--timeout", "0.03s"])
            #expect(first.status == 8, "\(first.everything)")
            let second = try await place.run(server)
            #expect(second.status == 0 && server.imports.count == 1, "\(second.everything)")
            #expect(second.output.contains("= lists") && second.output.contains("pushed before"))
            #expect(try place.ledger.read().entries.map(\.state) == [.completed])
        }
    }

    /// An import that failed, or skipped too much, does not become good by running again; nor is it sent again.
    @Test(
        arguments: [
            (RehearsalBehaviour.Ending.failed([]), 4),
            (.completed(RehearsalResult(insertedCount: 0, skippedCount: 1, skipped: [])), 3),
        ] as [(RehearsalBehaviour.Ending, Int32)])
    func aBadImportStaysBad(ending: RehearsalBehaviour.Ending, status: Int32) async throws {
        let place = try Place("  - {name: lists, files: l.csv, configuration: \(Self.lists)}")
        try place.scratch.write("a,b\n7,z\n", to: "l.csv")
        try await withRehearsalServer(Self.configuration(RehearsalBehaviour(ending: ending))) { server in
            for _ in 1...2 {
                let ending = try await place.run(server)
                #expect(ending.status == status && server.imports.count == 1, "\(ending.everything)")
            }
        }
    }

    /// Killed again and again at any time: the server accepts each file once. An outcome that nobody knows is settled as it is found at the server.
    @Test func killedAtAnyTimeEachFileIsAcceptedOnce() async throws {
        let place = try Place("  - {name: all, files: \"f*.csv\", configuration: \(Self.actuals)}")
        let count = 6
        for number in 10..<(10 + count) {
            try place.scratch.write("a,b\n" + String(repeating: "\(number),x\n", count: 2_000), to: "f\(number).csv")
        }
        let behaviour = RehearsalBehaviour(inProgressPollCount: 1, pausePerPiece: .milliseconds(2), pauseBeforeAnswer: .milliseconds(5))
        var random = SeededGenerator(seed: 17)
        try await withRehearsalServer(Self.configuration(behaviour)) { server in
            var kills = 0
            while true {
                let tool = place.tool(server)
                try tool.start()
                let isLast = kills >= 25
                let patience = Duration.milliseconds(30 + random.below(400))
                let killer = Task {
                    try await Task.sleep(for: patience)
                    if !isLast { tool.send(signal: SIGKILL) }
                }
                let ending = await tool.ending()
                killer.cancel()
                if ending.status == 0 { break }
                #expect(ending.status == -9 || ending.status == 6, "\(ending.everything)")
                kills += 1
                try await untilQuiet(place, server)
                try settle(place, server)
                if isLast, ending.status != 6 { break }
            }
            #expect(server.imports.count == count, "after \(kills) kills")
            #expect(Set(server.imports.map(\.digest)).count == count)
        }
    }

    /// What a killed process has sent may still be on its way, on a busy machine for long: where nothing has arrived it is waited for.
    private func untilQuiet(_ place: Place, _ server: RehearsalServer) async throws {
        var (last, quietCount) = (-1, 0)
        while quietCount < 8 {
            let arrived = Set(server.imports.map(\.digest))
            let missing = try place.ledger.read().entries.contains {
                $0.state == .unknown && !($0.intent.content.map { arrived.contains($0.digest) } ?? false)
            }
            let count = server.imports.count + server.cutBodyCount
            quietCount = count == last ? quietCount + 1 : 0
            last = count
            if quietCount > 0, !missing { break }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// What a person does who looks into Pigment.
    private func settle(_ place: Place, _ server: RehearsalServer) throws {
        for entry in try place.ledger.read().entries where entry.state == .unknown {
            let arrived = server.imports.last { $0.digest == entry.intent.content?.digest }
            let found = try arrived.map { LedgerRecord.Settlement.imported(try ImportID($0.importID)) } ?? .didNotArrive
            _ = try place.ledger.settle(entry.id, found, at: UTCTime(seconds: 1_800_000_000))
        }
    }

    @Test func anInterruptionSaysHowToGoOn() async throws {
        let place = try Place("  - {name: all, files: l.csv, configuration: \(Self.lists)}")
        try place.scratch.write("a,b\n7,z\n", to: "l.csv")
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, .stall]]) { server in
            let tool = Tool(
                ["run", place.manifest, "--base-url", "http://127.0.0.1:\(server.port)"], environment: place.environment)
            try tool.start()
            while server.completeBodyCount == 0 { try await Task.sleep(for: .milliseconds(10)) }
            tool.send(signal: SIGINT)
            let ending = await tool.ending()
            #expect(ending.status == 130, "\(ending.everything)")
            #expect(ending.complaints.contains("history settle"))
            let again = try await place.run(nil, port: server.port)
            #expect(again.status == 6 && server.completeBodyCount == 1, "\(again.everything)")
        }
    }

    // MARK: The budget

    /// Two processes share one limit.
    @Test func processesShareTheLimit() async throws {
        let places = try (0..<2).map { index in
            let place = try Place("  - {name: all, files: \"f*.csv\", configuration: \(Self.actuals)}")
            for number in 0..<2 { try place.scratch.write("a,b\n\(index),\(number)\n", to: "f\(number).csv") }
            return place
        }
        try await withRehearsalServer(Self.configuration()) { server in
            let state = ["XDG_STATE_HOME": places[0].scratch.path + "/state", "PIGMENT_API_KEY": Tool.canaryKey]
            let endings = try await withThrowingTaskGroup(of: Tool.Ending.self) { group in
                for place in places {
                    let arguments = [
                        "run", place.manifest, "--base-url", server.baseURL, "--no-wait", "--push-limit", "3/1s", "--ledger",
                        place.scratch.path + "/l.jsonl",
                    ]
                    group.addTask { try await Tool.run(arguments, environment: state) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(endings.allSatisfy { $0.status == 0 } && server.imports.count == 4, "\(endings.map(\.everything))")
            #expect(endings.contains { $0.complaints.contains("3 pushes to this configuration in 1 s from this host, 3 allowed") })
        }
    }
}
