import ImportProfiles
import SafeText
import ValueFormats

/// Counts of the values that are wrong or doubtful, and of the rows that they drop: all values of a file may be wrong, so most are counted here and
/// nothing else is done about them.
struct ValueTallies {
    /// Counts of the values of one verdict in a column. All values of a file may have it.
    struct Tally {
        /// Reasons whose values only need to be counted, one bit each.
        var settled: (UInt64, UInt64) = (0, 0)
        /// The number of values in this batch that only need to be counted.
        var count = 0
        /// Whether such a value is predicted to drop its row.
        var dropsRow = false
        /// The index of its group among those of several columns, or -1.
        var sharedPlace: Int8 = -1

        @inline(__always)
        func isSettled(_ reason: JudgementReason) -> Bool {
            let reasons = reason.rawValue < 64 ? settled.0 : settled.1
            return reasons &>> UInt64(truncatingIfNeeded: reason.rawValue) & 1 != 0
        }
    }

    /// Whether a row is predicted to be skipped, certainly or possibly.
    struct Row {
        let index: Int
        fileprivate var fails = false
        /// Values that may drop it.
        fileprivate var dropCount = 0
        /// The column of the first.
        fileprivate var firstColumn = 0
        /// Whether a value is counted in a group of several columns.
        fileprivate var hasShared = false

        init(index: Int = -1) { self.index = index }
    }

    /// A group of several columns, and what this row adds to it.
    struct SharedGroup {
        let group: Int
        fileprivate var count = 0

        /// What the row adds; then nothing.
        mutating func takeCount() -> Int {
            defer { count = 0 }
            return count
        }
    }

    /// Of each verdict (4 a column).
    var tallies: [Tally]
    private var sharedGroups: [SharedGroup] = []
    // By column.
    private(set) var doubts: [DoubtCounts]
    private(set) var firstInRow: [Int]
    private(set) var sharedRows: [Int]
    private(set) var skippedRows = Bounds.zero

    init(columnCount: Int) {
        tallies = Array(repeating: Tally(), count: 4 * columnCount)
        doubts = Array(repeating: DoubtCounts(), count: columnCount)
        firstInRow = Array(repeating: 0, count: columnCount)
        sharedRows = Array(repeating: 0, count: columnCount)
    }

    /// Counts the values that only need to be counted, up to the first that does not.
    ///
    /// - Parameters:
    ///   - next: returns the next value.
    ///   - endRow: called with each row that adds to groups of several columns, and with these.
    /// - Returns: the value that has to be explained; `nil` after the last.
    @inline(__always)
    mutating func countSettled(
        _ row: inout Row, next: () -> ValueNote?, endRow: (Int, inout MutableSpan<SharedGroup>) -> Void
    ) -> ValueNote? {
        // Taken out, so that the loop works on memory that is surely its own.
        var (tallies, firstInRow, sharedRows, sharedGroups) = ([Tally](), [Int](), [Int](), [SharedGroup]())
        swap(&tallies, &self.tallies)
        swap(&firstInRow, &self.firstInRow)
        swap(&sharedRows, &self.sharedRows)
        swap(&sharedGroups, &self.sharedGroups)
        defer {
            swap(&tallies, &self.tallies)
            swap(&firstInRow, &self.firstInRow)
            swap(&sharedRows, &self.sharedRows)
            swap(&sharedGroups, &self.sharedGroups)
        }
        var tally = tallies.mutableSpan
        var first = firstInRow.mutableSpan
        var shared = sharedRows.mutableSpan
        var groups = sharedGroups.mutableSpan
        while let note = next() {
            if note.row != row.index {
                end(row, &groups, endRow)
                row = Row(index: note.row)
            }
            let slot = Self.slot(note)
            guard tally[slot].isSettled(note.judgement.reason) else { return note }
            tally[slot].count &+= 1
            let place = Int(tally[slot].sharedPlace)
            if place >= 0 {
                groups[place].count &+= 1
                row.hasShared = true
            }
            if note.judgement.verdict == .doubtful { doubts[note.column].add(note.judgement.doubts) }
            if tally[slot].dropsRow { Self.drop(&row, note, firstInRow: &first[note.column], &shared) }
        }
        return nil
    }

    /// Counts the values of some rows with the same ones, if all of them only need to be counted.
    ///
    /// - Parameter notes: of one of the rows, which has no more fields than have a group of their own.
    /// - Returns: whether that was done.
    mutating func countSettled(_ notes: RowNotes, rowCount: Int) -> Bool {
        var rest = notes
        while let note = rest.nextNote() {
            let tally = tallies[Self.slot(note)]
            if !tally.isSettled(note.judgement.reason) || tally.sharedPlace >= 0 { return false }
        }
        var row = Row(index: notes.row)
        rest = notes
        while let note = rest.nextNote() {
            let slot = Self.slot(note)
            tallies[slot].count &+= rowCount
            if note.judgement.verdict == .doubtful { doubts[note.column].add(note.judgement.doubts, count: rowCount) }
            if tallies[slot].dropsRow { drop(&row, note, rowCount: rowCount) }
        }
        if row.fails { skippedRows.min &+= rowCount }
        if row.dropCount > 0 { skippedRows.max &+= rowCount }
        return true
    }

    /// Counts a value that only needs to be counted.
    ///
    /// - Returns: whether its row is predicted to be skipped; `nil` for a value that needs to be explained.
    mutating func count(_ note: ValueNote) -> Bool? {
        let slot = Self.slot(note)
        guard tallies[slot].isSettled(note.judgement.reason), tallies[slot].sharedPlace < 0 else { return nil }
        tallies[slot].count &+= 1
        return tallies[slot].dropsRow
    }

    @inline(__always)
    private static func slot(_ note: ValueNote) -> Int { 4 &* note.column &+ Int(note.judgement.verdict.rawValue) }

    /// Counts a value that was explained.
    mutating func add(_ note: ValueNote, dropsRow: Bool, to row: inout Row) {
        if note.judgement.verdict == .doubtful { doubts[note.column].add(note.judgement.doubts) }
        if dropsRow { drop(&row, note, rowCount: 1) }
    }

    private mutating func drop(_ row: inout Row, _ note: ValueNote, rowCount: Int) {
        var sharedRows: [Int] = []
        swap(&sharedRows, &self.sharedRows)
        defer { swap(&sharedRows, &self.sharedRows) }
        var shared = sharedRows.mutableSpan
        Self.drop(&row, note, firstInRow: &firstInRow[note.column], &shared, rowCount: rowCount)
    }

    /// Counts a value that may drop its row, and remembers whether another one may.
    @inline(__always)
    private static func drop(
        _ row: inout Row, _ note: ValueNote, firstInRow: inout Int, _ sharedRows: inout MutableSpan<Int>, rowCount: Int = 1
    ) {
        row.dropCount &+= 1
        if row.dropCount == 1 {
            row.firstColumn = note.column
        } else {
            if row.dropCount == 2 { sharedRows[row.firstColumn] &+= rowCount }
            sharedRows[note.column] &+= rowCount
        }
        guard note.judgement.verdict == .fails, !row.fails else { return }
        row.fails = true
        firstInRow &+= rowCount
    }

    /// The row is done.
    @inline(__always)
    mutating func end(_ row: Row, _ endRow: (Int, inout MutableSpan<SharedGroup>) -> Void) {
        var sharedGroups: [SharedGroup] = []
        swap(&sharedGroups, &self.sharedGroups)
        defer { swap(&sharedGroups, &self.sharedGroups) }
        var groups = sharedGroups.mutableSpan
        end(row, &groups, endRow)
    }

    @inline(__always)
    private mutating func end(
        _ row: Row, _ sharedGroups: inout MutableSpan<SharedGroup>,
        _ endRow: (Int, inout MutableSpan<SharedGroup>) -> Void
    ) {
        if row.hasShared { endRow(row.index, &sharedGroups) }
        if row.fails { skippedRows.min &+= 1 }
        if row.dropCount > 0 { skippedRows.max &+= 1 }
    }

    func group(ofSharedPlace place: Int) -> Int { sharedGroups[place].group }

    /// The place of a group of several columns.
    mutating func place(ofShared group: Int) -> Int8 {
        let place = sharedGroups.firstIndex { $0.group == group } ?? sharedGroups.count
        if place == sharedGroups.count { sharedGroups.append(SharedGroup(group: group)) }
        return Int8(place)
    }

    /// Adds those of the range after this one.
    mutating func merge(_ later: ValueTallies) {
        for index in doubts.indices {
            doubts[index].merge(later.doubts[index])
            firstInRow[index] += later.firstInRow[index]
            sharedRows[index] += later.sharedRows[index]
        }
        skippedRows.min += later.skippedRows.min
        skippedRows.max += later.skippedRows.max
    }
}

extension ValueTallies: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&doubts)
        coder.each(&firstInRow)
        coder.each(&sharedRows)
        coder(&skippedRows)
    }
}
