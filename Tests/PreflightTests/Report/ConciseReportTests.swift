import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct ConciseReportTests {
    @Test(arguments: [
        (SampleReports.clean, ""),
        (
            SampleReports.mixed,
            """
            export.csv: note PF102 File starts with a UTF-8 byte order mark
            export.csv:7:4: error PF205 Row has more fields than the header
            export.csv:2:3: error PF401 Value is not a number (Amount): "n/a"
            export.csv:336780:3: error PF401 Value is not a number (Amount): "xxxx…"
            export.csv: PF401 (Amount) and 1 more
            export.csv:3:3: warning PF411 Pigment may reject this number (Amount): "1e5"
            export.csv: PF411 (Amount) and 8 more
            export.csv: gate: 3 to 11 rows would be skipped (predicted), 0 allowed.

            """
        ),
        (
            SampleReports.cut,
            """
            -:4: error PF002 gzip file is truncated
            -: gate: Not all of the file was judged.

            """
        ),
        (
            SampleReports.inferred,
            """
            orders.csv:7:2: warning PF420 Value does not fit its column: "seven"

            """
        ),
    ])
    func snapshot(report: Report, expected: String) {
        #expect(ConciseReport.text(for: report, refusals: report.refusals(under: SampleReports.policy)) == expected)
    }

    @Test func findingWithoutExamples() {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: .blankLine, severity: .warning, column: nil, count: 5_000, rows: 0, message: "", help: "", examples: [])
        ]
        #expect(
            ConciseReport.text(for: report, refusals: [])
                == "orders.csv: warning PF206 Blank line\norders.csv: PF206 and 4999 more\n")
    }
}
