import ByteSources
import ByteSpans
import CSVTokenizer

/// Reads blocks of a plain file and cuts them into rows, out of order: before it is known what comes before them. One thread uses it.
///
///     blocks    ├─────────────┼─────────────┼─────────────┼──
///     borders         ┊S1           ┊S2         ┊S3
///     pieces    ══════╪═════════════╪═══════════╪════════════
///
/// A piece goes from the border after the beginning of its block to the border after the end of it, for which the thread reads on a little. A
/// border is where a row begins, as far as the bytes after a cut tell (``RowSynchronizer``), or the cut itself where they do not. It is a function of
/// these bytes, so the threads on both sides find the same, and the pieces are the file, whatever the borders are worth.
///
/// A piece is tokenized as if a row began with it. Whether that is so is known when the piece before it was: ``RowReader`` then takes over
/// what was found here, or tokenizes the piece again, in order.
final class RowsAhead {
    var tokenizer: Tokenizer
    /// Whether the batch was cut into rows here.
    private(set) var hasRows = false
    /// Whether the next piece is tokenized ahead. Not where the last one was in vain: in quoted texts and rows that are longer than blocks.
    private var isWorthwhile = true
    private var wasTried = false
    private let synchronizer: RowSynchronizer
    /// Bytes that are read on at first: as many as the synchronizer needs where there are no quotes.
    private let nearByteCount: Int
    /// Bytes after a cut among which a border is searched. No more than a block has: what is one block's border is not before another's.
    private let farByteCount: Int

    /// - Parameters:
    ///   - tokenizer: Made for this: see ``Tokenizer/makeAhead()``.
    ///   - blockByteCount: The usual length of a block.
    init(_ tokenizer: consuming Tokenizer, blockByteCount: Int) {
        farByteCount = min(128 << 10, blockByteCount / 2)
        nearByteCount = max(1, farByteCount / 16)
        synchronizer = RowSynchronizer(tokenizer.dialect, endsLinesWithCR: false, patience: nearByteCount)
        self.tokenizer = tokenizer
    }

    /// Reads a block, and tokenizes the piece that belongs to it.
    ///
    /// - Parameter batch: Is prepared here. Has the bytes of the piece at the front of its space.
    /// - Returns: how many they are.
    func read(_ block: FileBlock, into batch: inout RowBatch) throws(SourceError) -> Int {
        (hasRows, wasTried) = (false, false)
        let length = block.range.count
        batch.prepare(byteCount: length + farByteCount)
        let window = min(farByteCount, block.fileByteCount - block.range.upperBound)
        var count = try Self.read(block, 0..<(length + min(nearByteCount, window)), into: &batch)
        var end = length
        var search = synchronizer
        while count > length {
            let isAll = block.range.lowerBound + count == block.fileByteCount
            if let found = search.find(in: batch.written.extracting(length..<count), isAtEnd: isAll) {
                end += found
                break
            }
            let more = try Self.read(block, count..<(length + min(2 * (count - length), window)), into: &batch)
            if more == 0 { break }
            count += more
        }
        // Only a file that becomes shorter meanwhile has less.
        end = min(end, count)
        let border = block.followsBlock ? self.border(in: batch.written.extracting(first: count), of: block) : nil
        let start = min(border ?? 0, end)
        batch.dropWritten(start)
        if border != nil, isWorthwhile {
            wasTried = true
            hasRows = tokenizer.tokenizeAhead(&batch, newByteCount: end - start, byteOffset: block.range.lowerBound + start)
        }
        return end - start
    }

    /// What became of the piece that was read last.
    ///
    /// - Parameters:
    ///   - beginsWithRow: whether no row was open before it.
    ///   - isTakenOver: whether the batch was left as it is.
    func learn(beginsWithRow: Bool, isTakenOver: Bool) {
        isWorthwhile = isTakenOver || (beginsWithRow && !wasTried)
    }

    /// The border after the beginning of a block; `nil` where the bytes do not tell.
    private func border(in bytes: Span<UInt8>, of block: FileBlock) -> Int? {
        let window = bytes.extracting(first: farByteCount)
        var search = synchronizer
        return search.find(in: window, isAtEnd: block.range.lowerBound + window.count == block.fileByteCount)
    }

    private static func read(_ block: FileBlock, _ range: Range<Int>, into batch: inout RowBatch) throws(SourceError) -> Int {
        var space = batch.space
        var rest = space.rest(from: range.lowerBound)
        var room = rest.prefix(range.count)
        return try block.read(from: range.lowerBound, into: &room)
    }
}
