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
    private var rowIndexes: [64 of Int] = .init(repeating: 0)
    private(set) var rowCount = 0
    private var lastRow = -1
    /// By finder: a bit for each row in which its column fails.
    private var failures: [UInt64] = []
    /// Those that have a bit.
    private(set) var finders: [Int] = []
    /// By other column, by number.
    private var values: [[Value]]
    /// By number of a value: its place among those of the column that is read, or -1.
    private var places: [Int32] = []

    init(otherCount: Int) {
        values = Array(repeating: [], count: otherCount)
    }

    /// Whether a failure in this row needs the next tile.
    @inline(__always)
    func isFull(before row: Int) -> Bool { row != lastRow && rowCount == Self.mostRows }

    /// Adds a row, unless it is the last one already.
    ///
    /// - Returns: its bit.
    @inline(__always)
    mutating func add(row: Int) -> UInt64 {
        if row != lastRow {
            rowIndexes[rowCount] = row
            rowCount &+= 1
            lastRow = row
        }
        return 1 &<< UInt64(truncatingIfNeeded: rowCount &- 1)
    }

    /// Adds rows after the last one; there is room for them.
    ///
    /// - Returns: their bits.
    mutating func add(rows: Range<Int>) -> UInt64 {
        let first = rowCount
        for row in rows {
            rowIndexes[rowCount] = row
            rowCount &+= 1
        }
        lastRow = rows.upperBound - 1
        return (UInt64.max &>> UInt64(Self.mostRows - rows.count)) &<< UInt64(first)
    }

    /// The index in the batch of a row of the tile.
    @inline(__always)
    func row(_ place: Int) -> Int { rowIndexes[place] }

    /// Adds failures in some of the rows.
    @inline(__always)
    mutating func add(_ failing: UInt64, finder: Int) {
        if finder >= failures.count { failures += repeatElement(0, count: finder + 1 - failures.count) }
        if failures[finder] == 0 { finders.append(finder) }
        failures[finder] |= failing
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

    /// Sets the values of another column.
    ///
    /// - Parameters:
    ///   - numbers: of the value in each row of the tile; below 0 where it is not examined.
    ///   - numberCount: All numbers are below it.
    mutating func setValues(_ numbers: Span<Int32>, numberCount: Int, of other: Int) {
        if places.count < numberCount { places += repeatElement(-1, count: max(numberCount - places.count, places.count)) }
        // Taken out, so that the loop works on memory that is surely its own.
        var found: [Value] = []
        swap(&found, &values[other])
        found.removeAll(keepingCapacity: true)
        var row: UInt64 = 1
        for index in numbers.indices {
            let number = numbers[index]
            if number >= 0 {
                let place = Int(places[Int(number)])
                if place >= 0 {
                    found[place].rows |= row
                } else {
                    places[Int(number)] = Int32(truncatingIfNeeded: found.count)
                    found.append(Value(number: number, rows: row))
                }
            }
            row &<<= 1
        }
        for value in found { places[Int(value.number)] = -1 }
        if found.count > 1 { found.sort { $0.number < $1.number } }
        swap(&found, &values[other])
    }

    mutating func removeAll() {
        for finder in finders { failures[finder] = 0 }
        finders.removeAll(keepingCapacity: true)
        rowCount = 0
        lastRow = -1
    }
}
