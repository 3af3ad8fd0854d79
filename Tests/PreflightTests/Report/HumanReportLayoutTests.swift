import Preflight
import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

/// What the report for people leaves out: what the terminal has no room for, and what it would say twice.
@Suite(.computing) struct HumanReportLayoutTests {
    private static func text(_ report: Report, width: Int = 80, showsAll: Bool = false) -> String {
        HumanReport(style: TextStyle(hasColor: false, width: width), showsAll: showsAll).text(
            for: report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy())
    }

    /// A file with these values in a column of numbers with a decimal point.
    private static func judged(_ amounts: [String]) throws -> Report {
        let profile = try Profile(yaml: "version: 1\ncolumns:\n  - {name: Id, type: text}\n  - {name: Amount, type: number}\n")
        let rows = amounts.enumerated().map { "r\($0.offset);\($0.element)\n" }.joined()
        return report(on: "Id;Amount\n" + rows, options: CheckOptions(profile: profile, delimiter: UInt8(ascii: ";")))
    }

    /// The code goes first, then words; a word is never cut.
    @Test(arguments: [
        (100, "  error PF205   1 row  Row has more fields than the header       line 7"),
        (76, "  error     1 row  Row has more fields than the header       line 7"),
        (60, "  error     1 row  Row has more fields than…  line 7"),
    ])
    func theTableFitsTheTerminal(width: Int, line: String) {
        let lines = Self.text(SampleReports.mixed, width: width).split(separator: "\n").map(String.init)
        let first = lines.first { $0.hasPrefix("  error") } ?? ""
        #expect(first.split(separator: " ").joined(separator: " ") == line.split(separator: " ").joined(separator: " "))
        #expect(lines.filter { $0.hasPrefix("  error") || $0.hasPrefix("  warning") }.allSatisfy { $0.count <= width })
    }

    /// Beside each value is its reason, so the heading has none; with all bytes of each place it has them.
    @Test func aReasonIsNotListedTwice() throws {
        let report = try Self.judged(["1.5", "abc1", "7,5"])
        let text = Self.text(report)
        #expect(text.contains("error[PF401] column 2 \"Amount\": 2 values cannot be read as numbers\n  line 3  \"abc1\"  "))
        let heading = Self.text(report, showsAll: true).split(separator: "\n").first { $0.hasPrefix("error[PF401]") }
        #expect(heading?.hasPrefix("error[PF401] column 2 \"Amount\": 2 values cannot be read as numbers (") == true)
    }

    /// A reason that none of the shown places has stays in the heading.
    @Test func aReasonThatIsNotShownIsListed() throws {
        let report = try Self.judged(["abc1", "abc2", "abc3", "7,5"])
        #expect(Self.text(report).contains("4 values cannot be read as numbers ("))
    }

    /// Where other settings were tried in vain, comparing them helps nobody.
    @Test func theFixDoesNotSendToSettingsThatDoNotHelp() throws {
        let futile = try Self.text(Self.judged(["1.5", "abc1", "2.5"]))
        #expect(futile.contains("  fix: Correct the value in the file: no other setting would read more"))
        #expect(!futile.contains("Compare the separators") && !futile.contains("try:"))
        let useful = try Self.text(Self.judged(["1,5", "2,5", "3,5"]))
        #expect(useful.contains("  fix: Compare the separators") && useful.contains("  try: decimal \",\""))
    }

    /// The finding says why reading stopped.
    @Test func theCauseComesBeforeIncompleteness() {
        let refusals: [GateRefusal] = [.incomplete, .finding(.gzipTruncated, count: 1)]
        #expect(GateRefusal.message(of: refusals) == "PF002 gzip-truncated; not all of the file was checked")
    }

    /// A name of any length leaves room for what was found.
    @Test func aLongNameIsCut() {
        var report = SampleReports.mixed
        for index in report.findings.indices where report.findings[index].column != nil {
            report.findings[index].column = ColumnReference(index: 3, name: ColumnName(String(repeating: "n", count: 79)))
        }
        for line in Self.text(report).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test(arguments: FindingKind.all, [40, 80, 100, 200])
    func proseFitsTheTerminal(kind: FindingKind, width: Int) {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: kind, severity: .error, column: nil, count: 1, rows: 0, message: "", help: kind.help, examples: [])
        ]
        let text = HumanReport(style: TextStyle(hasColor: false, width: width), showsAll: true).text(
            for: report, refusals: [], policy: GatePolicy())
        let lines = text.split(separator: "\n")
        #expect(lines.filter { $0.count > min(width, 100) && !$0.contains(" FILE") && !$0.contains("{") } == [])
        // Joined again, nothing is lost, but the full stop after a command.
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("why: \(kind.why)"))
        let help = kind.help.replacing(". ", with: " ")
        if kind.help != "Nothing to do." { #expect(words.replacing(". ", with: " ").contains("fix: \(help)")) }
    }

    /// Nothing but a name of the file, a command or a setting is wider than the terminal.
    @Test(arguments: [40, 60, 80, 100, 200], [SampleReports.mixed, SampleReports.advised, SampleReports.cut, SampleReports.inferred])
    func linesFitTheTerminal(width: Int, report: Report) {
        let policy = SampleReports.policy
        let text = HumanReport(style: TextStyle(hasColor: false, width: width)).text(
            for: report, refusals: report.refusals(under: policy), policy: policy)
        let lines = text.split(separator: "\n").filter { !$0.contains("{") && !$0.contains(" FILE") && !$0.contains("  Next:") }
        #expect(lines.filter { TerminalWidth.columns(of: $0) > width } == [])
    }

    /// Columns whose formats were not tried share a block; with `-v` each has its own.
    @Test func columnsWithoutTrials() throws {
        let names = (0..<700).map { "c\($0)" }
        let profile = try Profile(yaml: "version: 1\ncolumns:\n" + names.map { "- {name: \($0), type: number}\n" }.joined())
        let bad = names.map { _ in "w1" }.joined(separator: ",")
        let text = names.joined(separator: ",") + "\n" + bad + "\n"
        let report = report(on: text, options: CheckOptions(profile: profile))
        let untried = report.prediction.advice.filter { !$0.wereSettingsTried }.count
        #expect(untried > 100)
        let brief = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(brief.contains("and \(untried - 1) more columns: other formats\n  try: too many columns or kinds of values"))
        #expect(brief.split(separator: "\n").count < 60)
        let all = HumanReport(style: .plain, showsAll: true).text(for: report, refusals: [], policy: GatePolicy())
        #expect(all.split(separator: "\n").count { $0.hasSuffix(": other formats") } >= untried)
    }
}
