import ByteSpans
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
    /// Rows with a field that runs on because of such a quote: they have fewer fields than were meant.
    private var shortRows = BitSet()

    var isEmpty: Bool { rows.isEmpty }

    mutating func removeAll() {
        if rows.isEmpty { return }
        spaceBefore.removeAll()
        backslash.removeAll()
        formula.removeAll()
        rows.removeAll()
        shortRows.removeAll()
    }

    /// The cause of a field's odd quote.
    func cause(ofField field: Int) -> QuoteCause? {
        if rows.isEmpty { return nil }
        if spaceBefore.contains(field) { return .spaceBefore }
        if backslash.contains(field) { return .backslash }
        return formula.contains(field) ? .formula : nil
    }

    /// Whether the row has more fields than the header because delimiters that were meant to be quoted cut it, or fewer because those after a field do not.
    func explainWidth(ofRow row: Int, _ width: Int, instead expected: Int) -> Bool {
        width > expected ? rows.contains(row) : shortRows.contains(row)
    }

    /// Looks at the odd quotes of a batch.
    mutating func find(in batch: borrowing RowBatch, dialect: Dialect) {
        guard batch.hasAnomalies, batch.mayHaveExplainedQuotes else { return }
        var cursor = RowCursor()
        var fields = 0..<0
        var steadyEnd = 0
        var row = 0
        batch.forEachAnomaly { mark in
            guard mark.kind != .loneCarriageReturn else { return }
            if mark.field >= fields.upperBound {
                row = cursor.row(of: mark.field, in: batch)
                fields = batch.fields(ofRow: row)
                steadyEnd = batch.isSteady ? fields.upperBound : fields.lowerBound + batch.steadyFieldCount(ofRow: row)
            }
            guard mark.field < steadyEnd, let cause = Self.cause(of: mark, in: batch, dialect) else { return }
            rows.insert(row)
            if cause == .backslash, mark.kind != .strayQuote, Self.runsOn(mark, in: batch, dialect) { shortRows.insert(row) }
            switch cause {
            case .spaceBefore: spaceBefore.insert(mark.field)
            case .backslash: backslash.insert(mark.field)
            case .formula: formula.insert(mark.field)
            }
        }
    }

    /// The position of the quote itself.
    ///
    /// - Returns: `nil` so deep in a field that it may not be in memory, however the input was cut; and for a quote that opens a field, where no
    ///   other is the reason that it does not close.
    static func quotePosition(of mark: AnomalyMark, in batch: borrowing RowBatch, _ dialect: Dialect) -> Int? {
        let start = batch.range(ofField: mark.field).lowerBound
        let place = mark.position >= 0 ? mark.position : batch.position(ofStreamOffset: batch.anomaly(of: mark).byteOffset)
        guard let place, place - start + 2 < batch.limits.fieldBytes else { return nil }
        switch mark.kind {
        case .strayQuote: return place
        case .textAfterClosingQuote: return escapedQuoteAtEnd(from: start, before: place, in: batch, dialect) ?? place - 1
        case .unclosedQuote, .runawayQuote: return escapedQuoteAtEnd(from: place, before: batch.bytes.count, in: batch, dialect)
        case .loneCarriageReturn: return nil
        }
    }

    /// In `"5\\"",x` the position of the quote after the backslash: the quote after it was meant to close the field, and makes a pair with it instead.
    ///
    /// Only a field of one line: where another ends is not known.
    private static func escapedQuoteAtEnd(from start: Int, before end: Int, in batch: borrowing RowBatch, _ dialect: Dialect) -> Int? {
        let bytes = batch.bytes
        guard start < bytes.count, bytes[start] == dialect.quote else { return nil }
        var isEscaped = false
        for place in (start + 1)..<max(start + 1, min(end, bytes.count - 2, start + batch.limits.fieldBytes)) {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\n") { return nil }
            if byte == dialect.quote, isEscaped, bytes[place + 1] == dialect.quote {
                let next = bytes[place + 2]
                if next == dialect.delimiter || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") { return place }
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return nil
    }

    /// Whether the quote after an escaped one was meant to close the field, and does not.
    private static func runsOn(_ mark: AnomalyMark, in batch: borrowing RowBatch, _ dialect: Dialect) -> Bool {
        guard let quote = quotePosition(of: mark, in: batch, dialect), quote + 1 < batch.bytes.count else { return false }
        return batch.bytes[quote + 1] == dialect.quote
    }

    private static func cause(of mark: AnomalyMark, in batch: borrowing RowBatch, _ dialect: Dialect) -> QuoteCause? {
        guard let quote = quotePosition(of: mark, in: batch, dialect) else { return nil }
        let before = batch.bytes[batch.range(ofField: mark.field).lowerBound..<quote]
        guard let last = before.last else { return nil }
        if last == UInt8(ascii: "\\") {
            return Array(before).reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1 ? .backslash : nil
        }
        guard mark.kind == .strayQuote else { return nil }
        if before.count == 1, last == UInt8(ascii: "=") { return .formula }
        return before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ? .spaceBefore : nil
    }
}
