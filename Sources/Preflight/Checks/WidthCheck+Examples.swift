import CSVTokenizer

extension WidthCheck {
    /// The first field beyond the width, or the last field of a short row.
    func example(of row: RowRecord, in batch: borrowing RowBatch, fieldCount: Int, lines: inout LineCursor) -> Finding.Example {
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
