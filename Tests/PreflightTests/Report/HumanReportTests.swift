import Preflight
import Testing

@Suite struct HumanReportTests {
    @Test(arguments: [
        (
            SampleReports.clean,
            """
            orders.csv
              31.1 MB, 336 777 rows, 19 columns, UTF-8, comma (from the profile), LF line ends
            Prediction (types from the profile): no cell would be skipped.
            Passes the gate: 0 errors, 0 warnings.

            """
        ),
        (
            SampleReports.mixed,
            """
            export.csv
              9.0 MB, 336 777 rows, 3 columns, UTF-8 with byte order mark, semicolon (from the profile), line ends 2 LF and 336 776 CRLF

            error PF205 too-many-fields: Rows with more fields than the header
              1 row
              4 fields instead of 3.
                line 7, row 5, column 4, byte 120
                  | a;b;1;2
                  |       ^
              help: Quote fields that hold the delimiter.

            error PF401 not-a-number: A value that is no number in the column's format
              column 3 "Amount": 3 rows
              No number with decimal ".".
                line 2, row 1, byte 40
                  | 東京;b;n/a
                  |        ^^^
                line 336780, row 336777, byte 8999000: "xxxx…" (2 048 bytes)
                and 1 more
              help: Compare the separators with "number:" in the profile.

            warning PF411 doubtful-number: A value that may or may not be read as a number
              column 3 "Amount": 9 occurrences in 8 rows
              Scientific notation.
                line 3, row 2, byte 52: "1e5"
                and 8 more

            note PF102 byte-order-mark: The file begins with a UTF-8 byte order mark
              help: Nothing to do.

            Prediction (types from the profile):
              column 3 "Amount": between 3 and 12 cells would be skipped as ParsingError, for instance "n/a", "1e5"
              Between 3 and 11 of 336 777 rows would be skipped, if one skipped cell drops its row (assumed).
              The higher counts include values of which it is not public how Pigment reads them.
            Does not pass the gate: PF205 too-many-fields: 1 occurrence. Up to 11 rows would be skipped (predicted), 0 allowed. \
            Next: preflight explain PF205

            """
        ),
        (
            SampleReports.cut,
            """
            standard input
              20 bytes (31 bytes as gzip), 2 rows, 1 column, UTF-8, comma (as asked), quote ', LF line ends
              Not read to its end: all that follows speaks of the part that was read.

            error PF002 gzip-truncated: The gzip stream is cut
              The input ends inside member 1, after 31 compressed bytes.
                line 4, byte 20
              help: Copy or export the file again, and test it with: gzip -t FILE

            Prediction (types from the profile): no cell of the part that was read would be skipped.
            Does not pass the gate: The file was not read to its end, so not all of it was judged. PF002 gzip-truncated: 1 occurrence. \
            Next: preflight explain PF002

            """
        ),
        (
            SampleReports.inferred,
            """
            orders.csv
              12.3 kB, 1 000 rows, 2 columns without a header row, UTF-8, tab (detected), LF line ends

            warning PF420 unlike-its-column: Values that do not look like the rest of their column
              column 2: 1 row
              999 of 1 000 values are whole numbers.
                line 7, row 7, byte 81: "seven"
              help: Describe the column in a profile.

            Estimate (no profile: types inferred from the values):
              column 2: up to 1 cell would be skipped as ParsingError, for instance "seven"
              Up to 1 of 1 000 rows would be skipped, if one skipped cell drops its row (assumed).
              An estimate never blocks; describe the columns in a profile (-p PROFILE) for a prediction.
            Passes the gate: 0 errors, 1 warning.

            """
        ),
    ])
    func snapshot(report: Report, expected: String) {
        let policy = SampleReports.policy
        #expect(HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: policy), policy: policy) == expected)
    }

    @Test func colourChangesNothingButColour() throws {
        let report = SampleReports.mixed
        let policy = SampleReports.policy
        let refusals = report.refusals(under: policy)
        let colored = HumanReport(style: .colored).text(for: report, refusals: refusals, policy: policy)
        let sequence = try Regex("\u{1b}\\[[0-9;]*m")
        #expect(colored.contains("\u{1b}[1;31merror PF401\u{1b}[0m"))
        #expect(colored.replacing(sequence, with: "") == HumanReport(style: .plain).text(for: report, refusals: refusals, policy: policy))
    }

    /// The last line under policies and predictions that differ in one point each. Sure skips, possible skips, the policy, the verdict.
    @Test(arguments: [
        (0, 0, GatePolicy(), "Passes the gate: 0 errors, 0 warnings."),
        (1, 1, GatePolicy(maxSkipped: .rows(1)), "Passes the gate: 0 errors, 0 warnings, 1 row predicted to be skipped, 1 allowed."),
        (
            2, 2, GatePolicy(maxSkipped: .percent(50)),
            "Passes the gate: 0 errors, 0 warnings, 2 rows predicted to be skipped, 1 500 allowed."
        ),
        (
            0, 4, GatePolicy(countsUncertain: false),
            "Passes the gate: 0 errors, 0 warnings, up to 4 rows predicted to be skipped, 0 allowed, doubtful values not counted."
        ),
        (
            0, 4, GatePolicy(),
            "Does not pass the gate: Up to 4 rows would be skipped (predicted), 0 allowed. Next: accept them with --allow-uncertain"
        ),
        (
            1, 4, GatePolicy(),
            "Does not pass the gate: Up to 4 rows would be skipped (predicted), 0 allowed. Next: accept them with --max-skipped 4"
        ),
        (
            1, 4, GatePolicy(countsUncertain: false),
            "Does not pass the gate: At least 1 row would be skipped (predicted), 0 allowed. Next: accept them with --max-skipped 1"
        ),
    ])
    func verdict(sure: Int, possible: Int, policy: GatePolicy, expected: String) {
        var report = SampleReports.blank(rows: 3_000, columns: 3, bytes: 90_000)
        report.prediction.skippedRows = Bounds(min: sure, max: possible)
        let text = HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: policy), policy: policy)
        #expect(text.split(separator: "\n").last.map(String.init) == expected)
    }

    @Test func verdictNamesTheCodeBehindMostSkips() throws {
        var report = SampleReports.mixed
        report.findings.removeAll { $0.code == .tooManyFields }
        let text = HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy())
        #expect(text.hasSuffix("Next: preflight explain PF411, or accept them with --max-skipped 11\n"))
    }

    @Test func verdictMergesColumnsAndCountsTheRest() {
        let codes: [(FindingCode, Int)] = [
            (.emptyColumnName, 1), (.emptyColumnName, 1), (.strayQuote, 2), (.tooFewFields, 3), (.tooManyFields, 4), (.nulByte, 5),
        ]
        let refusals = codes.map { GateRefusal.finding($0, count: $1) }
        let text = HumanReport(style: .plain).text(for: SampleReports.clean, refusals: refusals, policy: GatePolicy())
        #expect(
            text.hasSuffix(
                "Does not pass the gate: PF301 empty-column-name: 2 occurrences. PF201 stray-quote: 2 occurrences. "
                    + "PF204 too-few-fields: 3 occurrences. And 2 more reasons. Next: preflight explain PF301\n"))
    }

    @Test func unknownItemsThatKeepTheirRow() {
        var report = SampleReports.clean
        report.prediction.columns = [
            .init(column: SampleReports.amount, reason: .missingItemUsesDefault, cells: Bounds(min: 2, max: 2), samples: []),
            .init(column: SampleReports.amount, reason: .missingItemSkipsRow, cells: Bounds(min: 0, max: 2), samples: []),
        ]
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        let name = "column 3 \"Amount\""
        #expect(
            text.contains("\(name): 2 cells would be replaced by a default or blank, reported as MissingModalityUseDefaultOrNullModality\n")
        )
        #expect(text.contains("\(name): up to 2 cells would be skipped as MissingModalitySkippedDataRow\n"))
        #expect(text.contains("\n  None of 336 777 rows would be skipped"))
    }

    @Test func nothingIsPredictedOfNoRows() {
        let text = HumanReport(style: .plain).text(
            for: SampleReports.blank(rows: 0, columns: 0, bytes: 0), refusals: [.finding(.emptyFile, count: 1)], policy: GatePolicy())
        #expect(!text.contains("Prediction"))
    }

    @Test func caretBehindTheEndOfTheLine() {
        var report = SampleReports.mixed
        report.findings = [report.findings[1]]
        report.findings[0].examples[0].excerpt = .init(text: "a;\"b", caretOffset: 4, caretLength: 3)
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(text.contains("      | a;\"b\n      |     ^\n"))
    }
}
