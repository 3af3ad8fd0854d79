import ByteSources
import SafeText

/// The rows of a range that repeat a key of the same range, where the profile has several keys: a row that repeats one in its range and another across
/// ranges is marked once. There may be as many as there are rows, so they are written in blocks, as keys are.
struct RepeatedRows {
    private static let blockByteCount = 1 << 16
    /// Numbers of rows in a file, which can be added up.
    private static let mostRows = 1 << 60

    private let spool = BlockSpool()
    private var coder = StateCoder()
    private var last = 0
    /// Whether rows of later ranges are kept too: not in the first range of a file, where they are of no use.
    var isKept = false

    /// - Parameter rows: ascending; some may come twice.
    mutating func add(_ rows: [Int]) throws(Descriptor.Failure) {
        for row in rows where row != last {
            // Relative to the row before; the first of a block to the beginning of the range.
            var distance = coder.bytes.isEmpty ? row : row - last
            coder(&distance)
            last = row
            if coder.bytes.count >= Self.blockByteCount { try endBlock() }
        }
    }

    private mutating func endBlock() throws(Descriptor.Failure) {
        if coder.bytes.isEmpty { return }
        try spool.append(coder.bytes)
        coder = StateCoder()
    }

    /// All blocks, and an empty one after them.
    mutating func reader() throws(Descriptor.Failure) -> BlockSpool.Reader {
        try endBlock()
        return spool.reader()
    }

    /// Adds the range after this one.
    ///
    /// - Parameters:
    ///   - stored: what was written of it.
    ///   - joint: where it begins.
    ///   - places: rows of it that repeat a key of this range, ascending, as they are numbered here; afterwards without those that were written.
    /// - Returns: `false` where what was written is damaged.
    mutating func merge(
        _ stored: any StoredBlocks, at joint: Joint, _ places: inout [KeyPlace]
    ) throws(Descriptor.Failure) -> Bool {
        var (kept, next, rows) = (0, 0, [Int]())
        func keep(before row: Int) {
            while next < places.count, places[next].row < row {
                places[kept] = places[next]
                // A row may repeat several keys.
                if kept == 0 || places[kept - 1].row != places[kept].row {
                    rows.append(places[kept].row)
                    kept += 1
                }
                next += 1
            }
        }
        while let block = stored.nextBlock() {
            if block.isEmpty {
                keep(before: .max)
                places.removeSubrange(kept...)
                if isKept { try add(rows) }
                return true
            }
            var (coder, row) = (StateCoder(reading: block), 0)
            while !coder.isAtEnd {
                var distance = 0
                coder(&distance)
                guard coder.damage == nil, 1...Self.mostRows ~= distance, row + distance <= Self.mostRows else { return false }
                row += distance
                let number = row + joint.rows
                keep(before: number)
                while next < places.count, places[next].row == number { next += 1 }
                rows.append(number)
            }
            if isKept { try add(rows) }
            rows.removeAll(keepingCapacity: true)
        }
        return false
    }
}
