package import Preflight
package import ValueFormats

/// What one import says of the doubts of one column.
///
/// With *f* cells that surely fail and *r* reported ones, *r − f* is the number of cells with a rejected doubt, if each cell counts. If each
/// row counts once, cells in rows that another column may drop as well may be missing from *r*: then *r − f* is a lower bound, and that number
/// of cells above it an upper one.
package struct DoubtObservation: Sendable, Equatable {
    /// Names the import.
    package var source: String
    /// Cells with the same doubts.
    package var entries: [DoubtCounts.Entry]
    /// Doubtful cells whose doubts are not told apart.
    package var otherCount: Int
    package var failing: Int
    package var reported: Int
    /// Cells that may be missing from ``reported``.
    package var uncounted: Int
    /// Of each sample of the report that is a doubtful spelling: at least one of these is rejected.
    package var rejected: [DoubtSet]

    package init(
        source: String, entries: [DoubtCounts.Entry], otherCount: Int = 0, failing: Int, reported: Int, uncounted: Int = 0,
        rejected: [DoubtSet] = []
    ) {
        self.source = source
        self.entries = entries
        self.otherCount = otherCount
        self.failing = failing
        self.reported = reported
        self.uncounted = uncounted
        self.rejected = rejected
    }

    package var doubts: DoubtSet { entries.reduce(into: []) { $0.formUnion($1.doubts) } }

    /// How many of the cells in ``entries`` can have a rejected doubt.
    var bounds: ClosedRange<Int>? {
        let (low, high) = (reported - failing - otherCount, reported - failing + uncounted)
        return low <= high ? low...high : nil
    }
}
