/// Distinct bytes by column, found by hash; each may bring another text along.
///
/// A dictionary of arrays would hash byte by byte and allocate for each look-up.
struct TextTable {
    struct Entry {
        /// Index among the columns that the profile names.
        let column: Int
        let hash: UInt32
        // The text, and behind it the one it brought along, in the table's bytes.
        fileprivate let start: Int
        fileprivate let textCount: Int
        fileprivate let companionCount: Int
    }

    /// In the order in which they came.
    private(set) var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Indexes of entries by hash, -1 where none is. A power of two, more than half of it free.
    private var slots: [Int32] = Array(repeating: -1, count: 64)

    mutating func removeAll() {
        if entries.isEmpty { return }
        for index in slots.indices { slots[index] = -1 }
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    static func hash(of text: some Collection<UInt8>, column: Int) -> UInt32 {
        var hash = UInt32(truncatingIfNeeded: column) &* 0x9E37_79B1
        for byte in text { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash ^ hash >> 15
    }

    func text(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        return bytes[entry.start..<(entry.start + entry.textCount)]
    }

    /// The text that it brought along.
    func companion(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        return bytes[(entry.start + entry.textCount)..<(entry.start + entry.textCount + entry.companionCount)]
    }

    /// The entry of a text in a column; `nil` where there is none.
    func find(_ text: some Collection<UInt8>, hash: UInt32, column: Int) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            let entry = entries[index]
            if entry.hash == hash, entry.column == column, entry.textCount == text.count, self.text(of: index).elementsEqual(text) {
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a text that is not in the table.
    mutating func insert(
        _ text: some Collection<UInt8>, hash: UInt32, column: Int, companion: some Collection<UInt8> = EmptyCollection<UInt8>()
    ) -> Int {
        let start = bytes.count
        bytes += text
        bytes += companion
        entries.append(Entry(column: column, hash: hash, start: start, textCount: text.count, companionCount: companion.count))
        if entries.count * 2 > slots.count {
            slots = Array(repeating: -1, count: slots.count * 2)
            for index in entries.indices { occupy(index) }
        } else {
            occupy(entries.count - 1)
        }
        return entries.count - 1
    }

    private mutating func occupy(_ entry: Int) {
        var slot = Int(entries[entry].hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(entry)
    }
}
