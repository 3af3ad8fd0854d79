import TestSupport
import Testing

@testable import ImportProfiles
@testable import Preflight
@testable import PreflightReports
@testable import SafeText
@testable import ValueFormats

@Suite(.computing) struct HumanReportTests {
    @Test(arguments: [
        (
            SampleReports.clean,
            """
            orders.csv
              31.1 MB, 336 777 rows, 19 columns, UTF-8, comma (from the profile), LF line ends
            Predicted skips (types from the profile): none.
            Passes the gate: 0 errors, 0 warnings.

            """
        ),
        (
            SampleReports.mixed,
            """
            export.csv
              9.0 MB, 336 777 rows, 3 columns, UTF-8 with byte order mark, semicolon (from the profile), line ends 2 LF and 336 776 CRLF

            error PF205 too-many-fields: Row has more fields than the header
              1 row has too many fields (4 instead of 3)
                line 7, row 5, column 4, byte 120
                  | a;b;1;2
                  |       ^
              why:  Pigment has no skip reason for this: such rows fail the whole import, or load shifted values
                    (assumed).
              help: Quote fields that hold the delimiter.

            error PF401 not-a-number: Value is not a number
              column 3 "Amount": 3 values cannot be read as numbers (exponent; no number)
                line 2, row 1, byte 40
                  | 東京;b;n/a
                  |        ^^^
                line 336780, row 336777, byte 8999000: "xxxx…" (2 048 bytes)
                and 1 more
              why:  The import skips such a cell and reports it as ParsingError (assumed).
              help: Compare the separators with "number:" in the profile.

            warning PF411 doubtful-number: Pigment may reject this number
              column 3 "Amount": 9 values in 8 rows may be rejected as numbers (exponent)
                line 3, row 2, byte 52: "1e5"
                and 8 more
              why:  Pigment's rule for this spelling is not published. The value counts only in the upper bound
                    of the predicted ParsingError skips.

            note PF102 byte-order-mark: File starts with a UTF-8 byte order mark
              why:  Pigment's own exports have one. It is not part of the first column's name, and a push sends
                    it unchanged.
              help: Nothing to do.

            Predicted skips (types from the profile):
              column 3 "Amount": 3 to 12 cells as ParsingError, for instance "n/a", "1e5"
              3 to 11 of 336 777 rows would be skipped, if one skipped cell drops its row (assumed).
              The higher counts include values of which it is not public how Pigment reads them.

            Does not pass the gate: PF205 too-many-fields: 1 occurrence. 3 to 11 rows would be skipped (predicted), 0 allowed. \
            Next: preflight explain PF205

            """
        ),
        (
            SampleReports.cut,
            """
            standard input
              20 bytes (31 bytes as gzip), 2 rows, 1 column, UTF-8, comma (as asked), quote ', LF line ends
              Not read to its end: all that follows speaks of the part that was read.

            error PF002 gzip-truncated: gzip file is truncated (member 1, near byte 31 of the compressed file)
                line 4, byte 20
              why:  The end of the data is missing, even if the rows read so far look complete.
              help: Copy or export the file again, and test it with: gzip -t FILE

            Predicted skips in the part that was read (types from the profile): none.
            Does not pass the gate: Not all of the file was judged. PF002 gzip-truncated: 1 occurrence. \
            Next: preflight explain PF002

            """
        ),
        (
            SampleReports.inferred,
            """
            orders.csv
              12.3 kB, 1 000 rows, 2 columns without a header row, UTF-8, tab (detected), LF line ends

            warning PF420 unlike-its-column: Value does not fit its column
              column 2: 1 value cannot be read as an integer; the other 99.9% can (estimate)
                line 7, row 7, byte 81: "seven"
              why:  No profile describes the column. If it is mapped to the type of nearly all its values, these
                    are skipped as ParsingError (estimate).
              help: Describe the column in a profile.

            Estimated skips (no profile: types inferred from the values):
              column 2: up to 1 cell as ParsingError, for instance "seven"
              Up to 1 of 1 000 rows would be skipped, if one skipped cell drops its row (assumed).

            Passes the gate: 0 errors, 1 warning; an estimate does not block. Next: describe the columns in a profile (-p PROFILE).

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
            "Does not pass the gate: 1 to 4 rows would be skipped (predicted), 0 allowed. Next: accept them with --max-skipped 4"
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
        report.findings.removeAll { $0.kind == .tooManyFields }
        let text = HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy())
        #expect(text.hasSuffix("Next: preflight explain PF411, or accept them with --max-skipped 11\n"))
    }

    @Test func verdictMergesColumnsAndCountsTheRest() {
        let codes: [(FindingKind, Int)] = [
            (.emptyColumnName, 1), (.emptyColumnName, 1), (.strayQuote, 2), (.tooFewFields, 3), (.tooManyFields, 4), (.nulByte, 5),
        ]
        let refusals = codes.map { GateRefusal.finding($0, count: $1) }
        let text = HumanReport(style: .plain).text(for: SampleReports.clean, refusals: refusals, policy: GatePolicy())
        #expect(
            text.hasSuffix(
                "Does not pass the gate: PF301 empty-column-name: 2 occurrences. PF201 stray-quote: 2 occurrences. "
                    + "PF204 too-few-fields: 3 occurrences. And 2 more reasons. Next: preflight explain PF301\n"))
    }

    @Test func advice() {
        let lines = HumanReport(style: TextStyle(hasColor: false)).text(
            for: SampleReports.advised, refusals: [], policy: SampleReports.policy
        ).split(separator: "\n", omittingEmptySubsequences: false)
        let start = lines.firstIndex { $0.hasPrefix("Other settings") } ?? 0
        #expect(
            lines[start...].prefix(8).joined(separator: "\n") == """
                Other settings, counted on every row:
                  column 3 "Amount": decimal "," and group ".": 48 210 → 3
                      - {name: Amount, type: number, number: {decimal: ",", group: "."}}
                      or decimal "," (→ 17 to 4 000)
                      values: 48 000 like "1.234,50" (9.999,99), 200 like "n/a", 10 others
                      48 207 of these 48 210 stand in rows where column 1 "Entity" is "FR03" (about 4 % of all rows).
                  column 2 "Date": up to 7, and no single setting leaves fewer.

                """)
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
            text.contains(
                "\(name): 2 cells with a default or blank item instead (assumed), reported as MissingModalityUseDefaultOrNullModality\n"))
        #expect(text.contains("\(name): up to 2 cells as MissingModalitySkippedDataRow\n"))
        #expect(text.contains("\n  None of 336 777 rows would be skipped"))
    }

    @Test func nothingIsPredictedOfNoRows() {
        let text = HumanReport(style: .plain).text(
            for: SampleReports.blank(rows: 0, columns: 0, bytes: 0), refusals: [.finding(.emptyFile, count: 1)], policy: GatePolicy())
        #expect(!text.contains("skips"))
    }

    @Test func columnsOfOneCodeStandTogether() {
        let policy = GatePolicy()
        #expect(
            HumanReport(style: .plain).text(for: SampleReports.wide(columns: 7), refusals: [], policy: policy) == """
                orders.csv
                  1.0 kB, 10 rows, 7 columns, UTF-8, comma (from the profile), LF line ends

                error PF404 not-a-boolean: Value is neither TRUE nor FALSE (7 columns)
                  column 1 "c1": 2 values are neither TRUE nor FALSE
                    line 5, row 4, byte 91: "x"
                    and 1 more
                  column 2 "c2": 2 values are neither TRUE nor FALSE
                    line 5, row 4, byte 92: "x"
                    and 1 more
                  column 3 "c3": 2 values are neither TRUE nor FALSE
                    line 5, row 4, byte 93: "x"
                    and 1 more
                  column 4 "c4": 2 values are neither TRUE nor FALSE
                    line 5, row 4, byte 94: "x"
                    and 1 more
                  column 5 "c5": 2 values are neither TRUE nor FALSE
                    line 5, row 4, byte 95: "x"
                    and 1 more
                  column 6 "c6": 2 values are neither TRUE nor FALSE, first in line 5
                  column 7 "c7": 2 values are neither TRUE nor FALSE, first in line 5
                  why:  The import skips such a cell and reports it as ParsingError (assumed).
                  help: Write TRUE, FALSE or nothing. List other spellings that the import configuration reads
                        (assumed) in the profile: boolean: {true: ["yes"], false: ["no"]}

                Predicted skips (types from the profile): none.
                Passes the gate: 0 errors, 0 warnings.

                """)
    }

    /// Five columns in full, twenty in brief, the rest counted; below the table's limits nothing is counted.
    @Test(arguments: [
        (1, 1, 0, nil), (5, 5, 0, nil), (6, 5, 1, nil), (25, 5, 20, nil), (26, 5, 20, "1 more column"),
        (1_200, 5, 20, "1 175 more columns"),
    ])
    func manyColumns(columns: Int, inFull: Int, inBrief: Int, rest: String?) {
        let text = HumanReport(style: .plain).text(for: SampleReports.wide(columns: columns), refusals: [], policy: GatePolicy())
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasSuffix(": \"x\"") } == inFull)
        #expect(lines.count { $0.hasSuffix(", first in line 5") } == inBrief)
        #expect(lines.first { $0.hasPrefix("  and ") }.map(String.init) == rest.map { "  and " + $0 })
    }

    /// A code with two severities, or with two help texts, makes two groups: neither hides the other.
    @Test func groupsShareSeverityAndHelp() {
        var report = SampleReports.wide(columns: 3)
        report.findings[1].severity = .warning
        report.findings[2].help = "Ask."
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        let heads = text.split(separator: "\n").filter { $0.contains("PF404") }.map { $0.prefix { $0 != ":" } }
        #expect(heads == ["error PF404 not-a-boolean", "error PF404 not-a-boolean", "warning PF404 not-a-boolean"])
        #expect(text.contains("  help: Ask.\n"))
    }

    @Test func manySkippedColumnsAreCounted() {
        var report = SampleReports.clean
        report.prediction.columns = (1...27).map {
            .init(column: ColumnReference(index: $0, name: ""), reason: .parsingError, cells: Bounds(min: 1, max: 1), samples: [])
        }
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(text.contains("  column 25: 1 cell as ParsingError\n  and 2 more columns\n"))
    }

    /// What is pasted stays on one line; what is read is broken before column 100.
    @Test(arguments: [
        (
            FindingKind.utf16,
            """
              help: Export as UTF-8 (in Excel: "CSV UTF-8"), or convert:
                    iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv

            """
        ),
        (
            .carriageReturnLineEnds,
            """
              help: Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv

            """
        ),
        (
            .gzipTrailingBytes,
            """
              help: Decompress the file (gzip -dc FILE), inspect the end, and compress the correct content again.

            """
        ),
        (
            .textAfterClosingQuote,
            """
              help: Double a quote that belongs to the text ("the ""big"" one"), and put the delimiter directly
                    after the closing quote.

            """
        ),
    ])
    func helpIsReadAndPasted(kind: FindingKind, expected: String) {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: kind, severity: .error, column: nil, count: 1, rows: 0, message: "", help: kind.help, examples: [])
        ]
        #expect(HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy()).contains(expected))
    }

    @Test(arguments: FindingKind.all)
    func proseFitsTheTerminal(kind: FindingKind) {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: kind, severity: .error, column: nil, count: 1, rows: 0, message: "", help: kind.help, examples: [])
        ]
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        let prose = text.split(separator: "\n").filter { $0.hasPrefix("  why:") || $0.hasPrefix("  help:") || $0.hasPrefix("        ") }
        #expect(prose.filter { $0.count > 100 && !$0.contains(" FILE") } == [])
        // Joined again, nothing is lost.
        let words = prose.joined(separator: " ").split(separator: " ")
        #expect(words == "why: \(kind.why) help: \(kind.help)".split(separator: " "))
    }

    /// The same breaks whatever the column is called: a name of the file moves no word to another line.
    @Test(arguments: ["c", String(repeating: "long name ", count: 20)])
    func longFact(name: String) {
        var report = SampleReports.wide(columns: 1)
        report.findings[0].column?.name = ColumnName(name)
        report.findings[0].message =
            "20 values cannot be read as numbers (more than one decimal separator; text around the number that the format does not name)"
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(
            text.contains(
                """
                  column 1 "\(VisibleText(name).text)": 20 values cannot be read as numbers (more than one decimal separator; text
                      around the number that the format does not name)
                    line 5
                """))
    }

    @Test func placesThatHelpNobodyAreLeftOut() {
        var report = SampleReports.clean
        let place = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        report.findings = [FindingKind.emptyFile, .mixedLineEnds, .missingColumn].map { kind in
            Finding(kind: kind, severity: .error, column: nil, count: 9, rows: 0, message: "", help: "", examples: [.init(place: place)])
        }
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(!text.contains("byte 0"))
        #expect(!text.contains("more"))
    }

    @Test func caretBehindTheEndOfTheLine() {
        var report = SampleReports.mixed
        report.findings = [report.findings[1]]
        report.findings[0].examples[0].excerpt = .init(text: "a;\"b", caretOffset: 4, caretLength: 3)
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(text.contains("      | a;\"b\n      |     ^\n"))
    }
}
