import CSVTokenizer

/// Finds the rows of fields that are asked for in ascending order.
struct RowCursor {
    private var row = 0

    /// Rows that are tried one by one before they are searched.
    private static let near = 8

    /// Complexity: constant where the next field is in one of the next few rows.
    mutating func row(of field: Int, in batch: borrowing RowBatch) -> Int {
        _ = fields(ofRowOf: field, in: batch)
        return row
    }

    /// The row of a field, and all fields of that row. Complexity: as ``row(of:in:)``.
    mutating func row(withFieldsOf field: Int, in batch: borrowing RowBatch) -> (row: Int, fields: Range<Int>) {
        let fields = fields(ofRowOf: field, in: batch)
        return (row, fields)
    }

    private mutating func fields(ofRowOf field: Int, in batch: borrowing RowBatch) -> Range<Int> {
        for _ in 0..<Self.near {
            if row >= batch.rowCount { break }
            let fields = batch.fields(ofRow: row)
            if field < fields.upperBound { return fields }
            row += 1
        }
        row = batch.row(ofField: field)
        return row < batch.rowCount ? batch.fields(ofRow: row) : 0..<0
    }
}
