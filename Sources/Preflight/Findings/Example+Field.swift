import ByteSources
import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

extension Finding.Example {
    /// An example that shows one field of a batch.
    ///
    /// - Parameters:
    ///   - offset: Stream offset of the offending byte; `nil` for the beginning of the field.
    ///   - length: The number of offending bytes, for the caret; `nil` for the rest of the field.
    init(
        field: Int, ofRow row: Int, number: Int, in batch: borrowing RowBatch, column: Int?, lines: inout LineCursor,
        offset: Int? = nil, length: Int? = nil, showsValue: Bool = true, quote: UInt8
    ) {
        let range = batch.range(ofField: field)
        let start = batch.streamOffset(ofPosition: range.lowerBound)
        let offset = offset ?? start
        // Bytes that were removed from a very long field have a place, but cannot be shown.
        let kept = batch.position(ofStreamOffset: offset)
        let position = kept ?? range.lowerBound
        let place = Place(row: number, line: lines.line(of: position, in: batch), column: column, byteOffset: offset)
        self.init(place: place)
        if showsValue { value = VisibleText(field: field, in: batch, quote: quote) }
        let end = length.map { position + $0 } ?? max(range.upperBound, position + 1)
        excerpt = kept == nil ? nil : Finding.Excerpt(ofRow: row, in: batch, bytes: position..<end)
    }

    /// An example for a place so deep in a row that no field can be shown.
    init(beginningOf row: RowRecord, in batch: borrowing RowBatch, lines: inout LineCursor, quote: UInt8) {
        self.init(
            field: batch.fields(ofRow: row.index).lowerBound, ofRow: row.index, number: row.number, in: batch, column: nil, lines: &lines,
            showsValue: false, quote: quote)
    }
}

extension VisibleText {
    /// The text of a field: without its enclosing quotes, with doubled quotes as one.
    ///
    /// The end of a field longer than `RowBatch.Limits.fieldBytes` may not be in memory: ``byteCount`` then counts doubled quotes as two.
    init(field: Int, in batch: borrowing RowBatch, quote: UInt8) {
        let bytes = batch.bytes[batch.range(ofField: field)]
        let byteCount = batch.byteCount(ofField: field)
        guard byteCount > batch.limits.fieldBytes else {
            let decoder = FieldDecoder(quote: quote)
            self = decoder.withText(of: bytes) { VisibleText(utf8: $0, isConverted: !batch.unit.isByte) }
            return
        }
        let isQuoted = batch.isInQuotes(field, quote: quote)
        let beginning = bytes.prefix(batch.limits.fieldBytes)
        self = FieldDecoder(quote: quote).withBeginning(of: beginning, isQuoted: isQuoted) {
            VisibleText(utf8: $0, totalByteCount: byteCount - (isQuoted ? 2 : 0), isConverted: !batch.unit.isByte)
        }
    }
}

extension Finding.Excerpt {
    /// Bytes of context on either side of the offending ones.
    private static let context = 48
    /// The most offending bytes that are shown.
    private static let focus = 64

    /// The part of a physical line around some bytes of one row.
    ///
    /// `nil` deep inside a very long row: how much of it is in memory depends on how the input was split into chunks.
    init?(ofRow row: Int, in batch: borrowing RowBatch, bytes offending: Range<Int>) {
        let fields = batch.fields(ofRow: row)
        let rowStart = batch.range(ofField: fields.lowerBound).lowerBound
        let rowEnd = batch.range(ofField: fields.upperBound - 1).upperBound
        let depth = batch.streamOffset(ofPosition: offending.lowerBound) - batch.streamOffset(ofPosition: rowStart)
        guard depth + Self.focus + Self.context < batch.limits.fieldBytes else { return nil }
        let bytes = batch.bytes
        var start = max(rowStart, offending.lowerBound - Self.context)
        if let lineFeed = bytes.lastIndex(of: UInt8(ascii: "\n"), in: start..<offending.lowerBound) { start = lineFeed + 1 }
        while start < offending.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
        var end = min(rowEnd, offending.lowerBound + Self.focus + Self.context)
        if let lineFeed = bytes.firstIndex(of: UInt8(ascii: "\n"), in: offending.lowerBound..<max(end, offending.lowerBound)) {
            end = lineFeed > offending.lowerBound && bytes[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 1 : lineFeed
        }
        while end > offending.lowerBound, end < rowEnd, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let middle = min(max(offending.upperBound, offending.lowerBound), max(end, offending.lowerBound))
        self.init(
            Array(bytes[start..<max(end, middle)]), focus: (offending.lowerBound - start)..<(middle - start),
            isConverted: !batch.unit.isByte,
            isCutBefore: start > rowStart && bytes[start - 1] != UInt8(ascii: "\n"),
            isCutAfter: end < rowEnd && bytes[end] != UInt8(ascii: "\n") && bytes[end] != UInt8(ascii: "\r"),
            characterColumn: Self.characterColumn(of: offending.lowerBound, in: bytes, rowStart: rowStart))
    }

    /// A row may have line ends inside quotes: its physical line begins after the last of them.
    private static func characterColumn(of position: Int, in bytes: Span<UInt8>, rowStart: Int) -> Int {
        let before = bytes[rowStart..<max(rowStart, position)]
        if isLineOfASCII(before) { return before.count + 1 }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return characterCount(of: before[start...]) + 1
    }

    /// Between two ASCII bytes a character ends, where none is a line feed: only what is beyond ASCII is made a string, with the bytes beside it.
    private static func characterCount(of text: Span<UInt8>) -> Int {
        var (count, index) = (0, 0)
        while index < text.count {
            if index &+ 8 <= text.count, text.word(at: index) & 0x8080_8080_8080_8080 == 0 {
                // The last of the eight may belong to what follows.
                (count, index) = (count &+ 7, index &+ 7)
            } else if text[index] < 0x80, index &+ 1 == text.count || text[index &+ 1] < 0x80 {
                (count, index) = (count &+ 1, index &+ 1)
            } else {
                var end = index &+ 1
                while end < text.count, text[end] >= 0x80 || text[end &- 1] >= 0x80 { end &+= 1 }
                count += String(decoding: text[index..<end], as: UTF8.self).count
                index = end
            }
        }
        return count
    }

    /// Whether a text has neither a line feed nor a byte beyond ASCII: eight bytes at a time.
    private static func isLineOfASCII(_ text: Span<UInt8>) -> Bool {
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = 0
        while index &+ 8 <= text.count {
            let word = text.word(at: index)
            let other = word ^ 0x0A0A_0A0A_0A0A_0A0A
            // Of a byte that is a line feed the high bit gets set; what borrows from the next byte follows one.
            if (word | (other &- 0x0101_0101_0101_0101) & ~other) & high != 0 { return false }
            index &+= 8
        }
        while index < text.count {
            if text[index] >= 0x80 || text[index] == UInt8(ascii: "\n") { return false }
            index &+= 1
        }
        return true
    }
}
