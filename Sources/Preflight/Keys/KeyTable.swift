import ByteSpans
internal import CSVKernels
import SafeText

/// The place of a key.
struct KeyPlace: Sendable, Equatable {
    /// Record number.
    var row: Int
    /// Physical line in which the row begins.
    var line: Int
    /// Of the key's first field.
    var byteOffset: Int

    /// The position counted from the start of the earlier range.
    func shifted(by joint: Joint) -> KeyPlace {
        KeyPlace(row: row + joint.rows, line: line + joint.lines, byteOffset: byteOffset)
    }
}

/// Distinct keys, each with its first place, found by hash and compared byte by byte.
///
/// Everything is kept in blocks that never move, but for the slots, which double. ``byteCount`` is what it all takes.
struct KeyTable: ~Copyable {
    struct Entry {
        var hash: UInt64 = 0
        // Where its bytes are.
        fileprivate var block: Int32 = 0
        fileprivate var start: Int32 = 0
        var byteCount = 0
        var place = KeyPlace(row: 0, line: 0, byteOffset: 0)
        /// Whether it was met again.
        var isRepeated = false
    }

    private static let blockEntries = 1 << 10
    private static let blockBytes = 1 << 16

    private(set) var count = 0
    /// Bytes of memory in use.
    private(set) var byteCount = 0
    private var entries = BlockList<Entry>()
    private var bytes = BlockList<UInt8>()
    private var nextByte = 0
    /// Of the last block.
    private var freeBytes = 0
    /// Numbers of entries from 1, 0 where none is.
    private var slots = Block<UInt32>(repeating: 0, count: 1 << 10)

    init() {
        byteCount = slots.count * 4
    }

    subscript(index: Int) -> Entry {
        @inline(__always) _read { yield entries[index / Self.blockEntries, index % Self.blockEntries] }
        @inline(__always) _modify { yield &entries[index / Self.blockEntries, index % Self.blockEntries] }
    }

    /// The bytes of an entry's key.
    @inline(__always)
    @_lifetime(borrow self)
    func key(of index: Int) -> Span<UInt8> {
        let entry = self[index]
        return bytes[Int(entry.block)].extracting(Int(entry.start)..<(Int(entry.start) + entry.byteCount))
    }

    /// The entry of a key; `nil` if it was not there, and then it is now.
    mutating func find(_ key: Span<UInt8>, hash: UInt64, orAddAt place: KeyPlace, isRepeated: Bool = false) -> Int? {
        let (index, slot) = look(for: key, hash: hash)
        if let index { return index }
        var entry = Entry(hash: hash, byteCount: key.count, place: place, isRepeated: isRepeated)
        store(key, of: &entry)
        add(entry, slot: slot)
        return nil
    }

    /// Notes that a key was met again, if it is there.
    ///
    /// - Returns: its entry, and whether it was noted before.
    @inline(__always)
    mutating func markRepeated(_ key: Span<UInt8>, hash: UInt64) -> (entry: Int, wasRepeated: Bool)? {
        guard let index = look(for: key, hash: hash).index else { return nil }
        let wasRepeated = self[index].isRepeated
        self[index].isRepeated = true
        return (index, wasRepeated)
    }

    /// The first place of a key; `nil` if it is not there.
    func firstPlace(of key: [UInt8], hash: UInt64) -> KeyPlace? { look(for: key.span, hash: hash).index.map { self[$0].place } }

    /// - Returns: the entry of a key, `nil` if there is none; and the slot that has it, or where it belongs.
    @inline(__always)
    private func look(for key: Span<UInt8>, hash: UInt64) -> (index: Int?, slot: Int) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while case let number = Int(slots[slot]), number != 0 {
            let index = number &- 1
            if self[index].hash == hash, self[index].byteCount == key.count, key.hasSameBytes(as: self.key(of: index)) {
                return (index, slot)
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return (nil, slot)
    }

    /// A key with this hash is looked for soon: its slot is fetched, which would be waited for otherwise.
    @inline(__always)
    func prepareSlot(for hash: UInt64) {
        // Fetching reads no value; the slot is one of the table.
        unsafe csv_prefetch(slots.pointer + (Int(truncatingIfNeeded: hash) & (slots.count &- 1)))
    }

    /// The same for the entry in the slot, some keys later.
    @inline(__always)
    func prepareEntry(for hash: UInt64) {
        let number = Int(slots[Int(truncatingIfNeeded: hash) & (slots.count &- 1)])
        // Only the address is used, during the call.
        if number > 0 { unsafe withUnsafePointer(to: self[number &- 1]) { unsafe csv_prefetch($0) } }
    }

    private mutating func add(_ entry: Entry, slot: Int) {
        if count % Self.blockEntries == 0 {
            entries.append(repeating: Entry(), count: Self.blockEntries)
            byteCount += Self.blockEntries * MemoryLayout<Entry>.stride
        }
        count += 1
        self[count - 1] = entry
        slots[slot] = UInt32(count)
        if count * 2 > slots.count { grow() }
    }

    private mutating func store(_ key: Span<UInt8>, of entry: inout Entry) {
        if freeBytes < key.count || bytes.count == 0 {
            let size = max(key.count, Self.blockBytes)
            bytes.append(repeating: 0, count: size)
            (nextByte, freeBytes) = (0, size)
            byteCount += size
        }
        (entry.block, entry.start) = (Int32(bytes.count - 1), Int32(nextByte))
        bytes.write(key, block: bytes.count - 1, at: nextByte)
        nextByte += key.count
        freeBytes -= key.count
    }

    private mutating func grow() {
        let larger = slots.count * 2
        var new = Block<UInt32>(repeating: 0, count: larger)
        for index in 0..<count {
            var slot = Int(truncatingIfNeeded: self[index].hash) & (larger - 1)
            while new[slot] != 0 { slot = (slot + 1) & (larger - 1) }
            new[slot] = UInt32(index + 1)
        }
        byteCount += (larger - slots.count) * 4
        slots = new
    }
}

extension KeyPlace: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&row)
        coder(&line)
        coder(&byteOffset)
    }
}
