import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Puts the report of a check together: it runs the checks in the order of the file, and in the end makes one value of all findings and the
/// prediction.
final class ReportBuilder {
    let options: CheckOptions
    let hasHeader: Bool
    /// Known once the beginning was read.
    private var facts: FileFacts?
    /// Known once the first row was explained.
    private var layout: FileLayout?
    /// Whether the first row was read here: not where a later range is.
    private var hasFirstRow = false
    var state: CheckState

    init(options: CheckOptions) {
        self.options = options
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        state = CheckState(options: options)
    }

    /// Makes the report on a file whose ranges were read by others.
    convenience init(options: CheckOptions, merged state: CheckState, start: RangeStart) {
        self.init(options: options, merged: state, head: start.head, schema: start.schema)
    }

    /// Makes the report on a file whose ranges were read by others.
    ///
    /// - Parameter schema: `nil` where no row was read.
    convenience init(options: CheckOptions, merged state: CheckState, head: FileHead, schema: Schema?) {
        self.init(options: options)
        facts = fileFacts(head, dialect: head.dialect)
        layout = schema?.layout
        self.state = state
    }

    /// Begins with a range of a file.
    func begin(_ start: RangeStart) {
        if start.isFirst { return begin(start.head, dialect: start.dialect) }
        facts = fileFacts(start.head, dialect: start.dialect)
        begin(start.schema)
    }

    private func fileFacts(_ fileHead: FileHead, dialect: Dialect) -> FileFacts {
        let declaration = FileFacts.Declaration(
            encoding: options.declaredEncoding, isEncodingOption: options.encoding != nil, forcesEncoding: options.forcesEncoding,
            transcodes: options.transcodes, skippedLines: options.skippedLines)
        return FileFacts(head: fileHead, dialect: dialect, declaration: declaration)
    }

    /// Reports what the beginning of the file tells.
    func begin(_ fileHead: FileHead, dialect: Dialect) {
        let facts = fileFacts(fileHead, dialect: dialect)
        self.facts = facts
        state.begin(facts)
    }

    /// What the beginning of a file tells of its first row after the header, in the order in which a check marks it.
    static func kindsOfFirstRow(_ head: FileHead, options: CheckOptions) -> [FindingKind] {
        let builder = ReportBuilder(options: options)
        builder.state.log.marksRows = true
        builder.begin(head, dialect: head.dialect)
        let marks = builder.state.log.takeMarks()
        return marks.filter { $0.row == 1 }.map { builder.state.log.groups[$0.group].kind }
    }

    /// Begins after the first row of the file.
    func begin(_ schema: Schema) {
        layout = schema.layout
        state.begin(schema)
    }

    /// Explains what was found in a batch.
    ///
    /// - Parameters:
    ///   - schema: what the batch was judged against; `nil` before the first row.
    ///   - lineEnds: counted up to the end of this batch.
    func explain(_ batch: inout RowBatch, _ judgement: inout BatchJudgement, _ schema: Schema?, lineEnds: InputSummary.LineEnds) {
        guard batch.rowCount > 0 else { return }
        if layout == nil, let schema {
            begin(schema)
            hasFirstRow = true
            readFirstRow(of: &batch, schema)
        }
        if layout?.isAtHand == true { batch.makeIndex() }
        state.explain(&batch, &judgement, lineEnds: lineEnds)
    }

    /// Compares the header, or without one the number of columns, with the profile.
    private func readFirstRow(of batch: inout RowBatch, _ schema: Schema) {
        batch.makeIndex()
        state.log.beginBatch()
        let header = HeaderCheck(profile: options.profile, quote: schema.layout.quote)
        if hasHeader {
            let fields = batch.fields(ofRow: schema.firstRow)
            let (start, end) = (batch.start(ofRow: schema.firstRow), batch.range(ofField: fields.upperBound - 1).upperBound)
            state.headerLineCount = 1 + batch.newlines(before: end) - batch.newlines(before: start)
            header.read(batch, row: schema.firstRow, names: schema.layout.columnNames, log: &state.log)
        } else {
            header.compareCount(batch, row: schema.firstRow, log: &state.log)
        }
    }

    /// Adds the columns up, where that tells whether the last row is their total.
    ///
    /// - Parameters:
    ///   - isRange: whether the last row is perhaps in a later range.
    ///   - rows: all rows that were read, as UTF-8.
    func addUp(isRange: Bool, _ rows: () -> [UInt8]) {
        guard let layout, layout.isAtHand else { return }
        state.with(TotalsCheck.self) { check in
            guard isRange || check.wantsSums else { return }
            check.sums = ColumnSums(
                rows().span, delimiter: layout.delimiter, quote: layout.quote, hasHeader: layout.hasHeader && hasFirstRow,
                width: layout.width)
        }
    }

    /// Ends the checks and puts the report together.
    ///
    /// - Parameter storedByteCount: Bytes of the file as stored; `nil` if they are the bytes that were read.
    func report(path: String, compression: Compression, storedByteCount: Int?, storedDigest: [UInt8]? = nil) -> Report {
        guard let facts else { preconditionFailure("the beginning was not read") }
        let refusal = facts.head.refusal
        let end = end(path: path, compression: compression, facts)
        var input = summary(path: path, compression: compression, storedByteCount: storedByteCount, facts)
        input.columnNames = layout?.columnNames ?? []
        input.notJudged = refusal?.kind
        state.log.multibyteCount = state.content.multibyteCount
        state.log.endsInsideCharacter = end.endsInsideCharacter
        var prediction = Prediction(
            basis: options.profile == nil ? .inferred : .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        state.finish(facts, end, prediction: &prediction)
        let expectations = ExpectationCheck.results(
            options.allExpectations, state.expectationCheck, layout: layout,
            ExpectationCheck.FileFigures(
                rows: state.rowCount, bytes: input.bytes, digest: end.isComplete ? storedDigest.map(ASCII.hexadecimal) : nil,
                isComplete: end.isComplete))
        ExpectationCheck.report(expectations, log: &state.log)
        var columns: [ColumnStatistics] = []
        if let layout, let counted = state.columns { columns = counted.statistics(layout, inferred: prediction.evidence.map(\.type)) }
        if end.isComplete, let reference = options.drift {
            let file = FileStatistics(digest: storedDigest ?? [], byteCount: input.bytes, rowCount: state.rowCount, columns: columns)
            let varying = options.profile?.columns.filter { $0.isOptional || $0.since != nil }.map { ColumnName($0.name) } ?? []
            DriftCheck(file, reference, varying: Set(varying))?.report(log: &state.log)
        }
        if facts.head.otherDelimiter != nil {
            state.log.foldWhatComesFromDelimiter()
            prediction = Prediction(basis: prediction.basis, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        }
        input.proposedEncoding = refusal?.readableEncoding ?? state.log.proposedEncoding
        if end.endsInsideCharacter, state.log.proposedEncoding == nil {
            state.log.addRemark("the file ends inside a character", toLastGroupOf: .invalidUTF8)
        }
        let rules = options.rules
        var (findings, ignored): ([Finding], [IgnoredFindings]) = ([], [])
        for group in state.log.reportedGroups {
            var finding = finding(group)
            switch group.kind.action(under: rules) {
            case .ignore:
                ignored.append(IgnoredFindings(kind: group.kind, column: finding.column, count: group.count, rows: group.rows))
                continue
            case let action?: finding.severity = action.severity ?? finding.severity
            case nil: break
            }
            findings.append(finding)
        }
        func count(_ severity: Severity) -> Int {
            findings.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        let totals = Report.Totals(
            rows: state.rowCount, columns: layout?.width ?? 0, errors: count(.error), warnings: count(.warning), notes: count(.note))
        let isWhole = end.isComplete && state.keyFailure == nil && state.cutRowCount == 0
        var report = Report(
            input: input, totals: totals, isComplete: isWhole, cutRows: state.cutRowCount, findings: findings, prediction: prediction)
        report.ignored = ignored
        report.expectations = expectations
        report.lineAccount = lineAccount(end, passedOver: facts.head.skipped.lines)
        report.columns = columns
        report.values = state.values?.values ?? []
        report.positions = state.positions.map { positions($0, of: findings, report.lineAccount) }
        return report
    }

    private func lineAccount(_ end: FileEnd, passedOver: Int) -> LineAccount {
        let total = state.content.lineCount + (end.endsWithLineEnd || end.byteCount == 0 ? 0 : 1)
        let blank = state.log.groups.first { $0.kind == .blankLine }?.count ?? 0
        return LineAccount(total: total, header: min(total, state.headerLineCount), passedOver: min(total, passedOver), blank: blank)
    }

    private func end(path: String, compression: Compression, _ facts: FileFacts) -> FileEnd {
        let content = state.content
        let isComplete = content.damage == nil && facts.head.refusal == nil
        return FileEnd(
            path: path, compression: compression, damage: content.damage, isComplete: isComplete, line: content.lineCount + 1,
            hasFirstRow: layout != nil, rowCount: state.rowCount, lineEnds: content.lineEnds,
            encodingEvidence: content.encodingEvidence, byteCount: content.byteCount,
            endsWithLineEnd: content.endsWithLineEnd(isUTF16: facts.head.encoding.isUTF16),
            endsInsideCharacter: isComplete && facts.head.encoding == .utf8 && content.endsInsideCharacter)
    }

    private func summary(path: String, compression: Compression, storedByteCount: Int?, _ facts: FileFacts) -> InputSummary {
        let dialect = InputSummary.DialectSummary(
            delimiter: facts.dialect.delimiter, quote: facts.dialect.quote, hasHeader: hasHeader, origin: origin,
            evidence: facts.head.evidence?.text)
        let content = state.content
        return InputSummary(
            path: path, compression: compression, bytes: storedByteCount ?? content.byteCount, decompressedBytes: content.byteCount,
            encoding: Self.encoding(facts.head), hasByteOrderMark: facts.head.hasByteOrderMark, dialect: dialect,
            lineEnds: content.lineEnds, columnNames: [])
    }

    private static func encoding(_ fileHead: FileHead) -> Report.Encoding {
        switch fileHead.refusal {
        case .utf16: .utf16
        case .utf32: .utf32
        case .notCSV, nil: Report.Encoding(fileHead.encoding)
        }
    }

    private var origin: InputSummary.DialectSummary.Origin {
        options.dialect.delimiter != nil ? .flag : options.profile?.dialect.delimiter != nil ? .profile : .detected
    }

    private func finding(_ group: FindingLog.Group) -> Finding {
        func reference(_ column: Int) -> ColumnReference { layout?.reference(column) ?? ColumnReference(index: column, name: "") }
        let message = FindingMessage(group: group, hasHeader: layout?.hasHeader ?? true)
        var finding = Finding(
            kind: group.kind, severity: group.severity, column: group.column.map(reference), count: group.count, rows: group.rows,
            message: message.text, help: group.help ?? group.kind.help, examples: group.examples, predicts: group.predicts)
        finding.briefMessage = message.brief
        finding.doubts = group.doubts
        finding.shares = group.shares.map { ColumnShare(column: reference($0.column), count: $0.count, rows: $0.rows) }
        return finding
    }
}
