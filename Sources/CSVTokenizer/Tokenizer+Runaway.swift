import ByteSpans

// A quote that was not meant to open a field swallows everything up to the next quote, or to the end of the file. Such a quote is read again as
// text, and rows go on after it.
//
// What decides are the bytes of the row so far, never how the stream was cut. With L the limit of a row's bytes (``RowBatch/Limits/rowBytes``),
// measured from where the row begins, an opening quote is runaway if its field has not ended
//
//     at the end of the stream, and the row has no more than L bytes;
//     at byte L of the row, and the lines read so far look whole: the first of them, with the quote as text, and all the next ones, up to ten,
//     have as many fields as the first row of the stream;
//
// or if it ends within L bytes, with a line end in it and text after its closing quote, and the lines look whole: the first, and the next if there
// is one; if there is none, the closing quote itself must be where a field begins: after a delimiter, or after a line end where the row begins with
// a quote too.
//
//     8,"Okoro, Ltd,14
//     9,"Weil",45        the quote before Weil closes the field, but it is one that opens
//
// Where the closing quote is where a field begins, the first line may also have more fields than the first row: the text that the quote belongs to
// has delimiters. Before the width is known, in the first row, two fields are enough.

extension Tokenizer {
    // These change nothing in the batch. They are asked at each odd quote, and one that is only borrowed would be copied to the stack for the call.

    /// The number of lines after the first that are examined.
    private static let mostLines = 10

    /// Where the open row begins: after the last row end. Complexity: constant until a row ends, then the words after its end.
    mutating func startOfRow(_ batch: inout RowBatch) -> Int {
        if knownRowStart.rowCount != batch.rowCount { knownRowStart = (batch.rowCount, Self.lastRowEnd(in: &batch)) }
        return knownRowStart.position
    }

    private static func lastRowEnd(in batch: inout RowBatch) -> Int {
        guard batch.rowCount > 0 else { return 0 }
        var word = min(batch.clearedWord, batch.byteCount / 64)
        while word >= 0 {
            if batch.rowEnds[word] != 0 { return word * 64 + 64 - batch.rowEnds[word].leadingZeroBitCount }
            word -= 1
        }
        return 0
    }

    /// Whether all bytes of a row are there.
    private mutating func isAtHand(_ rowStart: Int, in batch: inout RowBatch) -> Bool {
        rowStart > 0 || !batch.isThinned
    }

    /// The stream ends inside a quoted field.
    ///
    /// - Returns: where to read on; `nil` where the row is too long to be read again.
    mutating func takeBackAtEnd(_ batch: inout RowBatch) -> Int? {
        let start = startOfRow(&batch)
        guard isAtHand(start, in: &batch), batch.byteCount - start <= batch.limits.rowBytes else { return nil }
        return takeBack(.unclosedQuote, upTo: batch.byteCount, in: &batch)
    }

    /// Whether the open row has reached its limit of bytes before `position`.
    ///
    /// - Returns: where to read on; `nil` to read on at the position.
    mutating func takeBackAtLimit(_ batch: inout RowBatch, at position: Int, rowStart: Int) -> Int? {
        guard state == .quoted, isAtHand(rowStart, in: &batch), looksWhole(&batch, upTo: position, isClosed: false) else {
            return nil
        }
        return takeBack(.unclosedQuote, upTo: position, in: &batch)
    }

    /// Whether there is a line end in the open field: no other is taken back for the text after it.
    mutating func swallowsLineEnd(_ batch: inout RowBatch, upTo end: Int) -> Bool {
        if firstRowWidth == 1 { return false }
        return batch.bytes[batch.startOfOpenField..<end].contains(.lineFeed)
    }

    /// Whether there is text after a closing quote.
    ///
    /// - Parameter position: of the text.
    /// - Returns: where to read on; `nil` to read on at the position.
    mutating func takeBackAtText(_ batch: inout RowBatch, at position: Int) -> Int? {
        let start = startOfRow(&batch)
        let close = position - 1
        guard isAtHand(start, in: &batch), close - start < batch.limits.rowBytes,
            looksWhole(&batch, upTo: close, isClosed: true)
        else { return nil }
        return takeBack(.runawayQuote, upTo: close, in: &batch)
    }

    /// Whether the lines of the open row look whole with the open field's quote as text.
    ///
    /// - Parameter end: of what is looked at: the closing quote, if there is one.
    private mutating func looksWhole(_ batch: inout RowBatch, upTo end: Int, isClosed: Bool) -> Bool {
        if firstRowWidth == 1 || (firstRowWidth == nil && !isClosed) { return false }
        let opening = batch.startOfOpenField
        guard var lineEnd = batch.bytes.firstIndex(of: .lineFeed, in: opening..<end) else { return false }
        let isAtRowStart = batch[end - 1] == .lineFeed && batch[startOfRow(&batch)] == dialect.quote
        let closesAtStart = isClosed && (batch[end - 1] == dialect.delimiter || isAtRowStart)
        let (field, firstField, _) = locate(opening, in: &batch)
        let bytes = batch.bytes
        let firstWidth = field - firstField + 1 + delimiters(in: bytes[opening..<lineEnd])
        let width = firstRowWidth ?? max(2, firstWidth)
        guard firstWidth == width || (closesAtStart && firstWidth > width) else { return false }
        var lineCount = 0
        while lineCount < (isClosed ? 1 : Self.mostLines), let next = bytes.firstIndex(of: .lineFeed, in: (lineEnd + 1)..<end) {
            if delimiters(in: bytes[(lineEnd + 1)..<next]) + 1 != width { return false }
            lineEnd = next
            lineCount += 1
        }
        // A name may have a line end in it: more than lines of one width has to show that the header does not.
        if firstRowWidth == nil { return closesAtStart }
        return lineCount > 0 || closesAtStart
    }

    private func delimiters(in bytes: Span<UInt8>) -> Int {
        let delimiter = dialect.delimiter
        return bytes.count { $0 == delimiter }
    }

    /// Notes the open field's quote, and makes it text.
    ///
    /// - Parameter end: up to there the quote would swallow everything, as far as is known.
    private mutating func takeBack(_ kind: Anomaly.Kind, upTo end: Int, in batch: inout RowBatch) -> Int {
        let opening = batch.startOfOpenField
        let swallowed = RowBatch.newlines(in: batch.bytes[opening..<end])
        var wholeLine: Int?
        if let width = firstRowWidth {
            var line = batch.firstLine + locate(opening, in: &batch).newlineCount
            var next = batch.bytes.firstIndex(of: .lineFeed, in: opening..<end)
            while wholeLine == nil, let start = next.map({ $0 + 1 }), let lineEnd = batch.bytes.firstIndex(of: .lineFeed, in: start..<end) {
                line += 1
                if delimiters(in: batch.bytes[start..<lineEnd]) + 1 == width { wholeLine = line }
                next = lineEnd
            }
        }
        batch.clearEnds(from: opening)
        batch.noteTakenBack(kind, at: opening, lineEndCount: swallowed, wholeLine: wholeLine)
        state = .literal
        isInsideOddField = true
        oddCount += 1
        characters = CharacterScan(offset: 0)
        return opening + 1
    }

    /// The first row of the stream that has a byte tells how wide rows are. Complexity: asked again, linear in what was read since.
    mutating func learnWidth(_ batch: inout RowBatch) {
        guard firstRowWidth == nil, batch.rowCount > blankRows.count else { return }
        blankRows.count = batch.rowCount
        var start = blankRows.end
        var width = start == 0 ? batch.endCount : 0
        var word = start / 64
        var mask = UInt64.max << UInt64(start % 64)
        while word <= min(batch.clearedWord, batch.byteCount / 64) {
            var ends = batch.ends[word] & mask
            if width == 0, batch.rowEnds[word] == .max, start == word * 64 {
                // Nothing but line ends.
                (start, width, ends) = (start + 64, 0, 0)
            }
            while ends != 0 {
                let bit = ends & (0 &- ends)
                let position = word * 64 + ends.trailingZeroBitCount
                width += 1
                if batch.rowEnds[word] & bit != 0 {
                    let isBlank = width == 1 && (position == start || (position == start + 1 && batch[start] == .carriageReturn))
                    if !isBlank {
                        firstRowWidth = width
                        return
                    }
                    width = 0
                    start = position + 1
                }
                ends &= ends - 1
            }
            word += 1
            mask = .max
        }
        blankRows.end = start
    }
}
