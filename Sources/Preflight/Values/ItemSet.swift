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
    public private(set) var matching: ItemMatching
    /// The items only trimmed, and only folded; `nil` where no item has blanks around it, so that the tables above are the same.
    private var trimmed: ByteTable?
    private var caseless: ByteTable?

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
        guard items.contains(where: { item in item.withUnsafeBytes { Blanks.trim($0).count < $0.count } }) else { return }
        var trimmed = ByteTable(capacity: items.count)
        var caseless = ByteTable(capacity: items.count)
        for item in items {
            item.withUnsafeBytes { item in
                _ = trimmed.insert(Array(Blanks.trim(item)))
                _ = caseless.insert(Array(IteratorSequence(FoldedBytes(item))))
            }
        }
        (self.trimmed, self.caseless) = (trimmed, caseless)
    }

    /// The items by the order given.
    subscript(number: Int) -> ArraySlice<UInt8> { exact[number] }

    /// The same items, matched in another way.
    func matched(by matching: ItemMatching) -> ItemSet {
        var items = self
        items.matching = matching
        return items
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
        case (true, false): containsTrimmed(field)
        case (false, true): containsCaseless(field)
        }
    }

    /// Whether `field` is an item but for blanks around either.
    func containsTrimmed(_ field: UnsafeRawBufferPointer) -> Bool {
        (trimmed ?? exact).contains(Blanks.trim(field).makeIterator())
    }

    /// Whether `field` is an item but for letter case.
    func containsCaseless(_ field: UnsafeRawBufferPointer) -> Bool {
        (caseless ?? folded).contains(FoldedBytes(field))
    }

    /// Whether `field`, which has no surrounding blanks, differs from an item only by letter case or by the item's surrounding blanks.
    func containsFolded(_ field: UnsafeRawBufferPointer) -> Bool {
        folded.contains(FoldedBytes(field))
    }
}
