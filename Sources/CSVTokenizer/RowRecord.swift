/// A row of a batch and its record number: data rows from 1, the header is 0.
public struct RowRecord {
    /// Index in the batch.
    public var index: Int
    public var number: Int

    @inlinable
    public init(index: Int, number: Int) {
        self.index = index
        self.number = number
    }
}
