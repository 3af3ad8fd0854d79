import SafeText

/// The items of a dimension: an immutable set of byte strings with two ways to look a field up, neither of which allocates.
///
/// Hash tables with open addressing over one block of bytes: half full at most, probed one slot after the other.
package struct ItemSet: Sendable, Equatable {
    /// Distinct items, in the order given.
    package var count: Int { tables.exact.count }

    private let tables: Tables
    /// How lenient the configuration's property is (assumed); ``contains(_:)`` does not ask it.
    package private(set) var matching: ItemMatching

    /// Shared by all copies of a set: a set is passed along for each value.
    private final class Tables: Sendable {
        let exact: ByteTable
        /// The items trimmed and case-folded.
        let folded: ByteTable
        /// The items only trimmed, and only folded; `nil` if no item has surrounding spaces, since the tables above are then the same.
        let trimmed: ByteTable?
        let caseless: ByteTable?

        init(_ items: some Collection<[UInt8]>) {
            var exact = ByteTable(capacity: items.count)
            var folded = ByteTable(capacity: items.count)
            var hasBlanks = false
            for item in items {
                item.withUnsafeBytes { item in
                    guard exact.insert(item) else { return }
                    let text = Whitespace.trim(item)
                    hasBlanks = hasBlanks || text.count < item.count
                    FoldedBytes.withAll(text) { _ = folded.insert($0) }
                }
            }
            (self.exact, self.folded) = (exact, folded)
            guard hasBlanks else {
                (trimmed, caseless) = (nil, nil)
                return
            }
            var trimmed = ByteTable(capacity: items.count)
            var caseless = ByteTable(capacity: items.count)
            for item in items {
                item.withUnsafeBytes { item in
                    _ = trimmed.insert(Whitespace.trim(item))
                    FoldedBytes.withAll(item) { _ = caseless.insert($0) }
                }
            }
            (self.trimmed, self.caseless) = (trimmed, caseless)
        }
    }

    /// - Parameters:
    ///   - items: The items in UTF-8; duplicates count once.
    ///   - matching: How lenient the match is.
    package init(_ items: some Collection<[UInt8]>, matching: ItemMatching = ItemMatching()) {
        self.matching = matching
        tables = Tables(items)
    }

    package static func == (left: ItemSet, right: ItemSet) -> Bool {
        // All tables follow from the first.
        left.matching == right.matching && (left.tables === right.tables || left.tables.exact == right.tables.exact)
    }

    /// The items by the order given.
    package subscript(number: Int) -> ArraySlice<UInt8> { tables.exact[number] }

    /// The same items, matched in another way.
    package func matched(by matching: ItemMatching) -> ItemSet {
        var items = self
        items.matching = matching
        return items
    }

    /// Whether `field` is an item, byte by byte.
    package func contains(_ field: UnsafeRawBufferPointer) -> Bool {
        tables.exact.contains(field)
    }

    /// Whether `field` is an item for the configuration's property, if that is lenient.
    package func matches(_ field: UnsafeRawBufferPointer) -> Bool {
        switch (matching.trimsBlanks, matching.ignoresCase) {
        case (false, false): false
        case (true, true): containsFolded(Whitespace.trim(field))
        case (true, false): containsTrimmed(field)
        case (false, true): containsCaseless(field)
        }
    }

    /// Whether `field` is an item except for spaces around either.
    package func containsTrimmed(_ field: UnsafeRawBufferPointer) -> Bool {
        (tables.trimmed ?? tables.exact).contains(Whitespace.trim(field))
    }

    /// Whether `field` is an item but for letter case.
    package func containsCaseless(_ field: UnsafeRawBufferPointer) -> Bool {
        FoldedBytes.withAll(field) { (tables.caseless ?? tables.folded).contains($0) }
    }

    /// Whether `field`, which has no surrounding spaces, differs from an item only by letter case or by the item's surrounding spaces.
    package func containsFolded(_ field: UnsafeRawBufferPointer) -> Bool {
        FoldedBytes.withAll(field) { tables.folded.contains($0) }
    }
}
