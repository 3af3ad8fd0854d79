import ByteSpans

/// Items one after the other, as slices of one block of bytes: a list may have a million.
package struct ItemList: RandomAccessCollection, Sendable {
    private var bytes: [UInt8]
    /// Where each item is in ``bytes``.
    private var ranges: [Range<UInt32>] = []

    package init() {
        bytes = []
    }

    /// The lines of a text that are not empty, whether they end in LF, CRLF or CR. The text is not copied.
    package init(linesOf text: [UInt8], from start: Int) {
        bytes = text
        let text = text.span
        var (begin, end) = (start, start)
        while end < text.count {
            if text[end] == UInt8(ascii: "\n") || text[end] == UInt8(ascii: "\r") {
                if begin < end { ranges.append(UInt32(begin)..<UInt32(end)) }
                begin = end &+ 1
            }
            end &+= 1
        }
        if begin < end { ranges.append(UInt32(begin)..<UInt32(end)) }
    }

    package mutating func append(_ item: Span<UInt8>) {
        let start = UInt32(bytes.count)
        bytes += item
        ranges.append(start..<UInt32(bytes.count))
    }

    /// Bytes of all items.
    var byteCount: Int { ranges.reduce(0) { $0 &+ $1.count } }

    /// Calls `body` with each item.
    @inline(__always)
    func forEach(_ body: (Span<UInt8>) -> Void) {
        let bytes = bytes.span
        for range in ranges { body(bytes[Int(range.lowerBound)..<Int(range.upperBound)]) }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { ranges.count }
    package subscript(index: Int) -> ArraySlice<UInt8> { bytes[Int(ranges[index].lowerBound)..<Int(ranges[index].upperBound)] }
}
