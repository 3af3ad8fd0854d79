import SafeText

/// Counts how often each value of a column occurs, exactly, as long as there are few different ones.
///
/// Whether there are too many depends on the values alone, not on their order or on how a file was cut: tables of different rows merge in any order.
/// Two values with the same hash count as one, which happens by chance once in 2^44 columns.
struct ValueTable {
    /// How much a table may hold.
    struct Limits {
        var values: Int
        var bytes: Int

        /// The limits of a column where there are so many columns: all tables together take a few megabytes.
        init(columnCount: Int) {
            let count = max(1, columnCount)
            values = min(1_024, max(32, (1 << 17) / count))
            bytes = min(64 << 10, max(2 << 10, (2 << 20) / count))
        }
    }

    private struct Entry {
        let hash: UInt64
        var count: Int
        let start: Int32
        let byteCount: Int32
    }

    private static let longestValue = 256

    private let limits: Limits
    private var entries: [Entry] = []
    private var texts: [UInt8] = []
    /// Numbers of entries from 1, by the lowest bits of the hash, or after it; 0 where none is.
    private var slots: [UInt16] = Array(repeating: 0, count: 16)
    /// Whether there are too many values, or one is too long.
    private(set) var isFull = false

    init(_ limits: Limits) { self.limits = limits }

    /// Counts a value if it is known already: else it is added with its text.
    @inline(__always)
    mutating func countKnown(_ hash: UInt64) -> Bool {
        guard let index = index(of: hash) else { return false }
        entries[index].count &+= 1
        return true
    }

    /// Counts a value that is not known yet.
    @inline(never)
    mutating func add(_ text: [UInt8], hash: UInt64, count: Int = 1) {
        if isFull { return }
        guard text.count <= Self.longestValue, entries.count < limits.values, texts.count + text.count <= limits.bytes else {
            return giveUp()
        }
        entries.append(Entry(hash: hash, count: count, start: Int32(texts.count), byteCount: Int32(text.count)))
        texts += text
        if 2 * entries.count > slots.count {
            slots = Array(repeating: 0, count: 2 * slots.count)
            for index in entries.indices { place(index) }
        } else {
            place(entries.count - 1)
        }
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt16(index + 1)
    }

    private mutating func giveUp() {
        (entries, texts, slots, isFull) = ([], [], [0], true)
    }

    mutating func merge(_ other: ValueTable) {
        if other.isFull { giveUp() }
        for entry in other.entries where !isFull {
            if let index = index(of: entry.hash) {
                entries[index].count += entry.count
            } else {
                add(other.text(of: entry), hash: entry.hash, count: entry.count)
            }
        }
    }

    @inline(__always)
    private func index(of hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) &- 1
            if entries[index].hash == hash { return index }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    private func text(of entry: Entry) -> [UInt8] { Array(texts[Int(entry.start)..<Int(entry.start + entry.byteCount)]) }

    /// The values by their bytes; `nil` if there are too many.
    var values: [ColumnValues.Value]? {
        if isFull { return nil }
        return entries.map { ColumnValues.Value(text: text(of: $0), count: $0.count) }.sorted {
            $0.text.lexicographicallyPrecedes($1.text)
        }
    }
}

extension ValueTable: CodedState {
    private struct Coded: CodedValue {
        var hash: UInt64 = 0
        var count = 0
        var text: [UInt8] = []

        static var blank: Coded { Coded() }

        mutating func code(_ coder: inout StateCoder) {
            coder(&hash)
            coder(&count)
            coder(&text)
        }
    }

    mutating func code(_ coder: inout StateCoder) {
        var isFull = isFull
        var values = entries.map { Coded(hash: $0.hash, count: $0.count, text: text(of: $0)) }
        coder(&isFull)
        coder(&values)
        guard coder.isReading else { return }
        self = ValueTable(limits)
        for value in values { add(value.text, hash: value.hash, count: value.count) }
        if isFull { giveUp() }
    }
}
