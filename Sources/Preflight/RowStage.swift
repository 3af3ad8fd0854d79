import CSVScan

/// What happens to each batch of rows: the header is read, rows are numbered, checks are asked, and in the end the report is made.
struct RowStage {
    private(set) var hasHeader: Bool
    private let options: CheckOptions
    private let quote: UInt8
    private var log: FindingLog
    private var layout: FileLayout?
    private var checks: [any Check] = []
    private var records: [RowRecord] = []
    private var rowCount = 0
    /// Line ends up to the end of the last batch.
    private var lineEnds = InputSummary.LineEnds()

    init(options: CheckOptions, quote: UInt8) {
        self.options = options
        self.quote = quote
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        log = FindingLog(samples: options.samples)
    }

    /// Says what the beginning of the file tells.
    mutating func begin(_ prologue: Prologue, delimiter: UInt8) {
        let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        if prologue.encoding == .utf16 {
            log.note(.utf16, row: nil) { _ in Finding.Example(place: beginning) }
            return
        }
        if prologue.hasByteOrderMark {
            log.note(.byteOrderMark, row: nil) { _ in Finding.Example(place: beginning) }
        }
        if delimiter != UInt8(ascii: ","), delimiter != UInt8(ascii: ";") {
            log.note(.unsupportedDelimiter, row: nil) { _ in Finding.Example(place: beginning, value: VisibleText([delimiter])) }
        }
    }

    /// Judges the complete rows of a batch.
    ///
    /// - Parameter lineEnds: counted up to the end of this batch.
    mutating func judge(_ batch: borrowing RowBatch, lineEnds: InputSummary.LineEnds) {
        guard batch.rowCount > 0 else { return }
        log.beginBatch()
        records.removeAll(keepingCapacity: true)
        for row in 0..<batch.rowCount { record(row, of: batch) }
        for index in checks.indices { checks[index].judge(batch, rows: records, log: &log) }
        if self.lineEnds.lf == 0 || self.lineEnds.crlf == 0, lineEnds.lf > 0, lineEnds.crlf > 0 { noteMixedLineEnds(batch) }
        self.lineEnds = lineEnds
    }

    /// Numbers one row and says what it counts as. Blank lines count as nothing.
    private mutating func record(_ row: Int, of batch: borrowing RowBatch) {
        let fields = batch.fields(ofRow: row)
        if fields.count == 1, batch.byteCount(ofField: fields.lowerBound) == 0 {
            log.note(.blankLine, row: nil) { lines in
                let position = batch.range(ofField: fields.lowerBound).lowerBound
                return Finding.Example(
                    place: Place(
                        row: nil, line: lines.line(of: position, in: batch), column: nil,
                        byteOffset: batch.streamOffset(ofPosition: position)))
            }
            return
        }
        guard let layout else { return recordFirst(row, of: batch) }
        rowCount += 1
        let kind: RowRecord.Kind = batch.fieldCount(ofRow: row) == layout.width ? .whole : .ragged
        records.append(RowRecord(index: row, number: rowCount, kind: kind))
    }

    private mutating func recordFirst(_ row: Int, of batch: borrowing RowBatch) {
        var layout = FileLayout(
            quote: quote, width: batch.fieldCount(ofRow: row), hasHeader: hasHeader, columnNames: [], rules: nil, samples: options.samples)
        var names: [[UInt8]] = []
        let header = HeaderCheck(profile: options.profile, quote: quote)
        if hasHeader {
            names = header.read(batch, row: row, log: &log)
            layout.columnNames = names.map { VisibleText($0).text }
        } else {
            rowCount = 1
            header.compareCount(batch, row: row, log: &log)
        }
        layout.rules = options.profile.map { rules(of: $0, names: names, width: layout.width) }
        records.append(RowRecord(index: row, number: rowCount, kind: hasHeader ? .header : .whole))
        self.layout = layout
        checks = Checks.all(for: layout)
    }

    /// By name where there is a header, else in the profile's order. May be shorter than the rows are wide.
    private func rules(of profile: Profile, names: [[UInt8]], width: Int) -> [FileLayout.ColumnRule?] {
        func rule(_ column: ColumnProfile) -> FileLayout.ColumnRule {
            FileLayout.ColumnRule(profile: column, rule: Profile.rule(for: column))
        }
        guard hasHeader else {
            return profile.columns.prefix(width).map(rule)
        }
        let byName = Dictionary(profile.columns.map { (Array($0.name.utf8), $0) }) { first, _ in first }
        return names.map { byName[$0].map(rule) }
    }

    /// Names the first row whose line end differs from those before it; this batch is the first that has both kinds, or the second.
    private mutating func noteMixedLineEnds(_ batch: borrowing RowBatch) {
        func isCRLF(_ row: Int) -> Bool {
            batch.bytes[batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound...].first == UInt8(ascii: "\r")
        }
        let usual = lineEnds.crlf > 0 || (lineEnds.lf == 0 && isCRLF(0))
        var row = 0
        while row < batch.rowCount, isCRLF(row) == usual { row += 1 }
        guard row < batch.rowCount else { return }
        let position = batch.range(ofField: batch.fields(ofRow: row).upperBound - 1).upperBound
        log.note(.mixedLineEnds, row: nil) { lines in
            Finding.Example(
                place: Place(
                    row: nil, line: lines.line(of: position, in: batch), column: nil, byteOffset: batch.streamOffset(ofPosition: position)))
        }
    }

    /// The compressed stream ends or breaks here.
    mutating func note(_ damage: GzipDamage, line: Int) {
        let code: FindingCode =
            switch damage.kind {
            case .truncated: .gzipTruncated
            case .badHeader: .gzipHeader
            case .badData: .gzipData
            case .badChecksum: .gzipChecksum
            case .badLength: .gzipLength
            case .trailingBytes: .gzipTrailingBytes
            }
        log.note(code, row: nil, remark: "member \(damage.member), near byte \(damage.compressedOffset) of the compressed file") { _ in
            Finding.Example(place: Place(row: nil, line: line, column: nil, byteOffset: damage.decompressedOffset))
        }
    }

    /// Ends the checks and puts the report together.
    consuming func report(input: InputSummary, isComplete: Bool) -> Report {
        var input = input
        input.columnNames = layout?.columnNames ?? []
        var prediction = Prediction(
            basis: options.profile == nil ? .inferred : .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        for var check in checks { check.finish(log: &log, prediction: &prediction) }
        if isComplete { noteWhatIsMissing() }
        let words = FindingWords(layout: layout, lineEnds: input.lineEnds)
        let findings = log.groups.map(words.finding).sorted {
            ($0.code.rawValue, $0.column?.index ?? 0) < ($1.code.rawValue, $1.column?.index ?? 0)
        }
        func count(_ severity: Severity) -> Int {
            findings.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        let totals = Report.Totals(
            rows: rowCount, columns: layout?.width ?? 0, errors: count(.error), warnings: count(.warning), notes: count(.note))
        return Report(input: input, totals: totals, isComplete: isComplete, findings: findings, prediction: prediction)
    }

    private mutating func noteWhatIsMissing() {
        let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        if layout == nil {
            log.note(.emptyFile, row: nil) { _ in Finding.Example(place: beginning) }
        } else if rowCount == 0 {
            log.note(.noDataRows, row: nil) { _ in Finding.Example(place: beginning) }
        }
    }
}
