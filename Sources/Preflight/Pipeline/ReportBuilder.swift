import ByteSources
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Puts the report of a check together, in the order of the file: it numbers the rows, runs the checks, and in the end makes one value of all
/// findings and the prediction.
final class ReportBuilder {
    let options: CheckOptions
    let hasHeader: Bool
    /// Known once the beginning was read.
    private var facts: FileFacts?
    /// Known once the first row was explained.
    private var layout: FileLayout?
    var hasFirstRow: Bool { layout != nil }
    var log: FindingLog
    private var fileChecks = Checks.ofFile()
    private var checks: [any Check] = []
    private(set) var rowCount = 0
    private var cutRowCount = 0
    private(set) var paths: JudgingPaths = []

    init(options: CheckOptions) {
        self.options = options
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        log = FindingLog(samples: options.samples, differInRow: options.samplesDifferInRow)
    }

    /// Reports what the beginning of the file tells.
    func begin(_ fileHead: FileHead, dialect: Dialect) {
        let declaration = FileFacts.Declaration(
            encoding: options.declaredEncoding, isEncodingOption: options.encoding != nil, forcesEncoding: options.forcesEncoding,
            transcodes: options.transcodes, skippedLines: options.skippedLines)
        let facts = FileFacts(head: fileHead, dialect: dialect, declaration: declaration)
        self.facts = facts
        for check in fileChecks { check.begin(facts, log: &log) }
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
            checks = Checks.ofRows(schema.layout, plan: schema.plan)
            readFirstRow(of: &batch, schema)
        }
        log.beginBatch()
        judgement.number(from: rowCount + 1)
        rowCount += judgement.rows.dataRowCount
        cutRowCount += judgement.rows.cut.count
        paths.formUnion(judgement.paths)
        if layout?.isAtHand == true { batch.makeIndex() }
        for index in checks.indices { checks[index].explain(batch, judgement, log: &log) }
        for index in fileChecks.indices { fileChecks[index].explain(&batch, judgement, lineEnds: lineEnds, log: &log) }
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
    func report(input: InputSummary, _ end: FileEnd) -> Report {
        var input = input
        input.columnNames = layout?.columnNames ?? []
        let refusal = facts?.head.refusal
        input.notJudged = refusal?.kind
        var prediction = Prediction(
            basis: options.profile == nil ? .inferred : .profile, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        if let facts { for check in fileChecks { check.finish(facts, end, log: &log) } }
        for var check in checks { check.finish(log: &log, prediction: &prediction) }
        if facts?.head.otherDelimiter != nil {
            log.foldWhatComesFromDelimiter()
            prediction = Prediction(basis: prediction.basis, parsingErrorCells: .zero, skippedRows: .zero, columns: [])
        }
        input.proposedEncoding = refusal?.readableEncoding ?? log.proposedEncoding
        if end.endsInsideCharacter, log.proposedEncoding == nil {
            log.addRemark("the file ends inside a character", toLastGroupOf: .invalidUTF8)
        }
        let findings = log.reportedGroups.map(finding)
        func count(_ severity: Severity) -> Int {
            findings.reduce(0) { $1.severity == severity ? $0 + $1.count : $0 }
        }
        let totals = Report.Totals(
            rows: rowCount, columns: layout?.width ?? 0, errors: count(.error), warnings: count(.warning), notes: count(.note))
        let isWhole = end.isComplete && keyFailure == nil && cutRowCount == 0
        return Report(
            input: input, totals: totals, isComplete: isWhole, cutRows: cutRowCount, findings: findings, prediction: prediction)
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
