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
        func example(_ offset: Int, isNul: Bool, lines: inout LineCursor) -> Finding.Example {
            var example = Finding.Example(
                field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, offset: offset, length: 1,
                quote: layout.quote)
            let fieldLine = lines.line(of: batch.range(ofField: field).lowerBound, in: batch)
            let found = batch.lines(of: scan, inField: field, fieldLine: fieldLine)
            example.place.line = isNul ? found.nul : found.invalid
            return example
        }
        if scan.invalidCount > 0 {
            log.note(.invalidUTF8, column: column, row: row.number, count: scan.invalidCount) {
                example(scan.firstInvalidOffset, isNul: false, lines: &$0)
            }
        }
        if scan.nulCount > 0 {
            log.note(.nulByte, column: column, row: row.number, count: scan.nulCount) {
                example(scan.firstNulOffset, isNul: true, lines: &$0)
            }
        }
    }

    /// Fields beyond the header's: counted at their row, shown at its beginning.
    private func noteMissing(_ scan: CharacterScan, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        func example(_ lines: inout LineCursor) -> Finding.Example {
            let field = batch.fields(ofRow: row.index).lowerBound
            return Finding.Example(
                field: field, ofRow: row.index, number: row.number, in: batch, column: nil, lines: &lines, showsValue: false,
                quote: layout.quote)
        }
        if scan.invalidCount > 0 { log.note(.invalidUTF8, row: row.number, count: scan.invalidCount, example: example) }
        if scan.nulCount > 0 { log.note(.nulByte, row: row.number, count: scan.nulCount, example: example) }
    }
}
