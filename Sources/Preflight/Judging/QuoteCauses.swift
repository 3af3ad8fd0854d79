import CSVTokenizer

/// How a quote that CSV does not allow came into a field, where the byte before it tells.
///
///     1, "Filter"        a space before the opening quote, which then opens nothing
///     "5\\" pipe"         a backslash that is meant to escape the quote
///     ="0012"            a formula, by which spreadsheets keep leading zeros
enum QuoteCause: CaseIterable {
    case spaceBefore
    case backslash
    case formula
}

/// The fields of a batch with a quote of which the cause is known, and their rows.
///
/// Such a quote also breaks what follows it in its row: the closing half is odd too, and delimiters that were meant to be quoted cut fields. Those
/// are not reported once more.
struct QuoteCauses {
    private(set) var spaceBefore = BitSet()
    private(set) var backslash = BitSet()
    private(set) var formula = BitSet()
    /// Rows with such a field.
    private(set) var rows = BitSet()

    var isEmpty: Bool { rows.isEmpty }

    mutating func removeAll() {
        if rows.isEmpty { return }
        spaceBefore.removeAll()
        backslash.removeAll()
        formula.removeAll()
        rows.removeAll()
    }

    /// The cause of a field's odd quote.
    func cause(ofField field: Int) -> QuoteCause? {
        if rows.isEmpty { return nil }
        if spaceBefore.contains(field) { return .spaceBefore }
        if backslash.contains(field) { return .backslash }
        return formula.contains(field) ? .formula : nil
    }

    /// Whether the row has more fields than the header because delimiters that were meant to be quoted cut it.
    func explainWidth(ofRow row: Int, _ width: Int, instead expected: Int) -> Bool {
        width > expected && rows.contains(row)
    }

    /// Looks at the odd quotes of a batch.
    mutating func find(in batch: borrowing RowBatch) {
        guard batch.hasAnomalies, batch.mayHaveExplainedQuotes else { return }
        var cursor = RowCursor()
        var fields = 0..<0
        var steadyEnd = 0
        var row = 0
        batch.forEachAnomaly { mark in
            guard mark.kind == .strayQuote || mark.kind == .textAfterClosingQuote else { return }
            if mark.field >= fields.upperBound {
                row = cursor.row(of: mark.field, in: batch)
                fields = batch.fields(ofRow: row)
                steadyEnd = batch.isSteady ? fields.upperBound : fields.lowerBound + batch.steadyFieldCount(ofRow: row)
            }
            guard mark.field < steadyEnd, let cause = Self.cause(of: mark, in: batch) else { return }
            rows.insert(row)
            switch cause {
            case .spaceBefore: spaceBefore.insert(mark.field)
            case .backslash: backslash.insert(mark.field)
            case .formula: formula.insert(mark.field)
            }
        }
    }

    /// The position of the quote itself.
    ///
    /// - Returns: `nil` so deep in a field that it may not be in memory, however the input was cut.
    static func quotePosition(of mark: AnomalyMark, in batch: borrowing RowBatch) -> Int? {
        let start = batch.range(ofField: mark.field).lowerBound
        let place = mark.position >= 0 ? mark.position : batch.position(ofStreamOffset: batch.anomaly(of: mark).byteOffset)
        guard let place, place - start + 2 < batch.limits.fieldBytes else { return nil }
        return mark.kind == .strayQuote ? place : place - 1
    }

    private static func cause(of mark: AnomalyMark, in batch: borrowing RowBatch) -> QuoteCause? {
        guard let quote = quotePosition(of: mark, in: batch) else { return nil }
        let before = batch.bytes[batch.range(ofField: mark.field).lowerBound..<quote]
        guard let last = before.last else { return nil }
        if last == UInt8(ascii: "\\") {
            return before.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1 ? .backslash : nil
        }
        guard mark.kind == .strayQuote else { return nil }
        if before.count == 1, last == UInt8(ascii: "=") { return .formula }
        return before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ? .spaceBefore : nil
    }
}
