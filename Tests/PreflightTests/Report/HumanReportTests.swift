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
            ✓ orders.csv  passed: 336,777 rows
              31.1 MB, 19 columns, UTF-8, comma (profile), LF

            """
        ),
        (
            SampleReports.mixed,
            """
            X export.csv  blocked: PF205 too-many-fields; 3 to 11 of 336,777 rows would be
                  skipped, 0 allowed
              9.0 MB, 3 columns, UTF-8 with byte order mark, semicolon (profile), 2 LF and
                  336,776 CRLF line ends

              error   PF205   1 row  \(Self.clipped(.tooManyFields, to: 40))  line 7
              error   PF401  3 rows  \(Self.clipped(.notANumber, to: 40, column: "Amount"))  from line 2
              warning PF411  8 rows  \(Self.clipped(.doubtfulNumber, to: 40, column: "Amount"))  from line 3
              and 1 note

              Next: preflight explain PF205
              Rows: preflight locate export.csv -p p.yaml --code PF205
              Predicted skips assume that Pigment drops the whole row. The higher number
                  includes values for which Pigment's rule is not public.

            error[PF205] 1 row has too many fields (4 instead of 3)
              line 7, row 5, field 4
              | a;b;1;2
              |       ^
              fix: Quote fields that hold the delimiter.

            error[PF401] column 3 "Amount": 3 values cannot be read as numbers (exponent; no
                  number)
              line 2       "n/a"
              line 336780  "xxxx…" (2,048 bytes)
              and 1 more
              fix: Compare the separators with "number:" in the profile.

            warning[PF411] column 3 "Amount": 9 values in 8 rows may be rejected as numbers
                  (exponent)
              line 3  "1e5"
              and 8 more

            note[PF102] File starts with a UTF-8 byte order mark

            """
        ),
        (
            SampleReports.cut,
            """
            X standard input  blocked: PF002 gzip-truncated; not all of the file was checked
              20 bytes (31 bytes as gzip), 2 rows, 1 column, UTF-8, comma (--delimiter),
                  quote ', LF
              Incomplete: reading stopped early; the results cover only the part that was
                  read.

              Next: preflight explain PF002

            error[PF002] gzip file is truncated (member 1, near byte 31 of the compressed
                  file)
              line 4
              fix: Copy or export the file again, and test it with: gzip -t FILE

            """
        ),
        (
            SampleReports.inferred,
            """
            ✓ orders.csv  passed: 1,000 rows, 1 warning
              12.3 kB, 2 columns without a header row, UTF-8, tab (detected), LF

              Next: preflight profile infer orders.csv --no-header -o profile.yaml
              No profile: types are inferred from the values, and estimates never block. Up
                  to 1 of 1,000 rows may be skipped.

            warning[PF420] column 2: 1 value cannot be read as an integer; the other 99.9%
                  can (estimate)
              line 7  "seven"
              fix: Describe the column in a profile.

            """
        ),
    ])
    func snapshot(report: Report, expected: String) {
        let policy = SampleReports.policy
        let text = HumanReport(style: .plain, commands: Self.commands(report)).text(
            for: report, refusals: report.refusals(under: policy), policy: policy)
        #expect(text == expected)
    }

    private static func commands(_ report: Report) -> SuggestedCommands? {
        let isInferred = report.prediction.basis == .inferred
        return SuggestedCommands(
            file: FilePath(report.input.path), options: isInferred ? ["--no-header"] : ["-p", "p.yaml"],
            draftOptions: isInferred ? ["--no-header"] : nil)
    }

    /// The title as the table shows it, whatever the catalogue calls it.
    private static func clipped(_ code: FindingKind, to width: Int, column: String? = nil) -> String {
        let title = code.title
        let text = column.map { "\"\($0)\": \(title)" } ?? title
        let clipped = text.count > width ? text.prefix(width - 1) + "…" : text[...]
        return clipped + String(repeating: " ", count: width - clipped.count)
    }

    @Test func colourChangesNothingButColour() throws {
        let report = SampleReports.mixed
        let policy = SampleReports.policy
        let refusals = report.refusals(under: policy)
        let colored = HumanReport(style: .colored).text(for: report, refusals: refusals, policy: policy)
        let sequence = try Regex("\u{1b}\\[[0-9;]*m")
        #expect(colored.contains("\u{1b}[1;31merror[PF401]\u{1b}[0m"))
        #expect(colored.replacing(sequence, with: "") == HumanReport(style: .plain).text(for: report, refusals: refusals, policy: policy))
    }

    /// The verdict under policies and predictions that differ in one point each. Sure skips, possible skips, the policy, the verdict, and
    /// what to do to accept the skips.
    @Test(arguments: [
        (0, 0, GatePolicy(), "✓ orders.csv  passed: 3,000 rows", nil),
        (1, 1, GatePolicy(maxSkipped: .rows(1)), "✓ orders.csv  passed: 3,000 rows, 1 would be skipped, 1 allowed", nil),
        (2, 2, GatePolicy(maxSkipped: .percent(50)), "✓ orders.csv  passed: 3,000 rows, 2 would be skipped, 1,500 allowed", nil),
        (
            0, 4, GatePolicy(countsUncertain: false),
            "✓ orders.csv  passed: 3,000 rows, up to 4 would be skipped, 0 allowed (doubtful values not counted)", nil
        ),
        (
            0, 4, GatePolicy(), "X orders.csv  blocked: up to 4 of 3,000 rows would be skipped, 0 allowed",
            "  Accept: preflight check orders.csv --allow-uncertain"
        ),
        (
            1, 4, GatePolicy(), "X orders.csv  blocked: 1 to 4 of 3,000 rows would be skipped, 0 allowed",
            "  Accept: preflight check orders.csv --max-skipped 4"
        ),
        (
            1, 4, GatePolicy(countsUncertain: false), "X orders.csv  blocked: at least 1 of 3,000 rows would be skipped, 0 allowed",
            "  Accept: preflight check orders.csv --max-skipped 1"
        ),
    ])
    func verdict(sure: Int, possible: Int, policy: GatePolicy, expected: String, accept: String?) {
        var report = SampleReports.blank(rows: 3_000, columns: 3, bytes: 90_000)
        report.prediction.skippedRows = Bounds(min: sure, max: possible)
        let commands = SuggestedCommands(file: FilePath("orders.csv"), options: [], draftOptions: [])
        let style = TextStyle(hasColor: false, width: 120)
        let lines = HumanReport(style: style, commands: commands).text(
            for: report, refusals: report.refusals(under: policy), policy: policy
        ).split(separator: "\n").map(String.init)
        #expect(lines.first == expected)
        #expect(lines.first { $0.hasPrefix("  Accept:") } == accept)
    }

    @Test func verdictNamesTheCodeOfMostSkips() throws {
        var report = SampleReports.mixed
        report.findings.removeAll { $0.kind == .tooManyFields }
        let text = HumanReport(style: .plain).text(for: report, refusals: report.refusals(under: GatePolicy()), policy: GatePolicy())
        #expect(text.contains("\n  Next: preflight explain PF411\n  Accept: --max-skipped 11\n"))
    }

    @Test func verdictMergesColumnsAndCountsTheRest() {
        let codes: [(FindingKind, Int)] = [
            (.emptyColumnName, 1), (.emptyColumnName, 1), (.strayQuote, 2), (.tooFewFields, 3), (.tooManyFields, 4), (.nulByte, 5),
        ]
        let refusals = codes.map { GateRefusal.finding($0, count: $1) }
        let style = TextStyle(hasColor: false, width: 200)
        let text = HumanReport(style: style).text(for: SampleReports.clean, refusals: refusals, policy: GatePolicy())
        #expect(
            text.hasPrefix(
                "X orders.csv  blocked: PF301 empty-column-name (2 times); PF201 stray-quote (2 times); PF204 too-few-fields (3 times); "
                    + "2 more reasons\n"))
        #expect(text.contains("\n  Next: preflight explain PF301\n"))
    }

    /// Inside the block of its column; a column without a block gets one of its own.
    @Test func advice() {
        let text = HumanReport(style: TextStyle(hasColor: false)).text(
            for: SampleReports.advised, refusals: [], policy: SampleReports.policy)
        #expect(
            text.contains(
                """
                  and 1 more
                  try: decimal "," and group ".": 48,210 failures → 3
                      - {name: Amount, type: number, number: {decimal: ",", group: "."}}
                  or: decimal "," (→ 17 to 4,000)
                  fail or may fail: 48,000 like "1.234,50", 200 like "n/a", 10 others
                  where: 48,207 of 48,210 have column 1 "Entity" = "FR03" (about 4% of all rows)
                  fix: Compare the separators

                """.dropLast()))
        #expect(
            text.hasSuffix(
                """

                column 2 "Date": other formats
                  try: no other setting would read more of these values (tested on all rows)

                """))
    }

    @Test func unknownItemsThatKeepTheirRow() {
        var report = SampleReports.wide(columns: 1)
        report.findings[0].severity = .warning
        report.findings[0].predicts = nil
        let column = report.findings[0].column!
        report.prediction.columns = [
            .init(column: column, reason: .missingItemUsesDefault, cells: Bounds(min: 2, max: 2), samples: []),
            .init(column: column, reason: .missingItemSkipsRow, cells: Bounds(min: 0, max: 2), samples: ["a b", "c"]),
        ]
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(
            text.contains(
                """
                  import: 2 cells loaded with a default or blank item (assumed) and reported as
                      MissingModalityUseDefaultOrNullModality
                  import: up to 2 cells skipped as MissingModalitySkippedDataRow

                """))
        let all = HumanReport(style: .plain, showsAll: true).text(for: report, refusals: [], policy: GatePolicy())
        #expect(
            all.contains(
                """

                Predicted skips:
                  column 1 "c1": 2 cells loaded with a default or blank item (assumed) and
                      reported as MissingModalityUseDefaultOrNullModality
                  column 1 "c1": up to 2 cells skipped as MissingModalitySkippedDataRow for
                      example "a b", "c"

                """))
    }

    @Test func nothingIsPredictedOfNoRows() {
        let text = HumanReport(style: .plain).text(
            for: SampleReports.blank(rows: 0, columns: 0, bytes: 0), refusals: [.finding(.emptyFile, count: 1)], policy: GatePolicy())
        #expect(!text.contains("skip"))
    }

    /// Columns with the same finding are named together; other columns of the code follow.
    @Test func columnsOfOneCodeAreTogether() {
        var report = SampleReports.wide(columns: 8)
        for index in 2..<8 { report.findings[index].examples[0].value = VisibleText("x\(index)") }
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(
            text.contains(
                """

                  and 2 more findings

                error[PF404] \(FindingKind.notABoolean.title) (8 columns)
                  column 1 "c1": 2 values are neither TRUE nor FALSE, also in "c2"
                    line 5  "x"
                    and 1 more
                  column 3 "c3": 2 values are neither TRUE nor FALSE
                    line 5  "x2"
                    and 1 more
                  column 4 "c4": 2 values are neither TRUE nor FALSE
                    line 5  "x3"
                    and 1 more
                  column 5 "c5": 2 values are neither TRUE nor FALSE
                    line 5  "x4"
                    and 1 more
                  column 6 "c6": 2 values are neither TRUE nor FALSE
                    line 5  "x5"
                    and 1 more
                  column 7 "c7": 2 values are neither TRUE nor FALSE (from line 5)
                  column 8 "c8": 2 values are neither TRUE nor FALSE (from line 5)
                  fix:
                """))
        let first = text.split(separator: "\n").first { $0.hasPrefix("  error  ") }
        #expect(first?.hasPrefix("  error  2 rows  \"c1\" and 1 more column: ") == true)
    }

    /// Five columns in full, twenty in brief, the rest counted; below the table's limits nothing is counted.
    @Test(arguments: [
        (1, 1, 0, nil), (5, 5, 0, nil), (6, 5, 1, nil), (25, 5, 20, nil), (26, 5, 20, "1 more column"),
        (1_200, 5, 20, "1,175 more columns"),
    ])
    func manyColumns(columns: Int, inFull: Int, inBrief: Int, rest: String?) {
        var report = SampleReports.wide(columns: columns)
        for index in report.findings.indices { report.findings[index].examples[0].place.line = 5 + index }
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasSuffix("  \"x\"") } == inFull)
        #expect(lines.count { $0.contains(" (from line ") } == inBrief)
        #expect(lines.last { $0.hasPrefix("  and ") && $0.contains("column") }.map(String.init) == rest.map { "  and " + $0 })
    }

    /// A code with two severities, or with two help texts, makes two groups: neither hides the other.
    @Test func groupsShareSeverityAndHelp() {
        var report = SampleReports.wide(columns: 3)
        report.findings[1].severity = .warning
        report.findings[2].help = "Ask."
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        let heads = text.split(separator: "\n").filter { $0.contains("[PF404]") }.map { $0.prefix { $0 != "]" } }
        #expect(heads == ["error[PF404", "error[PF404", "warning[PF404"])
        #expect(text.contains("  fix: Ask.\n"))
    }

    /// What is pasted is on one line; what is read is broken before the last column.
    @Test(arguments: [
        (
            "Export as UTF-8 (in Excel: \"CSV UTF-8\"), or convert: iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv",
            """
              fix: Export as UTF-8 (in Excel: "CSV UTF-8"), or convert:
                  iconv -f UTF-16 -t UTF-8 FILE > FILE.utf8.csv

            """
        ),
        (
            "Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv",
            """
              fix: Convert the line ends: tr '\\r' '\\n' < FILE > FILE.lf.csv

            """
        ),
        (
            "Remove them: tail -n +3 FILE > FILE.new.csv. Or export without a title, if the program that writes the file can do that.",
            """
              fix: Remove them:
                  tail -n +3 FILE > FILE.new.csv
                  Or export without a title, if the program that writes the file can do
                  that.

            """
        ),
        (
            "Write TRUE, FALSE or nothing. Spellings that the configuration reads go into the profile: boolean: {true: [\"yes\"], false: [\"no\"]}",
            """
              fix: Write TRUE, FALSE or nothing. Spellings that the configuration reads go
                  into the profile: boolean: {true: ["yes"], false: ["no"]}

            """
        ),
    ])
    func helpIsReadAndPasted(help: String, expected: String) {
        var report = SampleReports.clean
        report.findings = [
            Finding(kind: .nulByte, severity: .error, column: nil, count: 1, rows: 0, message: "", help: help, examples: [])
        ]
        #expect(HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy()).contains(expected))
    }

    @Test func placesThatHelpNobodyAreLeftOut() {
        var report = SampleReports.clean
        let place = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        report.findings = [FindingKind.emptyFile, .mixedLineEnds, .missingColumn].map { code in
            Finding(kind: code, severity: .error, column: nil, count: 9, rows: 0, message: "", help: "", examples: [.init(place: place)])
        }
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(!text.contains("line 1"))
        #expect(!text.contains("more"))
    }

    @Test func caretAfterTheEndOfTheLine() {
        var report = SampleReports.mixed
        report.findings = [report.findings[1]]
        report.findings[0].examples[0].excerpt = .init(text: "a;\"b", caretOffset: 4, caretLength: 3)
        let text = HumanReport(style: .plain).text(for: report, refusals: [], policy: GatePolicy())
        #expect(text.contains("\n  | a;\"b\n  |     ^\n"))
    }

    /// A caret is under the same character however narrow the terminal is, and no longer than what is left of it.
    @Test(arguments: [
        ("aaaaaaaaaa;bbbbbbbbbb;XY;cccccccccc;dddddddddd", 22, 2), ("東京都;東京都;東京都;東京都;XY;東京都;東京都", 16, 2),
        ("XYaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0, 2), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaXY", 44, 2),
        ("aaXYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYYY", 2, 44),
    ])
    func excerptIsClippedAroundTheCaret(text: String, offset: Int, length: Int) {
        for width in 10...60 {
            let clip = ClippedExcerpt(.init(text: text, caretOffset: offset, caretLength: length), width: width)
            #expect(TerminalWidth.columns(of: clip.text) <= max(width, TerminalWidth.columns(of: text) <= width ? 100 : width))
            var columns = 0
            var marked = ""
            for character in clip.text {
                if columns >= clip.caretColumn, columns < clip.caretColumn + clip.caretWidth { marked.append(character) }
                columns += TerminalWidth.columns(of: String(character))
            }
            #expect(text.dropFirst(offset).prefix(length).hasPrefix(marked) && marked.hasPrefix("X"), "\(width): \(clip)")
        }
    }
}
