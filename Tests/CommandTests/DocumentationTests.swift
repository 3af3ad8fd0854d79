import Foundation
import Testing

@testable import CSVTokenizer
@testable import ImportProfiles
@testable import PigmentImport
@testable import Preflight
@testable import ValueFormats

@Suite("What the documentation names exists", .timeLimit(.minutes(30)))
struct DocumentationTests {
    private static let commands = [
        "check", "fix", "push", "run", "trigger", "status", "diagnose", "rehearse", "serve", "configurations", "doctor", "locate", "bench",
        "plan",
        "merge", "explain", "history list",
        "history settle", "columns", "baseline show", "baseline accept", "baseline forget",
        "profile init", "profile infer", "profile lint", "profile show", "profile learn", "profile kit",
    ]

    /// Links between articles, links to files, and paths in code spans.
    @Test(arguments: try DocumentationPage.all)
    func linksLead(page: DocumentationPage) throws {
        let articles = try DocumentationPage.articleNames
        for link in page.text.matches(of: /<doc:([^>]+)>/) {
            #expect(articles.contains(String(link.output.1)), "no article \(link.output.1)")
        }
        for link in page.text.matches(of: /\]\(([^)#:]+)\)/) {
            #expect(FileManager.default.fileExists(atPath: "\(Repository.path)/\(link.output.1)"), "no file \(link.output.1)")
        }
        let folders = ["Sources/", "Tests/", "Benchmarks/", "Samples/", ".ci/"]
        for span in page.codeSpans where folders.contains(where: span.hasPrefix) && !span.contains("nnn") {
            let path = span.prefix { $0 != " " }
            #expect(FileManager.default.fileExists(atPath: "\(Repository.path)/\(path)"), "no file \(path)")
        }
    }

    @Test func landingPageListsEachArticleOnce() throws {
        let landing = try DocumentationPage.article("Preflight")
        let topics = try #require(landing.text.range(of: "\n## Topics\n")).upperBound
        let listed = landing.text[topics...].matches(of: /- <doc:([^>]+)>/).map { String($0.output.1) }
        #expect(try listed.sorted() == DocumentationPage.articleNames.filter { $0 != "Preflight" })
    }

    /// Each option that a page names is in the help of the command; outside of command lines, in the help of any.
    @Test func optionsAreThoseOfTheHelp() async throws {
        var help: [String: Set<String>] = [:]
        for command in Self.commands {
            let text = try await Tool.run(command.split(separator: " ").map(String.init) + ["--help"]).output
            help[command] = Self.options(in: text)
        }
        let any = help.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        // The benchmarks have commands of their own.
        for page in try DocumentationPage.all where !page.path.hasPrefix("Benchmarks/") {
            for words in page.commandLines {
                let hasSubcommands = ["profile", "history", "baseline"].contains(words[1])
                var command = hasSubcommands ? words[1..<min(3, words.count)].joined(separator: " ") : words[1]
                // The default of its subcommands.
                if words[1] == "history", command != "history settle" { command = "history list" }
                let known = try #require(help[command], "\(page.path): no command \(command)")
                let unknown = Self.options(in: words.joined(separator: " ")).subtracting(known)
                #expect(unknown.isEmpty, "\(page.path): \(command) has no \(unknown)")
            }
            for span in page.codeSpans where span.hasPrefix("--") || span.hasPrefix("preflight ") {
                let unknown = Self.options(in: span).subtracting(any).subtracting(["--help", "--generate-completion-script"])
                #expect(unknown.isEmpty, "\(page.path): no command has \(unknown)")
            }
        }
    }

    private static func options(in text: String) -> Set<String> {
        Set(text.matches(of: /--[a-z][a-z-]*/).map { String($0.output) })
    }
}
