import ByteSpans
import SafeText

/// Counts the masks of a column. If there are more than ``most`` of them, those with the smallest hashes are counted, whatever their order: the
/// count of a mask that is kept is exact, and tallies merge in any order.
struct MaskTally {
    /// The most masks that are kept.
    static let most = 256
    private static let longestExample = 48

    private struct Entry {
        let mask: ValueLook
        let hash: UInt64
        var count = 0
        /// Of all values with the mask the one with the smallest hash: so it does not depend on their order.
        var example: (hash: UInt64, text: [UInt8])?
    }

    private var entries: [Entry] = []
    /// Indices of entries by hash, or after it, -1 where there is none; a power of two of them.
    private var slots: [Int32] = Array(repeating: -1, count: 8)
    /// Masks with larger hashes are not kept.
    private var limit = UInt64.max

    /// Counts a value, or several that are equal.
    @inline(__always)
    mutating func add(_ look: ValueLook, count: Int = 1, valueHash: UInt64, _ value: Span<UInt8>) {
        let hash = look.stableHash
        if hash > limit { return }
        let index = index(of: look, hash)
        entries[index].count &+= count
        if let example = entries[index].example, example.hash <= valueHash { return }
        keepExample(index, valueHash, value)
    }

    /// Counts more values that are equal to one that was counted with its text.
    mutating func add(_ look: ValueLook, count: Int) {
        let hash = look.stableHash
        if hash <= limit { entries[index(of: look, hash)].count += count }
    }

    @inline(never)
    private mutating func keepExample(_ index: Int, _ hash: UInt64, _ value: Span<UInt8>) {
        entries[index].example = (hash, Array(value.prefix(Self.longestExample)))
        // Twice as many, so that this is rare.
        if entries.count > 2 * Self.most { prune() }
    }

    @inline(__always)
    private mutating func index(of mask: ValueLook, _ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while true {
            let index = Int(slots[slot])
            if index < 0 { return insert(mask, hash) }
            if entries[index].hash == hash, entries[index].mask == mask { return index }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
    }

    @inline(never)
    private mutating func insert(_ mask: ValueLook, _ hash: UInt64) -> Int {
        entries.append(Entry(mask: mask, hash: hash))
        if 2 * entries.count > slots.count { return rebuild() }
        place(entries.count - 1)
        return entries.count - 1
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(index)
    }

    /// - Returns: the index of the last entry.
    private mutating func rebuild() -> Int {
        slots = Array(repeating: -1, count: max(8, slots.count * (2 * entries.count > slots.count ? 2 : 1)))
        for index in entries.indices { place(index) }
        return entries.count - 1
    }

    private mutating func prune() {
        entries = kept
        if let last = entries.last { limit = last.hash }
        _ = rebuild()
    }

    private var kept: [Entry] { Array(entries.sorted { $0.hash < $1.hash }.prefix(Self.most)) }

    mutating func merge(_ other: MaskTally) {
        limit = min(limit, other.limit)
        for entry in other.entries where entry.hash <= limit {
            let index = index(of: entry.mask, entry.hash)
            entries[index].count += entry.count
            if let theirs = entry.example, entries[index].example.map({ theirs.hash < $0.hash }) ?? true { entries[index].example = theirs }
        }
        entries.removeAll { $0.hash > limit }
        _ = rebuild()
        if entries.count > 2 * Self.most { prune() }
    }

    /// The most frequent first, then by text.
    var masks: [ColumnStatistics.Mask] {
        kept.map {
            ColumnStatistics.Mask(
                text: $0.mask.text, count: $0.count, example: $0.example.map { VisibleText($0.text, limit: Self.longestExample) })
        }.sorted { $0.count != $1.count ? $0.count > $1.count : $0.text < $1.text }
    }
}

extension MaskTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&limit)
        coder.list(&entries, blank: Entry(mask: ValueLook(), hash: 0)) { coder, entry in
            var mask = entry.mask
            coder(&mask)
            if coder.isReading { entry = Entry(mask: mask, hash: mask.stableHash) }
            coder(&entry.count)
            coder.optional(&entry.example, blank: (0, [])) { coder, example in
                coder(&example.hash)
                coder(&example.text)
            }
        }
        guard coder.isReading else { return }
        var count = slots.count
        while count < 2 * entries.count { count *= 2 }
        slots = Array(repeating: -1, count: count)
        _ = rebuild()
    }
}
