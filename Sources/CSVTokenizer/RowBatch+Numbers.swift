import ByteSpans
internal import CSVKernels

extension RowBatch {
    /// Whether every row has this many fields; needs no index.
    package func haveWidth(_ width: Int, kernel: Kernel) -> Bool {
        guard !wasReadInPieces, kernel != .scalar else { return false }
        return unsafe csv_have_width(kernel.number, ends.pointer, rowEnds.pointer, wordCount, width)
    }

    /// Tells which fields are numbers; needs no index.
    ///
    /// - Returns: `false` for a batch that no kernel can look at.
    package func findNumbers(decimal: UInt8, quote: UInt8, kernel: Kernel, into found: inout FieldBits) -> Bool {
        fill(&found, .numbers, decimal: decimal, quote: quote, kernel: kernel)
    }

    /// The same without a profile, of what has a form by itself.
    package func findForms(quote: UInt8, kernel: Kernel, into found: inout FieldBits) -> Bool {
        fill(&found, .forms, decimal: 0, quote: quote, kernel: kernel)
    }

    private func fill(_ found: inout FieldBits, _ content: FieldBits.Content, decimal: UInt8, quote: UInt8, kernel: Kernel) -> Bool {
        guard kernel != .scalar, byteCount > 0, !wasReadInPieces else { return false }
        // All bitmaps have a bit for each byte, and one for a field that ends after them.
        let fieldCount = unsafe csv_count(kernel.number, ends.pointer, byteCount / 64 + 1)
        let numbers = unsafe csv_numbers(
            bytes: self.content, end: byteCount, ends: ends.pointer, row_ends: rowEnds.pointer, quote: quote, decimal: decimal, words: nil,
            has_quotes: false)
        unsafe found.fill(numbers, content, kernel: kernel, fieldCount: fieldCount)
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
