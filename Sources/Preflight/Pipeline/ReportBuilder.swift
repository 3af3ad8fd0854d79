import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Puts together the report of a check, in the order of the file: rows are numbered, the checks say what was found, and in the end all findings
/// and the prediction are one value.
final class ReportBuilder {
    let options: CheckOptions
    let hasHeader: Bool
    private var fileHead: FileHead?
    /// Known once the first row was explained.
    private var layout: FileLayout?
    /// Why nothing is judged, if so.
    private var refusal: FileHead.Refusal? { fileHead?.refusal }
    private var endsInsideCharacter = false
    var log: FindingLog
    private var checks: [any Check] = [BlankLineCheck()]
    /// Whether the rows are cut by another delimiter than the one that was configured: what follows from that is not told.
    private var isCutWrongly = false
    private var rowCount = 0
    /// Kinds that are left out, because another finding is their cause.
    var consequences: Set<FindingKind> = []
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
    func begin(_ fileHead: FileHead, dialect: Dialect) {
        self.fileHead = fileHead
        let beginning = Place(row: nil, line: 1, column: nil, byteOffset: 0)
        func note(_ kind: FindingKind, count: Int = 1, severity: Severity? = nil, remark: String? = nil, value: VisibleText? = nil) {
            log.note(kind, row: nil, count: count, severity: severity, remark: remark) { _ in
                Finding.Example(place: beginning, value: value)
            }
        }
        switch fileHead.refusal {
        case .utf16(let encoding):
            let contradiction = options.declaredEncoding == nil ? "" : ", but UTF-8 was declared"
            return note(.utf16, remark: "\(encoding.name)\(contradiction); to check it: --encoding \(encoding.rawValue)")
        case .utf32: return note(.utf32)
        case .notCSV(let kind): return note(.notCSV, remark: kind)
        case nil: break
        }
        if fileHead.hasByteOrderMark { note(.byteOrderMark) }
        if let separator = fileHead.separatorLine { note(.separatorLine, remark: "sep=\(VisibleText([separator]).text)") }
        if fileHead.preambleLines > 0 { note(.preamble, count: fileHead.preambleLines) }
        if options.skippedLines > 0 { note(.skippedLines, count: options.skippedLines) }
        if fileHead.endsLinesWithCR { note(.carriageReturnLineEnds) }
        if let other = fileHead.otherDelimiter {
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
            case .none: name.hasSuffix(".gz") || name.hasSuffix(".gzip") ? "named .gz, but plain text" : nil
            case .gzip: name.hasSuffix(".csv") || name.hasSuffix(".txt") ? "named like plain text, but gzip" : nil
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

    /// Explains what was found in a batch.
    ///
    /// - Parameters:
    ///   - schema: what the batch was judged against; `nil` before the first row.
    ///   - lineEnds: counted up to the end of this batch.
    func explain(_ batch: inout RowBatch, _ judgement: inout BatchJudgement, _ schema: Schema?, lineEnds: InputSummary.LineEnds) {
        guard batch.rowCount > 0 else { return }
        if layout == nil, let schema {
            layout = schema.layout
            checks = Checks.all(for: schema.layout, plan: schema.plan)
            readFirstRow(of: &batch, schema)
        }
        log.beginBatch()
        judgement.number(from: rowCount + 1)
        rowCount += judgement.rows.dataRowCount
        cutRowCount += judgement.rows.cut.count
        paths.formUnion(judgement.paths)
        if layout?.isAtHand == true { batch.makeIndex() }
        for index in checks.indices { checks[index].explain(batch, judgement, log: &log) }
        if self.lineEnds.lf == 0 || self.lineEnds.crlf == 0, lineEnds.lf > 0, lineEnds.crlf > 0 {
            batch.makeIndex()
            noteMixedLineEnds(batch)
        }
        self.lineEnds = lineEnds
    }

    /// Compares the header, or without one the number of columns, with the profile.
    private func readFirstRow(of batch: inout RowBatch, _ schema: Schema) {
        batch.makeIndex()
        log.beginBatch()
        let header = HeaderCheck(profile: options.profile, quote: schema.layout.quote)
        if hasHeader {
            header.read(batch, row: schema.firstRow, names: schema.layout.columnNames.map(\.bytes), log: &log)
        } else {
            header.compareCount(batch, row: schema.firstRow, log: &log)
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
        let kind: FindingKind =
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
        log.note(kind, row: nil, remark: damage.kind == .tooLong ? limit : place) { _ in
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
        if let fileHead { nameRemedies(fileHead) }
        if let group = log.groups.first(where: { $0.kind == .mixedLineEnds }) {
            let ends = input.lineEnds
            log.setCount(min(ends.lf, ends.crlf), of: .mixedLineEnds)
            let first = group.examples.first.map { ", first change in line \($0.place.line)" } ?? ""
            log.addRemark("\(ends.lf.grouped) LF and \(ends.crlf.grouped) CRLF line ends\(first)", toLastGroupOf: .mixedLineEnds)
        }
        func key(_ group: FindingLog.Group) -> (String, Int, Int, Severity, String) {
            (group.kind.code, group.column ?? 0, group.part, group.severity, group.predicts?.rawValue ?? "")
        }
        let findings = log.groups.filter { !$0.isUnited && !$0.isFolded && !consequences.contains($0.kind) }.sorted { key($0) < key($1) }
            .map(finding)
        func count(_ severity: Severity) -> Int {
            findings.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        let totals = Report.Totals(
            rows: rowCount, columns: layout?.width ?? 0, errors: count(.error), warnings: count(.warning), notes: count(.note))
        let isWhole = isComplete && keyFailure == nil && cutRowCount == 0
        return Report(
            input: input, totals: totals, isComplete: isWhole, cutRows: cutRowCount, findings: findings, prediction: prediction)
    }

    private func finding(_ group: FindingLog.Group) -> Finding {
        func reference(_ column: Int) -> ColumnReference { layout?.reference(column) ?? ColumnReference(index: column, name: "") }
        let message = FindingMessage(group: group, hasHeader: layout?.hasHeader ?? true)
        var finding = Finding(
            kind: group.kind, severity: group.severity, column: group.column.map(reference), count: group.count, rows: group.rows,
            message: message.text, help: group.help ?? group.kind.help, examples: group.examples, predicts: group.predicts)
        finding.shares = group.shares.map { ColumnShare(column: reference($0.column), count: $0.count, rows: $0.rows) }
        return finding
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
