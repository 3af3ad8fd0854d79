import ByteSpans
import SafeText

/// How often values occur in all rows, estimated from rows that are spread over the file.
///
/// A row is in the sample if one of its bytes has an offset that is a multiple of 2^``level``. The level is the lowest one with at most
/// ``mostRows`` such rows, so a file with fewer rows is sampled completely. The sample does not depend on how the rows were read, and the samples
/// of two ranges can be merged. A long row is more likely to be in the sample, and has a lower weight.
struct RowSample {
    private static let mostRows = 1 << 12

    private struct Row {
        /// Offsets in the file, line end included.
        let bytes: Range<Int>
        /// Where its values begin in ``values``.
        var start: Int
    }

    private var rows: [Row] = []
    /// The values of the examined columns of each row: the length of each in one byte, or ``noValue`` if it is not kept, then its bytes.
    private var values: [UInt8] = []
    /// The bytes of ``values`` that are in use.
    private var used = 0
    private(set) var level = 0

    private static let noValue = UInt8.max

    /// The highest level at which a row is in the sample; every row is at those up to it. Complexity: constant.
    static func topLevel(_ bytes: Range<Int>) -> Int {
        // An offset in the row is a multiple of 2^level if that divides the last byte's offset more often than that of the byte before the row.
        let beyond = bytes.lowerBound == 0 ? -1 : (bytes.lowerBound - 1) ^ (bytes.upperBound - 1)
        return bytes.isEmpty ? -1 : Int.bitWidth - 1 - beyond.leadingZeroBitCount
    }

    func contains(_ bytes: Range<Int>) -> Bool { Self.topLevel(bytes) >= level }

    /// Raises the level as far as the next rows need it. Complexity: linear in the rows, if they are too many.
    mutating func makeRoom(for next: some Sequence<Range<Int>>, count: Int) {
        guard rows.count + count > Self.mostRows else { return }
        var counts: [64 of Int] = .init(repeating: 0)
        var left = rows.count
        for bytes in next {
            let top = Self.topLevel(bytes)
            guard top >= level else { continue }
            counts[top] += 1
            left += 1
        }
        guard left > Self.mostRows else { return }
        for row in rows { counts[Self.topLevel(row.bytes)] += 1 }
        var level = level
        while left > Self.mostRows {
            left -= counts[level]
            level += 1
        }
        raise(to: level)
    }

    private mutating func raise(to level: Int) {
        guard level > self.level else { return }
        self.level = level
        var (kept, end) = (0, 0)
        for index in rows.indices where contains(rows[index].bytes) {
            let range = rows[index].start..<(index + 1 < rows.count ? rows[index + 1].start : used)
            var space = values.mutableSpan
            space.move(range, to: end)
            rows[kept] = Row(bytes: rows[index].bytes, start: end)
            kept += 1
            end += range.count
        }
        rows.removeLast(rows.count - kept)
        used = end
    }

    /// Adds a row after those that were added before; ``keep(_:)`` then gets the value of each column.
    mutating func add(_ bytes: Range<Int>) {
        rows.append(Row(bytes: bytes, start: used))
    }

    /// Keeps the next value of the row that was added last.
    ///
    /// - Parameter value: At most 254 bytes; `nil` for one that is not kept.
    mutating func keep(_ value: Span<UInt8>?) {
        let count = value?.count ?? 0
        if used + 1 + count > values.count { values += repeatElement(0, count: max(1 << 10, values.count)) }
        let place = used
        var space = values.mutableSpan
        space[place] = value == nil ? Self.noValue : UInt8(truncatingIfNeeded: count)
        if let value { space.copy(value, at: place + 1) }
        used += 1 + count
    }

    /// Adds the rows of the range right after this one.
    mutating func merge(_ later: RowSample) {
        var later = later
        raise(to: later.level)
        makeRoom(for: later.rows.lazy.map(\.bytes), count: later.rows.count)
        later.raise(to: level)
        rows += later.rows.map { Row(bytes: $0.bytes, start: used + $0.start) }
        values.removeLast(values.count - used)
        values += later.values[..<later.used]
        used += later.used
    }

    /// The share of rows with a value, from 0 to 1.
    func share(of value: [UInt8], column: Int) -> Double {
        var (all, found) = (0.0, 0.0)
        for row in rows {
            // The sample has one in so many rows of this length.
            let weight = max(1, Double(1 << level) / Double(row.bytes.count))
            all += weight
            if has(value, column: column, row) { found += weight }
        }
        return all == 0 ? 1 : found / all
    }

    private func has(_ value: [UInt8], column: Int, _ row: Row) -> Bool {
        var start = row.start
        for _ in 0..<column { start += 1 + length(at: start) }
        guard values[start] != Self.noValue, length(at: start) == value.count else { return false }
        return values[(start + 1)...].prefix(value.count).elementsEqual(value)
    }

    private func length(at start: Int) -> Int {
        values[start] == Self.noValue ? 0 : Int(values[start])
    }
}

extension RowSample: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&level)
        values.removeLast(values.count - used)
        coder(&values)
        used = values.count
        coder.list(&rows, blank: Row(bytes: 0..<0, start: 0)) { coder, row in
            var (bytes, start) = (row.bytes, row.start)
            coder(&bytes)
            coder(&start)
            row = Row(bytes: bytes, start: start)
        }
        if !(0..<Int.bitWidth).contains(level) || rows.contains(where: { !(0...used).contains($0.start) }) {
            coder.fail()
            (rows, level) = ([], 0)
        }
    }
}
