/// The failures of up to 64 rows, by the finder of their column.
///
/// Where many columns fail in the same rows, the values that these rows have in other columns are the same for all of them. So the rows are the
/// bits of words, and a count is one word masked by another:
///
///     rows            0 1 2 3 4
///     finder 7        1 . 1 1 .      fails in three of them
///     FR03            1 1 . 1 .      of another column
///     both            1 . . 1 .      two failures of finder 7 have FR03
///
/// Only rows that have a failure are in a tile.
struct FailureTile {
    /// A value of another column.
    struct Value {
        let number: Int32
        /// A bit for each row of the tile that has it.
        fileprivate(set) var rows: UInt64
    }

    static let mostRows = 64

    /// Indexes in the batch, ascending.
    private(set) var rows: [Int] = []
    private var lastRow = -1
    /// By finder: a bit for each row in which its column fails.
    private var failures: [UInt64] = []
    /// Those that have a bit.
    private(set) var finders: [Int] = []
    /// By other column, by number.
    private var values: [[Value]]
    /// Those of the column that is read, and which row is next.
    private var found: [Value] = []
    private var nextRow = 0

    init(otherCount: Int) {
        values = Array(repeating: [], count: otherCount)
    }

    /// Whether a failure in this row needs the next tile.
    @inline(__always)
    func isFull(before row: Int) -> Bool { row != lastRow && rows.count == Self.mostRows }

    /// Adds a failure in the last row or in one after it.
    @inline(__always)
    mutating func add(row: Int, finder: Int) {
        if row != lastRow { begin(row) }
        if finder >= failures.count { failures += repeatElement(0, count: finder + 1 - failures.count) }
        if failures[finder] == 0 { finders.append(finder) }
        failures[finder] |= 1 << UInt64(truncatingIfNeeded: rows.count - 1)
    }

    private mutating func begin(_ row: Int) {
        rows.append(row)
        lastRow = row
    }

    /// The rows in which a finder's column fails.
    func failures(of finder: Int) -> UInt64 { failures[finder] }

    /// The finder belongs to another column from now on.
    mutating func forget(finder: Int) {
        guard finder < failures.count, failures[finder] != 0 else { return }
        failures[finder] = 0
        finders.removeAll { $0 == finder }
    }

    /// The distinct values of another column, by number.
    func values(of other: Int) -> [Value] { values[other] }

    /// Adds the value of the next row of the tile, of one other column.
    ///
    /// - Parameter number: below 0 where the value is not examined.
    mutating func addNumber(_ number: Int32) {
        let row = UInt64(1) << UInt64(nextRow)
        nextRow += 1
        if number < 0 { return }
        if let index = found.firstIndex(where: { $0.number == number }) {
            found[index].rows |= row
        } else {
            found.append(Value(number: number, rows: row))
        }
    }

    /// The values of all rows were added.
    mutating func endNumbers(of other: Int) {
        found.sort { $0.number < $1.number }
        swap(&found, &values[other])
        found.removeAll(keepingCapacity: true)
        nextRow = 0
    }

    mutating func removeAll() {
        for finder in finders { failures[finder] = 0 }
        finders.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        lastRow = -1
    }
}
