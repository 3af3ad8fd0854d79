package import ByteSpans
internal import CSVKernels

extension RowBatch {
    /// Rows that ``addUp(column:rows:decimal:scale:others:)`` takes at a time.
    package static let mostAddends = 512

    /// Whether ``addUp(column:rows:decimal:scale:others:)`` can be asked of the batch: its rows have one width, and its kernel can tell.
    package func canAddUp(column: Int) -> Bool { kernel != .scalar && isIndexed && uniformWidth > column }

    /// The most digits after the separator of a number that ``addUp(column:rows:decimal:scale:others:)`` reads.
    package static let mostScale = 14

    /// Adds up the plain numbers of a column with exactly `scale` digits after the decimal separator, as whole numbers without it.
    ///
    /// - Parameters:
    ///   - column: from 0.
    ///   - rows: at most ``mostAddends``.
    ///   - others: gets the rows, from the first of `rows` on, whose field is neither such a number nor empty; room for all.
    /// - Precondition: ``canAddUp(column:)``.
    /// - Returns: the sum, and how many others there are.
    package func addUp(
        column: Int, rows: Range<Int>, decimal: UInt8, scale: Int, others: inout Block<UInt32>
    ) -> (sum: Int64, otherCount: Int) {
        precondition(canAddUp(column: column) && scale <= Self.mostScale && rows.count <= Self.mostAddends)
        var last = rows.upperBound
        // Whether a carriage return before the end of the content is text, only the caller can tell.
        let end = end(ofField: last &* uniformWidth &- 1)
        let isAtEnd = last == rowCount && end > 0 && end >= byteCount && self[end &- 1] == .carriageReturn
        if isAtEnd { last -= 1 }
        precondition(others.count >= rows.count)
        let column = csv_column_place(
            content: place, first: rows.lowerBound &* uniformWidth &+ column, width: uniformWidth, row_count: last - rows.lowerBound,
            quote: quote, is_last: column &+ 1 == uniformWidth, is_required: false)
        var room = others.mutableSpan
        let found = csv_add_up(kernel.number, column, memory.view, fieldEnds.view, decimal, scale, room.room)
        var count = found.row_count
        if isAtEnd {
            others[count] = UInt32(last - rows.lowerBound)
            count += 1
        }
        return (found.sum, count)
    }
}
