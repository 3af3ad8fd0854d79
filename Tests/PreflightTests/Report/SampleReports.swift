@testable import ByteSources
@testable import ImportProfiles
@testable import Preflight
@testable import SafeText

/// Reports made by hand, one for each situation that the writers tell apart.
enum SampleReports {
    static let policy = GatePolicy()

    /// Nothing to say.
    static let clean = blank(rows: 336_777, columns: 19, bytes: 31_099_999)

    /// Findings of all severities; certain and doubtful values in one column.
    static let mixed: Report = {
        var report = blank(rows: 336_777, columns: 3, bytes: 9_000_000, delimiter: ";")
        report.input.path = "export.csv"
        report.input.hasByteOrderMark = true
        report.input.lineEnds = .init(lf: 2, crlf: 336_776, cr: 0)
        report.totals = .init(rows: 336_777, columns: 3, errors: 4, warnings: 9, notes: 1)
        report.findings = [byteOrderMark, tooManyFields, notANumber, doubtfulNumber]
        report.prediction = Prediction(
            basis: .profile, parsingErrorCells: Bounds(min: 3, max: 12), skippedRows: Bounds(min: 3, max: 11),
            columns: [
                .init(column: amount, reason: .parsingError, cells: Bounds(min: 3, max: 12), samples: ["n/a", "1e5"])
            ])
        return report
    }()

    /// Advice of every kind.
    static let advised: Report = {
        var report = mixed
        report.prediction.advice = [
            ColumnAdvice(
                column: amount, cells: Bounds(min: 48_210, max: 48_210),
                settings: [
                    .init(
                        words: "decimal \",\" and group \".\"",
                        profileLine: "- {name: Amount, type: number, number: {decimal: \",\", group: \".\"}}", cells: Bounds(min: 3, max: 3)
                    ),
                    .init(
                        words: "decimal \",\"", profileLine: "- {name: Amount, type: number, number: {decimal: \",\"}}",
                        cells: Bounds(min: 17, max: 4_000)),
                ],
                slice: FailureSlice(
                    column: ColumnReference(index: 1, name: "Entity"), value: VisibleText("FR03"), covered: 48_207, failures: 48_210,
                    baseShare: 0.041)),
            ColumnAdvice(column: ColumnReference(index: 2, name: "Date"), cells: Bounds(min: 0, max: 7), settings: [], slice: nil),
        ]
        report.prediction.advice[0].shapes = [
            .init(text: VisibleText("9.999,99"), value: VisibleText("1.234,50"), count: 48_000),
            .init(text: VisibleText("n/a"), value: VisibleText("n/a"), count: 200),
        ]
        report.prediction.advice[0].otherShapes = 10
        return report
    }()

    /// A gzip file that ends too early.
    static let cut: Report = {
        var report = blank(rows: 2, columns: 1, bytes: 20)
        report.input.path = "-"
        report.input.compression = .gzip
        report.input.bytes = 31
        report.input.dialect.origin = .flag
        report.input.dialect.quote = UInt8(ascii: "'")
        report.input.lineEnds = .init(lf: 3)
        report.totals.errors = 1
        report.isComplete = false
        report.findings = [
            Finding(
                kind: .gzipTruncated, severity: .error, column: nil, count: 1, rows: 0,
                message: "gzip file is truncated (member 1, near byte 31 of the compressed file)",
                help: "Copy or export the file again, and test it with: gzip -t FILE",
                examples: [.init(place: Place(row: nil, line: 4, column: nil, byteOffset: 20))])
        ]
        return report
    }()

    /// No profile and no header: estimates, and a column without a name.
    static let inferred: Report = {
        var report = blank(rows: 1_000, columns: 2, bytes: 12_345, delimiter: "\t")
        report.input.dialect.origin = .detected
        report.input.dialect.hasHeader = false
        report.input.columnNames = []
        report.totals.warnings = 1
        let column = ColumnReference(index: 2, name: "")
        report.findings = [
            Finding(
                kind: .unlikeItsColumn, severity: .warning, column: column, count: 1, rows: 1,
                message: "1 value cannot be read as an integer; the other 99.9% can (estimate)", help: "Describe the column in a profile.",
                examples: [.init(place: Place(row: 7, line: 7, column: 2, byteOffset: 81), value: VisibleText("seven"))])
        ]
        report.prediction = Prediction(
            basis: .inferred, parsingErrorCells: Bounds(min: 0, max: 1), skippedRows: Bounds(min: 0, max: 1),
            columns: [.init(column: column, reason: .parsingError, cells: Bounds(min: 0, max: 1), samples: ["seven"])])
        return report
    }()

    /// One finding of one code in each column, as many columns as asked for, with one example each.
    static func wide(columns: Int) -> Report {
        var report = blank(rows: 10, columns: columns, bytes: 1_000)
        let entry = FindingKind.notABoolean
        report.findings = (1...columns).map { column in
            Finding(
                kind: .notABoolean, severity: .error, column: ColumnReference(index: column, name: ColumnName("c\(column)")), count: 2,
                rows: 2,
                message: "2 values are neither TRUE nor FALSE", help: entry.help,
                examples: [.init(place: Place(row: 4, line: 5, column: column, byteOffset: 90 + column), value: VisibleText("x"))],
                predicts: .parsingError)
        }
        return report
    }

    /// Every text of the report made from the same hostile string, as the makers do: through ``VisibleText``.
    static func hostile(_ string: String) -> Report {
        let value = VisibleText(string)
        let text = value.text
        let column = ColumnReference(index: 1, name: ColumnName(string))
        var report = blank(rows: 1, columns: 1, bytes: 10)
        report.input.path = text
        report.input.columnNames = [ColumnName(string)]
        report.totals.errors = 1
        report.findings = [
            Finding(
                kind: .notANumber, severity: .error, column: column, count: 3, rows: 2, message: "3 values", help: "Look at \(text)",
                examples: [
                    .init(
                        place: Place(row: 1, line: 2, column: 1, byteOffset: 4), value: value,
                        excerpt: .init(text: text, caretOffset: 0, caretLength: text.count)),
                    .init(place: Place(row: 2, line: 3, column: 1, byteOffset: 9), value: value),
                ], predicts: .parsingError),
            Finding(
                kind: .missingColumn, severity: .error, column: nil, count: 1, rows: 1, message: "Not in the header: \"\(text)\"",
                help: "", examples: [.init(place: Place(row: 0, line: 1, column: nil, byteOffset: 0), value: value)]),
        ]
        report.prediction = Prediction(
            basis: .profile, parsingErrorCells: Bounds(min: 3, max: 3), skippedRows: Bounds(min: 2, max: 2),
            columns: [
                .init(column: column, reason: SkipReason(rawValue: string), cells: Bounds(min: 3, max: 3), samples: [text])
            ])
        return report
    }

    /// A file without a finding.
    static func blank(rows: Int, columns: Int, bytes: Int, delimiter: Unicode.Scalar = ",") -> Report {
        Report(
            input: InputSummary(
                path: "orders.csv", compression: .none, bytes: bytes, decompressedBytes: bytes, hasByteOrderMark: false,
                dialect: .init(delimiter: UInt8(ascii: delimiter), quote: UInt8(ascii: "\""), hasHeader: true, origin: .profile),
                lineEnds: .init(lf: rows + 1), columnNames: ["A"]),
            totals: .init(rows: rows, columns: columns, errors: 0, warnings: 0, notes: 0), isComplete: true, findings: [],
            prediction: Prediction(basis: .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: []))
    }

    static let amount = ColumnReference(index: 3, name: "Amount")

    private static let byteOrderMark = Finding(
        kind: .byteOrderMark, severity: .note, column: nil, count: 1, rows: 0,
        message: "File starts with a UTF-8 byte order mark", help: "Nothing to do.", examples: [])

    private static let tooManyFields = Finding(
        kind: .tooManyFields, severity: .error, column: nil, count: 1, rows: 1, message: "1 row has too many fields (4 instead of 3)",
        help: "Quote fields that hold the delimiter.",
        examples: [
            .init(
                place: Place(row: 5, line: 7, column: 4, byteOffset: 120),
                excerpt: .init(text: "a;b;1;2", caretOffset: 6, caretLength: 1))
        ])

    private static let notANumber = Finding(
        kind: .notANumber, severity: .error, column: amount, count: 3, rows: 3,
        message: "3 values cannot be read as numbers (exponent; no number)",
        help: "Compare the separators with \"number:\" in the profile.",
        examples: [
            .init(
                place: Place(row: 1, line: 2, column: 3, byteOffset: 40), value: VisibleText("n/a"),
                excerpt: .init(text: "東京;b;n/a", caretOffset: 5, caretLength: 3)),
            .init(
                place: Place(row: 336_777, line: 336_780, column: 3, byteOffset: 8_999_000),
                value: VisibleText(String(repeating: "x", count: 2_048), limit: 4)),
        ], predicts: .parsingError)

    private static let doubtfulNumber = Finding(
        kind: .doubtfulNumber, severity: .warning, column: amount, count: 9, rows: 8,
        message: "9 values in 8 rows may be rejected as numbers (exponent)", help: "",
        examples: [.init(place: Place(row: 2, line: 3, column: 3, byteOffset: 52), value: VisibleText("1e5"))], predicts: .parsingError)
}

extension Finding.Excerpt {
    /// A line with a mark below some of its characters.
    init(text: String, caretOffset: Int, caretLength: Int, characterColumn: Int? = nil) {
        let start = text.prefix(caretOffset).utf8.count
        let end = start + text.dropFirst(caretOffset).prefix(caretLength).utf8.count
        self.init(Array(text.utf8), focus: start..<end, isCutBefore: false, isCutAfter: false, characterColumn: characterColumn)
    }

    /// The same at another place in its line.
    func at(characterColumn: Int) -> Self {
        Self(text: text, caretOffset: caretOffset, caretLength: caretLength, characterColumn: characterColumn)
    }
}
