import ByteSpans
import SafeText

/// The items of a dimension: an immutable set of byte strings with two ways to look a field up, neither of which allocates.
///
/// Hash tables with open addressing over one block of bytes: half full at most, probed one slot after the other.
package struct ItemSet: Sendable, Equatable {
    /// Distinct items, in the order given.
    package var count: Int { tables.count }

    private let tables: Tables
    /// How lenient the configuration's property is (assumed); ``contains(_:)`` does not ask it.
    package private(set) var matching: ItemMatching

    /// Shared by all copies of a set: a set is passed along for each value.
    ///
    /// Tables that would be the same as another are empty, and that one is asked: an optional one would be copied for each value.
    private final class Tables: Sendable {
        private let exact: ByteTable
        /// The items trimmed and case-folded.
        private let folded: ByteTable
        /// The items only trimmed, and only folded.
        private let trimmed: ByteTable
        private let caseless: ByteTable
        /// Whether some item has surrounding spaces, and whether some is not in lower case.
        let hasBlanks: Bool
        private let hasCapitals: Bool

        init(_ items: ItemList) {
            let byteCount = items.byteCount
            var exact = ByteTable(capacity: items.count, byteCapacity: byteCount)
            var (hasBlanks, hasCapitals) = (false, false)
            items.forEach { item in
                guard exact.insert(item) else { return }
                hasBlanks = hasBlanks || Whitespace.trim(item).count < item.count
                hasCapitals = hasCapitals || FoldedBytes.withAll(item) { !$0.hasSameBytes(as: item) }
            }
            func table(if isNeeded: Bool, _ insert: (Span<UInt8>, inout ByteTable) -> Void) -> ByteTable {
                guard isNeeded else { return ByteTable(capacity: 0) }
                var table = ByteTable(capacity: items.count, byteCapacity: byteCount)
                items.forEach { insert($0, &table) }
                return table
            }
            self.exact = exact
            trimmed = table(if: hasBlanks) { _ = $1.insert(Whitespace.trim($0)) }
            caseless = table(if: hasBlanks && hasCapitals) { item, table in FoldedBytes.withAll(item) { _ = table.insert($0) } }
            folded = table(if: hasCapitals) { item, table in FoldedBytes.withAll(Whitespace.trim(item)) { _ = table.insert($0) } }
            (self.hasBlanks, self.hasCapitals) = (hasBlanks, hasCapitals)
        }

        var count: Int { exact.count }

        subscript(number: Int) -> ArraySlice<UInt8> { exact[number] }

        @inline(__always)
        func forEach(_ body: (_ number: Int, Span<UInt8>) -> Bool) { exact.forEach(body) }

        func hasSameItems(as other: Tables) -> Bool { exact == other.exact }

        func contains(_ field: Span<UInt8>) -> Bool { exact.contains(field) }

        func contains(trimmed text: Span<UInt8>) -> Bool { hasBlanks ? trimmed.contains(text) : exact.contains(text) }

        func contains(caseless text: Span<UInt8>) -> Bool {
            hasBlanks && hasCapitals ? caseless.contains(text) : hasCapitals ? folded.contains(text) : exact.contains(text)
        }

        func contains(folded text: Span<UInt8>) -> Bool {
            hasCapitals ? folded.contains(text) : hasBlanks ? trimmed.contains(text) : exact.contains(text)
        }
    }

    /// - Parameters:
    ///   - items: The items in UTF-8; duplicates count once.
    ///   - matching: How lenient the match is.
    package init(_ items: some Collection<[UInt8]>, matching: ItemMatching = ItemMatching()) {
        var list = ItemList()
        for item in items { list.append(item.span) }
        self.init(list, matching: matching)
    }

    /// A set of the items of a list.
    package init(_ items: ItemList, matching: ItemMatching) {
        self.matching = matching
        tables = Tables(items)
    }

    package static func == (left: ItemSet, right: ItemSet) -> Bool {
        // All tables follow from the first.
        left.matching == right.matching && (left.tables === right.tables || left.tables.hasSameItems(as: right.tables))
    }

    /// The items by the order given.
    package subscript(number: Int) -> ArraySlice<UInt8> { tables[number] }

    /// Calls `body` with the items by the order given, as long as it asks for more.
    @inline(__always)
    func forEach(_ body: (_ number: Int, Span<UInt8>) -> Bool) { tables.forEach(body) }

    /// What a person sees of those among the first items that may be mistaken for others.
    package func appearances(ofFirst most: Int) -> Set<String> {
        var found: Set<String> = []
        forEach { number, item in
            guard number < most else { return false }
            if Lookalike.mayDeceive(item) { found.insert(Lookalike.appearance(of: String(decoding: item, as: UTF8.self))) }
            return true
        }
        return found
    }

    /// The same items, matched in another way.
    package func matched(by matching: ItemMatching) -> ItemSet {
        var items = self
        items.matching = matching
        return items
    }

    /// Whether `field` is an item, byte by byte.
    package func contains(_ field: Span<UInt8>) -> Bool {
        tables.contains(field)
    }

    /// Whether neither a field nor any item has spaces around it: then an item that is known at all is known but for letter case.
    ///
    /// - Parameter text: the field without spaces around it.
    package func haveNoBlanks(_ field: Span<UInt8>, trimmed text: Span<UInt8>) -> Bool { !tables.hasBlanks && text.count == field.count }

    /// Whether `field` is an item for the configuration's property, if that is lenient.
    package func matches(_ field: Span<UInt8>) -> Bool {
        switch (matching.trimsBlanks, matching.ignoresCase) {
        case (false, false): false
        case (true, true): containsFolded(Whitespace.trim(field))
        case (true, false): containsTrimmed(field)
        case (false, true): containsCaseless(field)
        }
    }

    /// Whether `field` is an item except for spaces around either.
    package func containsTrimmed(_ field: Span<UInt8>) -> Bool {
        tables.contains(trimmed: Whitespace.trim(field))
    }

    /// Whether `field` is an item but for letter case.
    package func containsCaseless(_ field: Span<UInt8>) -> Bool {
        FoldedBytes.withAll(field) { tables.contains(caseless: $0) }
    }

    /// Whether `field`, which has no surrounding spaces, differs from an item only by letter case or by the item's surrounding spaces.
    package func containsFolded(_ field: Span<UInt8>) -> Bool {
        FoldedBytes.withAll(field) { tables.contains(folded: $0) }
    }
}
