import ByteSpans

/// Counts what the values of a column of texts look like, until it is certain that they are no codes.
///
/// Codes have few looks: nine in ten values have one of three (see ``TextColumn``). Looks are dealt to sixteen heaps by their hashes, so that three
/// of them lie in three heaps at most: as soon as the other heaps have more than a tenth of all values of the column, no three looks have nine
/// tenths, and the rest of the column need not be looked at.
struct LookTally {
    private static let heapCount = 16

    private var tally = MaskTally()
    private var heaps = [Int](repeating: 0, count: heapCount)
    /// Of these, what was told by ``takeHeaps()``.
    private var toldHeaps = [Int](repeating: 0, count: heapCount)
    private let limit: Int
    /// Whether looks are still counted.
    private(set) var isOpen = true

    /// - Parameter limit: More values than these, with other looks than the three most frequent, are more than a tenth of the column.
    init(limit: Int) { self.limit = limit }

    @inline(__always)
    mutating func add(_ value: Span<UInt8>, hash: UInt64) {
        guard isOpen else { return }
        let look = ValueLook(value)
        heaps[Int(truncatingIfNeeded: look.stableHash) & (Self.heapCount - 1)] &+= 1
        tally.add(look, valueHash: hash, value)
    }

    mutating func closeIfSpread() {
        if isOpen, Self.areSpread(heaps, limit: limit) { close() }
    }

    /// Whether more values than some lie in other heaps than the three largest.
    static func areSpread(_ heaps: [Int], limit: Int) -> Bool {
        heaps.reduce(0, +) - heaps.sorted().suffix(3).reduce(0, +) > limit
    }

    /// The heaps of the values since the last time, for who adds up those of several tallies.
    mutating func takeHeaps() -> [Int] {
        defer { toldHeaps = heaps }
        return zip(heaps, toldHeaps).map(-)
    }

    mutating func close() {
        isOpen = false
        tally = MaskTally()
    }

    mutating func merge(_ other: LookTally) {
        guard isOpen, other.isOpen else { return close() }
        tally.merge(other.tally)
        for index in heaps.indices { heaps[index] += other.heaps[index] }
        // However the rows were parted among threads.
        closeIfSpread()
    }

    /// The most frequent first; none of a column that has too many different ones.
    var masks: [ColumnStatistics.Mask] { isOpen ? tally.masks : [] }
}
