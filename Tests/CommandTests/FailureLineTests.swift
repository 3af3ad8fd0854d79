import Foundation
import ScriptedServer
import Testing

@testable import PigmentImport
@testable import Preflight
@testable import PreflightReports

/// Whatever goes wrong, and in whatever form the report is asked for: one line of standard error says so, the last one.
@Suite("A failure is said in one line", .timeLimit(.minutes(30)))
struct FailureLineTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)

    private static func status(_ word: String, skipped: Int) -> [ScriptStep] {
        let body =
            #"{"importId":"\#(Tool.importID)","createdAt":null,"importStatus":"\#(word)","detailedReport":{"summary":{"skippedCount":\#(skipped)}}}"#
        return [.readHead, .answer("200 OK", body: body)]
    }

    /// However often the status is asked, on one connection or on several.
    private static let asked = Array(repeating: (0..<20).flatMap { _ in status("InProgress", skipped: 0) }, count: 5)

    /// Longer than anybody waits.
    private static let busy = ScriptStep.answer("429 Too Many Requests", headers: ["Retry-After: 1000"])
    private static let push: [ScriptStep] = [.readHead, .readWholeBody, accepted]

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var content = "a,b\n1,2\n"
        var more: [String] = []
        var scripts: [[ScriptStep]]
        var status: Int32
        var label: String
        var retry: String
        var says: [String] = []
    }

    static let cases = [
        Case(
            testDescription: "the gate is closed", content: "a,b\n1\n", scripts: [push], status: 1, label: "fix first", retry: "after-fix",
            says: ["nothing was sent"]),
        Case(
            testDescription: "skipped over the limit", scripts: [push, status("Completed", skipped: 54)], status: 3,
            label: "do not push again",
            retry: "never", says: ["54 rows were skipped, over the limit of 0", "Do not push the file again"]),
        Case(
            testDescription: "failed", scripts: [push, status("Failed", skipped: 0)], status: 4, label: "fix first", retry: "after-fix",
            says: ["The import failed"]),
        Case(
            testDescription: "unavailable", scripts: [[.readHead, .readWholeBody, busy]], status: 5,
            label: "safe to retry", retry: "safe", says: ["429"]),
        Case(
            testDescription: "no answer in time", more: ["--reply-timeout", "200ms"], scripts: [[.readHead, .readWholeBody, .stall]],
            status: 6,
            label: "do not push again", retry: "never", says: ["no whole answer came in time"]),
        Case(
            testDescription: "not found", scripts: [[.readHead, .readWholeBody, .answer("404 Not Found")]], status: 7, label: "fix first",
            retry: "after-fix", says: ["the import configuration does not exist, or the owner of the key cannot see it"]),
        Case(
            // Long enough for a first poll that a busy machine answers late.
            testDescription: "end not seen", more: ["--timeout", "8s"], scripts: [push] + asked, status: 8,
            label: "do not push again", retry: "never", says: ["still running after 8 s", "preflight status \(Tool.importID)"]),
    ]

    @Test(arguments: cases, ["human", "concise", "json", "jsonl", "quiet"]) func ofAPush(_ testCase: Case, form: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(testCase.content, to: "input.csv")
        try await withScriptedServer(scripts: testCase.scripts) { server in
            let output = form == "quiet" ? ["-q"] : ["--format", form]
            let ending = try await Tool.run(
                Tool.pushArguments(file, port: server.port, more: testCase.more + output), environment: Tool.keyEnvironment)
            #expect(ending.status == testCase.status, "\(ending.everything)")
            try expectLine(ending, testCase)
            guard form.hasPrefix("json") else { return }
            let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
            #expect(object["retry"] as? String == testCase.retry)
            let gate = try #require(object["gate"] as? [String: Any])
            #expect(gate["state"] as? String == (testCase.status == 1 ? "closed" : "open"))
            #expect((object["exit"] as? [String: Any])?["status"] as? Int == Int(testCase.status))
            guard testCase.status != 1 else { return }
            let durations = try #require((object["push"] as? [String: Any])?["durations"] as? [String: Any])
            #expect(durations["check"] is NSNumber)
            #expect((durations["total"] as? Double ?? -1) >= (durations["check"] as? Double ?? 0))
            #expect((durations["follow"] is NSNumber) == [3, 4, 8].contains(testCase.status))
        }
    }

    private func expectLine(_ ending: Tool.Ending, _ testCase: Case) throws {
        let lines = ending.complaints.split(separator: "\n")
        let failures = lines.filter { $0.contains(" (exit status ") }
        #expect(failures.count == 1, "\(ending.complaints)")
        #expect(lines.last == failures.first)
        let line = try #require(failures.first)
        #expect(line.hasPrefix("preflight: \(testCase.label) (exit status \(testCase.status)): "), "\(line)")
        for part in testCase.says { #expect(line.contains(part), "\(line)") }
        // Before it: the ID, and the log, each line with its time.
        let log = #/^preflight: (import ID: |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ )/#
        #expect(lines.dropLast().allSatisfy { $0.firstMatch(of: log) != nil }, "\(ending.complaints)")
    }

    struct Following: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var scripts: [[ScriptStep]]
        var status: Int32
        var says: [String]
    }

    static let followings = [
        Following(
            testDescription: "skipped", scripts: [status("Completed", skipped: 7)], status: 3,
            says: ["7 rows were skipped, over the limit of 0 (--max-skipped)", "before you start it again"]),
        Following(testDescription: "failed", scripts: [status("Failed", skipped: 0)], status: 4, says: ["The import failed"]),
        Following(
            testDescription: "not found", scripts: [[.readHead, .answer("404 Not Found")]], status: 7,
            says: ["was not found (404)", "owner of the key cannot see it"]),
        Following(
            testDescription: "still running", scripts: [status("InProgress", skipped: 0)], status: 8,
            says: ["still running.", "preflight status \(Tool.importID)"]),
    ]

    @Test(arguments: followings, ["human", "concise", "json", "jsonl", "quiet"]) func ofAStatus(
        _ following: Following, form: String
    ) async throws {
        try await withScriptedServer(scripts: following.scripts) { server in
            let output = form == "quiet" ? ["-q"] : ["--format", form]
            let arguments = ["status", Tool.importID, "--base-url", "http://127.0.0.1:\(server.port)", "--timeout", "0"] + output
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(ending.status == following.status, "\(ending.everything)")
            #expect(server.requests.count == 1)
            let lines = ending.complaints.split(separator: "\n")
            #expect(lines.count == 1 || form != "quiet", "\(ending.complaints)")
            #expect(lines.count { $0.contains(" (exit status ") || $0.hasPrefix("preflight: exit status ") } == 1, "\(ending.complaints)")
            for part in following.says { #expect(lines.last?.contains(part) == true, "\(ending.complaints)") }
            #expect(!ending.everything.contains("as predicted"))
            switch form {
            case "quiet", "concise": #expect(ending.output.isEmpty)
            case "json", "jsonl":
                let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
                #expect((object["exit"] as? [String: Any])?["status"] as? Int == Int(following.status))
                if form == "jsonl" { #expect(ending.output.filter { $0 == "\n" }.count == 1) }
            default: break
            }
        }
    }

    static let scenarios: [(name: String, status: Int32, label: String)] = [
        ("failed", 4, "fix first"), ("unpredicted-skips", 3, "do not push again"), ("bad-request", 7, "fix first"),
        ("not-found", 7, "fix first"),
    ]

    @Test(arguments: scenarios, ["human", "json"]) func ofARehearsal(
        _ scenario: (name: String, status: Int32, label: String), form: String
    ) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let ending = try await Tool.run(["rehearse", file, "--scenario", scenario.name, "--format", form])
        #expect(ending.status == scenario.status, "\(ending.everything)")
        let failures = ending.complaints.split(separator: "\n").filter { $0.contains(" (exit status ") }
        #expect(failures.count == 1, "\(ending.complaints)")
        #expect(failures.first?.hasPrefix("preflight: \(scenario.label) (exit status \(scenario.status)): ") == true)
    }
}
