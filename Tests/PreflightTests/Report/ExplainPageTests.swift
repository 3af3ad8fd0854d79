import Preflight
import Testing

@testable import ImportProfiles
@testable import PreflightReports
@testable import SafeText

@Suite struct ExplainPageTests {
    @Test func wholePage() {
        #expect(
            ExplainPage.text(for: .unclosedQuote) == """
                # PF203 unclosed-quote

                A quoted field is never closed.

                Severity: error
                Predicted skip reason: none

                ## Why it matters

                A reader that follows RFC 4180 takes everything from the opening quote to the end of the file as one field, and loses all \
                rows behind it. What the import does is not public.

                ## What to do

                Close the quote, or double it if it belongs to the text. If the file is cut, export it again.

                ## At the gate

                It blocks: nothing is sent while the file has such a finding.

                """)
    }

    @Test(arguments: [
        (FindingCode.notANumber, "more than --max-skipped"), (.doubtfulDate, "--allow-uncertain"), (.unknownItem, "on-missing"),
        (.blankLine, "--fail-on warning"), (.byteOrderMark, "It never blocks."), (.nulByte, "It blocks"),
    ])
    func gate(code: FindingCode, phrase: String) throws {
        let section = try #require(ExplainPage.text(for: code).split(separator: "## At the gate").last)
        #expect(section.contains(phrase))
    }

    @Test(arguments: FindingCode.allCases)
    func everyCodeHasAPage(code: FindingCode) {
        let page = ExplainPage.text(for: code)
        #expect(page.hasPrefix("# \(code.rawValue) \(code.entry.slug)\n"))
        #expect(page.contains("\n\(code.entry.why)\n"))
        #expect(page.contains("\n\(code.entry.help)\n"))
        #expect(page.hasSuffix(".\n"))
    }

    @Test func tableHasOneRowForEachCode() {
        let lines = ExplainPage.catalogueTable().split(separator: "\n")
        #expect(lines.first == "| code | slug | severity | title |")
        #expect(lines.contains("| PF203 | unclosed-quote | error | A quoted field is never closed |"))
        #expect(lines.count == FindingCode.allCases.count + 2)
        #expect(lines.allSatisfy { $0.count(where: { $0 == "|" }) == 5 })
    }
}
