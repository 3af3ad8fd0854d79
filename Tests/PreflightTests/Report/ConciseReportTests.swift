import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText

@Suite(.computing) struct ConciseReportTests {
    @Test(arguments: [
        (SampleReports.clean, "orders.csv: passed: 336777 rows\n"),
        (
            SampleReports.mixed,
            """
            export.csv: note PF102 \(title(.byteOrderMark))
            export.csv:7:7: error PF205 \(title(.tooManyFields))
            export.csv:2:6: error PF401 "Amount": \(title(.notANumber)): "n/a" (no number)
            export.csv:336780: error PF401 "Amount": \(title(.notANumber)): "xxxx…"
            export.csv: PF401 "Amount": 1 more
            export.csv:3: warning PF411 "Amount": \(title(.doubtfulNumber)): "1e5"
            export.csv: PF411 "Amount": 8 more
            export.csv: blocked: PF205 too-many-fields; 3 to 11 rows would be skipped, 0 allowed. Next: preflight explain PF205

            """
        ),
        (
            SampleReports.cut,
            """
            -:4: error PF002 \(title(.gzipTruncated))
            -: blocked: PF002 gzip-truncated; not all of the file was checked. Next: preflight explain PF002

            """
        ),
        (
            SampleReports.inferred,
            """
            orders.csv:7: warning PF420 column 2: \(title(.unlikeItsColumn)): "seven"
            orders.csv: passed: 1000 rows, 1 warning

            """
        ),
    ])
    func snapshot(report: Report, expected: String) {
        var report = report
        for index in report.findings.indices {
            switch report.findings[index].code {
            case "PF205": report.findings[index].examples[0].excerpt = report.findings[index].examples[0].excerpt?.at(characterColumn: 7)
            case "PF401":
                report.findings[index].examples[0].excerpt = report.findings[index].examples[0].excerpt?.at(characterColumn: 6)
                report.findings[index].examples[0].reason = "no number"
            default: break
            }
        }
        #expect(ConciseReport.text(for: report, refusals: report.refusals(under: SampleReports.policy)) == expected)
    }

    private static func title(_ code: FindingKind) -> String { code.title }

    /// The column is that of a character in its physical line: not the field's number, and not a byte.
    @Test(arguments: [
        ("a,b\nß東,x\n1,2\n", "PF101", nil),
        ("a,b\nß東x,\"y\"z\n1,2\n", "PF202", ":2:8:"),
        ("a,b\n\"ß\nß東\",x\"y\n1,2\n", "PF201", ":3:6:"),
        ("a,b\r\nß,1,2\r\n", "PF205", ":2:5:"),
        ("ß,b\n1,2,3", "PF205", ":2:5:"),
        // Marks that belong to the letter before them, and characters of several code points.
        ("a,b\nabcdefghijklmne\u{301}e\u{301}xabcdefghijk,\"y\"z\n1,2\n", "PF202", ":2:33:"),
        ("a,b\n👩‍👧‍👦x🇩🇪ab,\"y\"z\n1,2\n", "PF202", ":2:10:"),
    ])
    func characterColumn(content: String, code: String, place: String?) {
        let text = ConciseReport.text(for: report(on: content), refusals: [])
        let line = text.split(separator: "\n").first { $0.contains(" \(code) ") }
        #expect(line.map { $0.drop { $0 != ":" } }?.hasPrefix(place ?? "none") == (place == nil ? nil : true), "\(text)")
    }

    @Test func findingWithoutExamples() {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: .blankLine, severity: .warning, column: nil, count: 5_000, rows: 0, message: "", help: "", examples: [])
        ]
        #expect(
            ConciseReport.text(for: report, refusals: [])
                == "orders.csv: warning PF206 Blank line\norders.csv: PF206 4999 more\norders.csv: passed: 336777 rows\n")
    }
}
