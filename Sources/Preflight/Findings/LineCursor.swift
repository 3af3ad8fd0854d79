import CSVTokenizer

/// Finds physical lines in a batch, counting from the last place asked for.
struct LineCursor {
    private var known = (position: -1, count: 0)

    /// The physical line of a position, from 1. Complexity: the distance from the last position.
    mutating func line(of position: Int, in batch: borrowing RowBatch) -> Int {
        known = (position, batch.lineEnds(before: position, near: known))
        return batch.firstLine + known.count
    }
}
