import Foundation
import ScriptedServer
import Testing

@testable import Preflight

/// Files that people really had trouble with, in `Cases`: what the command says of each. The expectations were written from what a careful expert
/// would say, places counted from the bytes, not from the output.
@Suite("Troubles that people had", .timeLimit(.minutes(30)))
struct CaseTests {
    struct Fact: Sendable {
        var code: String
        var severity: String
        var count = 1
        /// Lines of the examples, and the byte of the first.
        var lines: [Int]
        var byte: Int?
        /// In the message, the help or the reason of an example.
        var words: [String] = []
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var folder: String
        var arguments: [String] = []
        var status: Int32
        var rows: Int
        var columns: Int
        /// All findings, by code.
        var facts: [Fact]

        var testDescription: String { folder }
    }

    static let cases = [
        Case(
            folder: "quote-never-closed-in-one-row", status: 1, rows: 4, columns: 3,
            facts: [Fact(code: "PF216", severity: "error", lines: [3], byte: 34, words: ["runs on into line 4", "Close the quote"])]),
        Case(
            folder: "space-before-quote", status: 1, rows: 3, columns: 4,
            facts: [
                Fact(
                    code: "PF219", severity: "error", count: 6, lines: [1, 1, 1], byte: 6,
                    words: ["6 fields in 4 rows have a space before", "Remove the space"])
            ]),
        Case(
            folder: "bank-preamble", status: 1, rows: 2, columns: 6,
            facts: [
                Fact(code: "PF215", severity: "error", count: 6, lines: [1], words: ["the header is line 7", "tail -n +7"]),
                Fact(code: "PF301", severity: "error", lines: [7], words: ["No name"]),
            ]),
        Case(
            folder: "several-tables", status: 1, rows: 6, columns: 3,
            facts: [
                Fact(code: "PF204", severity: "error", lines: [6], words: ["Put each table in a file of its own"]),
                Fact(
                    code: "PF205", severity: "error", count: 3, lines: [7, 8, 9],
                    words: ["from line 6, after a blank line", "a second table"]),
                Fact(code: "PF206", severity: "warning", lines: [5]),
                Fact(code: "PF215", severity: "error", lines: [1], words: ["the header is line 2", "tail -n +2"]),
            ]),
        Case(
            folder: "report-title-and-total", status: 1, rows: 3, columns: 3,
            facts: [
                Fact(code: "PF214", severity: "warning", lines: [5]),
                Fact(code: "PF215", severity: "error", lines: [1], words: ["the header is line 2"]),
            ]),
        Case(
            folder: "undecodable-byte-shown", arguments: ["--encoding", "windows-1252", "--transcode"], status: 1, rows: 1, columns: 2,
            facts: [
                Fact(code: "PF105", severity: "note", lines: [1]),
                Fact(code: "PF109", severity: "error", lines: [2], byte: 28, words: [#"Produ\x{8d}"#]),
            ]),
        Case(
            folder: "seven-lines-skipped", arguments: ["--skip-lines", "7"], status: 0, rows: 2, columns: 4,
            facts: [Fact(code: "PF217", severity: "warning", count: 7, lines: [1], words: ["7 lines", "tail -n +8 FILE"])]),
        Case(
            folder: "concatenated-bom-files-with-header", status: 1, rows: 5, columns: 3,
            facts: [
                Fact(code: "PF102", severity: "note", lines: [1]),
                Fact(code: "PF107", severity: "warning", count: 2, lines: [3, 5], byte: 37),
                Fact(code: "PF213", severity: "error", count: 2, lines: [3, 5], byte: 37, words: ["repeat the header"]),
            ]),
        Case(
            folder: "concatenated-without-newline", status: 1, rows: 4, columns: 3,
            facts: [
                Fact(code: "PF213", severity: "error", lines: [3], byte: 28, words: ["joined to the end of a row", "no last line end"])
            ]),
        Case(
            folder: "blank-lines-before-header", status: 1, rows: 2, columns: 2,
            facts: [Fact(code: "PF215", severity: "error", count: 2, lines: [1], words: ["blank lines", "the header is line 3"])]),
        Case(
            folder: "row-wrapped-in-quotes", status: 1, rows: 2, columns: 1,
            facts: [Fact(code: "PF222", severity: "error", lines: [1], byte: 0, words: ["quoted as a whole", #"with "," inside"#])]),
        Case(
            folder: "excel-empty-rows-and-columns", status: 1, rows: 5, columns: 7,
            facts: [
                Fact(code: "PF225", severity: "warning", count: 3, lines: [3, 5, 6], byte: 41, words: ["nothing but delimiters"]),
                Fact(code: "PF301", severity: "error", lines: [1], byte: 21),
                Fact(code: "PF301", severity: "error", lines: [1], byte: 22),
                Fact(code: "PF301", severity: "error", lines: [1], byte: 23),
            ]),
        Case(
            folder: "last-row-cut", status: 0, rows: 2, columns: 2,
            facts: [Fact(code: "PF226", severity: "note", lines: [3], byte: 39, words: ["no line end, unlike all others", "cut"])]),
        Case(
            folder: "fixed-width-report", status: 1, rows: 4, columns: 1,
            facts: [
                Fact(code: "PF206", severity: "warning", lines: [5]),
                Fact(code: "PF223", severity: "error", lines: [1], byte: 0, words: ["Fixed-width", "row of dashes"]),
            ]),
        Case(
            folder: "backslash-escaped-quote", status: 1, rows: 3, columns: 4,
            facts: [Fact(code: "PF220", severity: "error", lines: [3], byte: 63, words: ["backslash", "MySQL", "Double the quotes"])]),
        Case(
            folder: "excel-formula-quoted", status: 1, rows: 2, columns: 3,
            facts: [
                Fact(
                    code: "PF221", severity: "error", count: 2, lines: [2, 3], byte: 25,
                    words: ["formula", "leading zeros", "Write the plain value"])
            ]),
        Case(
            folder: "smart-quotes", status: 1, rows: 3, columns: 3,
            facts: [
                Fact(
                    code: "PF205", severity: "error", lines: [3],
                    words: ["“ U+201C", "” U+201D", "do not quote", "Replace the typographic quotes"])
            ]),
        Case(
            folder: "leading-apostrophe", arguments: ["-p", "profile.yaml"], status: 1, rows: 3, columns: 3,
            facts: [
                Fact(
                    code: "PF401", severity: "error", count: 2, lines: [2, 4], byte: 17,
                    words: ["apostrophe before the value", "formulas"])
            ]),
        Case(
            folder: "units-row", status: 0, rows: 4, columns: 3,
            facts: [Fact(code: "PF224", severity: "warning", lines: [2], byte: 15, words: ["units or a second header", "sed 2d"])]),
    ]

    @Test(arguments: cases) func saysWhatIsOwed(_ testCase: Case) async throws {
        let folder = "\(Repository.path)/Tests/CommandTests/Cases/\(testCase.folder)"
        let arguments = testCase.arguments.map { $0 == "profile.yaml" ? "\(folder)/profile.yaml" : $0 }
        let ending = try await Tool.run(["check", "\(folder)/input.csv", "--format", "json"] + arguments)
        #expect(ending.status == testCase.status, "\(ending.everything)")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
        let totals = object["totals"] as? [String: Any]
        #expect(totals?["rows"] as? Int == testCase.rows)
        #expect(totals?["columns"] as? Int == testCase.columns)
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.compactMap { $0["code"] as? String } == testCase.facts.map(\.code), "\(ending.output)")
        for (finding, fact) in zip(findings, testCase.facts) {
            #expect(finding["severity"] as? String == fact.severity, "\(fact)")
            #expect(finding["count"] as? Int == fact.count, "\(fact)")
            let examples = finding["examples"] as? [[String: Any]] ?? []
            #expect(examples.compactMap { $0["line"] as? Int } == fact.lines, "\(fact)")
            if let byte = fact.byte { #expect(examples.first?["byteOffset"] as? Int == byte, "\(fact)") }
            let texts = [finding["message"], finding["help"]] + examples.flatMap { [$0["reason"], $0["value"]] }
            let text = texts.compactMap { $0 as? String }.joined(separator: "\n")
            for word in fact.words { #expect(text.contains(word), "\(text)") }
        }
    }

    /// The remedy that would make it worse: a title search must not cost the first of two tables.
    @Test func noAdviceLosesTheFirstTable() async throws {
        let ending = try await Tool.run(["check", "\(Repository.path)/Tests/CommandTests/Cases/several-tables/input.csv", "-v"])
        #expect(!ending.output.contains(/tail -n \+7 \S+ > \S+new.csv/), "\(ending.output)")
        #expect(ending.output.contains(/head -n 4 \S+ > \S+1.csv; tail -n \+7 \S+ > \S+2.csv/), "\(ending.output)")
    }

    /// No prefix is proposed that reads the negative numbers only.
    @Test func anApostropheIsNoPrefix() async throws {
        let folder = "\(Repository.path)/Tests/CommandTests/Cases/leading-apostrophe"
        let ending = try await Tool.run(["check", "\(folder)/input.csv", "-p", "\(folder)/profile.yaml", "-v"])
        #expect(!ending.output.contains("prefix"), "\(ending.output)")
    }

    /// Units are not values: the types are those of the rows below.
    @Test func columnsBelowUnitsHaveTheirTypes() async throws {
        let ending = try await Tool.run([
            "profile", "infer", "\(Repository.path)/Tests/CommandTests/Cases/units-row/input.csv",
        ])
        #expect(ending.status == 0)
        for column in ["name: DAY, type: date", "name: POWER, type: number", "name: LOAD, type: number"] {
            #expect(ending.output.contains(column), "\(ending.output)")
        }
    }

    /// Rows that were skipped are no reason to load all others once more.
    @Test func skippedRowsAreNotPushedAgain() async throws {
        let folder = "\(Repository.path)/Tests/CommandTests/Cases/upload-completed-but-skipped"
        let status = try String(contentsOfFile: folder + "/status.json", encoding: .utf8)
        let accepted = ScriptStep.answer("200 OK", body: #"{"importId":"11111111-2222-4333-8444-555555555555"}"#)
        let scripts: [[ScriptStep]] = [
            [.readHead, .readWholeBody, accepted], [.readHead, .answer("200 OK", body: status)],
        ]
        try await withScriptedServer(scripts: scripts) { server in
            let ending = try await Tool.run(
                Tool.pushArguments("\(folder)/input.csv", port: server.port, more: ["-p", "\(folder)/profile.yaml"]),
                environment: Tool.keyEnvironment)
            #expect(ending.status == 3, "\(ending.everything)")
            #expect(ending.everything.contains("Amount"), "\(ending.everything)")
            let last = ending.complaints.split(separator: "\n").last ?? ""
            #expect(last.contains("do not push again (exit status 3)"), "\(last)")
            #expect(last.contains("a second push can double them") && last.contains("preflight diagnose"), "\(last)")
        }
    }
}
