import CSVTokenizer

/// Rows of a batch that are the header once more.
struct RepeatedHeaders {
    /// Data rows of any width.
    fileprivate(set) var rows = BitSet()
    /// Data rows with the header at their end, by row.
    fileprivate(set) var joined: [Joined] = []

    /// A header that follows the last field of a row without a line end.
    struct Joined {
        var row: Int
        /// Of the header's first byte.
        var position: Int
    }

    var isEmpty: Bool { rows.isEmpty && joined.isEmpty }

    func contains(_ row: Int) -> Bool {
        rows.contains(row) || joined.contains { $0.row == row }
    }

    mutating func removeAll() {
        rows.removeAll()
        joined.removeAll(keepingCapacity: true)
    }
}

extension RowJudge {
    /// Finds the header and empty rows among the data rows of a batch.
    ///
    /// - Parameter unjudged: the header, blank and ragged rows.
    func findRepeatedHeaders(
        _ batch: borrowing RowBatch, _ rows: inout BatchRows, markedFields: BitSet, unjudged: BitSet, into found: inout RepeatedHeaders
    ) {
        var candidates = BitSet()
        if let pattern = layout.rowPattern { batch.addRows(like: pattern, except: unjudged, to: &candidates) }
        guard let header = layout.headerPattern else {
            for row in candidates where isEmpty(batch.bytes(ofRow: row)) { rows.empty.insert(row) }
            return
        }
        var cursor = RowCursor()
        for field in markedFields {
            let row = cursor.row(of: field, in: batch)
            if row < batch.rowCount, row != rows.header, !rows.ragged.contains(row), batch.fields(ofRow: row).lowerBound == field {
                candidates.insert(row)
            }
        }
        for row in candidates {
            let bytes = batch.bytes(ofRow: row)
            if isEmpty(bytes) {
                rows.empty.insert(row)
                continue
            }
            if let bytes, header.isExactly(bytes) {
                found.rows.insert(row)
                continue
            }
            guard let bytes, header.mayBegin(bytes, delimiter: layout.delimiter, quote: layout.quote) else { continue }
            if header.matches(row, of: batch, decoder: decoder, quote: layout.quote) { found.rows.insert(row) }
        }
        for row in rows.ragged where !found.rows.contains(row) {
            let fields = batch.fields(ofRow: row)
            if !header.mayBeJoined(fieldCount: fields.count),
                unsafe header.beginsOtherwise(at: Int(batch.endPositions[fields.lowerBound - 1] &+ 1), of: batch, quote: layout.quote)
            {
                continue
            }
            if let position = header.joint(row, of: batch, decoder: decoder, quote: layout.quote) {
                found.joined.append(RepeatedHeaders.Joined(row: row, position: position))
            } else if header.matches(row, of: batch, decoder: decoder, quote: layout.quote)
                || header.matchesUncut(row, of: batch, delimiter: layout.delimiter, quote: layout.quote)
            {
                found.rows.insert(row)
            }
        }
    }

    /// Whether a row of the file's width, which therefore has all its delimiters, has nothing else.
    private func isEmpty(_ bytes: Span<UInt8>?) -> Bool {
        !layout.emptyRow.isEmpty && bytes?.count == layout.emptyRow.count
    }
}
