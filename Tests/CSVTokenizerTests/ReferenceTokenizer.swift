import CSVTokenizer

/// The rules of ``Tokenizer``, written once more over a whole input that can be looked ahead in: the oracle.
///
/// It shares no idea with the machine under test: no state, no chunks, each field is found by searching.
struct ReferenceTokenizer {
    var outline = Outline()

    private let bytes: [UInt8]
    private let dialect: Dialect
    /// Bytes of a row beyond which it is not read again.
    private let rowByteLimit: Int
    /// Fields of the first row that is not blank.
    private var width: Int?
    /// Physical line of each byte, and of the end.
    private let lines: [Int]

    init(_ bytes: [UInt8], dialect: Dialect = Dialect(), limits: RowBatch.Limits = RowBatch.Limits()) {
        self.bytes = bytes
        rowByteLimit = limits.rowBytes
        self.dialect = dialect
        lines = bytes.reduce(into: [1]) { $0.append($0[$0.count - 1] + ($1 == 0x0A ? 1 : 0)) }
        var start = 0
        while start < bytes.count { start = readRow(from: start) }
    }

    /// Returns where the next row begins.
    private mutating func readRow(from rowStart: Int) -> Int {
        var fields: [Range<Int>] = []
        var start = rowStart
        while true {
            let end = readField(from: start, column: fields.count + 1, rowStart: rowStart)
            fields.append(start..<end)
            guard end < bytes.count, bytes[end] == dialect.delimiter else {
                let next = skipLineEnd(at: end)
                outline.rows.append(
                    fields.map { Outline.Field(offset: $0.lowerBound, bytes: Array(bytes[$0]), line: lines[$0.lowerBound]) })
                if width == nil, fields.count > 1 || !fields[0].isEmpty { width = fields.count }
                return next
            }
            start = end + 1
        }
    }

    /// Returns where the field ends.
    private mutating func readField(from start: Int, column: Int, rowStart: Int) -> Int {
        func note(_ kind: Anomaly.Kind, at offset: Int, count: Int = 1, wholeLine: Int? = nil) {
            outline.anomalies.append(
                Outline.Anomaly(
                    kind: kind, offset: offset, line: lines[offset], row: outline.rows.count, column: column, count: count,
                    wholeLine: wholeLine))
        }
        var literalStart = start
        var isTakenBack = false
        if start < bytes.count, bytes[start] == dialect.quote {
            let close = closingQuote(ofQuoteAt: start)
            if let (kind, end) = runaway(quoteAt: start, close: close, column: column, rowStart: rowStart) {
                isTakenBack = true
                note(kind, at: start, count: lines[end] - lines[start], wholeLine: wholeLine(from: start, to: end))
            } else {
                guard let close else {
                    note(.unclosedQuote, at: start, count: bytes[start...].count { $0 == 0x0A })
                    return bytes.count
                }
                literalStart = close + 1
                if !fieldEnds(at: literalStart) { note(.textAfterClosingQuote, at: literalStart) }
            }
        }
        var end = literalStart
        while !fieldEnds(at: end) { end += 1 }
        let literal = bytes[literalStart..<end]
        if literalStart == start, !isTakenBack, let stray = literal.firstIndex(of: dialect.quote) { note(.strayQuote, at: stray) }
        if let carriage = literal.firstIndex(of: 0x0D) {
            let count = literal.count { $0 == 0x0D }
            note(.loneCarriageReturn, at: carriage, count: count)
            outline.loneCarriageReturnCount += count
        }
        return end
    }

    /// Whether an opening quote swallows rows, and up to where that can be said.
    private func runaway(quoteAt start: Int, close: Int?, column: Int, rowStart: Int) -> (Anomaly.Kind, end: Int)? {
        let limit = rowStart + rowByteLimit
        // The whole lines of the swallowed part: the one of the quote, then those behind it.
        func widths(upTo end: Int) -> [Int] {
            var widths: [Int] = []
            var from = start
            for index in start..<end where bytes[index] == 0x0A {
                widths.append(bytes[from..<index].count { $0 == dialect.delimiter } + (widths.isEmpty ? column : 1))
                from = index + 1
            }
            return widths
        }
        // At the limit, before anything behind it is known.
        if start < limit, limit <= bytes.count, close ?? .max >= limit, !isHalfOfPair(at: limit - 1, from: start), let width, width > 1 {
            let found = widths(upTo: limit)
            if found.count > 1, found.prefix(11).allSatisfy({ $0 == width }) { return (.unclosedQuote, limit) }
        }
        guard let close else { return bytes.count <= limit ? (.unclosedQuote, bytes.count) : nil }
        guard close < limit, close + 1 < bytes.count, ![dialect.delimiter, dialect.quote, 0x0A, 0x0D].contains(bytes[close + 1]) else {
            return nil
        }
        let found = widths(upTo: close)
        guard let first = found.first, first > 1, width ?? 2 > 1 else { return nil }
        let closesAtStart = bytes[close - 1] == dialect.delimiter || (bytes[close - 1] == 0x0A && bytes[rowStart] == dialect.quote)
        guard let width else {
            return closesAtStart && (found.count == 1 || found[1] == first) ? (.runawayQuote, close) : nil
        }
        guard first == width || (first > width && closesAtStart) else { return nil }
        let isWhole = found.count > 1 ? found[1] == width : closesAtStart
        return isWhole ? (.runawayQuote, close) : nil
    }

    /// Whether the byte is the first of two quotes that stand for one.
    private func isHalfOfPair(at place: Int, from start: Int) -> Bool {
        guard place > start, bytes[place] == dialect.quote else { return false }
        return bytes[(start + 1)...place].reversed().prefix { $0 == dialect.quote }.count % 2 == 1
    }

    /// The line of the first row behind the quote that is as wide as the first of the stream.
    private func wholeLine(from start: Int, to end: Int) -> Int? {
        guard let width, let first = bytes[start..<end].firstIndex(of: 0x0A) else { return nil }
        var from = first + 1
        while let next = bytes[from..<end].firstIndex(of: 0x0A) {
            if bytes[from..<next].count(where: { $0 == dialect.delimiter }) + 1 == width { return lines[from] }
            from = next + 1
        }
        return nil
    }

    private func closingQuote(ofQuoteAt open: Int) -> Int? {
        var index = open + 1
        while index < bytes.count {
            if bytes[index] == dialect.quote {
                guard index + 1 < bytes.count, bytes[index + 1] == dialect.quote else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    private func fieldEnds(at index: Int) -> Bool {
        index == bytes.count || bytes[index] == dialect.delimiter || bytes[index] == 0x0A || isCRLF(at: index)
    }

    private func isCRLF(at index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == 0x0D && bytes[index + 1] == 0x0A
    }

    private mutating func skipLineEnd(at end: Int) -> Int {
        if end == bytes.count { return end }
        if isCRLF(at: end) {
            outline.crlfCount += 1
            return end + 2
        }
        outline.lfCount += 1
        return end + 1
    }
}
