import ByteSpans

/// Words that a profile lists, for no value or as spellings of booleans, compared byte by byte: looked up in constant time, however many they are.
/// Made once, and shared by all columns and rules that have the same.
package final class WordSet: Sendable, Equatable {
    /// As the profile has them.
    package let words: [String]
    private let table: ByteTable
    /// A bit for each length that a word has; the highest for all from 63 bytes on.
    private let lengths: UInt64
    /// A bit for each first byte, by its lowest six bits.
    private let firstBytes: UInt64

    package init(_ words: [String]) {
        self.words = words
        var table = ByteTable(capacity: words.count)
        var (lengths, firstBytes) = (UInt64(0), UInt64(0))
        for word in words {
            let bytes = Array(word.utf8)
            _ = table.insert(bytes.span)
            lengths |= Self.bit(ofLength: bytes.count)
            if let first = bytes.first { firstBytes |= 1 << UInt64(first & 63) }
        }
        self.table = table
        self.lengths = lengths
        self.firstBytes = firstBytes
    }

    package static let empty = WordSet([])

    @inline(__always)
    package func contains(_ text: Span<UInt8>) -> Bool {
        guard lengths & Self.bit(ofLength: text.count) != 0 else { return false }
        if let first = text.first, firstBytes &>> UInt64(first & 63) & 1 == 0 { return false }
        return table.contains(text)
    }

    @inline(__always)
    private static func bit(ofLength count: Int) -> UInt64 { 1 << UInt64(min(count, 63)) }

    package static func == (left: WordSet, right: WordSet) -> Bool { left === right || left.words == right.words }
}
