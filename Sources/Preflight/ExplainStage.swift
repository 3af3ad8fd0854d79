import CSVScan

/// The last stage, in file order: the header is read, rows are numbered, the checks explain what was found, and in the end the report is made.
final class ExplainStage {
    private(set) var hasHeader: Bool
    /// Known once the first row was read.
    private(set) var layout: FileLayout?
    private(set) var plan: ColumnPlan?
    private let options: CheckOptions
    private let quote: UInt8
    private var log: FindingLog
    private var checks: [any Check] = []
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
    func begin(_ prologue: Prologue, delimiter: UInt8) {
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

    /// Reads the first row of the file, if it is in this batch and was not read before.
    ///
    /// - Returns: the index of the header, if it is in this batch.
    func readFirstRow(of batch: borrowing RowBatch) -> Int? {
        guard layout == nil else { return nil }
        var row = 0
        while row < batch.rowCount, Self.isBlank(row, in: batch) { row += 1 }
        guard row < batch.rowCount else { return nil }
        log.beginBatch()
        var layout = FileLayout(
            quote: quote, width: batch.fieldCount(ofRow: row), hasHeader: hasHeader, columnNames: [], rules: nil,
            defaults: options.profile?.defaults ?? ColumnDefaults(), samples: options.samples)
        var names: [[UInt8]] = []
        let header = HeaderCheck(profile: options.profile, quote: quote)
        if hasHeader {
            names = header.read(batch, row: row, log: &log)
            layout.columnNames = names.map { VisibleText($0).text }
        } else {
            header.compareCount(batch, row: row, log: &log)
        }
        layout.rules = options.profile.map { rules(of: $0, names: names, width: layout.width) }
        layout.keys = options.profile.map { keys(of: $0, names: names, width: layout.width) } ?? []
        layout.keyMemory = options.keyMemory
        layout.countsDistinctValues = options.countsDistinctValues
        let plan = ColumnPlan(layout: layout)
        self.layout = layout
        self.plan = plan
        checks = Checks.all(for: layout, plan: plan)
        return hasHeader ? row : nil
    }

    private static func isBlank(_ row: Int, in batch: borrowing RowBatch) -> Bool {
        let fields = batch.fields(ofRow: row)
        return fields.count == 1 && batch.byteCount(ofField: fields.lowerBound) == 0
    }

    /// Explains what was found in a batch.
    ///
    /// - Parameter lineEnds: counted up to the end of this batch.
    func explain(_ batch: inout RowBatch, _ judgement: inout BatchJudgement, lineEnds: InputSummary.LineEnds) {
        guard batch.rowCount > 0 else { return }
        log.beginBatch()
        judgement.rows.firstNumber = rowCount + 1
        rowCount += judgement.rows.dataRowCount
        for index in checks.indices { checks[index].explain(batch, judgement, log: &log) }
        if self.lineEnds.lf == 0 || self.lineEnds.crlf == 0, lineEnds.lf > 0, lineEnds.crlf > 0 {
            batch.makeIndex()
            noteMixedLineEnds(batch)
        }
        self.lineEnds = lineEnds
    }

    /// Explains a batch in front of the first row: nothing but blank lines.
    func explainBlankLines(_ batch: inout RowBatch, lineEnds: InputSummary.LineEnds) {
        var judgement = BatchJudgement()
        judgement.rows.count = batch.rowCount
        judgement.rows.blank = Array(0..<batch.rowCount)
        if checks.isEmpty { checks = [BlankLineCheck()] }
        explain(&batch, &judgement, lineEnds: lineEnds)
    }

    /// By name where there is a header, else in the profile's order; the further columns of a pivoted file are its periods. May be shorter than
    /// the rows are wide.
    private func rules(of profile: Profile, names: [[UInt8]], width: Int) -> [FileLayout.ColumnRule?] {
        func rule(_ column: ColumnProfile) -> FileLayout.ColumnRule {
            FileLayout.ColumnRule(profile: column, rule: Profile.rule(for: column))
        }
        let values = profile.pivot.map { rule($0.values) }
        guard hasHeader else {
            let known = profile.columns.prefix(width).map(rule)
            return known + (values.map { Array(repeating: $0, count: width - known.count) } ?? [])
        }
        let byName = Dictionary(profile.columns.map { (Array($0.name.utf8), rule($0)) }) { first, _ in first }
        return names.map { name in
            byName[name] ?? (PeriodName(name, format: profile.pivot?.periods) == nil ? nil : values)
        }
    }

    /// The columns of each key, by their index. A key with a column that is missing, an error by itself, is left out.
    private func keys(of profile: Profile, names: [[UInt8]], width: Int) -> [[Int]] {
        profile.keys.compactMap { key in
            let columns = key.compactMap { name in
                let bytes = Array(name.utf8)
                return hasHeader ? names.firstIndex(of: bytes) : profile.columns.prefix(width).firstIndex { Array($0.name.utf8) == bytes }
            }
            return columns.count == key.count ? columns : nil
        }
    }

    /// Why the profile's keys could not be compared; asked when the report was made.
    var keyFailure: Descriptor.Failure? {
        checks.lazy.compactMap { ($0 as? KeyCheck)?.failure }.first
    }

    /// Names the first row whose line end differs from those before it; this batch is the first that has both kinds, or the second.
    private func noteMixedLineEnds(_ batch: borrowing RowBatch) {
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
    func note(_ damage: GzipDamage, line: Int) {
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
    func report(input: InputSummary, isComplete: Bool) -> Report {
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
        let isWhole = isComplete && keyFailure == nil
        return Report(input: input, totals: totals, isComplete: isWhole, findings: findings, prediction: prediction)
    }

    private func noteWhatIsMissing() {
        let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        if layout == nil {
            log.note(.emptyFile, row: nil) { _ in Finding.Example(place: beginning) }
        } else if rowCount == 0 {
            log.note(.noDataRows, row: nil) { _ in Finding.Example(place: beginning) }
        }
    }
}
