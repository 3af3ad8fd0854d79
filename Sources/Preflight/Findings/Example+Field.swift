import ByteSources
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
        let bytes = UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field)])
        let byteCount = batch.byteCount(ofField: field)
        guard byteCount > batch.limits.fieldBytes else {
            let decoder = FieldDecoder(quote: quote)
            self = decoder.withText(of: bytes) { VisibleText(utf8: $0, isConverted: !batch.unit.isByte) }
            return
        }
        let isQuoted = batch.isInQuotes(field, quote: quote)
        let beginning = UnsafeRawBufferPointer(rebasing: bytes.prefix(batch.limits.fieldBytes))
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
        if let lineFeed = bytes[start..<offending.lowerBound].lastIndex(of: UInt8(ascii: "\n")) { start = lineFeed + 1 }
        while start < offending.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
        var end = min(rowEnd, offending.lowerBound + Self.focus + Self.context)
        if let lineFeed = bytes[offending.lowerBound..<max(end, offending.lowerBound)].firstIndex(of: UInt8(ascii: "\n")) {
            end = lineFeed > offending.lowerBound && bytes[lineFeed - 1] == UInt8(ascii: "\r") ? lineFeed - 1 : lineFeed
        }
        while end > offending.lowerBound, end < rowEnd, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        let middle = min(max(offending.upperBound, offending.lowerBound), max(end, offending.lowerBound))
        let before = Self.visible(bytes[start..<offending.lowerBound], batch.unit)
        let marked = Self.visible(bytes[offending.lowerBound..<middle], batch.unit)
        let after = Self.visible(bytes[middle..<max(end, middle)], batch.unit)
        let lead = start > rowStart && bytes[start - 1] != UInt8(ascii: "\n") ? "…" : ""
        let trail = end < rowEnd && bytes[end] != UInt8(ascii: "\n") && bytes[end] != UInt8(ascii: "\r") ? "…" : ""
        self.init(
            text: lead + before + marked + after + trail, caretOffset: (lead + before).count, caretLength: max(1, marked.count),
            characterColumn: Self.characterColumn(of: offending.lowerBound, in: bytes, rowStart: rowStart))
    }

    /// A row may have line ends inside quotes: its physical line begins after the last of them.
    private static func characterColumn(of position: Int, in bytes: UnsafeRawBufferPointer, rowStart: Int) -> Int {
        let before = bytes[rowStart..<max(rowStart, position)]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rowStart
        let text = bytes[start..<max(start, position)]
        // In ASCII only a line end is a character of two bytes.
        if text.allSatisfy({ $0 < 0x80 }) { return text.count + 1 }
        return String(decoding: text, as: UTF8.self).count + 1
    }

    private static func visible(_ bytes: Slice<UnsafeRawBufferPointer>, _ unit: OffsetUnit) -> String {
        VisibleText(utf8: UnsafeRawBufferPointer(rebasing: bytes), limit: bytes.count + 1, isConverted: !unit.isByte).text
    }
}
