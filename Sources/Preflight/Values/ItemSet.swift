/// The items of a dimension: an immutable set of byte strings with two ways to look a field up, neither of which allocates.
///
/// Hash tables with open addressing over one block of bytes: half full at most, probed one slot after the other.
public struct ItemSet: Sendable, Equatable {
    /// Distinct items, in the order given.
    public var count: Int { exact.count }

    private var exact: ByteTable
    /// The items trimmed and case-folded.
    private var folded: ByteTable
    /// How lenient the configuration's property is (assumed); ``contains(_:)`` does not ask it.
    public let matching: ItemMatching
    /// The items only trimmed, or only folded, where just one of the two does not matter.
    private var lenient: ByteTable?

    /// - Parameter items: UTF-8; duplicates count once.
    public init(_ items: some Collection<[UInt8]>, matching: ItemMatching = ItemMatching()) {
        self.matching = matching
        exact = ByteTable(capacity: items.count)
        folded = ByteTable(capacity: items.count)
        for item in items {
            guard exact.insert(item) else { continue }
            item.withUnsafeBytes { bytes in
                _ = folded.insert(Array(IteratorSequence(FoldedBytes(Blanks.trim(bytes)))))
            }
        }
        guard matching.trimsBlanks != matching.ignoresCase else { return }
        var lenient = ByteTable(capacity: items.count)
        for item in items {
            item.withUnsafeBytes { bytes in
                _ = lenient.insert(matching.trimsBlanks ? Array(Blanks.trim(bytes)) : Array(IteratorSequence(FoldedBytes(bytes))))
            }
        }
        self.lenient = lenient
    }

    /// The items by the order given.
    subscript(number: Int) -> ArraySlice<UInt8> { exact[number] }

    /// The same items, matched in another way.
    func matched(by matching: ItemMatching) -> ItemSet {
        ItemSet((0..<exact.count).map { Array(exact[$0]) }, matching: matching)
    }

    /// Whether `field` is an item, byte by byte.
    public func contains(_ field: UnsafeRawBufferPointer) -> Bool {
        exact.contains(field.makeIterator())
    }

    /// Whether `field` is an item for the configuration's property, if that is lenient.
    func matches(_ field: UnsafeRawBufferPointer) -> Bool {
        switch (matching.trimsBlanks, matching.ignoresCase) {
        case (false, false): false
        case (true, true): containsFolded(Blanks.trim(field))
        case (true, false): lenient?.contains(Blanks.trim(field).makeIterator()) ?? false
        case (false, true): lenient?.contains(FoldedBytes(field)) ?? false
        }
    }

    /// Whether `field`, which has no surrounding blanks, differs from an item only by letter case or by the item's surrounding blanks.
    func containsFolded(_ field: UnsafeRawBufferPointer) -> Bool {
        folded.contains(FoldedBytes(field))
    }
}

/// A set of byte strings that is looked up by a sequence of bytes.
private struct ByteTable: Sendable, Equatable {
    private(set) var count = 0
    /// All strings, one after the other.
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`; where it begins is the end of the one before.
    private var ends: [Int] = []
    /// Number of a string plus 1, or 0 for a free slot. The length is a power of two.
    private var slots: [UInt32]

    init(capacity: Int) {
        var length = 8
        while length < 2 * capacity { length *= 2 }
        slots = [UInt32](repeating: 0, count: length)
    }

    /// - Precondition: fewer strings than the capacity are in the table.
    /// - Returns: `false` if it was there before.
    mutating func insert(_ string: [UInt8]) -> Bool {
        let slot = slot(of: string.makeIterator())
        guard slots[slot] == 0 else { return false }
        bytes += string
        ends.append(bytes.count)
        count += 1
        slots[slot] = UInt32(count)
        return true
    }

    /// The strings by the order in which they came.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    func contains(_ string: some IteratorProtocol<UInt8>) -> Bool {
        slots[slot(of: string)] != 0
    }

    /// The slot that holds the string, else the free slot where it belongs.
    private func slot(of string: some IteratorProtocol<UInt8>) -> Int {
        var iterator = string
        // FNV-1a with 64 bits: short keys, one multiplication a byte.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        while let byte = iterator.next() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // The low bits alone mix badly.
        hash ^= hash >> 32
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, !isString(Int(slots[slot]) - 1, string) { slot = (slot + 1) & mask }
        return slot
    }

    private func isString(_ number: Int, _ string: some IteratorProtocol<UInt8>) -> Bool {
        var iterator = string
        for index in (number == 0 ? 0 : ends[number - 1])..<ends[number] {
            guard iterator.next() == bytes[index] else { return false }
        }
        return iterator.next() == nil
    }
}
