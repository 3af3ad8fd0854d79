import CSVTokenizer

extension RowJudge {
    /// Counts NUL bytes and ill-formed sequences.
    func countFaults(_ batch: borrowing RowBatch, into faults: inout BatchFaults) {
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        faults.count(in: batch, width: layout.width)
    }
}

/// A row with faulty fields.
struct FaultyRow {
    let index: Int
    let fields: Range<Int>
    /// So far to the right no column is named, and no group of findings is kept for each.
    let namedEnd: Int

    init(_ index: Int, width: Int, _ batch: borrowing RowBatch) {
        self.index = index
        fields = batch.fields(ofRow: index)
        namedEnd = fields.lowerBound + min(width, batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: index))
    }

    /// The number of a field's column, from 1; `nil` where it has none.
    func column(ofField field: Int) -> Int? {
        field < namedEnd ? field - fields.lowerBound + 1 : nil
    }
}
