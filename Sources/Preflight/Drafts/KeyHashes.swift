import ByteSources
import ByteSpans
import SafeText

/// Hashes of keys, to see whether one comes twice: in memory, and in temporary files beyond a limit.
///
/// Equal keys have equal hashes, so keys whose hashes all differ are all different: that is certain. That two keys differ in spite of equal hashes
/// happens by chance once in 2^64 pairs, and then a key is not found.
struct KeyHashes {
    /// Files that hashes are parted into, by their highest bits.
    private static let partBits = 6
    private static let bufferCount = 1 << 10

    private var table = HashTable()
    private var parts: [Part]?
    private let limit: Int
    private let directory: FilePath
    /// Whether some hash came twice.
    private(set) var hasRepeated = false

    /// A file of hashes, without a name.
    private struct Part {
        let descriptor: Descriptor
        var buffer: [UInt64] = []
        var count = 0
    }

    /// - Parameter memoryLimit: bytes.
    init(memoryLimit: Int, directory: FilePath = Spool.defaultDirectory()) {
        limit = memoryLimit
        self.directory = directory
    }

    mutating func add(_ hash: UInt64) throws(Descriptor.Failure) {
        if hasRepeated { return }
        // Before it grows: while it does, the smaller table is there, too.
        if parts == nil, table.isFull, 2 * table.byteCount > limit { try putAside() }
        guard parts == nil else { return try put(hash) }
        if !table.insert(hash) {
            hasRepeated = true
            table = HashTable()
        }
    }

    private mutating func putAside() throws(Descriptor.Failure) {
        var files: [Part] = []
        for _ in 0..<(1 << Self.partBits) { files.append(Part(descriptor: try Descriptor.unnamedFile(in: directory))) }
        parts = files
        let table = table
        self.table = HashTable()
        for hash in table.slots where hash != 0 { try put(hash) }
        if table.hasZero { try put(0) }
    }

    private mutating func put(_ hash: UInt64) throws(Descriptor.Failure) {
        let number = Int(hash >> UInt64(64 - Self.partBits))
        parts?[number].buffer.append(hash)
        parts?[number].count += 1
        guard let part = parts?[number], part.buffer.count >= Self.bufferCount else { return }
        try Self.write(part.buffer, to: part.descriptor)
        parts?[number].buffer.removeAll(keepingCapacity: true)
    }

    private static func write(_ hashes: [UInt64], to descriptor: Descriptor) throws(Descriptor.Failure) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * hashes.count)
        for hash in hashes { bytes.append(numberBytes: hash) }
        try descriptor.writeAll(bytes.span)
    }

    /// Looks at what was put aside: ``hasRepeated`` is complete then.
    mutating func finish() throws(Descriptor.Failure) {
        guard !hasRepeated, let files = parts else { return }
        parts = nil
        for file in files where !hasRepeated {
            var table = HashTable()
            for hash in file.buffer where !table.insert(hash) { hasRepeated = true }
            var space = Block<UInt8>(repeating: 0, count: 1 << 15)
            var offset = 0
            let end = 8 * (file.count - file.buffer.count)
            while offset < end, !hasRepeated {
                var room = space.mutableSpan
                let byteCount = try file.descriptor.readBytes(at: offset, into: &room)
                // Whole hashes only: the rest is read again.
                guard byteCount >= 8 else { break }
                for place in 0..<(byteCount / 8) where !table.insert(space.span.load(at: 8 * place)) { hasRepeated = true }
                offset += byteCount / 8 * 8
            }
        }
    }
}

/// A set of hashes.
struct HashTable {
    /// The hashes, with 0 for free slots.
    private(set) var slots: [UInt64] = []
    private(set) var count = 0
    /// Whether the hash 0 is in it.
    private(set) var hasZero = false

    var byteCount: Int { 8 * slots.count }

    /// Whether it grows before another hash is inserted.
    var isFull: Bool { 3 * count >= 2 * slots.count }

    /// - Returns: `false` if the hash was there.
    mutating func insert(_ hash: UInt64) -> Bool {
        if hash == 0 {
            defer { hasZero = true }
            return !hasZero
        }
        if isFull { grow() }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        slots[slot] = hash
        count += 1
        return true
    }

    private mutating func grow() {
        let before = slots
        slots = Array(repeating: 0, count: max(64, 2 * before.count))
        for hash in before where hash != 0 {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = hash
        }
    }
}
