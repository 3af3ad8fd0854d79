import ByteSpans
internal import CSVKernels

extension RowBatch {
    /// Whether every row has this many fields; needs no index.
    package func haveWidth(_ width: Int, kernel: Kernel) -> Bool {
        guard !wasReadInPieces, kernel != .scalar else { return false }
        return csv_rows_have_width(kernel.number, ends.span.view, rowEnds.span.view, wordCount, width)
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
        found.fill(content, of: self, decimal: decimal, quote: quote, kernel: kernel)
        return true
    }

    /// Where the content is in ``memory``, as the kernels want to know.
    var place: csv_content { csv_content(front: front, count: byteCount) }

    /// The words with bits of the rows.
    var wordCount: Int { (byteCount + 63) / 64 }

    /// Positions of field ends: that of field *k* at place *k* + 1. Before the first is the highest number, so that every field begins one after
    /// the end before it, also the first field.
    package var fieldEnds: Span<UInt32> {
        @_lifetime(borrow self) @inline(__always) get { endStorage.span }
    }

    /// For the kernels: the content and ``padding`` before and after it.
    package var memory: Span<UInt8> {
        @_lifetime(borrow self) @inline(__always) get { block.span }
    }

    /// Where in ``memory`` the content begins.
    package var contentStart: Int { front }

    /// Fields of each row; 0 where they differ, or one was taken out of the batch.
    package var uniformWidth: Int { hasMissingFields ? 0 : stride }

    /// Whether fields of the first row may lack bytes in the middle.
    package var isThinned: Bool { !elisions.isEmpty || hasMissingFields }
}
