/// A row of a batch and its record number: data rows from 1, the header is 0.
public struct RowRecord {
    /// Index in the batch.
    public var index: Int
    /// The number of the row in the file: data rows count from 1.
    public var number: Int
    /// A row of a batch.
    @inlinable
    public init(index: Int, number: Int) {
        self.index = index
        self.number = number
    }
}
