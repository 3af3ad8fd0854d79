import Foundation
import Testing

@testable import Preflight

/// A page of the documentation, and the parts of it that follow from the code.
///
/// `RECORD_DOCS=1` writes such parts anew and fails, so that a recording run is never taken for a test.
struct DocumentationPage: CustomTestStringConvertible {
    /// Relative to the repository.
    let path: String
    let text: String

    private static let catalog = "Sources/Preflight/Preflight.docc"

    init(path: String) throws {
        self.path = path
        text = try Repository.text(path)
    }

    static func article(_ name: String) throws -> Self {
        try Self(path: "\(catalog)/\(name).md")
    }

    /// The articles of the DocC catalogue, by name.
    static var articleNames: [String] {
        get throws {
            let files = try FileManager.default.contentsOfDirectory(atPath: "\(Repository.path)/\(catalog)")
            return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
        }
    }

    /// What people read: the README, the guide for contributors, the articles, and the pages of the folders.
    static var all: [Self] {
        get throws {
            let samples = ["/", "/ledger-export/", "/planning-export/"].map { "Samples\($0)README.md" }
            let pages = ["README.md", "CONTRIBUTING.md", "Benchmarks/README.md"] + samples
            return try pages.map(Self.init) + articleNames.map(article)
        }
    }

    var testDescription: String { path }

    /// The content of each code block that follows a mark such as `<!-- session -->`.
    func blocks(after mark: String, language: String = "") throws -> [Range<String.Index>] {
        let opening = "\(mark)\n```\(language)\n"
        let blocks = try text.ranges(of: opening).map { mark in
            let end = try #require(text.range(of: "\n```\n", range: mark.upperBound..<text.endIndex))
            return mark.upperBound..<text.index(after: end.lowerBound)
        }
        #expect(blocks.count == text.ranges(of: mark).count, "\(path): a mark without its block")
        return blocks
    }

    /// The Markdown table that begins with a line.
    func table(header: some StringProtocol) throws -> Range<String.Index> {
        let start = try #require(text.range(of: "\n\(header)\n")).lowerBound
        let end = text.range(of: "\n\n", range: start..<text.endIndex)?.lowerBound ?? text.index(before: text.endIndex)
        return text.index(after: start)..<text.index(after: end)
    }

    /// Compares a part of the page with what the code says, or replaces it when recording.
    func expect(_ range: Range<String.Index>, is expected: String, masked: (String) -> String = { $0 }) throws {
        guard masked(String(text[range])) != masked(expected) else { return }
        if ProcessInfo.processInfo.environment["RECORD_DOCS"] == "1" {
            let recorded = text.replacingCharacters(in: range, with: expected)
            try recorded.write(toFile: "\(Repository.path)/\(path)", atomically: true, encoding: .utf8)
        }
        Issue.record("\(path) is out of date (RECORD_DOCS=1 records it). It should say:\n\(expected)")
    }

    /// Lines of its code blocks that run the command, without a prompt; a comment at the end is kept.
    var commandLines: [[String]] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init).drop { $0 == "$" }
            return words.first == "preflight" ? Array(words) : nil
        }
    }

    /// Its code spans, in order.
    var codeSpans: [String] {
        var isInBlock = false
        var spans: [String] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("```") {
                isInBlock.toggle()
            } else if !isInBlock {
                spans += line.matches(of: /`([^`]+)`/).map { String($0.output.1) }
            }
        }
        return spans
    }
}
