import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// The last stage, in file order: the header is read, rows are numbered, the checks explain what was found, and in the end the report is made.
final class ExplainStage {
    private(set) var hasHeader: Bool
    /// Known once the first row was read.
    private(set) var layout: FileLayout?
    private(set) var plan: ColumnPlan?
    let options: CheckOptions
    /// Whether all bytes of the file were there before the first of them was read.
    var isAtHand = false
    private var delimiter = UInt8(ascii: ",")
    private var quote = UInt8(ascii: "\"")
    private var encoding = TextEncoding.utf8
    private var beginsAsUTF8 = false
    private var prologue: Prologue?
    /// Why nothing is judged, if so.
    private var refusal: Prologue.Refusal? { prologue?.refusal }
    private var endsInsideCharacter = false
    var log: FindingLog
    private var checks: [any Check] = []
    /// Whether the rows are cut by another delimiter than the one that was configured: what follows from that is not told.
    private var isCutWrongly = false
    private var rowCount = 0
    /// Codes that are left out, because another finding is their cause.
    var consequences: Set<FindingCode> = []
    private var cutRowCount = 0
    private(set) var paths: JudgingPaths = []
    /// Line ends up to the end of the last batch.
    private var lineEnds = InputSummary.LineEnds()

    init(options: CheckOptions) {
        self.options = options
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        log = FindingLog(samples: options.samples, differInRow: options.samplesDifferInRow)
    }

    /// Says what the beginning of the file tells.
    func begin(_ prologue: Prologue, dialect: Dialect) {
        delimiter = dialect.delimiter
        quote = dialect.quote
        encoding = prologue.encoding
        beginsAsUTF8 = prologue.firstText.invalidCount == 0 && prologue.firstText.multibyteCount > 0
        self.prologue = prologue
        let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        func note(_ code: FindingCode, count: Int = 1, severity: Severity? = nil, remark: String? = nil, value: VisibleText? = nil) {
            log.note(code, row: nil, count: count, severity: severity, remark: remark) { _ in
                Finding.Example(place: beginning, value: value)
            }
        }
        switch prologue.refusal {
        case .utf16(let encoding):
            let said = options.declaredEncoding == nil ? "" : ", and UTF-8 was declared"
            return note(.utf16, remark: "\(encoding.name)\(said): judge it with --encoding \(encoding.rawValue)")
        case .utf32: return note(.utf32)
        case .notCSV(let kind): return note(.notCSV, remark: kind)
        case nil: break
        }
        if prologue.hasByteOrderMark { note(.byteOrderMark) }
        if let separator = prologue.separatorLine { note(.separatorLine, remark: "sep=\(VisibleText([separator]).text)") }
        if prologue.preambleLines > 0 { note(.preamble, count: prologue.preambleLines) }
        if options.skippedLines > 0 { note(.skippedLines, count: options.skippedLines) }
        if prologue.endsLinesWithCR { note(.carriageReturnLineEnds) }
        if let other = prologue.otherDelimiter {
            isCutWrongly = true
            note(
                .otherDelimiter,
                remark: "configured: \(Self.name(dialect.delimiter)); with \(Self.name(other.delimiter)) \(other.text)",
                value: VisibleText([other.delimiter]))
        }
        if dialect.delimiter != UInt8(ascii: ","), dialect.delimiter != UInt8(ascii: ";") {
            note(.unsupportedDelimiter, value: VisibleText([dialect.delimiter]))
        }
    }

    private static func name(_ delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case UInt8(ascii: "\t"): "tab"
        default: "\"\(VisibleText([delimiter]).text)\""
        }
    }

    /// What the name of the file says of its compression, where it is wrong.
    func noteCompression(_ compression: Compression, path: String) {
        let name = path.lowercased()
        let remark: String? =
            switch compression {
            case .none: name.hasSuffix(".gz") || name.hasSuffix(".gzip") ? "named .gz, and plain text" : nil
            case .gzip: name.hasSuffix(".csv") || name.hasSuffix(".txt") ? "named like plain text, and gzip" : nil
            }
        guard let remark else { return }
        log.note(.compressionName, row: nil, remark: remark) { _ in
            Finding.Example(place: Place(row: nil, line: 1, column: nil, byteOffset: 0))
        }
    }

    /// The last character of the file is not whole.
    func noteCutCharacter() {
        endsInsideCharacter = true
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
            layout.repeatedColumns = FileLayout.RepeatedColumn.all(in: names)
            layout.columnNames = names.map { ColumnName($0) }
            // A longer row may lack bytes, depending on how the input was cut.
            if layout.width > 1, let bytes = batch.bytes(ofRow: row), bytes.count <= batch.limits.rowBytes {
                layout.headerRow = Array(bytes)
            }
            layout.namesMayBeNumbers = names.allSatisfy { $0.allSatisfy(Self.mayStandInNumber) }
        } else {
            header.compareCount(batch, row: row, log: &log)
        }
        layout.delimiter = delimiter
        layout.isAtHand = isAtHand
        layout.rules = options.profile.map { rules(of: $0, names: names, width: layout.width) }
        layout.keys = options.profile.map { keys(of: $0, names: names, width: layout.width) } ?? []
        layout.keyNotationChange = options.profile.flatMap { $0.hasFlatKey ? $0.keys.first.map(KeyNotation.change) : nil }
        layout.keyMemory = options.keyMemory
        layout.encoding = encoding
        (layout.isEncodingDeclared, layout.transcodes) = (options.declaredEncoding != nil, options.transcodes)
        layout.beginsAsUTF8 = beginsAsUTF8
        layout.countsDistinctValues = options.countsDistinctValues
        let plan = ColumnPlan(layout: layout)
        self.layout = layout
        self.plan = plan
        checks = Checks.all(for: layout, plan: plan)
        return hasHeader ? row : nil
    }

    private static func mayStandInNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","): true
        default: false
        }
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
        judgement.number(from: rowCount + 1)
        rowCount += judgement.rows.dataRowCount
        cutRowCount += judgement.rows.cut.count
        paths.formUnion(judgement.paths)
        if isAtHand { batch.makeIndex() }
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
        var rows = BatchRows()
        rows.count = batch.rowCount
        rows.blank = BitSet(below: batch.rowCount)
        judgement.state(
            rows: rows, faultyFields: BitSet(), markedFields: BitSet(), repeatedHeaders: BitSet(), keys: BatchKeys(), values: BatchValues(),
            paths: [])
        if checks.isEmpty { checks = [BlankLineCheck()] }
        explain(&batch, &judgement, lineEnds: lineEnds)
    }

    /// By name where there is a header, else in the profile's order; the further columns of a pivoted file are its periods. May be shorter than
    /// the rows are wide.
    private func rules(of profile: Profile, names: [[UInt8]], width: Int) -> [FileLayout.ColumnRule?] {
        var pool = ColumnSettingsPool()
        func rule(_ column: ColumnProfile) -> FileLayout.ColumnRule {
            FileLayout.ColumnRule(name: column.name, settings: pool.settings(for: column))
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
            case .tooLong: .contentLimit
            }
        let place = "member \(damage.member), near byte \(damage.compressedOffset) of the compressed file"
        let limit = damage.decompressedOffset.counted("byte")
        log.note(code, row: nil, remark: damage.kind == .tooLong ? limit : place) { _ in
            Finding.Example(place: Place(row: nil, line: line, column: nil, byteOffset: damage.decompressedOffset))
        }
    }

    /// Adds the columns up, where that tells whether the last row is their total.
    ///
    /// - Parameter rows: all rows of the file, as UTF-8.
    func addUp(_ rows: () -> [UInt8]) {
        guard let layout, let index = checks.firstIndex(where: { ($0 as? TotalsCheck)?.wantsSums == true }),
            var check = checks[index] as? TotalsCheck
        else { return }
        check.sums = rows().withUnsafeBytes {
            ColumnSums($0, delimiter: layout.delimiter, quote: layout.quote, hasHeader: layout.hasHeader, width: layout.width)
        }
        checks[index] = check
    }

    /// Ends the checks and puts the report together.
    func report(input: InputSummary, isComplete: Bool) -> Report {
        var input = input
        input.columnNames = layout?.columnNames ?? []
        input.notJudged = refusal?.kind
        var prediction = Prediction(
            basis: options.profile == nil ? .inferred : .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        for var check in checks { check.finish(log: &log, prediction: &prediction) }
        if isCutWrongly {
            log.foldWhatComesFromDelimiter()
            prediction = Prediction(basis: prediction.basis, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        }
        input.proposedEncoding = refusal?.readableEncoding ?? log.proposedEncoding
        if endsInsideCharacter, log.proposedEncoding == nil {
            log.addRemark("the file ends inside a character", toLastGroupOf: .invalidUTF8)
        }
        if isComplete { noteWhatIsMissing() }
        if let prologue { nameRemedies(prologue) }
        let words = FindingWords(layout: layout, lineEnds: input.lineEnds)
        func key(_ group: FindingLog.Group) -> (String, Int, Int, Severity, String) {
            (group.code.rawValue, group.column ?? 0, group.part, group.severity, group.predicts?.rawValue ?? "")
        }
        let findings = log.groups.filter { !$0.isUnited && !$0.isFolded && !consequences.contains($0.code) }.sorted { key($0) < key($1) }
            .map(words.finding)
        func count(_ severity: Severity) -> Int {
            findings.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        let totals = Report.Totals(
            rows: rowCount, columns: layout?.width ?? 0, errors: count(.error), warnings: count(.warning), notes: count(.note))
        let isWhole = isComplete && keyFailure == nil && cutRowCount == 0
        return Report(
            input: input, totals: totals, isComplete: isWhole, cutRows: cutRowCount, findings: findings, prediction: prediction)
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
