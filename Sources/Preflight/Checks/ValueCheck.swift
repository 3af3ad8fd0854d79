import CSVScan

/// Judges each value under the profile and predicts what the import will skip.
///
/// Fields that a quoting anomaly or a broken character already names are left alone: their text is in doubt, and they block anyway.
struct ValueCheck: Check {
    private let layout: FileLayout
    private let columns: [JudgedColumn]
    private let decoder: DecoderBox
    /// One for each of ``columns``.
    private var counts: [ColumnCount]
    private var parsingErrorCells = Bounds.zero
    private var skippedRows = Bounds.zero

    /// A column of the file that the profile names.
    private struct JudgedColumn {
        /// Counts from 1.
        let number: Int
        let rule: ValueRule
        let isRequired: Bool
    }

    /// What one column adds to the prediction.
    private struct ColumnCount {
        var cells = Bounds.zero
        var reason = SkipReason.parsingError
        var samples: [Sample] = []
    }

    /// An offending value, and the beginning of its bytes, by which it is known again.
    private struct Sample {
        let text: String
        let bytes: [UInt8]
    }

    /// More bytes of a value change nothing in its sample: it is cut before, at four bytes a character at most.
    private static let sampleByteCount = 4 * VisibleText.defaultLimit + 4

    init(layout: FileLayout) {
        self.layout = layout
        columns = (layout.rules ?? []).enumerated().compactMap { index, rule in
            rule.map { JudgedColumn(number: index + 1, rule: $0.rule, isRequired: $0.profile.isRequired) }
        }
        decoder = DecoderBox(quote: layout.quote)
        counts = Array(repeating: ColumnCount(), count: columns.count)
    }

    mutating func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog) {
        var doubted = DoubtedFields(batch)
        for row in rows where row.kind == .whole {
            let first = batch.fields(ofRow: row.index).lowerBound
            let fieldCount = batch.steadyFieldCount(ofRow: row.index)
            var rowFails = false
            var rowMayFail = false
            for index in columns.indices {
                let number = columns[index].number
                if number > fieldCount { break }
                let field = first + number - 1
                let judgement = withText(of: field, in: batch) { columns[index].rule.judge($0) }
                if judgement.verdict == .parses { continue }
                if judgement.verdict == .empty, !columns[index].isRequired { continue }
                if doubted.contains(field, in: batch) { continue }
                let dropsRow = note(judgement, index: index, field: field, row: row, batch: batch, log: &log)
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
        for (column, counted) in zip(columns, counts) where counted.cells.max > 0 {
            prediction.columns.append(
                Prediction.ColumnPrediction(
                    column: layout.reference(column.number), reason: counted.reason, cells: counted.cells,
                    samples: counted.samples.map(\.text)))
        }
    }

    /// The text of a field, or of the beginning of a very long one.
    @inline(__always)
    private func withText<Result>(of field: Int, in batch: borrowing RowBatch, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var range = batch.range(ofField: field)
        // Whether more is at hand depends on how the input was cut: no value that could parse is that long.
        if range.count > batch.limits.fieldBytes { range = range.lowerBound..<(range.lowerBound + batch.limits.fieldBytes) }
        return decoder.decoder.withText(of: UnsafeRawBufferPointer(rebasing: batch.bytes[range]), body)
    }

    /// Returns whether the row is predicted to be skipped for it.
    private mutating func note(
        _ judgement: Judgement, index: Int, field: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog
    ) -> Bool {
        let (number, rule) = (columns[index].number, columns[index].rule)
        if judgement.verdict == .empty {
            log.note(.requiredValueEmpty, column: number, row: row.number) {
                example(field, column: number, row: row, batch: batch, lines: &$0)
            }
            return false
        }
        guard let code = rule.findingCode(for: judgement) else { return false }
        let reason = rule.skipReason(for: judgement)
        // An item that is created or replaced costs no row: worth a warning, nothing to count.
        let dropsRow = reason == .parsingError || reason == .missingItemSkipsRow
        log.note(
            code, column: number, row: row.number, severity: dropsRow ? nil : .warning, predicts: dropsRow ? reason : nil,
            remark: judgement.reason.text
        ) { example(field, column: number, row: row, batch: batch, lines: &$0) }
        guard let reason else { return false }
        counts[index].reason = reason
        let fails = judgement.verdict == .fails ? 1 : 0
        counts[index].cells.max += 1
        counts[index].cells.min += fails
        if counts[index].samples.count < layout.samples { keepSample(of: field, index: index, batch: batch) }
        if reason == .parsingError {
            parsingErrorCells.max += 1
            parsingErrorCells.min += fails
        }
        return dropsRow
    }

    /// Keeps the value if its text is a new one. A text is made only of bytes that were not seen in a sample: a column full of one bad
    /// value would pay for it in each row.
    private mutating func keepSample(of field: Int, index: Int, batch: borrowing RowBatch) {
        let samples = counts[index].samples
        let bytes: [UInt8]? = withText(of: field, in: batch) { text in
            let beginning = text.prefix(Self.sampleByteCount)
            return samples.contains { $0.bytes.elementsEqual(beginning) } ? nil : Array(beginning)
        }
        guard let bytes else { return }
        let text = VisibleText(field: field, in: batch, quote: layout.quote).text
        if !samples.contains(where: { $0.text == text }) { counts[index].samples.append(Sample(text: text, bytes: bytes)) }
    }

    private func example(
        _ field: Int, column: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
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
