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
