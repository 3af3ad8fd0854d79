public import ByteSources
public import ImportProfiles

/// All that one reading of a file says: what the file is, what is wrong with it, and what the import is predicted to skip.
///
/// The same bytes under the same options give an equal report, whatever the chunk size and the kind of input.
public struct Report: Sendable, Equatable {
    /// What is known of the file itself.
    public var input: InputSummary
    /// What was counted.
    public var totals: Totals
    /// `false` when not all of the content was judged (cut or damaged gzip, UTF-16, `cutRows`): the counts then speak of the part that was. A
    /// read error gives no report: it is thrown.
    public var isComplete: Bool
    /// Rows with more fields, or more bytes, than are judged: their last fields were left out.
    package var cutRows: Int
    /// By code, then by column.
    public var findings: [Finding]
    /// What the import is expected to skip.
    public var prediction: Prediction
    /// What the rules leave out of the findings, by code, then by column.
    package var ignored: [IgnoredFindings] = []
    /// Where in the file the findings are; only where it was asked for.
    package var positions: PositionMap?
    /// What the columns hold; only where it was asked for.
    package var columns: [ColumnStatistics] = []
    /// The different values of the columns, as far as they are few; only where it was asked for.
    var values: [ColumnValues] = []
    /// The control totals, whether they hold or not.
    package var expectations: [ExpectationResult] = []
    /// Lines that are no rows.
    package var lineAccount = LineAccount()

    package init(
        input: InputSummary, totals: Totals, isComplete: Bool, cutRows: Int = 0, findings: [Finding], prediction: Prediction
    ) {
        self.input = input
        self.totals = totals
        self.isComplete = isComplete
        self.cutRows = cutRows
        self.findings = findings
        self.prediction = prediction
    }

    /// What was counted in the whole file.
    public struct Totals: Sendable, Equatable {
        /// Data rows: without the header and without blank lines.
        public var rows: Int
        /// Fields of the header; without a header, of the first row.
        public var columns: Int
        /// Occurrences of findings of each severity.
        public var errors: Int
        /// Findings that are warnings.
        public var warnings: Int
        /// Findings that are notes.
        public var notes: Int

        package init(rows: Int, columns: Int, errors: Int, warnings: Int, notes: Int) {
            self.rows = rows
            self.columns = columns
            self.errors = errors
            self.warnings = warnings
            self.notes = notes
        }
    }
}

/// Findings that a rule leaves out: they are counted, and affect nothing.
package struct IgnoredFindings: Sendable, Equatable {
    package var kind: FindingKind
    package var column: ColumnReference?
    package var count: Int
    package var rows: Int
}

/// What the input turned out to be.
public struct InputSummary: Sendable, Equatable {
    /// The path as given, escaped; `-` for standard input.
    public var path: String
    /// How the file is stored.
    public var compression: Compression
    /// Bytes as stored (compressed where the input is).
    public var bytes: Int
    /// Bytes of the CSV itself.
    public var decompressedBytes: Int
    /// The encoding that the file was read as, or is in.
    public var encoding: Report.Encoding
    /// Whether the file begins with the byte order mark of UTF-8.
    public var hasByteOrderMark: Bool
    /// How the rows are cut into fields.
    public var dialect: DialectSummary
    /// How the lines end.
    package var lineEnds: LineEnds
    /// Names of the header row; empty without a header.
    public var columnNames: [ColumnName]
    /// What the file is, in words, where that is nothing that could be judged: then neither its encoding nor its dialect is known.
    public internal(set) var notJudged: String?
    /// The encoding that the bytes suggest, if it was not declared.
    package internal(set) var proposedEncoding: TextEncoding?

    package init(
        path: String, compression: Compression, bytes: Int, decompressedBytes: Int, encoding: Report.Encoding = .utf8,
        hasByteOrderMark: Bool, dialect: DialectSummary, lineEnds: LineEnds, columnNames: [ColumnName]
    ) {
        self.path = path
        self.compression = compression
        self.bytes = bytes
        self.decompressedBytes = decompressedBytes
        self.encoding = encoding
        self.hasByteOrderMark = hasByteOrderMark
        self.dialect = dialect
        self.lineEnds = lineEnds
        self.columnNames = columnNames
    }

    /// How the rows were cut into fields, and how that is known.
    public struct DialectSummary: Sendable, Equatable {
        /// ASCII characters.
        public var delimiter: UInt8
        /// The byte around fields.
        public var quote: UInt8
        /// Whether the first row names the columns.
        public var hasHeader: Bool
        /// Where the delimiter comes from.
        public var origin: Origin
        /// How even the beginning is under a detected delimiter; `nil` where it was given, or where none was found.
        package var evidence: String?

        package init(delimiter: UInt8, quote: UInt8, hasHeader: Bool, origin: Origin, evidence: String? = nil) {
            self.evidence = evidence
            self.delimiter = delimiter
            self.quote = quote
            self.hasHeader = hasHeader
            self.origin = origin
        }

        /// How the delimiter is known.
        public enum Origin: String, Sendable {
            case profile
            case flag
            case detected
        }
    }

    /// Line ends outside quotes. `crlf` pairs are not counted again under `lf` or `cr`.
    package struct LineEnds: Sendable, Equatable {
        /// Lines that end with a line feed alone.
        package var lf: Int
        /// Lines that end with a carriage return and a line feed.
        package var crlf: Int
        /// Lone carriage returns: data, not row ends.
        package var cr: Int

        package init(lf: Int = 0, crlf: Int = 0, cr: Int = 0) {
            self.lf = lf
            self.crlf = crlf
            self.cr = cr
        }
    }
}

/// What the import is predicted to skip, as bounds: Pigment's parsing rules are not public.
public struct Prediction: Sendable, Equatable {
    /// What the prediction rests on.
    public var basis: Basis
    /// Cells predicted to be reported as `ParsingError`.
    public var parsingErrorCells: Bounds
    /// Rows with at least one cell whose predicted skip reason drops it, `ParsingError` among them (assumed to drop the row).
    public var skippedRows: Bounds
    /// Per column and reason, in column order; only where `max` is not 0.
    public var columns: [ColumnPrediction]
    /// Rows with at least one value that is unlike its column, counted as far as the rows are known; only without a profile.
    public var estimatedRows: Bounds?
    /// What the columns hold; only without a profile.
    package var evidence: [ColumnEvidence] = []
    /// What other settings of the profile would make of these columns; none without a profile.
    package var advice: [ColumnAdvice] = []
    /// How often each mask occurs in the columns that have a type; only where they were asked for.
    package var masks: [ColumnMasks] = []

    package init(basis: Basis, parsingErrorCells: Bounds, skippedRows: Bounds, columns: [ColumnPrediction]) {
        self.basis = basis
        self.parsingErrorCells = parsingErrorCells
        self.skippedRows = skippedRows
        self.columns = columns
    }

    /// Without a profile, columns after so many are not looked at.
    package static let mostEstimatedColumns = BatchEvidence.mostColumns

    /// What a prediction rests on.
    public enum Basis: String, Sendable {
        /// Types as the profile says.
        case profile
        /// Types inferred from the whole file: estimates, which never block.
        case inferred
    }

    /// What the import is expected to skip in one column for one reason.
    public struct ColumnPrediction: Sendable, Equatable {
        /// The column.
        public var column: ColumnReference
        /// Why the cells are skipped.
        public var reason: SkipReason
        /// How many cells are skipped.
        public var cells: Bounds
        /// The first few distinct offending values, escaped and cut.
        public var samples: [String]
        /// The beginnings of the same values, byte by byte.
        package var sampleBytes: [[UInt8]] = []
        /// The doubts of the cells between the bounds.
        package var doubts = DoubtCounts()
        /// Cells that surely fail and are the first to drop their row: what is counted in this column if each row counts once (assumed).
        package var firstInRow = 0
        /// Cells, sure or doubtful, whose row another column may drop as well.
        package var sharedRows = 0

        package init(column: ColumnReference, reason: SkipReason, cells: Bounds, samples: [String]) {
            self.column = column
            self.reason = reason
            self.cells = cells
            self.samples = samples
        }
    }
}
