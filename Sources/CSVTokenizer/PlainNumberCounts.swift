import ByteSpans
internal import CSVKernels

/// How many numbers of each kind the columns of a batch have. Made once and used again.
package final class PlainNumberCounts {
    package let columnCount: Int
    private var storage: Block<UInt32>

    package init(columnCount: Int) {
        self.columnCount = columnCount
        storage = Block(repeating: 0, count: 3 * columnCount)
    }

    func reset() {
        storage.fill(0, count: storage.count)
    }

    /// For a kernel, which counts in as many columns. Valid as long as this object.
    @unsafe
    var csvCounts: csv_plain_counts {
        let start = unsafe storage.pointer
        return unsafe csv_plain_counts(empty: start, separated: start + columnCount, grouped: start + 2 * columnCount)
    }

    /// Empty fields; numbers with a decimal separator; of these, those whose separator could also mark thousands.
    package func counts(ofColumn column: Int) -> (empty: Int, separated: Int, grouped: Int) {
        (Int(storage[column]), Int(storage[columnCount + column]), Int(storage[2 * columnCount + column]))
    }
}
