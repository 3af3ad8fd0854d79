import ByteSpans
import CSVTokenizer
import ValueFormats

/// The search for one text in the fields of a file. A field is decoded only where the text may be.
struct TextSearch {
    private let text: [UInt8]
    private let isWhole: Bool
    private let ignoresCase: Bool
    /// What the bytes of every field with the text have; `nil` where nothing of the kind is known, and every field is asked.
    private let pattern: BytePattern?

    init(_ wanted: LocateQuery.Text, ignoresCase: Bool, quote: UInt8) {
        isWhole = wanted.isWhole
        self.ignoresCase = ignoresCase
        text = ignoresCase ? FoldedBytes.all(wanted.bytes.span) : wanted.bytes
        pattern = Self.pattern(for: text, ignoresCase: ignoresCase, quote: quote)
    }

    /// In a quoted field a quote is doubled, so the longest part without one is searched for. Where case does not matter, a part is ASCII
    /// without the two letters that other characters become in lower case: `k` (the Kelvin sign) and `i` (with a dot above).
    private static func pattern(for text: [UInt8], ignoresCase: Bool, quote: UInt8) -> BytePattern? {
        func isSteady(_ byte: UInt8) -> Bool {
            byte != quote && !(ignoresCase && (byte >= 0x80 || byte == UInt8(ascii: "k") || byte == UInt8(ascii: "i")))
        }
        let parts = text.indices.split { !isSteady(text[$0]) }
        guard let longest = parts.max(by: { $0.count < $1.count }), let first = longest.first, let last = longest.last else { return nil }
        return BytePattern(Array(text[first...last]), compared: (0, last - first), ignoresCase: ignoresCase)
    }

    /// Whether the text may be in some bytes of the file.
    func mayOccur(in bytes: Span<UInt8>) -> Bool {
        pattern.map { $0.firstPlace(in: bytes, from: 0) != nil } ?? true
    }

    /// Calls `body` with fields that have the text, ascending, as long as it says where to go on.
    ///
    /// - Parameters:
    ///   - isWanted: whether a field may count, by its index.
    ///   - body: returns the field to go on with.
    func forEachMatch(
        in batch: borrowing RowBatch, fieldCount: Int, decoder: FieldDecoder, isWanted: (Int) -> Bool, body: (Int) -> Int
    ) {
        var field = 0
        while field < fieldCount {
            if let pattern {
                let start = batch.range(ofField: field).lowerBound
                guard let place = pattern.firstPlace(in: batch.bytes, from: start) else { return }
                field = max(field, batch.field(atPosition: place))
            }
            field = isWanted(field) && matches(field, in: batch, decoder: decoder) ? max(field + 1, body(field)) : field + 1
        }
    }

    /// A row that is longer than what is kept whole of every row is judged by what is kept of its fields, so that the answer never depends on
    /// how the file was read.
    private func matches(_ field: Int, in batch: borrowing RowBatch, decoder: FieldDecoder) -> Bool {
        let range = batch.range(ofField: field)
        let isLong = range.count > batch.limits.fieldBytes && batch.length(ofRow: batch.row(ofField: field)) > batch.limits.rowBytes
        if isLong, isWhole { return false }
        let bytes = batch.bytes[isLong ? range.prefix(batch.limits.fieldBytes) : range]
        return decoder.withText(of: bytes) { found in
            guard ignoresCase else { return has(found) }
            return FoldedBytes.withAll(found, has)
        }
    }

    private func has(_ found: Span<UInt8>) -> Bool {
        if isWhole { return found.elementsEqual(text) }
        guard let first = text.first else { return true }
        var rest = found
        while rest.count >= text.count, let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
