import Foundation
import Testing

@testable import Preflight

@Suite("check and explain, as a user runs them", .timeLimit(.minutes(30)))
struct CheckCommandTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var content: String
        var arguments: [String] = []
        var status: Int32
        var prints: [String] = []
        var complains: [String] = []
    }

    static let cases = [
        Case(testDescription: "clean", content: "a,b\n1,2\n", status: 0, prints: ["passed: 1 row"]),
        Case(testDescription: "no final line end", content: "a,b\n1,2", status: 0, prints: ["1 row"]),
        Case(testDescription: "short row", content: "a,b\n1\n", status: 1, prints: ["PF204", "line 2, row 1"]),
        Case(testDescription: "warning", content: "a,b\n\n1,2\n", status: 0, prints: ["PF206"]),
        Case(
            testDescription: "warning that blocks", content: "a,b\n\n1,2\n", arguments: ["--fail-on", "warning"], status: 1,
            prints: ["PF206"]),
        Case(testDescription: "empty", content: "", status: 1, prints: ["PF001"]),
        Case(testDescription: "header only", content: "a,b\n", status: 1, prints: ["PF305"]),
        Case(testDescription: "quiet", content: "a,b\n1\n", arguments: ["-q"], status: 1),
        Case(
            testDescription: "concise", content: "a,b\n1\n", arguments: ["--format", "concise"], status: 1,
            prints: [":2:1: error PF204"]),
        Case(
            testDescription: "no header", content: "1,1\n2,2\n", arguments: ["--no-header"], status: 0, prints: ["2 rows"]),
        Case(
            testDescription: "delimiter by name", content: "a\tb\n1\t2\n", arguments: ["--delimiter", "tab"], status: 1,
            prints: ["PF209"]),
        Case(
            testDescription: "single quotes", content: "a,b\n'1,5',2\n", arguments: ["--quote", "'"], status: 0, prints: ["1 row"]),
        Case(
            testDescription: "delimiter equal to the quote", content: "a\n", arguments: ["--delimiter", "\""], status: 64,
            complains: ["different characters"]),
        Case(
            testDescription: "lines in front", content: "title\na,b\n1,2\n", arguments: ["--skip-lines", "1"], status: 0,
            prints: ["PF217", "1 row"]),
        Case(
            testDescription: "another encoding, with the same bytes", content: "a,b\n1,2\n", arguments: ["--encoding", "cp1252"], status: 0,
            prints: ["Windows-1252"]),
        Case(
            testDescription: "another encoding, to be converted", content: "a,b\n1,2\n",
            arguments: ["--encoding", "cp1252", "--transcode"], status: 0, prints: ["Windows-1252"]),
        Case(
            testDescription: "unknown encoding", content: "a\n", arguments: ["--encoding", "klingon"], status: 64, complains: ["klingon"]),
        Case(testDescription: "no CSV", content: "<html></html>\n", status: 1, prints: ["PF008", "HTML"]),
        Case(testDescription: "unknown option", content: "a\n", arguments: ["--nonsense"], status: 64, complains: ["nonsense"]),
        Case(testDescription: "bad limit", content: "a\n", arguments: ["--max-skipped", "-1"], status: 64),
        Case(
            testDescription: "missing profile", content: "a\n", arguments: ["-p", "/nonexistent.yaml"], status: 2,
            complains: ["/nonexistent.yaml"]),
    ]

    @Test(arguments: cases) func exitStatusAndWords(_ testCase: Case) async throws {
        let scratch = try Scratch()
        let file = try scratch.write(testCase.content, to: "input.csv")
        let ending = try await Tool.run(["check", file] + testCase.arguments)
        #expect(ending.status == testCase.status, "\(ending.everything)")
        for text in testCase.prints { #expect(ending.output.contains(text), "\(ending.output)") }
        for text in testCase.complains { #expect(ending.complaints.contains(text), "\(ending.complaints)") }
        if testCase.prints.isEmpty { #expect(ending.output.isEmpty) }
    }

    @Test func profileUnderTheGate() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("Amount\n1\nx\n1e5\n2\n", to: "input.csv")
        let profile = try scratch.write("version: 1\ncolumns: [{name: Amount, type: number}]\n", to: "profile.yaml")
        for (more, status): ([String], Int32) in [
            ([], 1), (["--max-skipped", "1"], 1), (["--max-skipped", "2"], 0), (["--max-skipped", "50%"], 0),
            (["--max-skipped", "49%"], 1),
            (["--max-skipped", "1", "--allow-uncertain"], 0),
        ] {
            #expect(try await Tool.run(["check", file, "-p", profile] + more).status == status, "\(more)")
        }
    }

    @Test func predictionInTheServersShape() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,x\n2,3\n", to: "input.csv")
        let profile = try scratch.write("version: 1\ncolumns: [{name: a, type: text}, {name: b, type: number}]\n", to: "profile.yaml")
        let output = file + ".prediction.json"
        let run = try await Tool.run(["check", file, "-p", profile, "--predict", output])
        #expect(run.status == 1)
        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: output))) as? [String: Any]
        let blocks = document?["impactedBlocks"] as? [[String: Any]]
        let skipped = blocks?.first?["skippedData"] as? [[String: Any]]
        #expect(skipped?.first?["reason"] as? String == "ParsingError")
        #expect(skipped?.first?["count"] as? Int == 1)
        #expect(skipped?.first?["samples"] as? [String] == ["x"])

        #expect(try await Tool.run(["check", file, "--predict", file]).status == 64)
        #expect(try await Tool.run(["check", file, file, "--predict", output]).status == 64)
        let unwritable = try await Tool.run(["check", file, "--predict", file + "/folder.json"])
        #expect(unwritable.status == 2)
        #expect(unwritable.complaints.contains("folder.json"))
    }

    @Test func profileMistakesPointAtTheirPlace() async throws {
        let scratch = try Scratch()
        let profile = try scratch.write("version: 1\ncolumns:\n  - {name: a, tipe: number}\n", to: "profile.yaml")
        let ending = try await Tool.run(["check", "x.csv", "-p", profile])
        #expect(ending.status == 2)
        #expect(ending.complaints.contains("profile.yaml:3:"))
        #expect(ending.complaints.contains("type"))
    }

    @Test func standardInputGzipAndPlainAgree() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,\"x\"y\n\n3\n", to: "input.csv")
        let expected = try await Tool.run(["check", file, "--format", "jsonl"]).output.replacingOccurrences(of: file, with: "-")
        let input = try #require(FileHandle(forReadingAtPath: file))
        #expect(try await Tool.run(["check", "-", "--format", "jsonl"], input: input).output == expected)
        for chunk in ["1", "2", "3", "7", "64", "4096"] {
            let cut = try await Tool.run(["check", file, "--format", "jsonl", "--chunk-bytes", chunk]).output
            #expect(cut.replacingOccurrences(of: file, with: "-") == expected)
        }
    }

    @Test func severalFilesOneLineEach() async throws {
        let scratch = try Scratch()
        let good = try scratch.write("a,b\n1,2\n", to: "good.csv")
        let bad = try scratch.write("a,b\n1\n", to: "bad.csv")
        let ending = try await Tool.run(["check", good, bad, "/nonexistent", "--format", "jsonl"])
        #expect(ending.status == 2)
        #expect(ending.output.split(separator: "\n").count == 3)
        #expect(ending.complaints.contains("/nonexistent"))
    }

    @Test func outputThatCannotBeWritten() async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n", to: "good.csv")
        let tool = Tool(["check", file])
        try tool.start()
        try tool.closeOutput()
        let ending = await tool.ending(readsOutput: false)
        // Quiet: a reader that went away is not news. But nothing was confirmed.
        #expect(ending.status == 2 || ending.status == 0)
        #expect(ending.complaints.isEmpty)
    }

    @Test func explain() async throws {
        #expect(try await Tool.run(["explain", "pf203"]).output.contains("PF203"))
        #expect(try await Tool.run(["explain", "unclosed-quote"]).output.contains("PF203"))
        #expect(try await Tool.run(["explain", "6"]).output.contains("unknown"))
        #expect(try await Tool.run(["explain"]).output.contains("PF511"))
        #expect(try await Tool.run(["explain", "PF999"]).status == 64)
        #expect(try await Tool.run(["--help"]).status == 0)
        #expect(try await Tool.run(["--version"]).output == "0.1.0\n")
    }

    /// A file in another encoding goes through with --transcode only, as UTF-8.
    @Test func convertedOnTheWay() async throws {
        let scratch = try Scratch()
        let text = "Id;Town\n1;Köln\n2;Łódź\n"
        let wide = [UInt8]([0xFF, 0xFE]) + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let path = scratch.path + "/wide.csv"
        try Data(wide).write(to: URL(fileURLWithPath: path))
        let refused = try await Tool.run(["rehearse", path])
        #expect(refused.status == 1)
        #expect(refused.output.contains("PF104"))
        let named = try await Tool.run(["rehearse", path, "--encoding", "utf-16le"])
        #expect(named.status == 1)
        #expect(named.output.contains("--transcode"))
        let sent = try await Tool.run(["rehearse", path, "--transcode"])
        #expect(sent.status == 0, "\(sent.everything)")
        #expect(sent.output.contains("Sent \(text.utf8.count) bytes of UTF-8, SHA-256"))
        #expect(sent.output.contains("identical to the file as UTF-8"))
    }

    @Test(
        arguments: [
            (["--row", "2"], 0, "row 2, line 3, byte 8"), (["--line", "3"], 0, "row 2, line 3, byte 8"),
            (["--byte", "10"], 0, "column 2 \"b\""),
            (["--value", "4"], 0, "row 2, line 3, byte 10"), (["--value", "9"], 1, ""), ([], 64, ""),
            (["--row", "1", "--line", "1"], 0, "the header, line 1, byte 0"),
        ] as [([String], Int32, String)])
    func locate(arguments: [String], status: Int32, text: String) async throws {
        let scratch = try Scratch()
        let file = try scratch.write("a,b\n1,2\n3,4\n", to: "input.csv")
        let ending = try await Tool.run(["locate", file] + arguments)
        #expect(ending.status == status, "\(ending.everything)")
        #expect(text.isEmpty || ending.output.contains(text), "\(ending.output)")
    }

    /// Nothing that was asked for is nothing that was done.
    @Test func noCommand() async throws {
        #expect(try await Tool.run([]).status == 64)
    }
}
