import ByteSpans
import CSVTokenizer

/// Rows of a batch that are the header once more.
struct RepeatedHeaders {
    /// Data rows of any width.
    fileprivate(set) var rows = BitSet()
    /// Data rows with the header at their end, by row.
    private(set) var joined: [Joined] = []
    /// Their rows: each row may be asked for, and each may be one.
    private(set) var joinedRows = BitSet()

    /// A header that follows the last field of a row without a line end.
    struct Joined {
        var row: Int
        /// Of the header's first byte.
        var position: Int
    }

    var isEmpty: Bool { rows.isEmpty && joined.isEmpty }

    func contains(_ row: Int) -> Bool {
        rows.contains(row) || joinedRows.contains(row)
    }

    /// - Parameter found: after those that were added.
    fileprivate mutating func add(_ found: Joined) {
        joined.append(found)
        joinedRows.insert(found.row)
    }

    mutating func removeAll() {
        rows.removeAll()
        joined.removeAll(keepingCapacity: true)
        joinedRows.removeAll()
    }
}

extension RowJudge {
    /// Finds the header and empty rows among the data rows of a batch.
    ///
    /// - Parameter unjudged: the header, blank and ragged rows.
    func findRepeatedHeaders(
        _ batch: borrowing RowBatch, _ rows: inout BatchRows, markedFields: BitSet, unjudged: BitSet, into found: inout RepeatedHeaders
    ) {
        // Each of these is in order, as the sets want it.
        var (candidates, exactRows, otherRows, raggedRows) = (BitSet(), BitSet(), BitSet(), BitSet())
        if let pattern = layout.rowPattern {
            // A row of the file's width has all its delimiters.
            batch.addRows(
                like: pattern, except: unjudged, emptyByteCount: layout.emptyRow.count, to: &candidates, whole: &exactRows,
                empty: &rows.empty)
        }
        guard let header = layout.headerPattern else {
            for row in candidates where isBlank(row, at: batch.start(ofField: batch.fields(ofRow: row).lowerBound), batch) {
                rows.empty.insert(row)
                rows.haveBlanks = true
            }
            return
        }
        var cursor = RowCursor()
        for field in markedFields {
            let row = cursor.row(of: field, in: batch)
            if row < batch.rowCount, row != rows.header, !rows.ragged.contains(row), batch.fields(ofRow: row).lowerBound == field {
                candidates.insert(row)
            }
        }
        let exact = header.bytes
        for row in candidates {
            let fields = batch.fields(ofRow: row)
            let start = batch.start(ofField: fields.lowerBound)
            if isBlank(row, at: start, batch) {
                rows.empty.insert(row)
                rows.haveBlanks = true
                continue
            }
            // Each row may be the header: what most others would be told by comes after that.
            let end = batch.range(ofField: fields.upperBound - 1).upperBound
            if end - start == exact.count, row > 0 || !batch.isThinned, batch.bytes[start..<end].hasSameBytes(as: exact.span) {
                otherRows.insert(row)
                continue
            }
            if header.beginsOtherwise(at: start, of: batch, quote: layout.quote) { continue }
            guard let bytes = batch.bytes(ofRow: row) else { continue }
            // A word that is the name of a list but for its letter case may be an item of it.
            if layout.width == 1, !header.isMarked(bytes) {
                if header.isSpelledAlike(bytes) { otherRows.insert(row) }
                continue
            }
            guard header.mayBegin(bytes, delimiter: layout.delimiter, quote: layout.quote) else { continue }
            if header.matches(row, of: batch, decoder: decoder, quote: layout.quote) { otherRows.insert(row) }
        }
        for row in rows.ragged {
            let fields = batch.fields(ofRow: row)
            if !header.mayBeJoined(fieldCount: fields.count),
                header.beginsOtherwise(at: batch.start(ofField: fields.lowerBound), of: batch, quote: layout.quote)
            {
                continue
            }
            if let position = header.joint(row, of: batch, decoder: decoder, quote: layout.quote) {
                found.add(RepeatedHeaders.Joined(row: row, position: position))
            } else if header.matches(row, of: batch, decoder: decoder, quote: layout.quote)
                || header.matchesUncut(row, of: batch, delimiter: layout.delimiter, quote: layout.quote)
            {
                raggedRows.insert(row)
            }
        }
        found.rows = exactRows
        found.rows.formUnion(otherRows)
        found.rows.formUnion(raggedRows)
    }

    /// Whether a row of the file's width has nothing but spaces and quotes between its delimiters.
    ///
    /// - Parameter start: where it begins. Each row may be asked for, where all begin like the first name.
    @inline(__always)
    private func isBlank(_ row: Int, at start: Int, _ batch: borrowing RowBatch) -> Bool {
        guard start < batch.bytes.count, mayBeBlank(batch.bytes[start]) else { return false }
        return hasOnlyBlanks(row, batch)
    }

    @inline(__always)
    private func mayBeBlank(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || byte == layout.delimiter || byte == layout.quote || byte == 0xC2 || byte == 0xA0
    }

    private func hasOnlyBlanks(_ row: Int, _ batch: borrowing RowBatch) -> Bool {
        guard !layout.emptyRow.isEmpty, let bytes = batch.bytes(ofRow: row), bytes.count <= batch.limits.rowBytes,
            bytes.allSatisfy({ mayBeBlank($0) })
        else { return false }
        return batch.fields(ofRow: row).allSatisfy { field in
            decoder.withText(of: field, in: batch) { HeaderPattern.isBlank($0) }
        }
    }
}
