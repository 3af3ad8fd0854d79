/// How often values occur in all rows, estimated from rows that are spread over the file.
///
/// A row is in the sample if one of its bytes has an offset that is a multiple of 2^``level``. The level is the lowest one with at most
/// ``mostRows`` such rows, so a file with fewer rows is sampled completely. The sample does not depend on how the rows were read, and the samples
/// of two ranges can be merged. A long row is more likely to be in the sample, and has a lower weight.
struct RowSample {
    static let mostRows = 1 << 12

    struct Row {
        /// Offsets in the file, line end included.
        let bytes: Range<Int>
        /// The values of the examined columns: the length of each in one byte, or ``noValue`` if it is not kept, then its bytes.
        fileprivate let values: [UInt8]
    }

    private var rows: [Row] = []
    private(set) var level = 0

    private static let noValue = UInt8.max

    var isFull: Bool { rows.count > Self.mostRows }

    var count: Int { rows.count }

    /// Whether a row is in the sample at a level.
    static func contains(_ bytes: Range<Int>, level: Int) -> Bool {
        !bytes.isEmpty && ((bytes.upperBound - 1) >> level) << level >= bytes.lowerBound
    }

    /// Reduces the sample to the rows of the next level.
    mutating func raiseLevel() {
        level += 1
        let level = level
        rows.removeAll { !Self.contains($0.bytes, level: level) }
    }

    /// Adds a row after those that were added before.
    ///
    /// - Parameter values: Passes the value of a column, at most 254 bytes, or `nil` if it is not kept.
    mutating func add(_ bytes: Range<Int>, columnCount: Int, values: (Int, (UnsafeRawBufferPointer?) -> Void) -> Void) {
        var kept: [UInt8] = []
        for column in 0..<columnCount {
            values(column) { value in
                guard let value else { return kept.append(Self.noValue) }
                kept.append(UInt8(truncatingIfNeeded: value.count))
                kept.append(contentsOf: value)
            }
        }
        rows.append(Row(bytes: bytes, values: kept))
    }

    /// Adds the rows of the range right after this one.
    mutating func merge(_ later: RowSample) {
        var later = later
        while level < later.level { raiseLevel() }
        while later.level < level { later.raiseLevel() }
        rows += later.rows
        while isFull { raiseLevel() }
    }

    /// The share of rows with a value, from 0 to 1.
    func share(of value: [UInt8], column: Int) -> Double {
        var (all, found) = (0.0, 0.0)
        for row in rows {
            // The sample has one in so many rows of this length.
            let weight = max(1, Double(1 << level) / Double(row.bytes.count))
            all += weight
            if row.has(value, column: column) { found += weight }
        }
        return all == 0 ? 1 : found / all
    }
}

extension RowSample.Row {
    fileprivate func has(_ value: [UInt8], column: Int) -> Bool {
        var start = 0
        for _ in 0..<column { start += 1 + length(at: start) }
        guard values[start] != UInt8.max, length(at: start) == value.count else { return false }
        return values[(start + 1)...].prefix(value.count).elementsEqual(value)
    }

    private func length(at start: Int) -> Int {
        values[start] == UInt8.max ? 0 : Int(values[start])
    }
}
