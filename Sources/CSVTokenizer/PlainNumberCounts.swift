internal import CSVKernels

/// How many numbers of each kind the columns of a batch have. Made once and used again.
package final class PlainNumberCounts {
    package let columnCount: Int
    private let storage: UnsafeMutablePointer<UInt32>

    package init(columnCount: Int) {
        self.columnCount = columnCount
        storage = .allocate(capacity: 3 * columnCount)
        reset()
    }

    deinit {
        storage.deallocate()
    }

    func reset() {
        storage.initialize(repeating: 0, count: 3 * columnCount)
    }

    var csvCounts: csv_plain_counts {
        csv_plain_counts(empty: storage, separated: storage + columnCount, grouped: storage + 2 * columnCount)
    }

    /// Empty fields; numbers with a decimal separator; of these, those whose separator could also mark thousands.
    package func counts(ofColumn column: Int) -> (empty: Int, separated: Int, grouped: Int) {
        (Int(storage[column]), Int(storage[columnCount + column]), Int(storage[2 * columnCount + column]))
    }
}
