import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText

/// Finds keys that occur more than once, exactly and in any number.
///
/// The distinct keys are kept in memory up to a limit. Beyond it all that were kept and all that come go to temporary files, parted by a few bits
/// of their hash; in the end each file is looked at by itself, and parted again if it is too large. What is found does not depend on it: repeated
/// keys are counted, and the examples are those of the first rows.
package struct KeyIndex: ~Copyable {
    /// A row whose key was met before.
    struct Repetition {
        let key: [UInt8]
        fileprivate(set) var first: KeyPlace
        let repeated: KeyPlace
    }

    /// Bytes of memory that keys may take, unless an option says otherwise.
    package static let usualMemory = 256 << 20

    /// Files that keys are parted into at a time, and the bits that it takes.
    private static let partBits = 5
    private static let partCount = 1 << partBits
    /// Fewer keys are never parted again: the files would take more than the keys.
    private static let fewestParted = 256

    private(set) var repeatedRowCount = 0
    /// Distinct keys that occur more than once.
    private(set) var repeatedKeyCount = 0
    /// Of the first rows, ascending.
    private(set) var examples: [Repetition] = []

    private let memoryLimit: Int
    private let samples: Int
    private let directory: FilePath
    private var table = KeyTable()
    private var parts: [KeyFile]?
    /// Whether the keys did not fit into memory.
    private(set) var hasPutAside = false

    /// - Parameters:
    ///   - memoryLimit: bytes, beside the buffers of the files and a few keys.
    ///   - samples: examples that are wanted.
    ///   - directory: for temporary files.
    init(memoryLimit: Int, samples: Int, directory: FilePath = Spool.defaultDirectory()) {
        self.memoryLimit = memoryLimit
        self.samples = samples
        self.directory = directory
    }

    /// Adds the key of the next row.
    ///
    /// - Parameter isRepeated: Whether the key, and the rows of its range that repeat it, are counted already.
    /// - Returns: Whether the key is known to repeat another; not where keys were put aside.
    @discardableResult
    mutating func add(
        _ key: Span<UInt8>, hash: UInt64, at place: KeyPlace, isRepeated: Bool = false
    ) throws(Descriptor.Failure) -> Bool {
        if let parts {
            try parts[Self.part(of: hash, level: 0)].append(key, hash: hash, place: place, isRepeated: isRepeated)
            return false
        }
        let repeats = note(key, hash: hash, at: place, isRepeated: isRepeated)
        if table.byteCount > memoryLimit {
            parts = try spill(level: 0)
            hasPutAside = true
        }
        return repeats
    }

    /// Adds the key of the next row, if it repeats one in memory.
    ///
    /// - Parameter place: of the row. Keys come in the order of the file.
    @inline(__always)
    mutating func addRepeated(_ key: Span<UInt8>, hash: UInt64, at place: () -> KeyPlace) -> Bool {
        guard parts == nil, let (known, wasRepeated) = table.markRepeated(key, hash: hash) else { return false }
        repeatedRowCount += 1
        if !wasRepeated { repeatedKeyCount += 1 }
        if examples.count < samples { keep(Repetition(key: Array(key), first: table[known].place, repeated: place())) }
        return true
    }

    /// Adds the key of the next row, which repeats one that ``addRepeated(_:hash:at:)`` found.
    ///
    /// - Returns: `false` where it has to be added as others are: an example is wanted.
    @inline(__always)
    mutating func addAgain() -> Bool {
        guard examples.count >= samples else { return false }
        repeatedRowCount += 1
        return true
    }

    /// Whether keys are waited for that are not fetched before.
    var isLarge: Bool { parts == nil && table.count > Self.mostCached }

    /// Keys that the cache of a core holds.
    private static let mostCached = 1 << 12

    /// Fetches what the keys with these hashes need: the first some keys before it is added, the second less.
    @inline(__always)
    func prepare(slot: UInt64?, entry: UInt64?) {
        if let slot { table.prepareSlot(for: slot) }
        if let entry { table.prepareEntry(for: entry) }
    }

    /// Adds the keys of the range after this one. Both use the same hash function: see ``Schema``.
    ///
    /// - Parameters:
    ///   - later: Empty afterwards.
    ///   - repeated: Receives the first places in the later range of keys that this one has; not where keys were put aside.
    mutating func merge(_ later: inout KeyIndex, at joint: Joint, repeated: inout [KeyPlace]?) throws(Descriptor.Failure) {
        repeatedRowCount += later.repeatedRowCount
        repeatedKeyCount += later.repeatedKeyCount
        if later.hasPutAside { hasPutAside = true }
        for found in later.examples {
            keep(Repetition(key: found.key, first: found.first.shifted(by: joint), repeated: found.repeated.shifted(by: joint)))
        }
        if let files = later.parts {
            for file in files {
                try file.forEach { (key, hash, place, isRepeated) throws(Descriptor.Failure) in
                    try add(key, hash: hash, at: place.shifted(by: joint), isRepeated: isRepeated)
                }
            }
        } else {
            for index in 0..<later.table.count {
                let entry = later.table[index]
                let place = entry.place.shifted(by: joint)
                if try add(later.table.key(of: index), hash: entry.hash, at: place, isRepeated: entry.isRepeated) {
                    repeated?.append(place)
                }
            }
        }
        later = KeyIndex(memoryLimit: memoryLimit, samples: samples, directory: directory)
    }

    /// A key that is looked for.
    struct WantedKey {
        let key: [UInt8]
        let hash: UInt64
    }

    /// Looks at what was put aside. The counts are complete then.
    ///
    /// - Parameter wanted: Keys to look for.
    /// - Returns: Those that were added, with their first places.
    mutating func finish(_ wanted: [WantedKey] = []) throws(Descriptor.Failure) -> [[UInt8]: KeyPlace] {
        var found: [[UInt8]: KeyPlace] = [:]
        if let files = parts {
            parts = nil
            try resolve(files, level: 0, wanted, &found)
        } else {
            lookUp(wanted, &found)
        }
        return found
    }

    private func lookUp(_ wanted: [WantedKey], _ found: inout [[UInt8]: KeyPlace]) {
        for one in wanted { found[one.key] = table.firstPlace(of: one.key, hash: one.hash) }
    }

    /// - Parameter isRepeated: As for ``add(_:hash:at:isRepeated:)``.
    /// - Returns: Whether the key was known.
    @discardableResult
    private mutating func note(_ key: Span<UInt8>, hash: UInt64, at place: KeyPlace, isRepeated: Bool) -> Bool {
        guard let known = table.find(key, hash: hash, orAddAt: place, isRepeated: isRepeated) else { return false }
        repeatedRowCount += 1
        // Both ranges may have counted the same key.
        if table[known].isRepeated == isRepeated { repeatedKeyCount += isRepeated ? -1 : 1 }
        if isRepeated { correctFirst(of: key, to: table[known].place) }
        table[known].isRepeated = true
        if wantsExample(at: place) { keep(Repetition(key: Array(key), first: table[known].place, repeated: place)) }
        return true
    }

    private func wantsExample(at place: KeyPlace) -> Bool {
        samples > 0 && (examples.count < samples || place.row < examples[examples.count - 1].repeated.row)
    }

    private mutating func keep(_ found: Repetition) {
        guard wantsExample(at: found.repeated) else { return }
        let position = examples.partitionPoint { $0.repeated.row < found.repeated.row }
        examples.insert(found, at: position)
        if examples.count > samples { examples.removeLast() }
    }

    /// Corrects the examples of a later range, which did not know the first position of the key.
    private mutating func correctFirst(of key: Span<UInt8>, to place: KeyPlace) {
        for index in examples.indices where key.elementsEqual(examples[index].key) { examples[index].first = place }
    }

    /// The highest bits first: the lowest choose the slots of a table.
    private static func part(of hash: UInt64, level: Int) -> Int {
        Int(truncatingIfNeeded: hash >> UInt64(64 - partBits * (level + 1))) & (partCount - 1)
    }

    /// Puts the table aside and empties it.
    private mutating func spill(level: Int) throws(Descriptor.Failure) -> [KeyFile] {
        var files: [KeyFile] = []
        for _ in 0..<Self.partCount { files.append(try KeyFile(in: directory)) }
        for index in 0..<table.count {
            let entry = table[index]
            try files[Self.part(of: entry.hash, level: level)].append(
                table.key(of: index), hash: entry.hash, place: entry.place, isRepeated: entry.isRepeated)
        }
        table = KeyTable()
        return files
    }

    /// - Parameter wanted: of the keys whose hashes are those of the files.
    private mutating func resolve(
        _ files: [KeyFile], level: Int, _ wanted: [WantedKey], _ found: inout [[UInt8]: KeyPlace]
    ) throws(Descriptor.Failure) {
        for (number, file) in files.enumerated() {
            table = KeyTable()
            var smaller: [KeyFile]?
            try file.forEach { (key, hash, place, isRepeated) throws(Descriptor.Failure) in
                if let smaller {
                    return try smaller[Self.part(of: hash, level: level + 1)].append(key, hash: hash, place: place, isRepeated: isRepeated)
                }
                note(key, hash: hash, at: place, isRepeated: isRepeated)
                // Ten levels use 50 bits; keys that still collide are kept together.
                if table.byteCount > memoryLimit, table.count >= Self.fewestParted, level < 9 { smaller = try spill(level: level + 1) }
            }
            let own = wanted.filter { Self.part(of: $0.hash, level: level) == number }
            if let smaller { try resolve(smaller, level: level + 1, own, &found) } else { lookUp(own, &found) }
        }
        table = KeyTable()
    }
}

extension KeyIndex {
    /// Calls `body` with each key that is kept or put aside. Those that repeat each other come in the order in which they were added.
    func forEach(
        _ body: (Span<UInt8>, KeyPlace, _ isRepeated: Bool) throws(Descriptor.Failure) -> Void
    ) throws(Descriptor.Failure) {
        if let parts {
            for file in parts {
                try file.forEach { (key, _, place, isRepeated) throws(Descriptor.Failure) in try body(key, place, isRepeated) }
            }
        } else {
            for index in 0..<table.count { try body(table.key(of: index), table[index].place, table[index].isRepeated) }
        }
    }

    /// Writes or reads all but the keys. There may be more keys than memory holds: see ``store(_:)``.
    mutating func code(_ coder: inout StateCoder) {
        coder(&repeatedRowCount)
        coder(&repeatedKeyCount)
        coder(&hasPutAside)
        let nowhere = KeyPlace(row: 0, line: 0, byteOffset: 0)
        coder.list(&examples, blank: Repetition(key: [], first: nowhere, repeated: nowhere)) { coder, example in
            var (key, first, repeated) = (example.key, example.first, example.repeated)
            coder(&key)
            coder(&first)
            coder(&repeated)
            example = Repetition(key: key, first: first, repeated: repeated)
        }
    }
}
