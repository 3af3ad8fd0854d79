import ByteSpans
internal import CSVKernels

/// What the fields of a batch are as numbers: a bit of each kind for each field, found without an index of the fields, and counted by column.
///
///     fields       12   3.5   ,   1.250   x7   -4     three columns
///     odd           .    .    .     .      1    .     no number, or left out: nothing else is known of it
///     separated     .    1    .     1      .    .     has the decimal separator
///     empty         .    .    1     .      .    .
///     grouped       .    .    .     1      .    .     which could also be between thousands
///
/// The words of all kinds of 64 fields lie beside each other. The memory is used again for the next batch.
package struct FieldBits: ~Copyable {
    /// Of numbers under a profile; see `csv_number_word`.
    package enum NumberKind: Int {
        case odd, separated, empty, grouped
    }

    /// Of numbers without a profile: see `csv_form_word`. A field of no kind is a whole number.
    package enum FormKind: Int, CaseIterable {
        case odd, empty, point, pointOrGroup, comma, commaOrGroup, integerZeros, pointZeros, commaZeros, serialDay
    }

    /// What there is a bit of.
    enum Content {
        case numbers, forms

        var kinds: Int { Int(self == .forms ? CSV_FORM_WORDS.rawValue : CSV_NUMBER_WORDS.rawValue) }
    }

    private var content = Content.numbers
    /// `kinds` words for each 64 fields, and for 64 more.
    private var words = Block<UInt64>(repeating: 0, count: 1)
    private var kinds = 1
    /// By kind and column.
    private var counts = Block<UInt32>(repeating: 0, count: 1)
    private var width = 0
    package private(set) var fieldCount = 0
    /// Whether some field has a quote.
    package private(set) var haveQuotes = false

    package init() {}

    mutating func fill(_ content: Content, of batch: borrowing RowBatch, decimal: UInt8, quote: UInt8, kernel: Kernel) {
        (self.content, kinds) = (content, content.kinds)
        let question = csv_number_question(
            content: batch.place, asks_forms: content == .forms, quote: quote, decimal: decimal)
        var found = find(question, in: batch, kernel: kernel)
        if !found.is_written {
            words = Block(repeating: 0, count: max(kinds * (found.field_count / 64 + 2), 2 * words.count))
            found = find(question, in: batch, kernel: kernel)
        }
        (fieldCount, haveQuotes) = (found.field_count, found.has_quotes)
    }

    private mutating func find(_ question: csv_number_question, in batch: borrowing RowBatch, kernel: Kernel) -> csv_number_result {
        var room = words.mutableSpan
        return csv_find_field_bits(
            kernel.number, question, batch.memory.view, batch.ends.span.view, batch.rowEnds.span.view, room.room)
    }

    /// Makes fields odd.
    package mutating func leaveOut(_ fields: BitSet) {
        if fields.isEmpty { return }
        for word in 0..<min(fields.words.count, fieldCount / 64 + 1) { leaveOut(fields.words[word], word: word) }
    }

    /// The same of all fields of a row.
    package mutating func leaveOut(_ fields: Range<Int>) {
        var start = fields.lowerBound
        while start < fields.upperBound {
            let end = min(start / 64 * 64 + 64, fields.upperBound)
            leaveOut((UInt64.max >> UInt64(64 - (end - start))) << UInt64(start % 64), word: start / 64)
            start = end
        }
    }

    private mutating func leaveOut(_ bits: UInt64, word: Int) {
        let first = kinds * word
        words[first] |= bits
        for kind in 1..<kinds { words[first + kind] &= ~bits }
    }

    /// Counts by column. Complexity: a few steps for each 64 fields.
    package mutating func count(width: Int, kernel: Kernel) {
        self.width = width
        if counts.count < kinds * width { counts = Block(repeating: 0, count: kinds * width) }
        counts.fill(0, count: kinds * width)
        let rowCount = fieldCount / width
        Self.count(content, words, rowCount: rowCount, width: width, kernel: kernel, into: &counts)
    }

    private static func count(
        _ content: Content, _ words: borrowing Block<UInt64>, rowCount: Int, width: Int, kernel: Kernel, into counts: inout Block<UInt32>
    ) {
        var room = counts.mutableSpan
        csv_count_field_bits(kernel.number, content == .forms, words.span.view, rowCount, width, room.room)
    }

    /// How many fields of a column are of a kind; they must have been counted.
    package func count(_ kind: NumberKind, column: Int) -> Int { Int(counts[kind.rawValue * width + column]) }

    /// The same of forms.
    package func count(_ kind: FormKind, column: Int) -> Int { Int(counts[kind.rawValue * width + column]) }

    /// For the kernels: the words of forms, as long as they are not found anew.
    package var formWords: Span<UInt64> {
        @_lifetime(borrow self)
        get {
            precondition(content == .forms, "words of forms")
            return words.span
        }
    }

    /// The bits of 64 fields.
    @inline(__always)
    package func word(_ kind: NumberKind, _ word: Int) -> UInt64 { words[kinds &* word &+ kind.rawValue] }

    package func has(_ kind: NumberKind, field: Int) -> Bool { has(kind.rawValue, field: field) }

    package func has(_ kind: FormKind, field: Int) -> Bool { has(kind.rawValue, field: field) }

    /// Whether a field is of no kind.
    package func hasNone(field: Int) -> Bool {
        for kind in 0..<kinds where has(kind, field: field) { return false }
        return true
    }

    @inline(__always)
    private func has(_ kind: Int, field: Int) -> Bool {
        words[kinds &* (field &>> 6) &+ kind] &>> UInt64(truncatingIfNeeded: field) & 1 != 0
    }
}
