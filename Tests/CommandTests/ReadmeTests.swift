import Foundation
import PreflightCommand
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import ValueFormats

@Suite("What the README and the articles show is what the code does", .serialized, .timeLimit(.minutes(30)))
struct ReadmeTests {
    @Test func readmeIsShort() throws {
        let readme = try DocumentationPage(path: "README.md")
        #expect(readme.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
    }

    @Test func tableOfCodesIsTheCatalogue() throws {
        try expectTable(ExplainPage.catalogueTable(), in: .article("FindingCodes"))
    }

    @Test func tableOfRepairsIsTheList() throws {
        try expectTable(ExplainPage.repairTable(), in: .article("FixingFiles"))
    }

    @Test func tableOfDoubtsIsTheList() throws {
        try expectTable(DoubtPage.table(), in: .article("Doubts"))
    }

    @Test func tableOfExitStatusesIsTheCommands() throws {
        try expectTable(ExitStatus.table, in: .article("ExitStatuses"))
    }

    @Test func tableOfFormatsIsTheList() throws {
        try expectTable(ReportFormat.table, in: .article("MachineReadableReports"))
    }

    /// The help names each format, and each name is taken.
    @Test func formatsOfTheHelpAreThoseOfTheList() async throws {
        for command in ["check", "push", "rehearse", "status", "trigger"] {
            let help = try await Tool.run([command, "--help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(help.contains(": \(ReportFormat.choices(ReportFormat.terminalCases))."), "\(command)")
        }
        #expect(ReportFormat.allCases.map { ReportFormat(name: $0.name)?.name } == ReportFormat.allCases.map(\.name))
        #expect(Set(ReportFormat.allCases.map(\.name)).count == ReportFormat.allCases.count)
        let ending = try await Tool.run(["check", "-", "--format", "none"])
        #expect(ending.status == 64)
        for format in ReportFormat.terminalCases { #expect(ending.complaints.contains("'\(format.name)'")) }
        let report = try await Tool.run(["check", "--help"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(report.contains(": \(ReportFormat.choices(ReportFormat.allCases))."))
        let script = try await Tool.run(["--generate-completion-script", "fish"]).output
        #expect(script.contains("'\(ReportFormat.terminalCases.map(\.name).joined(separator: " "))'"))
    }

    /// The rows about a column's type: the list of types and the keys of each.
    @Test func keysOfTypesAreThoseOfTheList() throws {
        let page = try DocumentationPage.article("Profiles")
        let start = try #require(page.text.range(of: "\n| `type` | ")).upperBound
        let end = try #require(page.text.range(of: ". A draft can also contain", range: start..<page.text.endIndex)).lowerBound
        let names = ColumnType.allCases.map { "`\($0.rawValue)`" }
        try page.expect(start..<end, is: names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1])
        let rows = try #require(page.text.range(of: "\n", range: end..<page.text.endIndex)).upperBound
        let next = try #require(page.text.range(of: "| `null` | ", range: rows..<page.text.endIndex)).lowerBound
        try page.expect(rows..<next, is: ColumnType.keys.map { "| `\($0.name)` | \($0.meaning) |\n" }.joined())
    }

    private func expectTable(_ table: String, in page: DocumentationPage) throws {
        let header = table.prefix { $0 != "\n" }
        try page.expect(page.table(header: header), is: table)
    }

    @Test func embeddingExampleIsTheCompiledOne() throws {
        let path = "Tests/CommandTests/EmbeddingExample.swift"
        let file = try Repository.text(path)
        let begin = try #require(file.range(of: "// Shown: begin\n")).upperBound
        let end = try #require(file.range(of: "// Shown: end")).lowerBound
        let page = try DocumentationPage.article("Embedding")
        let block = try #require(page.blocks(after: "<!-- code: \(path) -->", language: "swift").first)
        try page.expect(block, is: String(file[begin..<end]))
    }

    @Test func embeddedCheckWorks() {
        let report = check(Array("a,b\n1\n".utf8), profile: nil)
        #expect(report.findings.map(\.kind) == [.tooFewFields])
    }

    @Test func profileExampleCanBeUsed() throws {
        let page = try DocumentationPage.article("Profiles")
        let block = try #require(page.blocks(after: "<!-- profile -->", language: "yaml").first)
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.path + "/lists", withIntermediateDirectories: false)
        try scratch.write("Entity\nFR01\n", to: "lists/entities.csv")
        let profile = try Profile.load(path: scratch.write(String(page.text[block]), to: "profile.yaml"))
        #expect(profile.columns.map(\.name) == ["Entity", "Posting Date", "Amount", "Quantity", "Text"])
    }

    /// Each row of the table of predictions: a value, its column in a profile, and whether it certainly fails.
    @Test func predictionsAreThoseOfTheTable() throws {
        let page = try DocumentationPage.article("Predictions")
        let table = try page.text[page.table(header: "| value | column in the profile | prediction |")]
        let rows = table.matches(of: /\| `(.+?)` \| `(.+?)` \| (certain to|may) fail \|\n/)
        #expect(rows.count == table.split(separator: "\n").count - 2)
        for row in rows {
            let (_, value, column, word) = row.output
            let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: A, \(column)}\n")
            let cells = check(Array("A\n\"\(value)\"\n".utf8), profile: profile).prediction.parsingErrorCells
            #expect(cells.min == (word == "may" ? 0 : 1) && cells.max == 1, "\(value) in \(column)")
        }
    }

    /// The sessions that the pages show, run again: same commands, same output, same exit statuses.
    @Test(arguments: try DocumentationPage.all.filter { $0.text.contains("<!-- session -->") })
    func sessionsAreReal(page: DocumentationPage) async throws {
        let blocks = try page.blocks(after: "<!-- session -->", language: "console")
        #expect(blocks.count == 1)
        var shown = ""
        var status: Int32?
        for line in page.text[blocks[0]].split(separator: "\n") where line.hasPrefix("$ ") {
            shown += line + "\n"
            if line == "$ echo $?" {
                shown += "\(try #require(status))\n"
            } else {
                let ending = try await Tool.runShell("cd '\(Repository.path)' && \(line.dropFirst(2))")
                shown += ending.everything
                status = ending.status
            }
        }
        try page.expect(blocks[0], is: shown) { $0.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID") }
    }

    private static let copyMark = "<!-- session in a copy of Samples/ledger-export -->"

    /// Sessions that write files: run in a copy of a sample's folder, with a ledger of their own.
    @Test(arguments: try DocumentationPage.all.filter { $0.text.contains(copyMark) })
    func sessionsInACopyAreReal(page: DocumentationPage) async throws {
        let block = try #require(page.blocks(after: Self.copyMark, language: "console").first)
        let scratch = try Scratch()
        _ = try await Tool.shell("cp -R '\(Repository.path)/Samples/ledger-export/.' .", in: scratch)
        var shown = ""
        for line in page.text[block].split(separator: "\n") where line.hasPrefix("$ ") {
            let ending = try await Tool.runShell(
                "cd '\(scratch.path)' && \(line.dropFirst(2))", environment: ["XDG_STATE_HOME": scratch.path])
            shown += line + "\n" + ending.everything + (ending.status == 0 ? "" : "(exit status \(ending.status))\n")
        }
        withExtendedLifetime(scratch) {}
        try page.expect(block, is: shown) {
            $0.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID").replacing(/entry [0-9a-z]{8}/, with: "ENTRY")
        }
    }

    @Test func sessionsAreShownWhereTheyBelong() throws {
        let pages = try DocumentationPage.all.filter { $0.text.contains("<!-- session -->") }.map(\.path)
        #expect(pages.count == 4, "\(pages)")
        #expect(pages.first == "README.md")
    }

    /// The command of the README's first section, word for word.
    @Test func mainCommandEndsWithAReconciledImport() async throws {
        let readme = try DocumentationPage(path: "README.md")
        let block = try #require(readme.blocks(after: "<!-- command: main -->").first)
        let line = try #require(readme.text[block].firstMatch(of: /^swift run (preflight .+)\n$/)).output.1
        let ending = try await Tool.runShell("cd '\(Repository.path)' && \(line)")
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.contains("as predicted"))
        #expect(ending.output.contains("identical to the file (SHA-256)"))
    }
}
