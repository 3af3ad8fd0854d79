internal import CSVKernels

extension RowBatch {
    /// Whether every row has this many fields; needs no index.
    package func haveWidth(_ width: Int, kernel: Kernel) -> Bool {
        guard !wasReadInPieces, kernel != .scalar else { return false }
        return csv_have_width(kernel.number, ends, rowEnds, wordCount, width)
    }

    /// Counts the numbers by column, if every field is empty or a plain number and none is in quotes; needs no index.
    ///
    /// Every row must have the width that `counts` is made for.
    ///
    /// - Returns: `false`, with nothing counted, for any other batch, and where the kernel cannot tell.
    package mutating func countPlainNumbers(decimal: UInt8, quote: UInt8, kernel: Kernel, into counts: PlainNumberCounts) -> Bool {
        guard kernel != .scalar, byteCount > 0, !wasReadInPieces else { return false }
        // Two words more: see `csv_count_plain`.
        if numberCapacity < wordCount + 2 {
            violations.deallocate()
            decimals.deallocate()
            numberCapacity = max(wordCapacity, wordCount) + 2
            violations = .allocate(capacity: numberCapacity)
            decimals = .allocate(capacity: numberCapacity)
        }
        var numbers = csv_numbers()
        numbers.bytes = UnsafePointer(storage.assumingMemoryBound(to: UInt8.self))
        numbers.end = byteCount
        numbers.ends = UnsafePointer(ends)
        numbers.row_ends = UnsafePointer(rowEnds)
        numbers.quote = quote
        numbers.decimal = decimal
        numbers.violations = violations
        numbers.decimals = decimals
        csv_numbers_run(kernel.number, &numbers)
        guard !numbers.has_quotes, !csv_any_bit(violations, 0, byteCount - 1) else { return false }
        counts.reset()
        csv_count_plain(kernel.number, &numbers, counts.columnCount, counts.csvCounts)
        return true
    }

    /// The words with bits of the rows.
    var wordCount: Int { (byteCount + 63) / 64 }

    /// What the loops over fields read, without the batch: positions of field ends, valid until the batch is changed. Before the first
    /// is the highest number, so that every field begins one after the end before it, also the first field.
    package var endPositions: UnsafePointer<UInt32> { UnsafePointer(endStorage) }

    /// Fields of each row; 0 where they differ, or one was taken out of the batch.
    package var uniformWidth: Int { missing == nil ? stride : 0 }

    /// Whether fields of the first row may lack bytes in the middle.
    package var isThinned: Bool { !elisions.isEmpty || missing != nil }
}
