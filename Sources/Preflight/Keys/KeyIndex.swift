import ByteSources
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
        let first: KeyPlace
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
    mutating func add(_ key: UnsafeRawBufferPointer, hash: UInt64, at place: KeyPlace) throws(Descriptor.Failure) {
        if let parts { return try parts[Self.part(of: hash, level: 0)].append(key, hash: hash, place: place, isRepeated: false) }
        note(key, hash: hash, at: place)
        if table.byteCount > memoryLimit { parts = try spill(level: 0) }
    }

    /// Fetches what the keys with these hashes need, while they are in memory: the first some keys before it is added, the second less.
    @inline(__always)
    func prepare(slot: UInt64?, entry: UInt64?) {
        guard parts == nil else { return }
        if let slot { table.prepareSlot(for: slot) }
        if let entry { table.prepareEntry(for: entry) }
    }

    /// Looks at what was put aside. The counts are complete then.
    mutating func finish() throws(Descriptor.Failure) {
        guard let files = parts else { return }
        parts = nil
        try resolve(files, level: 0)
    }

    private mutating func note(_ key: UnsafeRawBufferPointer, hash: UInt64, at place: KeyPlace) {
        guard let known = table.find(key, hash: hash, orAddAt: place) else { return }
        repeatedRowCount += 1
        if !table[known].isRepeated {
            table[known].isRepeated = true
            repeatedKeyCount += 1
        }
        guard samples > 0, examples.count < samples || place.row < examples[examples.count - 1].repeated.row else { return }
        let position = examples.partitionPoint { $0.repeated.row < place.row }
        examples.insert(Repetition(key: Array(key), first: table[known].place, repeated: place), at: position)
        if examples.count > samples { examples.removeLast() }
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
                entry.key, hash: entry.hash, place: entry.place, isRepeated: entry.isRepeated)
        }
        table = KeyTable()
        return files
    }

    private mutating func resolve(_ files: [KeyFile], level: Int) throws(Descriptor.Failure) {
        for file in files {
            table = KeyTable()
            var smaller: [KeyFile]?
            try file.forEach { (key, hash, place, isRepeated) throws(Descriptor.Failure) in
                if let smaller {
                    return try smaller[Self.part(of: hash, level: level + 1)].append(key, hash: hash, place: place, isRepeated: isRepeated)
                }
                if isRepeated {
                    // It comes before all its repetitions, and is not counted as one.
                    _ = table.find(key, hash: hash, orAddAt: place, isRepeated: true)
                } else {
                    note(key, hash: hash, at: place)
                }
                // Ten levels use 50 bits; keys that still collide are kept together.
                if table.byteCount > memoryLimit, table.count >= Self.fewestParted, level < 9 { smaller = try spill(level: level + 1) }
            }
            if let smaller { try resolve(smaller, level: level + 1) }
        }
        table = KeyTable()
    }
}
