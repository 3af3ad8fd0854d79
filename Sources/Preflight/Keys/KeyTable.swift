internal import CSVKernels
import SafeText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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
        let hash: UInt64
        fileprivate let bytes: UnsafeRawPointer
        let byteCount: Int
        let place: KeyPlace
        /// Whether it was met again.
        var isRepeated: Bool

        var key: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: byteCount) }
    }

    private static let blockEntries = 1 << 10
    private static let blockBytes = 1 << 16

    private(set) var count = 0
    /// Bytes of memory in use.
    private(set) var byteCount = 0
    private var entryBlocks: [UnsafeMutablePointer<Entry>] = []
    private var byteBlocks: [UnsafeMutableRawPointer] = []
    private var freeBytes = 0
    private var nextByte: UnsafeMutableRawPointer?
    /// Numbers of entries from 1, 0 where none is.
    private var slots: UnsafeMutablePointer<UInt32>
    private var slotCount = 1 << 10

    init() {
        slots = Self.makeSlots(slotCount)
        byteCount = slotCount * 4
    }

    deinit {
        for block in entryBlocks { block.deallocate() }
        for block in byteBlocks { block.deallocate() }
        slots.deallocate()
    }

    subscript(index: Int) -> Entry {
        get { pointer(to: index).pointee }
        set { pointer(to: index).pointee = newValue }
    }

    /// The entry of a key; `nil` if it was not there, and then it is now.
    mutating func find(_ key: UnsafeRawBufferPointer, hash: UInt64, orAddAt place: KeyPlace, isRepeated: Bool = false) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if isEntry(index, of: key, hash: hash) { return index }
            slot = (slot + 1) & (slotCount - 1)
        }
        add(Entry(hash: hash, bytes: store(key), byteCount: key.count, place: place, isRepeated: isRepeated), slot: slot)
        return nil
    }

    /// Notes that a key was met again, if it is there.
    ///
    /// - Returns: its entry, and whether it was noted before.
    @inline(__always)
    func markRepeated(_ key: UnsafeRawBufferPointer, hash: UInt64) -> (entry: Int, wasRepeated: Bool)? {
        var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if isEntry(index, of: key, hash: hash) {
                let entry = pointer(to: index)
                let wasRepeated = entry.pointee.isRepeated
                entry.pointee.isRepeated = true
                return (index, wasRepeated)
            }
            slot = (slot + 1) & (slotCount - 1)
        }
        return nil
    }

    /// The first place of a key; `nil` if it is not there.
    func firstPlace(of key: [UInt8], hash: UInt64) -> KeyPlace? {
        key.withUnsafeBytes { key in
            var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
            while slots[slot] != 0 {
                let index = Int(slots[slot]) - 1
                if isEntry(index, of: key, hash: hash) { return pointer(to: index).pointee.place }
                slot = (slot + 1) & (slotCount - 1)
            }
            return nil
        }
    }

    @inline(__always)
    private func isEntry(_ index: Int, of key: UnsafeRawBufferPointer, hash: UInt64) -> Bool {
        let entry = pointer(to: index)
        guard entry.pointee.hash == hash, entry.pointee.byteCount == key.count else { return false }
        return key.isEmpty || memcmp(entry.pointee.bytes, key.baseAddress!, key.count) == 0
    }

    /// A key with this hash is looked for soon: its slot is fetched, which would be waited for otherwise.
    @inline(__always)
    func prepareSlot(for hash: UInt64) {
        csv_prefetch(slots + (Int(truncatingIfNeeded: hash) & (slotCount - 1)))
    }

    /// The same for the entry in the slot, some keys later.
    @inline(__always)
    func prepareEntry(for hash: UInt64) {
        let number = Int(slots[Int(truncatingIfNeeded: hash) & (slotCount - 1)])
        if number > 0 { csv_prefetch(pointer(to: number - 1)) }
    }

    @inline(__always)
    private func pointer(to index: Int) -> UnsafeMutablePointer<Entry> {
        entryBlocks[index / Self.blockEntries] + index % Self.blockEntries
    }

    private mutating func add(_ entry: Entry, slot: Int) {
        if count % Self.blockEntries == 0 {
            entryBlocks.append(.allocate(capacity: Self.blockEntries))
            byteCount += Self.blockEntries * MemoryLayout<Entry>.stride
        }
        count += 1
        (entryBlocks[entryBlocks.count - 1] + (count - 1) % Self.blockEntries).initialize(to: entry)
        slots[slot] = UInt32(count)
        if count * 2 > slotCount { grow() }
    }

    private mutating func store(_ key: UnsafeRawBufferPointer) -> UnsafeRawPointer {
        // Eight more, so that words can be loaded to the last byte.
        let wanted = key.count + 8
        if freeBytes < wanted || nextByte == nil {
            let size = max(wanted, Self.blockBytes)
            let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
            byteBlocks.append(block)
            (nextByte, freeBytes) = (block, size)
            byteCount += size
        }
        let start = nextByte!
        if let source = key.baseAddress { start.copyMemory(from: source, byteCount: key.count) }
        nextByte = start + key.count
        freeBytes -= key.count
        return UnsafeRawPointer(start)
    }

    private mutating func grow() {
        let larger = slotCount * 2
        let new = Self.makeSlots(larger)
        for index in 0..<count {
            var slot = Int(truncatingIfNeeded: self[index].hash) & (larger - 1)
            while new[slot] != 0 { slot = (slot + 1) & (larger - 1) }
            new[slot] = UInt32(index + 1)
        }
        slots.deallocate()
        byteCount += (larger - slotCount) * 4
        (slots, slotCount) = (new, larger)
    }

    private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        slots.initialize(repeating: 0, count: count)
        return slots
    }
}

extension KeyPlace: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&row)
        coder(&line)
        coder(&byteOffset)
    }
}
