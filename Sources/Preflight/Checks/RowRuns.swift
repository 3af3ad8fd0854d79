import ImportProfiles

/// Rows of a file, as runs of rows that follow one another, as long as these are few.
struct RowRuns {
    struct Run {
        let start: UInt32
        /// Behind the last one.
        fileprivate(set) var end: UInt32
    }

    private(set) var runs: [Run] = []
    /// Whether all rows that were added are there.
    private(set) var isWhole = true

    /// Adds rows after those that were added before.
    ///
    /// - Parameter limit: more runs are not kept, nor any.
    mutating func add(_ rows: Range<Int>, limit: Int) {
        guard isWhole else { return }
        let isNext = runs.last.map { Int($0.end) == rows.lowerBound } ?? false
        guard isNext || runs.count < limit, rows.upperBound < UInt32.max else {
            isWhole = false
            runs = []
            return
        }
        if isNext {
            runs[runs.count - 1].end = UInt32(rows.upperBound)
        } else {
            runs.append(Run(start: UInt32(rows.lowerBound), end: UInt32(rows.upperBound)))
        }
    }

    /// How many rows are in any of the runs.
    static func rowCount(of runs: [Run]) -> Int {
        var count = 0
        var end = UInt32(0)
        for run in runs.sorted(by: { $0.start < $1.start }) where run.end > end {
            count += Int(run.end - max(run.start, end))
            end = run.end
        }
        return count
    }
}

/// How many rows have a value that is unlike its column, in whichever column.
///
/// Of most kinds of odd values the rows are known, and are counted once for all columns. Of plain numbers and dates that do not fit, a whole
/// number among dates, only the cells are known: each may be in a row of its own or in one that is counted already.
struct UnlikeRows {
    private var runs: [RowRuns.Run] = []
    /// Cells whose rows are not known.
    private var otherCells = 0
    /// Of the column that has most: each is in another row.
    private var mostOfColumn = 0

    /// Adds the rows of cells of one column.
    mutating func add(_ known: RowRuns) { runs += known.runs }

    /// Adds cells whose rows are not known.
    mutating func add(cells: Int) { otherCells += cells }

    /// - Parameter cells: all that surely do not fit in one column.
    mutating func endColumn(cells: Int) { mostOfColumn = max(mostOfColumn, cells) }

    /// - Parameter rowCount: of the file.
    func bounds(rowCount: Int) -> Bounds {
        let known = RowRuns.rowCount(of: runs)
        return Bounds(min: max(known, mostOfColumn), max: min(rowCount, known + otherCells))
    }
}
