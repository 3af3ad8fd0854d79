/// Distinct shapes of values by column, each with one of its values, found by hash.
struct ShapeTable {
    struct Entry {
        /// Index among the columns that the profile names.
        let column: Int
        let hash: UInt32
        // The shape, and behind it one of its values, in the table's texts.
        fileprivate let start: Int
        fileprivate let shapeCount: Int
        fileprivate let valueCount: Int
    }

    /// In the order in which they came.
    private(set) var entries: [Entry] = []
    private var texts: [UInt8] = []
    /// Indexes of entries by hash, -1 where none is. A power of two, more than half of it free.
    private var slots: [Int32] = Array(repeating: -1, count: 64)

    mutating func removeAll() {
        if entries.isEmpty { return }
        for index in slots.indices { slots[index] = -1 }
        entries.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    static func hash(of shape: some Collection<UInt8>, column: Int) -> UInt32 {
        var hash = UInt32(truncatingIfNeeded: column) &* 0x9E37_79B1
        for byte in shape { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return hash ^ hash >> 15
    }

    func shape(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        return texts[entry.start..<(entry.start + entry.shapeCount)]
    }

    /// A value that has the shape.
    func value(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        return texts[(entry.start + entry.shapeCount)..<(entry.start + entry.shapeCount + entry.valueCount)]
    }

    /// The entry of a shape in a column; `nil` where there is none.
    func find(_ shape: some Collection<UInt8>, hash: UInt32, column: Int) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            let entry = entries[index]
            if entry.hash == hash, entry.column == column, entry.shapeCount == shape.count, self.shape(of: index).elementsEqual(shape) {
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a shape that is not in the table.
    mutating func insert(_ shape: some Collection<UInt8>, hash: UInt32, column: Int, value: some Collection<UInt8>) -> Int {
        let start = texts.count
        texts += shape
        texts += value
        entries.append(Entry(column: column, hash: hash, start: start, shapeCount: shape.count, valueCount: value.count))
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
