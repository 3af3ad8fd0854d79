import CSVScan

/// Judges each value under the profile and predicts what the import will skip.
///
/// Fields that a quoting anomaly or a broken character already names are left alone: their text is in doubt, and they block anyway.
struct ValueCheck: Check {
    private let layout: FileLayout
    private let rules: [FileLayout.ColumnRule?]
    private let decoder: DecoderBox
    private var columns: [ColumnCount]
    private var parsingErrorCells = Bounds.zero
    private var skippedRows = Bounds.zero

    /// What one column adds to the prediction.
    private struct ColumnCount {
        var cells = Bounds.zero
        var reason = SkipReason.parsingError
        var samples: [String] = []
    }

    init(layout: FileLayout) {
        self.layout = layout
        rules = layout.rules ?? []
        decoder = DecoderBox(quote: layout.quote)
        columns = Array(repeating: ColumnCount(), count: layout.width)
    }

    mutating func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog) {
        var doubted = DoubtedFields(batch)
        for row in rows where row.kind == .whole {
            let first = batch.fields(ofRow: row.index).lowerBound
            var rowFails = false
            var rowMayFail = false
            for column in 0..<min(rules.count, batch.steadyFieldCount(ofRow: row.index)) {
                guard let rule = rules[column] else { continue }
                let field = first + column
                let judgement = judge(field, rule: rule.rule, batch: batch)
                if judgement.verdict == .parses { continue }
                if judgement.verdict == .empty, !rule.profile.isRequired { continue }
                if doubted.contains(field, in: batch) { continue }
                let dropsRow = note(judgement, column: column, rule: rule, field: field, row: row, batch: batch, log: &log)
                rowMayFail = rowMayFail || dropsRow
                rowFails = rowFails || (dropsRow && judgement.verdict == .fails)
            }
            if rowFails { skippedRows.min += 1 }
            if rowMayFail { skippedRows.max += 1 }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        prediction.parsingErrorCells = parsingErrorCells
        prediction.skippedRows = skippedRows
        for column in columns.indices where columns[column].cells.max > 0 {
            let counted = columns[column]
            prediction.columns.append(
                Prediction.ColumnPrediction(
                    column: layout.reference(column + 1), reason: counted.reason, cells: counted.cells, samples: counted.samples))
        }
    }

    private func judge(_ field: Int, rule: ValueRule, batch: borrowing RowBatch) -> Judgement {
        var range = batch.range(ofField: field)
        // Whether more is at hand depends on how the input was cut: no value that could parse is that long.
        if range.count > batch.limits.fieldBytes { range = range.lowerBound..<(range.lowerBound + batch.limits.fieldBytes) }
        return decoder.decoder.withText(of: UnsafeRawBufferPointer(rebasing: batch.bytes[range])) { rule.judge($0) }
    }

    /// Returns whether the row is predicted to be skipped for it.
    private mutating func note(
        _ judgement: Judgement, column: Int, rule: FileLayout.ColumnRule, field: Int, row: RowRecord, batch: borrowing RowBatch,
        log: inout FindingLog
    ) -> Bool {
        if judgement.verdict == .empty {
            log.note(.requiredValueEmpty, column: column + 1, row: row.number) {
                example(field, column: column, row: row, batch: batch, lines: &$0)
            }
            return false
        }
        guard let code = findingCode(for: rule.rule.kind, judgement) else { return false }
        let reason = rule.rule.skipReason(for: judgement)
        // An item that is created or replaced costs no row: worth a warning, nothing to count.
        let dropsRow = reason == .parsingError || reason == .missingItemSkipsRow
        log.note(
            code, column: column + 1, row: row.number, severity: dropsRow ? nil : .warning, predicts: dropsRow ? reason : nil,
            remark: judgement.reason.text
        ) { example(field, column: column, row: row, batch: batch, lines: &$0) }
        guard let reason else { return false }
        columns[column].reason = reason
        let fails = judgement.verdict == .fails ? 1 : 0
        columns[column].cells.max += 1
        columns[column].cells.min += fails
        if columns[column].samples.count < layout.samples {
            let sample = VisibleText(field: field, in: batch, quote: layout.quote).text
            if !columns[column].samples.contains(sample) { columns[column].samples.append(sample) }
        }
        if reason == .parsingError {
            parsingErrorCells.max += 1
            parsingErrorCells.min += fails
        }
        return dropsRow
    }

    private func example(
        _ field: Int, column: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: column + 1, lines: &lines, quote: layout.quote)
    }
}

/// The one decoder of a check, which is copied as a value.
final class DecoderBox {
    var decoder: FieldDecoder

    init(quote: UInt8) {
        decoder = FieldDecoder(quote: quote)
    }
}

/// Fields of a batch that another check already names. Asked in ascending order.
struct DoubtedFields {
    private var anomalous: ArraySlice<Int>
    private let isSuspicious: Bool

    init(_ batch: borrowing RowBatch) {
        anomalous = batch.anomalies.map(\.field)[...]
        isSuspicious = batch.isSuspicious
    }

    mutating func contains(_ field: Int, in batch: borrowing RowBatch) -> Bool {
        while let first = anomalous.first, first < field { anomalous.removeFirst() }
        return anomalous.first == field || (isSuspicious && !batch.characters(ofField: field).isClean)
    }
}
