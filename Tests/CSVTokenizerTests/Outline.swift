import CSVTokenizer

/// What a tokenizer makes of a whole input, in absolute places: the same whoever tokenized it and however the input was cut.
struct Outline: Equatable {
    struct Field: Equatable {
        var offset: Int
        var bytes: [UInt8]
        /// Physical line of the first byte, from 1.
        var line: Int
    }

    struct Anomaly: Equatable {
        var kind: CSVTokenizer.Anomaly.Kind
        var offset: Int
        /// Physical line of that byte, from 1.
        var line: Int
        /// From 0.
        var row: Int
        /// From 1.
        var column: Int
        var count: Int
        var wholeLine: Int?
    }

    var rows: [[Field]] = []
    var anomalies: [Anomaly] = []
    var crlfCount = 0
    var lfCount = 0
    var loneCarriageReturnCount = 0

    /// Moved behind bytes that were not tokenized, such as a byte order mark.
    func shifted(by offset: Int) -> Outline {
        var outline = self
        for row in rows.indices {
            for field in rows[row].indices { outline.rows[row][field].offset += offset }
        }
        for index in anomalies.indices { outline.anomalies[index].offset += offset }
        return outline
    }

    /// Within one field the order of the anomalies is not promised.
    func sorted() -> Outline {
        var outline = self
        outline.anomalies.sort { ($0.row, $0.column, $0.offset, $0.kind.rawValue) < ($1.row, $1.column, $1.offset, $1.kind.rawValue) }
        return outline
    }

    /// The first places where two outlines differ; empty when they do not.
    func differences(from expected: Outline) -> [String] {
        var lines: [String] = []
        if rows.count != expected.rows.count { lines.append("\(rows.count) rows, expected \(expected.rows.count)") }
        for (index, (row, other)) in zip(rows, expected.rows).enumerated() where row != other {
            lines.append("row \(index): \(row)\n  expected \(other)")
        }
        if anomalies != expected.anomalies { lines.append("anomalies \(anomalies)\n  expected \(expected.anomalies)") }
        let counts = (crlfCount, lfCount, loneCarriageReturnCount)
        let wanted = (expected.crlfCount, expected.lfCount, expected.loneCarriageReturnCount)
        if counts != wanted { lines.append("CRLF, LF, CR counts \(counts), expected \(wanted)") }
        return lines
    }
}
