import Foundation
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

@Suite struct CatalogueTests {
    /// Codes, slugs and severities are promises: whoever changes one of them changes the checked-in list as well, and sees it.
    @Test func stableCodes() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("stable-codes.txt")
        let lines = FindingCode.catalogue.map { "\($0.code.rawValue) \($0.slug) \($0.severity.rawValue)" }
        #expect(try lines == String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init))
    }

    @Test func everyCodeOnceAndInOrder() {
        let codes = FindingCode.catalogue.map(\.code)
        #expect(codes == FindingCode.allCases.sorted { $0.rawValue < $1.rawValue })
        for code in FindingCode.allCases { #expect(code.entry.code == code) }
    }

    @Test(arguments: FindingCode.catalogue.map(\.code))
    func entry(code: FindingCode) throws {
        let entry = code.entry
        #expect(code.rawValue.wholeMatch(of: /PF\d{3}/) != nil)
        #expect(entry.slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil)
        #expect(!entry.title.isEmpty && !entry.title.hasSuffix(".") && !entry.title.contains("\n") && !entry.title.contains("|"))
        #expect(entry.why.hasSuffix("."))
        #expect(entry.help.hasSuffix(".") || entry.help.contains(": "), "ends in a sentence or in a command to paste")
        for text in [code.rawValue, code.rawValue.lowercased(), entry.slug, entry.slug.uppercased()] {
            #expect(FindingCode(argument: text) == code)
        }
    }

    @Test func slugsAreUnique() {
        #expect(Set(FindingCode.catalogue.map(\.slug)).count == FindingCode.catalogue.count)
    }

    /// Only families 4 and 5 predict skips that the import counts; for keys there is no reason in its report.
    @Test func predictions() {
        for entry in FindingCode.catalogue {
            let expected: SkipReason? =
                switch entry.code.rawValue.prefix(3) {
                case "PF4": entry.code == .unlikeItsColumn || entry.code == .mixedFormats ? nil : .parsingError
                case "PF5": entry.code == .duplicateKey || entry.code == .blankKey ? nil : .missingItemSkipsRow
                default: nil
                }
            #expect(entry.predicts == expected, "\(entry.code)")
        }
    }

    @Test(arguments: ["", "PF", "PF999", "203", "unclosed quote", "PF203 "])
    func noCode(argument: String) {
        #expect(FindingCode(argument: argument) == nil)
    }
}
