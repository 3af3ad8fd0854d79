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
        fileprivate var byteCount: Int32 = 0
        /// Whether it was met again.
        var isRepeated = false
        var place = KeyPlace(row: 0, line: 0, byteOffset: 0)
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
    /// Numbers of entries, where a slot is taken.
    private var slots = Block<UInt32>(repeating: 0, count: 1 << 10)
    /// A few bits of the hash of each slot's key, or 0 for a free slot: a new key seldom meets the same bits, and then neither the number nor the
    /// entry is waited for.
    private var tags = Block<UInt8>(repeating: 0, count: 1 << 10)

    init() {
        byteCount = slots.count * Self.slotBytes
    }

    /// Bytes of a slot and its tag.
    private static let slotBytes = MemoryLayout<UInt32>.stride + MemoryLayout<UInt8>.stride

    subscript(index: Int) -> Entry {
        @inline(__always) _read { yield entries[index / Self.blockEntries, index % Self.blockEntries] }
        @inline(__always) _modify { yield &entries[index / Self.blockEntries, index % Self.blockEntries] }
    }

    /// The bytes of an entry's key.
    @inline(__always)
    @_lifetime(borrow self)
    func key(of index: Int) -> Span<UInt8> {
        let entry = self[index]
        return bytes[Int(entry.block)].extracting(Int(entry.start)..<Int(entry.start + entry.byteCount))
    }

    /// The entry of a key; `nil` if it was not there, and then it is now.
    mutating func find(_ key: Span<UInt8>, hash: UInt64, orAddAt place: KeyPlace, isRepeated: Bool = false) -> Int? {
        let (index, slot) = look(for: key, hash: hash)
        if let index { return index }
        var entry = Entry(hash: hash, byteCount: Int32(key.count), isRepeated: isRepeated, place: place)
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
        let tag = Self.tag(hash)
        while case let found = tags[slot], found != 0 {
            if found == tag, case let index = Int(slots[slot]), self[index].hash == hash, key.hasSameBytes(as: self.key(of: index)) {
                return (index, slot)
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return (nil, slot)
    }

    /// Bits that decide neither on the slot nor on the file of a key that is put aside. Never 0.
    @inline(__always)
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash &>> 32) | 1 }

    /// A key with this hash is looked for soon: its slot is fetched, which would be waited for otherwise.
    @inline(__always)
    func prepareSlot(for hash: UInt64) {
        let slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        // Fetching reads no value; the slot is one of the table.
        unsafe csv_prefetch(tags.pointer + slot)
        unsafe csv_prefetch(slots.pointer + slot)
    }

    /// The same for the entry in the slot, some keys later.
    @inline(__always)
    func prepareEntry(for hash: UInt64) {
        let slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        // Only the address is used, during the call.
        if tags[slot] == Self.tag(hash) { unsafe withUnsafePointer(to: self[Int(slots[slot])]) { unsafe csv_prefetch($0) } }
    }

    private mutating func add(_ entry: Entry, slot: Int) {
        if count % Self.blockEntries == 0 {
            entries.append(repeating: Entry(), count: Self.blockEntries)
            byteCount += Self.blockEntries * MemoryLayout<Entry>.stride
        }
        self[count] = entry
        (slots[slot], tags[slot]) = (UInt32(count), Self.tag(entry.hash))
        count += 1
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
        var newTags = Block<UInt8>(repeating: 0, count: larger)
        for index in 0..<count {
            let hash = self[index].hash
            var slot = Int(truncatingIfNeeded: hash) & (larger - 1)
            while newTags[slot] != 0 { slot = (slot + 1) & (larger - 1) }
            (new[slot], newTags[slot]) = (UInt32(index), Self.tag(hash))
        }
        byteCount += (larger - slots.count) * Self.slotBytes
        slots = new
        tags = newTags
    }
}

extension KeyPlace: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&row)
        coder(&line)
        coder(&byteOffset)
    }
}
