import ByteSpans

/// Counts fields along the bitmaps of a batch, from the last position on: only anomalies need the number of their field.
struct FieldCursor {
    /// The first place that was not counted.
    private var position = 0
    private var fieldCount = 0
    private var firstFieldOfRow = 0
    private var newlines = (position: -1, count: 0)

    /// Moves to a position, in ascending order.
    ///
    /// - Returns: the fields that ended before it, including those of an open row from the chunk before; of these the first that belongs to
    ///   the row of the position; and the line ends.
    @inline(__always)
    mutating func move(to target: Int, in batch: inout RowBatch) -> (field: Int, firstFieldOfRow: Int, newlineCount: Int) {
        while position < target {
            let word = position / 64
            var mask = UInt64.max << (position % 64)
            if target / 64 == word { mask &= (UInt64(1) << (target % 64)) &- 1 }
            let ends = batch.ends[word] & mask
            let rowEnds = batch.rowEnds[word] & mask
            if rowEnds != 0 {
                let upToLast = UInt64.max >> UInt64(rowEnds.leadingZeroBitCount)
                firstFieldOfRow = batch.endCount + fieldCount + (ends & upToLast).nonzeroBitCount
            }
            fieldCount += ends.nonzeroBitCount
            position = min((word + 1) * 64, target)
        }
        newlines = (target, batch.newlines(before: target, known: newlines))
        return (batch.endCount + fieldCount, firstFieldOfRow, newlines.count)
    }
}
