import ByteSpans
import CSVTokenizer

/// Counts how often each value of a column occurs, exactly.
///
/// Two values with the same hash count as one, which happens by chance once in 2^44 columns.
struct ValueTable {
    /// Lowest bits of a hash lead to its slot, or to one after it; 0 where none is.
    private var hashes: [UInt64] = Array(repeating: 0, count: fewestSlots)
    /// By slot, the number of the value.
    private var numbers: [UInt16] = Array(repeating: 0, count: fewestSlots)
    /// By number of the value.
    private var counts: [Int] = []
    /// Where its text ends.
    private var ends: [Int32] = []
    private var texts: [UInt8] = []

    /// How many different values a table may have, and how long they may be.
    struct Room {
        var values: Int
        var bytes: Int
        var longestValue: Int
    }

    private static let fewestSlots = 16
    /// The most values that a table may hold.
    static let most = Int(UInt16.max)

    /// Different values.
    var count: Int { counts.count }
    /// Bytes of their texts.
    var byteCount: Int { texts.count }

    /// Counts the values of a column, new ones too, until one has no room; empty ones are left out.
    ///
    /// - Returns: the row of the value that has no room; as many as there are rows where all were counted.
    mutating func count(_ column: KernelColumn, _ reader: ValueReader, room: Room) -> Int {
        for row in 0..<column.rowCount {
            let isCounted = reader.withHashedText(of: column.text(ofRow: row)) { value, hash in
                value.isEmpty || countKnown(hash, count: 1) || add(value, hash: hash, count: 1, room: room)
            }
            if !isCounted { return row }
        }
        return column.rowCount
    }

    /// Counts the values of a column that are known, and lists the rows of the others; empty ones are left out.
    ///
    /// - Returns: how many others there are.
    mutating func countKnown(_ column: KernelColumn, _ reader: ValueReader, others: inout Block<UInt32>) -> Int {
        let (hashes, numbers) = (hashes, numbers)
        let (slots, values) = (hashes.span, numbers.span)
        var counts = counts.mutableSpan
        let last = slots.count &- 1
        var otherCount = 0
        for row in 0..<column.rowCount {
            let text = column.text(ofRow: row)
            if text.isEmpty { continue }
            let hash = reader.hash(ofField: text)
            if hash == 0 { continue }
            var slot = Int(truncatingIfNeeded: hash) & last
            while slots[slot] != hash, slots[slot] != 0 { slot = (slot &+ 1) & last }
            if slots[slot] == hash {
                counts[Int(values[slot])] &+= 1
            } else {
                others[otherCount] = UInt32(truncatingIfNeeded: row)
                otherCount &+= 1
            }
        }
        return otherCount
    }

    /// Counts a value, or several that are equal, if it is known.
    mutating func countKnown(_ hash: UInt64, count: Int) -> Bool {
        guard let slot = slot(of: hash) else { return false }
        counts[Int(numbers[slot])] += count
        return true
    }

    private func slot(of hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
        while hashes[slot] != 0 {
            if hashes[slot] == hash { return slot }
            slot = (slot + 1) & (hashes.count - 1)
        }
        return nil
    }

    /// Adds a value that is not known.
    ///
    /// - Returns: `false` if it has no room.
    mutating func add(_ text: Span<UInt8>, hash: UInt64, count: Int, room: Room) -> Bool {
        guard counts.count < room.values, texts.count + text.count <= room.bytes, text.count <= room.longestValue else { return false }
        add(text, hash: hash, count: count)
        return true
    }

    /// Adds a value that is not known.
    mutating func add(_ text: Span<UInt8>, hash: UInt64, count: Int) {
        precondition(counts.count < Self.most, "room for the value")
        if 2 * (counts.count + 1) > hashes.count { grow() }
        place(hash, number: UInt16(counts.count))
        counts.append(count)
        texts += text
        ends.append(Int32(texts.count))
    }

    private mutating func grow() {
        let before = (hashes, numbers)
        hashes = Array(repeating: 0, count: 2 * before.0.count)
        numbers = Array(repeating: 0, count: hashes.count)
        for (hash, number) in zip(before.0, before.1) where hash != 0 { place(hash, number: number) }
    }

    private mutating func place(_ hash: UInt64, number: UInt16) {
        var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
        while hashes[slot] != 0 { slot = (slot + 1) & (hashes.count - 1) }
        (hashes[slot], numbers[slot]) = (hash, number)
    }

    /// Calls `body` with each value and its count, in the order in which they were added. Sixteen bytes are readable from the start of each.
    func forEach(_ body: (_ value: Span<UInt8>, _ count: Int) -> Void) {
        let padded = texts + [UInt8](repeating: 0, count: 16)
        var start = 0
        for number in counts.indices {
            let end = Int(ends[number])
            body(padded.span.extracting(start..<end), counts[number])
            start = end
        }
    }

    /// The values in the order in which they were added.
    var values: [ColumnValues.Value] {
        counts.indices.map { number in
            let start = number == 0 ? 0 : Int(ends[number - 1])
            return ColumnValues.Value(text: Array(texts[start..<Int(ends[number])]), count: counts[number])
        }
    }
}

/// Gives the values of fields with their hashes.
struct ValueReader {
    let decoder: FieldDecoder
    let hash: KeyHash
    /// The most bytes of a field that are looked at.
    let limit: Int

    /// The hash of a field's value; 0 of an empty one.
    @inline(__always)
    func hash(ofField field: Span<UInt8>) -> UInt64 {
        withHashedText(of: field) { value, hash in value.isEmpty ? 0 : hash }
    }

    /// Calls `body` with the value of a field and its hash.
    @inline(__always)
    func withHashedText<Result>(of field: Span<UInt8>, _ body: (_ value: Span<UInt8>, _ hash: UInt64) -> Result) -> Result {
        decoder.withText(of: field.prefix(limit)) { body($0, max(hash(padded: $0), 1)) }
    }

    /// The hash of a value that is not empty.
    func hash(of value: Span<UInt8>) -> UInt64 { max(hash(value), 1) }
}
