import Foundation
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Every kind of finding is in the list, documented, and keeps its code, slug and severity.
@Suite(.computing) struct CatalogueTests {
    /// Codes, slugs and severities are promises: a change of one needs a change of the checked-in list as well. `RECORD_CODES=1` adds new kinds
    /// to that list and fails.
    @Test func stableCodes() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("stable-codes.txt")
        var known = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let lines = FindingKind.all.map { "\($0.code) \($0.slug) \($0.severity.rawValue)" }
        if ProcessInfo.processInfo.environment["RECORD_CODES"] == "1" {
            known += lines.filter { line in !known.contains { $0.prefix(5) == line.prefix(5) } }
            known.sort()
            try known.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded stable-codes.txt")
        }
        #expect(lines == known)
    }

    @Test func everyCodeAndSlugOnceAndInOrder() {
        let codes = FindingKind.all.map(\.code)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        #expect(Set(FindingKind.all.map(\.slug)).count == codes.count)
    }

    /// A kind that a check declares but does not list would have no page, no code in the stable list and no sample.
    @Test func everyDeclaredKindIsListed() throws {
        let listed = Set(FindingKind.all.map(\.code))
        var declared: [String] = []
        let sources = SampleFolder.root.deletingLastPathComponent().appendingPathComponent("Sources/Preflight")
        for case let file as URL in try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            declared += text.matches(of: /= FindingKind\(\s*code: "(PF\d+)"/).map { String($0.output.1) }
        }
        #expect(declared.count == listed.count)
        #expect(Set(declared) == listed)
    }

    @Test(arguments: FindingKind.all)
    func kind(_ kind: FindingKind) throws {
        #expect(kind.code.wholeMatch(of: /PF\d{3}/) != nil)
        #expect(kind.slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
        for title in [kind.title(hasHeader: true), kind.title(hasHeader: false)] {
            #expect(!title.isEmpty && !title.hasSuffix(".") && !title.contains("\n") && !title.contains("|"))
        }
        #expect(kind.why.hasSuffix(".") && !kind.why.contains("\n"))
        #expect(kind.help.hasSuffix(".") || kind.help.contains(": "), "ends in a sentence or in a command to paste")
        #expect(!kind.help.contains("\n"))
        for text in [kind.code, kind.code.lowercased(), kind.slug, kind.slug.uppercased()] {
            #expect(FindingKind(argument: text) == kind)
        }
    }

    /// Only families 4 and 5 predict skips that the import counts; for keys there is no reason in its report.
    @Test func predictions() {
        for kind in FindingKind.all {
            let expected: SkipReason? =
                switch kind.code.prefix(3) {
                case "PF4": kind == .unlikeItsColumn || kind == .mixedFormats ? nil : .parsingError
                case "PF5": [.duplicateKey, .blankKey, .similarKeys].contains(kind) ? nil : .missingItemSkipsRow
                default: nil
                }
            #expect(kind.predicts == expected, "\(kind)")
        }
    }

    @Test(arguments: ["", "PF", "PF999", "203", "unclosed quote", "PF203 "])
    func noCode(argument: String) {
        #expect(FindingKind(argument: argument) == nil)
    }
}
