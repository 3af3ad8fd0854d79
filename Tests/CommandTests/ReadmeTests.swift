import Foundation
import Preflight
import PreflightCommand
import Testing

@Suite("The README says what is so", .timeLimit(.minutes(5)))
struct ReadmeTests {
    private let readme: String

    init() throws {
        readme = try Repository.text("README.md")
    }

    @Test func tableOfCodesIsTheCatalogue() {
        #expect(readme.contains(ExplainPage.catalogueTable().trimmingCharacters(in: .newlines)))
    }

    @Test func tableOfExitStatusesIsTheCommands() {
        #expect(readme.contains(ExitStatus.table.trimmingCharacters(in: .newlines)))
    }

    @Test func embeddingExampleIsTheCompiledOne() throws {
        let file = try Repository.text("Tests/CommandTests/EmbeddingExample.swift")
        let begin = try #require(file.range(of: "// README: begin\n")).upperBound
        let end = try #require(file.range(of: "// README: end")).lowerBound
        #expect(readme.contains("```swift\n" + file[begin..<end] + "```"))
    }

    @Test func embeddedCheckWorks() {
        let report = check(Array("a,b\n1\n".utf8), profile: nil)
        #expect(report.findings.map(\.code) == [.tooFewFields])
    }

    /// The session that the README shows, run again: same command, same output, same exit status.
    @Test func sessionIsReal() async throws {
        let begin = try #require(readme.range(of: "<!-- session -->\n```console\n$ ")).upperBound
        let end = try #require(readme.range(of: "\n```", range: begin..<readme.endIndex)).lowerBound
        let sessions = readme[begin..<end].components(separatedBy: "\n$ ")
        for session in sessions {
            let lines = session.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let words = lines[0].split(separator: " ").map(String.init)
            if words[0] == "echo" { continue }
            let arguments = words.dropFirst().map { $0.hasPrefix("Samples/") ? Repository.path + "/" + $0 : $0 }
            let ending = try await Tool.run(Array(arguments))
            let shown = (ending.output + ending.complaints).replacingOccurrences(of: Repository.path + "/", with: "")
            #expect(Self.masked(shown) == Self.masked(String(lines[1]) + "\n"), "\(shown)")
        }
    }

    /// Without what differs from run to run: ids of the rehearsal.
    private static func masked(_ text: String) -> String {
        text.replacing(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID")
    }

    /// The command of the README's first section, as it stands there.
    @Test func mainCommandEndsWithAReconciledImport() async throws {
        let begin = try #require(readme.range(of: "<!-- command: main -->\n```\nswift run preflight ")).upperBound
        let end = try #require(readme.range(of: "\n```", range: begin..<readme.endIndex)).lowerBound
        let arguments = readme[begin..<end].split(separator: " ").map { word in
            word.hasPrefix("Samples/") ? Repository.path + "/" + word : String(word)
        }
        let ending = try await Tool.run(arguments)
        #expect(ending.status == 0, "\(ending.everything)")
        #expect(ending.output.contains("as predicted"))
        #expect(ending.output.contains("the file's own bytes"))
    }
}
