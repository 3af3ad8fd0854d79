// Several threads tokenize one stream in pieces, each with a tokenizer of its own, before it is known how the pieces in front end. All that a
// tokenizer carries from one batch to the next is the open row, the width of the first row and counts. So where no row is open, a piece can be
// tokenized as if it were the first, and then be taken over: with its counts added and its lines shifted nothing is different.

extension Tokenizer {
    /// A tokenizer of the same stream, for ``tokenizeAhead(_:newByteCount:byteOffset:)``.
    ///
    /// - Returns: `nil` as long as the width of the first row is not known, which says what a quote means, and where offsets do not count bytes.
    package func makeAhead() -> Tokenizer? {
        guard let firstRowWidth, open.unit.isByte else { return nil }
        return Tokenizer(
            dialect: dialect, kernel: kernel, limits: open.limits, digestsLongFields: digestsLongFields, firstRowWidth: firstRowWidth)
    }

    /// Tokenizes the bytes that were written where ``RowBatch/prepare(byteCount:)`` pointed as if a row began with them.
    ///
    /// - Parameter byteOffset: Stream offset of the first of them.
    /// - Returns: whether a row ends in them. If not, the batch is to be tokenized in order: see ``RowBatch/forgetRows()``.
    package mutating func tokenizeAhead(_ batch: inout RowBatch, newByteCount: Int, byteOffset: Int) -> Bool {
        (crlfCount, lfCount, loneCarriageReturnCount) = (0, 0, 0)
        readsOn = false
        open.removeAll()
        open.byteOffset = byteOffset
        open.firstLine = 1
        batch.byteCount = newByteCount
        batch.kernel = kernel
        batch.prepend(open)
        return readRows(&batch, from: 0)
    }

    /// Takes over a batch that was tokenized ahead, if a row begins with it: then it is what this tokenizer would have made of the same bytes.
    ///
    /// - Parameter ahead: The tokenizer that did it, which has done nothing since.
    /// - Returns: whether it was taken over. If not, nothing has changed.
    package mutating func takeOver(_ batch: inout RowBatch, from ahead: inout Tokenizer) -> Bool {
        guard open.byteCount == 0, !readsOn, open.byteOffset == batch.byteOffset, firstRowWidth == ahead.firstRowWidth else { return false }
        let linesBefore = open.firstLine - 1
        swap(&open, &ahead.open)
        open.firstLine += linesBefore
        batch.firstLine += linesBefore
        crlfCount += ahead.crlfCount
        lfCount += ahead.lfCount
        loneCarriageReturnCount += ahead.loneCarriageReturnCount
        return true
    }
}
