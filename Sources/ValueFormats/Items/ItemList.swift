import ByteSpans

/// Items one after the other, as slices of one block of bytes: a list may have a million.
package struct ItemList: RandomAccessCollection, Sendable {
    private var bytes: [UInt8]
    /// Where each item is in ``bytes``.
    private var ranges: [Range<UInt32>] = []

    package init() {
        bytes = []
    }

    /// The parts of a text between separators, without empty ones. The text is not copied.
    package init(_ text: [UInt8], from start: Int, separatedBy isSeparator: (UInt8) -> Bool) {
        bytes = text
        var begin = start
        for end in start...text.count where end == text.count || isSeparator(text[end]) {
            if begin < end { ranges.append(UInt32(begin)..<UInt32(end)) }
            begin = end + 1
        }
    }

    package mutating func append(_ item: Span<UInt8>) {
        let start = UInt32(bytes.count)
        bytes += item
        ranges.append(start..<UInt32(bytes.count))
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ranges.count }
    package subscript(index: Int) -> ArraySlice<UInt8> { bytes[Int(ranges[index].lowerBound)..<Int(ranges[index].upperBound)] }
}
