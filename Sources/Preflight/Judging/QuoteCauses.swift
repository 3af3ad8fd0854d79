import ByteSpans
import CSVTokenizer

/// How a quote that CSV does not allow came into a field, where the byte before it tells.
///
///     1, "Filter"        a space before the opening quote, which then opens nothing
///     "5\\" pipe"         a backslash that is meant to escape the quote
///     ="0012"            a formula, by which spreadsheets keep leading zeros
///     "Filter" ,         a space after the closing quote
///     ""Filter, red""    two quotes on both sides: what was quoted was quoted once more
enum QuoteCause: CaseIterable {
    case spaceBefore
    case backslash
    case formula
    case spaceAfter
    case quotedTwice
}

/// The fields of a batch with a quote of which the cause is known, and their rows.
///
/// Such a quote also breaks what follows it in its row: the closing half is odd too, and delimiters that were meant to be quoted cut fields. Those
/// are not reported once more.
struct QuoteCauses {
    private(set) var spaceBefore = BitSet()
    private(set) var backslash = BitSet()
    private(set) var formula = BitSet()
    private(set) var spaceAfter = BitSet()
    private(set) var quotedTwice = BitSet()
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
        spaceAfter.removeAll()
        quotedTwice.removeAll()
        rows.removeAll()
        shortRows.removeAll()
    }

    /// The cause of a field's odd quote.
    func cause(ofField field: Int) -> QuoteCause? {
        if rows.isEmpty { return nil }
        if spaceBefore.contains(field) { return .spaceBefore }
        if backslash.contains(field) { return .backslash }
        if formula.contains(field) { return .formula }
        if spaceAfter.contains(field) { return .spaceAfter }
        return quotedTwice.contains(field) ? .quotedTwice : nil
    }

    /// The cause of an odd quote, and its position.
    func quote(of mark: AnomalyMark, in batch: borrowing RowBatch, _ dialect: Dialect) -> (cause: QuoteCause, position: Int)? {
        guard let cause = cause(ofField: mark.field), let position = Self.quotePosition(of: mark, in: batch, dialect) else { return nil }
        return (cause, position)
    }

    /// Whether the row has more fields than the header because delimiters that were meant to be quoted cut it, or fewer because those after a field do not.
    func explainWidth(ofRow row: Int, _ width: Int, instead expected: Int) -> Bool {
        width > expected ? rows.contains(row) : shortRows.contains(row)
    }

    /// Looks at the odd quotes of a batch.
    mutating func find(in batch: borrowing RowBatch, dialect: Dialect) {
        guard batch.hasAnomalies else { return }
        var cursor = RowCursor()
        var fields = 0..<0
        var steadyEnd = 0
        var row = 0
        let isSteady = batch.isSteady
        batch.forEachExplicableQuote { mark in
            guard mark.kind != .loneCarriageReturn else { return }
            if mark.field >= fields.upperBound {
                (row, fields) = cursor.row(withFieldsOf: mark.field, in: batch)
                steadyEnd = isSteady ? fields.upperBound : fields.lowerBound + batch.steadyFieldCount(ofRow: row)
            }
            guard mark.field < steadyEnd, let quote = Self.quotePosition(of: mark, in: batch, dialect),
                let cause = Self.cause(of: mark, at: quote, in: fields, of: batch, dialect)
            else { return }
            rows.insert(row)
            if cause == .backslash, mark.kind != .strayQuote, Self.runsOn(quote, in: batch, dialect) { shortRows.insert(row) }
            switch cause {
            case .spaceBefore: spaceBefore.insert(mark.field)
            case .backslash: backslash.insert(mark.field)
            case .formula: formula.insert(mark.field)
            case .spaceAfter: spaceAfter.insert(mark.field)
            case .quotedTwice: quotedTwice.insert(mark.field)
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
    private static func runsOn(_ quote: Int, in batch: borrowing RowBatch, _ dialect: Dialect) -> Bool {
        quote + 1 < batch.bytes.count && batch.bytes[quote + 1] == dialect.quote
    }

    /// - Parameter quote: its position.
    private static func cause(
        of mark: AnomalyMark, at quote: Int, in fields: Range<Int>, of batch: borrowing RowBatch, _ dialect: Dialect
    ) -> QuoteCause? {
        let before = batch.bytes[batch.range(ofField: mark.field).lowerBound..<quote]
        guard let last = before.last else { return nil }
        if last == UInt8(ascii: "\\") {
            var start = quote
            while start > quote - before.count, batch.bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
            return (quote - start).isMultiple(of: 2) ? nil : .backslash
        }
        if mark.kind == .textAfterClosingQuote { return causeOfTextAfter(quote, mark.field, fields, batch, dialect) }
        guard mark.kind == .strayQuote else { return nil }
        if before.count == 1, last == UInt8(ascii: "=") { return .formula }
        return before.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } ? .spaceBefore : nil
    }

    /// Letters, digits, and what is beyond ASCII.
    private static func mayBeginWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    /// - Parameter quote: the position of one that closes a field too early.
    private static func causeOfTextAfter(
        _ quote: Int, _ field: Int, _ fields: Range<Int>, _ batch: borrowing RowBatch, _ dialect: Dialect
    ) -> QuoteCause? {
        let range = batch.range(ofField: field)
        let after = batch.bytes[(quote + 1)..<max(quote + 1, range.upperBound)]
        if after.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { return .spaceAfter }
        guard quote == range.lowerBound + 1, let first = after.first, Self.mayBeginWord(first) else { return nil }
        // The other two are at the end of this field, or of one that a delimiter of the text cuts off.
        let isClosed = (field..<fields.upperBound).contains { other in
            let text = batch.bytes[batch.range(ofField: other)]
            return text.count > (other == field ? 4 : 2) && text.suffix(2).allSatisfy { $0 == dialect.quote }
                && text.dropLast(2).last != dialect.quote
        }
        return isClosed ? .quotedTwice : nil
    }
}
