package import SafeText

/// One value of another column that nearly all failures of a column have in common.
package struct FailureSlice: Sendable, Equatable {
    /// The other column.
    package var column: ColumnReference
    /// Its value, escaped and cut.
    package var value: VisibleText
    /// Failing cells in rows with this value, and all failing cells of the column; exact.
    package var covered: Int
    package var failures: Int
    /// The share of all rows that have the value, from 0 to 1: exact for up to 4,096 rows, otherwise estimated from about 2,000 or more,
    /// spread over the file.
    package var baseShare: Double

    package init(column: ColumnReference, value: VisibleText, covered: Int, failures: Int, baseShare: Double) {
        self.column = column
        self.value = value
        self.covered = covered
        self.failures = failures
        self.baseShare = baseShare
    }
}
