import CSVTokenizer

/// Finds the rows of fields that are asked for in ascending order.
struct RowCursor {
    private var row = 0

    /// Rows that are tried one by one before they are searched.
    private static let near = 8

    /// Complexity: constant where the next field is in one of the next few rows.
    mutating func row(of field: Int, in batch: borrowing RowBatch) -> Int {
        for _ in 0..<Self.near {
            if row >= batch.rowCount { break }
            if field < batch.fields(ofRow: row).upperBound { return row }
            row += 1
        }
        row = batch.row(ofField: field)
        return row
    }
}
