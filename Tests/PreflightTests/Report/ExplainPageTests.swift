import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct ExplainPageTests {
    @Test func wholePage() {
        #expect(
            ExplainPage.text(for: .unclosedQuote) == """
                # PF203 unclosed-quote

                Quoted field is never closed.

                Severity: error
                Predicted skip reason: none

                ## Why it matters

                A reader that follows RFC 4180 takes everything from the opening quote to the end of the file as one field, and loses all \
                rows after it. What an import does is undocumented.

                ## What to do

                Close the quote, or double it if it belongs to the text. If the file is truncated, export it again.

                ## Repair

                preflight fix does not repair it. Where the field should end is not known.

                ## At the gate

                It blocks: nothing is sent while the file has such a finding.

                """)
    }

    @Test(arguments: [
        (FindingKind.notANumber, "more than --max-skipped"), (.doubtfulDate, "--allow-uncertain"), (.unknownItem, "on-missing"),
        (.blankLine, "--fail-on warning"), (.byteOrderMark, "It never blocks."), (.nulByte, "It blocks"),
    ])
    func gate(kind: FindingKind, phrase: String) throws {
        let section = try #require(ExplainPage.text(for: kind).split(separator: "## At the gate").last)
        #expect(section.contains(phrase))
    }

    @Test(arguments: FindingKind.all)
    func everyCodeHasAPage(kind: FindingKind) {
        let page = ExplainPage.text(for: kind)
        #expect(page.hasPrefix("# \(kind.code) \(kind.slug)\n"))
        #expect(page.contains("\n\(kind.why)\n"))
        #expect(page.contains("\n\(kind.help)\n"))
        #expect(page.hasSuffix(".\n"))
    }

    @Test func tableHasOneRowForEachCode() {
        let lines = ExplainPage.catalogueTable().split(separator: "\n")
        #expect(lines.first == "| code | slug | severity | title |")
        #expect(lines.contains("| PF203 | unclosed-quote | error | Quoted field is never closed |"))
        #expect(lines.count == FindingKind.all.count + 2)
        #expect(lines.allSatisfy { $0.count(where: { $0 == "|" }) == 5 })
    }
}
