import CSVScan

/// The rules of ``Tokenizer``, written once more over a whole input that can be looked ahead in: the oracle.
///
/// It shares no idea with the machine under test: no state, no chunks, each field is found by searching.
struct ReferenceTokenizer {
    var outline = Outline()

    private let bytes: [UInt8]
    private let dialect: Dialect
    /// Physical line of each byte, and of the end.
    private let lines: [Int]

    init(_ bytes: [UInt8], dialect: Dialect = Dialect()) {
        self.bytes = bytes
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
            let end = readField(from: start, column: fields.count + 1)
            fields.append(start..<end)
            guard end < bytes.count, bytes[end] == dialect.delimiter else {
                let next = skipLineEnd(at: end)
                outline.rows.append(
                    fields.map { Outline.Field(offset: $0.lowerBound, bytes: Array(bytes[$0]), line: lines[$0.lowerBound]) })
                return next
            }
            start = end + 1
        }
    }

    /// Returns where the field ends.
    private mutating func readField(from start: Int, column: Int) -> Int {
        func note(_ kind: Anomaly.Kind, at offset: Int, count: Int = 1) {
            outline.anomalies.append(
                Outline.Anomaly(kind: kind, offset: offset, line: lines[offset], row: outline.rows.count, column: column, count: count))
        }
        var literalStart = start
        if start < bytes.count, bytes[start] == dialect.quote {
            guard let close = closingQuote(ofQuoteAt: start) else {
                note(.unclosedQuote, at: start, count: bytes[start...].count { $0 == 0x0A })
                return bytes.count
            }
            literalStart = close + 1
            if !fieldEnds(at: literalStart) { note(.textAfterClosingQuote, at: literalStart) }
        }
        var end = literalStart
        while !fieldEnds(at: end) { end += 1 }
        let literal = bytes[literalStart..<end]
        if literalStart == start, let stray = literal.firstIndex(of: dialect.quote) { note(.strayQuote, at: stray) }
        if let carriage = literal.firstIndex(of: 0x0D) {
            let count = literal.count { $0 == 0x0D }
            note(.loneCarriageReturn, at: carriage, count: count)
            outline.loneCarriageReturnCount += count
        }
        return end
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
