import CSVScan

/// Explains NUL bytes and ill-formed UTF-8. A clean batch costs one test.
struct CharacterCheck: Check {
    let layout: FileLayout

    func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog) {
        guard batch.isSuspicious else { return }
        for row in rows {
            for field in batch.fields(ofRow: row.index) {
                let scan = batch.characters(ofField: field)
                if !scan.isClean { note(scan, field: field, row: row, batch: batch, log: &log) }
            }
            if row.index == 0, let scan = batch.missingFieldsCharacters, !scan.isClean {
                noteMissing(scan, row: row, batch: batch, log: &log)
            }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    private func note(_ scan: CharacterScan, field: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: field, inRow: row.index)
        // Far beyond the header there is no column to name, and no group of findings is kept for each.
        guard column <= layout.width else { return noteMissing(scan, row: row, batch: batch, log: &log) }
        if scan.invalidCount > 0 {
            log.note(.invalidUTF8, column: column, row: row.number, count: scan.invalidCount) { lines in
                example(of: scan, isNul: false, field: field, row: row, batch: batch, lines: &lines)
            }
        }
        if scan.nulCount > 0 {
            log.note(.nulByte, column: column, row: row.number, count: scan.nulCount) { lines in
                example(of: scan, isNul: true, field: field, row: row, batch: batch, lines: &lines)
            }
        }
    }

    private func example(
        of scan: CharacterScan, isNul: Bool, field: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        let fieldLine = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
        let found = batch.lines(of: scan, inField: field, fieldLine: fieldLine)
        var example = Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: batch.column(ofField: field, inRow: row.index),
            lines: &lines, offset: isNul ? scan.firstNulOffset : scan.firstInvalidOffset, length: 1, quote: layout.quote)
        example.place.line = isNul ? found.nul : found.invalid
        return example
    }

    /// Fields beyond the header's: counted at their row, shown at its beginning.
    private func noteMissing(_ scan: CharacterScan, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        if scan.invalidCount > 0 {
            log.note(.invalidUTF8, row: row.number, count: scan.invalidCount) { beginning(of: row, batch: batch, lines: &$0) }
        }
        if scan.nulCount > 0 {
            log.note(.nulByte, row: row.number, count: scan.nulCount) { beginning(of: row, batch: batch, lines: &$0) }
        }
    }

    private func beginning(of row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor) -> Finding.Example {
        Finding.Example(
            field: batch.fields(ofRow: row.index).lowerBound, ofRow: row.index, number: row.number, in: batch, column: nil, lines: &lines,
            showsValue: false, quote: layout.quote)
    }
}
