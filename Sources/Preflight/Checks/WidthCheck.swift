import CSVScan

/// Every row has as many fields as the header.
struct WidthCheck: Check {
    let layout: FileLayout
    /// The widths that were told so far: telling one more than once costs a text for each row.
    private var told: [Int] = []

    init(layout: FileLayout) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !judgement.rows.ragged.isEmpty else { return }
        // A quote that is never closed swallows the rest of its row: that is said already, and is no second fault.
        let swallowed = batch.anomalies.last.flatMap { $0.kind == .unclosedQuote ? $0.field : nil }
        for index in judgement.rows.ragged {
            if let swallowed, batch.fields(ofRow: index).contains(swallowed) { continue }
            let row = RowRecord(index: index, number: judgement.rows.number(of: index))
            let count = batch.fieldCount(ofRow: index)
            let isTold = told.contains(count)
            log.note(
                count < layout.width ? .tooFewFields : .tooManyFields, row: row.number,
                remark: isTold ? nil : "\(count) instead of \(layout.width)"
            ) { lines in
                example(of: row, in: batch, fieldCount: count, lines: &lines)
            }
            if !isTold, told.count < Self.mostTold { told.append(count) }
        }
    }

    /// More than a finding tells, for either direction.
    private static let mostTold = 16

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    /// Too many: the first field beyond the width. Too few: the last one there is.
    private func example(of row: RowRecord, in batch: borrowing RowBatch, fieldCount: Int, lines: inout LineCursor) -> Finding.Example {
        let fields = batch.fields(ofRow: row.index)
        let column = min(fieldCount, layout.width + 1)
        if fieldCount > layout.width, layout.width >= batch.steadyFieldCount(ofRow: row.index) {
            return Finding.Example(beginningOf: row, in: batch, lines: &lines, quote: layout.quote)
        }
        let field = column == fieldCount ? fields.upperBound - 1 : fields.lowerBound + column - 1
        return Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
    }
}
