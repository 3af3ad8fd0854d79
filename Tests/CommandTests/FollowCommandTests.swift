import Foundation
import ScriptedServer
import Testing

@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import PreflightReports

@Suite("status, trigger and dry runs: forms, limits, keys", .timeLimit(.minutes(30)))
struct FollowCommandTests {
    private static let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"\#(Tool.importID)"}"#)

    private static func status(_ word: String, created: String = "null") -> [ScriptStep] {
        let body =
            #"{"importId":"\#(Tool.importID)","createdAt":\#(created),"completedAt":null,"importStatus":"\#(word)","#
            + #""detailedReport":{"summary":{"insertedCount":1,"updatedCount":0,"deletedCount":0,"skippedCount":0}}}"#
        return [.readHead, .answer("200 OK", body: body)]
    }

    private static func base(_ server: ScriptedServer) -> [String] { ["--base-url", "http://127.0.0.1:\(server.port)", "--poll", "20ms"] }

    @Test(arguments: ["null", #""2026-01-01T00:00:00Z""#]) func timesOfTheServerAreTold(_ created: String) async throws {
        for word in ["InProgress", "Completed"] {
            try await withScriptedServer(scripts: [Self.status(word, created: created)]) { server in
                let arguments = ["status", Tool.importID, "--timeout", "0"] + Self.base(server)
                let json = try await Tool.run(arguments + ["--format", "json"], environment: Tool.keyEnvironment)
                let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
                let outcome = try #require(object["outcome"] as? [String: Any])
                #expect(outcome["createdAt"] as? String == (created == "null" ? nil : "2026-01-01T00:00:00Z"))
                #expect(outcome["status"] as? String == word)
                let human = try await Tool.run(arguments, environment: Tool.keyEnvironment)
                #expect(human.output.contains("created 2026-01-01T00:00:00Z") == (created != "null"), "\(human.output)")
                #expect(human.status == (word == "Completed" ? 0 : 8))
            }
        }
    }

    /// What the server says of an import, in every format that has a form for it. Texts of the server are no markup.
    @Test func reportsOfAnImport() async throws {
        let scratch = try Scratch()
        let body =
            #"{"importId":"\#(Tool.importID)","createdAt":null,"completedAt":null,"importStatus":"Completed","#
            + #""detailedReport":{"summary":{"insertedCount":1200,"updatedCount":0,"deletedCount":0,"skippedCount":7},"#
            + #""impactedBlocks":[{"skippedData":[{"sourceColumnName":"A|<i>","reason":"ParsingError","count":7,"samples":["*x*"]}]}]}}"#
        let formats = ReportFormat.importCases.map(\.description)
        #expect(formats == ["human", "concise", "json", "jsonl", "html", "markdown", "junit", "github"])
        try await withScriptedServer(scripts: [[.readHead, .answer("200 OK", body: body)]]) { server in
            let files = formats.flatMap { ["--report", "\($0)=\(scratch.path)/out.\($0)"] }
            let arguments = ["status", Tool.importID, "--report", "json=-", "--summary-json"] + files + Self.base(server)
            var environment = Tool.keyEnvironment
            environment["GITHUB_STEP_SUMMARY"] = scratch.path + "/step.md"
            let ending = try await Tool.run(arguments, environment: environment)
            #expect(ending.status == 3, "\(ending.everything)")
            func text(_ name: String) throws -> String { try String(contentsOfFile: scratch.path + "/" + name, encoding: .utf8) }
            let reason = "exit status 3: Import completed; 7 rows were skipped, over the limit of 0 (--max-skipped)."
            #expect(ending.output.hasPrefix(try text("out.json")))
            #expect(ending.output.hasSuffix("}\n" + (try text("out.jsonl"))))
            #expect(try text("out.concise").hasPrefix(reason))
            #expect(try text("out.human").hasPrefix("Import completed") && text("out.human").hasSuffix(text("out.concise")))
            let markdown = try text("out.markdown")
            #expect(markdown.hasPrefix("# `import \(Tool.importID)`: Completed\n\nexit status 3: Import completed; 7 rows"), "\(markdown)")
            #expect(markdown.contains("\nRows: 1,200 inserted, 0 updated, 0 deleted, 7 skipped\n"))
            #expect(markdown.contains("\n| column | reason | reported | samples |\n| --- | --- | ---: | --- |\n"))
            #expect(markdown.contains("\n| A\\|&lt;i\\> | ParsingError | 7 | `*x*` |\n"))
            #expect(try text("step.md") == markdown)
            let page = try text("out.html")
            #expect(page.contains("<header class=\"verdict bad\">\n<p class=\"state\">Completed</p>\n<h1>import \(Tool.importID)</h1>"))
            #expect(page.contains("<td>A|&lt;i&gt;</td><td>ParsingError</td><td class=\"number\">7</td><td><code>*x*</code> </td>"))
            #expect(page.contains("<li><b>7</b> rows skipped</li>") && page.hasSuffix("</html>\n"))
            #expect(try text("out.junit").contains("<failure message=\"\(reason)"))
            #expect(try text("out.github").hasPrefix("::error title=import \(Tool.importID)::\(reason)"))
        }
    }

    /// What cannot be written is told; the import is as it is.
    @Test func aReportThatCannotBeWritten() async throws {
        try await withScriptedServer(scripts: [Self.status("Completed")]) { server in
            let arguments = ["status", Tool.importID, "--report", "json=/dev/full"] + Self.base(server)
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(ending.status == 2, "\(ending.everything)")
            #expect(ending.complaints.contains("cannot write /dev/full"))
        }
    }

    @Test func aCompletedImportEndsInOneLineOfConcise() async throws {
        try await withScriptedServer(scripts: [Self.status("Completed")]) { server in
            let arguments = ["status", Tool.importID, "--format", "concise"] + Self.base(server)
            let ending = try await Tool.run(arguments, environment: Tool.keyEnvironment)
            #expect(ending.status == 0)
            #expect(ending.output == "Done (exit status 0): Import completed; 0 rows were skipped.\n")
            let log = #/^preflight: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /#
            #expect(ending.complaints.split(separator: "\n").allSatisfy { $0.firstMatch(of: log) != nil }, "\(ending.complaints)")
        }
    }

    /// Without time to follow an import, a push and a trigger do not follow it.
    @Test(arguments: ["--no-wait", "--timeout=0"]) func noTimeIsNoWait(_ option: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        try await withScriptedServer(scripts: [[.readHead, .readWholeBody, Self.accepted]]) { server in
            let push = try await Tool.run(Tool.pushArguments(file, port: server.port, more: [option]), environment: Tool.keyEnvironment)
            #expect(push.status == 0, "\(push.everything)")
            #expect(push.output.contains("not followed to its end"))
            let trigger = try await Tool.run(
                ["trigger", "-c", Tool.configuration, "--format", "json", option] + Self.base(server), environment: Tool.keyEnvironment)
            #expect(trigger.status == 0, "\(trigger.everything)")
            let object = try #require(try JSONSerialization.jsonObject(with: Data(trigger.output.utf8)) as? [String: Any])
            #expect(object["retry"] as? String == "never")
            #expect(((object["push"] as? [String: Any])?["durations"] as? [String: Any])?["answer"] is NSNumber)
            #expect(server.requests.count == 2)
        }
    }

    @Test(arguments: ["--reply-timeout", "--stall-timeout", "--connect-timeout"]) func aLimitOfNoTimeIsAMistake(_ option: String)
        async throws
    {
        let ending = try await Tool.run(["status", Tool.importID, option, "0"], environment: Tool.keyEnvironment)
        #expect(ending.status == 64)
        #expect(ending.complaints.contains(option))
    }

    @Test(arguments: ["push", "trigger", "status"]) func eachLimitIsInTheHelp(_ command: String) async throws {
        let help = try await Tool.run([command, "--help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for option in ["--reply-timeout", "--stall-timeout", "--connect-timeout", "--timeout", "--format", "--verbose"] {
            #expect(help.contains(option), "\(help)")
        }
        #expect(help.contains("(default: 300s)"))
    }

    /// Everything but the request, and so without a key; with all that decides what the push would do.
    @Test(arguments: ["human", "json"]) func aDryRunNeedsNoKey(_ format: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "my input.csv")
        let profile = try scratch.write("version: 1\ncolumns: [{name: a, type: number}, {name: b, type: number}]\n", to: "p.yaml")
        let arguments = ["push", file, "-c", Tool.configuration, "-p", profile, "--dry-run", "--format", format]
        let ending = try await Tool.run(arguments, environment: ["PIGMENT_BASE_URL": "https://pigment.example"])
        #expect(ending.status == 0, "\(ending.everything)")
        for part in [
            "nothing was sent", "8 bytes to https://pigment.example (from PIGMENT_BASE_URL)",
            "configuration \(Tool.configuration) (from -c)",
            "profile \(profile)", "No API key is set", "To push: preflight push '\(file)' -c \(Tool.configuration) -p \(profile)",
        ] {
            #expect(ending.complaints.contains(part), "\(ending.complaints)")
        }
        guard format == "json" else { return }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
        #expect(object["retry"] as? String == "safe")
        #expect((object["push"] as? [String: Any])?["outcome"] as? String == "dry-run")
        #expect((object["push"] as? [String: Any])?["configurationId"] as? String == Tool.configuration)
    }

    @Test func aDryRunLooksAtAKeyThatIsThere() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let arguments = ["push", file, "-c", Tool.configuration, "--dry-run"]
        let dashed = try await Tool.run(arguments, environment: ["PIGMENT_API_KEY": "3jp2e232-9875-42f4-9fcf-63fe2ce568jp"])
        #expect(dashed.status == 2)
        let good = try await Tool.run(arguments, environment: Tool.keyEnvironment)
        #expect(good.status == 0)
        #expect(!good.everything.contains("No API key"))
    }

    /// Off a terminal, without being asked for.
    @Test func eachStepIsLoggedWithItsTime() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let scripts: [[ScriptStep]] = [[.readHead, .readWholeBody, Self.accepted], Self.status("InProgress"), Self.status("Completed")]
        try await withScriptedServer(scripts: scripts) { server in
            let ending = try await Tool.run(Tool.pushArguments(file, port: server.port, more: []), environment: Tool.keyEnvironment)
            #expect(ending.status == 0, "\(ending.everything)")
            let lines = ending.complaints.split(separator: "\n")
            #expect(lines.allSatisfy { $0.firstMatch(of: #/^preflight: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /#) != nil }, "\(ending.complaints)")
            for part in [
                "target http://127.0.0.1:\(server.port) (from --base-url), API key from PIGMENT_API_KEY",
                "file \(file), configuration \(Tool.configuration) (from -c), no profile",
                "checked 8 bytes, 1 row, in ", "connecting, attempt 1", "everything is sent", "accepted", "status InProgress",
                "status Completed", "done (exit status 0): ",
            ] {
                #expect(lines.contains { $0.contains(part) }, "\(part): \(ending.complaints)")
            }
            #expect(!ending.everything.contains(Tool.canaryKey))
        }
    }

    @Test func verboseLeavesNoColumnOut() async throws {
        let scratch = try Scratch()
        let names = (1...40).map { "c\($0)" }
        let columns = names.map { "{name: \($0), type: number}" }.joined(separator: ", ")
        let profile = try scratch.write("version: 1\ncolumns: [\(columns)]\n", to: "p.yaml")
        let row = names.map { _ in "x" }.joined(separator: ",")
        let file = try scratch.write(names.joined(separator: ",") + "\n" + row + "\n", to: "input.csv")
        let usual = try await Tool.run(["check", file, "-p", profile])
        #expect(usual.output.contains("more column"))
        let verbose = try await Tool.run(["check", file, "-p", profile, "--verbose"])
        #expect(!verbose.output.contains("more column"), "\(verbose.output)")
        #expect(verbose.output.contains("\"c40\""))
        #expect(verbose.complaints.contains("checked "))
    }

    @Test func quietAndVerboseContradict() async throws {
        for command in [["check", "x.csv"], ["status", Tool.importID]] {
            #expect(try await Tool.run(command + ["-q", "-v"], environment: Tool.keyEnvironment).status == 64)
        }
    }

    @Test func zeroSecondsAreNeverTold() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "input.csv")
        let refusal = ScriptStep.answer("429 Too Many Requests", headers: ["Retry-After: 0"])
        let scripts: [[ScriptStep]] = [[.readHead, .readWholeBody, refusal], [.readHead, .readWholeBody, Self.accepted]]
        try await withScriptedServer(scripts: scripts) { server in
            let ending = try await Tool.run(
                Tool.pushArguments(file, port: server.port, more: ["--no-wait"]), environment: Tool.keyEnvironment)
            #expect(ending.status == 0, "\(ending.everything)")
            #expect(ending.complaints.contains("next attempt now"))
            #expect(!ending.everything.contains(" 0 s"))
        }
    }
}
