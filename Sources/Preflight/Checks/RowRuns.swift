import ImportProfiles
import SafeText

/// A set of rows, kept as runs of consecutive rows while these are few.
struct RowRuns {
    struct Run {
        let start: UInt32
        /// After the last row.
        fileprivate(set) var end: UInt32
    }

    private(set) var runs: [Run] = []
    /// Whether all added rows are kept.
    private(set) var isWhole = true

    /// Adds rows after those added before.
    ///
    /// - Parameter limit: The most runs; with more, none is kept.
    mutating func add(_ rows: Range<Int>, limit: Int) {
        guard isWhole else { return }
        let isNext = runs.last.map { Int($0.end) == rows.lowerBound } ?? false
        guard isNext || runs.count < limit, rows.upperBound < UInt32.max else { return giveUp() }
        if isNext {
            runs[runs.count - 1].end = UInt32(rows.upperBound)
        } else {
            runs.append(Run(start: UInt32(rows.lowerBound), end: UInt32(rows.upperBound)))
        }
    }

    /// Adds the rows of the range right after this one.
    mutating func merge(_ later: RowRuns, at joint: Joint, limit: Int) {
        guard later.isWhole else { return giveUp() }
        for run in later.runs { add((Int(run.start) + joint.rows)..<(Int(run.end) + joint.rows), limit: limit) }
    }

    private mutating func giveUp() {
        isWhole = false
        runs = []
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

/// How many rows have a value that does not fit its column, in any column.
///
/// For most kinds of odd values the rows are known and counted once for all columns. For plain numbers and dates that do not fit, such as a whole
/// number among dates, only the number of cells is known: each may be in a new row or in one that is already counted.
struct UnlikeRows {
    private var runs: [RowRuns.Run] = []
    /// The number of cells whose rows are not known.
    private var otherCells = 0
    /// The highest number of such cells in one column: these are in different rows.
    private var mostOfColumn = 0

    /// Adds the rows of cells in one column.
    mutating func add(_ known: RowRuns) { runs += known.runs }

    /// Adds cells whose rows are not known.
    mutating func add(cells: Int) { otherCells += cells }

    /// - Parameter cells: The cells of one column that certainly do not fit.
    mutating func endColumn(cells: Int) { mostOfColumn = max(mostOfColumn, cells) }

    /// - Parameter rowCount: The number of rows in the file.
    func bounds(rowCount: Int) -> Bounds {
        let known = RowRuns.rowCount(of: runs)
        return Bounds(min: max(known, mostOfColumn), max: min(rowCount, known + otherCells))
    }
}

extension RowRuns: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&isWhole)
        coder.list(&runs, blank: Run(start: 0, end: 0)) { coder, run in
            var (start, end) = (run.start, run.end)
            coder(&start)
            coder(&end)
            run = Run(start: start, end: end)
        }
    }
}
