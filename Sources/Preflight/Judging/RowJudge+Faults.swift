import CSVTokenizer

extension RowJudge {
    /// Counts NUL bytes and ill-formed sequences.
    func countFaults(_ batch: borrowing RowBatch, into faults: inout BatchFaults) {
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        var cursor = RowCursor()
        var row = FaultyRow(0, width: layout.width, batch)
        // They come after those of the first row that are there.
        var missing = batch.missingFieldsCharacters.map(FieldFaults.init)
        batch.forEachFaultyField { field, found in
            if field >= row.fields.upperBound {
                if let first = missing { faults.add(missing: first, row: 0) }
                missing = nil
                row = FaultyRow(cursor.row(of: field, in: batch), width: layout.width, batch)
            }
            faults.add(found, field: field, row: row.index, column: row.column(ofField: field))
        }
        if let missing { faults.add(missing: missing, row: 0) }
    }
}

/// A row with faulty fields.
struct FaultyRow {
    let index: Int
    let fields: Range<Int>
    /// So far to the right no column is named, and no group of findings is kept for each.
    private let namedEnd: Int

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
