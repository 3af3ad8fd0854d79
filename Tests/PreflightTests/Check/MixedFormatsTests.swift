import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight

/// Columns that hold numbers or dates in several formats, without a profile.
@Suite(.computing) struct MixedFormatsTests {
    private static func rows(_ values: [String]) -> String {
        "id|value\n" + values.enumerated().map { "\($0)|\($1)\n" }.joined()
    }

    private static func mixture(_ values: [String]) -> Finding? {
        steadyReport(on: Array(rows(values).utf8), sizes: [7, nil]).findings.first { $0.kind == .mixedFormats }
    }

    @Test func decimalPointsAndCommas() throws {
        let values = (0..<1_500).flatMap { $0 < 6 ? ["2,5", "3,5", "n/a"] : ["1.5", "2,5"] }
        let finding = try #require(Self.mixture(values))
        #expect(finding.count == 1_494 + 1_506)
        #expect(
            finding.message == "3,000 values in 2 formats: 1,506 decimal comma (first \"2,5\" in line 2), 1,494 decimal point "
                + "(first \"1.5\" in line 20); 6 fit none (estimate)")
        #expect(finding.severity == .warning)
    }

    static let mixed: [(values: [String], words: String)] = [
        (["1.5", "2,5", "3", "n/a"], "1 decimal point (first \"1.5\" in line 2), 1 decimal comma (first \"2,5\" in line 3); 1 fit both"),
        (["31/01/2026", "02/28/2026", "01/02/2026"], "1 d/M/yyyy (first \"31/01/2026\" in line 2), 1 M/d/yyyy"),
        (["2026-01-31", "28.02.2026", "2026-03-31", "30.04.2026"], "2 yyyy-MM-dd (first \"2026-01-31\" in line 2), 2 d.M.yyyy"),
        (["5%", "0.05", "7%", "0.09"], "2 percent (first \"5%\" in line 2), 2 decimal point"),
        (["1.234,50", "1,234.50"], "1 group . decimal , (first \"1.234,50\" in line 2), 1 group , decimal ."),
        (["31 Jan 2026", "2026-01-31"], "1 d MMM yyyy (first \"31 Jan 2026\" in line 2), 1 yyyy-MM-dd"),
    ]

    @Test(arguments: mixed) func mixedColumn(values: [String], words: String) throws {
        #expect(try #require(Self.mixture(values)).message.contains(words))
    }

    static let plain: [[String]] = [
        ["1.5", "2.5", "n/a"], ["1,5", "2,5", ""], ["1", "2", "3"], ["00123", "04711", "00815"], ["1.5", "2,5", "A1", "B2"],
        ["x", "y", "1.5", "2,5"], ["1.234", "1,234", "12"], ["1,234.50", "7", "1.5"], ["01/02/2026", "03/04/2026"], ["TRUE", "FALSE"],
        ["Q1 FY 2026", "Jan 26"], ["n/a", "NULL", "-"], [], ["192.168.0.1", "10.0.0.1"], ["1.2.3", "1.2.4"],
        ["2026-01-31", "2026-02-28", "2026-03-31"],
    ]

    @Test(arguments: plain) func noMixture(values: [String]) {
        #expect(Self.mixture(values) == nil)
    }

    /// If one format reads nearly all, the others are reported as unlike their column.
    @Test func fewOthers() {
        let report = report(on: Self.rows(Array(repeating: "1.5", count: 99) + ["2,5"]))
        #expect(report.findings.map(\.kind) == [.unsupportedDelimiter, .unlikeItsColumn])
    }

    /// Whichever of the formats is configured, no more cells fail than are estimated.
    @Test func estimate() {
        let report = report(on: Self.rows(["1.5", "2,5", "3,5", "n/a", "4"]))
        #expect(report.prediction.parsingErrorCells == Bounds(min: 0, max: 3))
        #expect(report.prediction.skippedRows == Bounds(min: 0, max: 3))
    }
}
