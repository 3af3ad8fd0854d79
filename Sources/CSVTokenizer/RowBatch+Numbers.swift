import ByteSpans
internal import CSVKernels

extension RowBatch {
    /// Whether every row has this many fields; needs no index.
    package func haveWidth(_ width: Int, kernel: Kernel) -> Bool {
        guard !wasReadInPieces, kernel != .scalar else { return false }
        return unsafe csv_have_width(kernel.number, ends.pointer, rowEnds.pointer, wordCount, width)
    }

    /// Counts the numbers by column, if every field is empty or a plain number and none is in quotes; needs no index.
    ///
    /// Every row must have the width that `counts` is made for.
    ///
    /// - Returns: `false`, with nothing counted, for any other batch, and where the kernel cannot tell.
    package mutating func countPlainNumbers(decimal: UInt8, quote: UInt8, kernel: Kernel, into counts: PlainNumberCounts) -> Bool {
        guard kernel != .scalar, byteCount > 0, !wasReadInPieces else { return false }
        // Two words more: see `csv_count_plain`.
        if violations.count < wordCount + 2 {
            violations = Block(repeating: 0, count: max(ends.count, wordCount) + 2)
            decimals = Block(repeating: 0, count: violations.count)
        }
        // All four bitmaps have a bit for each byte.
        var numbers = unsafe csv_numbers(
            bytes: content, end: byteCount, ends: ends.pointer, row_ends: rowEnds.pointer, quote: quote, decimal: decimal,
            violations: violations.pointer, decimals: decimals.pointer, has_quotes: false, has_carriage: false)
        unsafe csv_numbers_run(kernel.number, &numbers)
        guard unsafe !numbers.has_quotes, unsafe !csv_any_bit(violations.pointer, 0, byteCount - 1) else { return false }
        counts.reset()
        unsafe csv_count_plain(kernel.number, &numbers, counts.columnCount, counts.csvCounts)
        return true
    }

    /// The words with bits of the rows.
    var wordCount: Int { (byteCount + 63) / 64 }

    /// Positions of field ends: that of field *k* at place *k* + 1. Before the first is the highest number, so that every field begins one after
    /// the end before it, also the first field.
    package var fieldEnds: Span<UInt32> {
        @_lifetime(borrow self) @inline(__always) get { endStorage.span }
    }

    /// For the kernels: where fields end, as `csv_column` has it.
    @unsafe
    package var endPositions: UnsafePointer<UInt32> { unsafe UnsafePointer(endStorage.pointer + 1) }

    /// For the kernels, which read bytes up to ``padding`` before and after the content.
    @unsafe
    package var content: UnsafePointer<UInt8> { unsafe UnsafePointer(block.pointer + front) }

    /// Fields of each row; 0 where they differ, or one was taken out of the batch.
    package var uniformWidth: Int { hasMissingFields ? 0 : stride }

    /// Whether fields of the first row may lack bytes in the middle.
    package var isThinned: Bool { !elisions.isEmpty || hasMissingFields }
}
