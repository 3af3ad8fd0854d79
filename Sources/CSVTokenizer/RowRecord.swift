/// A row of a batch and its record number: data rows from 1, the header is 0.
package struct RowRecord {
    /// Index in the batch.
    package var index: Int
    package var number: Int

    @inlinable
    package init(index: Int, number: Int) {
        self.index = index
        self.number = number
    }
}
