import CSVScan

/// Every row has as many fields as the header.
struct WidthCheck: Check {
    let layout: FileLayout

    func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog) {
        for row in rows where row.kind == .ragged {
            let count = batch.fieldCount(ofRow: row.index)
            log.note(
                count < layout.width ? .tooFewFields : .tooManyFields, row: row.number, remark: "\(count) instead of \(layout.width)"
            ) { lines in
                example(of: row, in: batch, fieldCount: count, lines: &lines)
            }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    /// Too many: the first field beyond the width. Too few: the last one there is.
    private func example(of row: RowRecord, in batch: borrowing RowBatch, fieldCount: Int, lines: inout LineCursor) -> Finding.Example {
        let fields = batch.fields(ofRow: row.index)
        let column = min(fieldCount, layout.width + 1)
        let field = min(fields.lowerBound + column - 1, fields.upperBound - 1)
        return Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
    }
}
