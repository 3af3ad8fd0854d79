import CSVScan

/// Explains NUL bytes and ill-formed UTF-8.
struct CharacterCheck: Check {
    let layout: FileLayout

    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.isSuspicious, batch.rowCount > 0 else { return }
        var remaining = judgement.faultyFields[...]
        if batch.missingFieldsCharacters != nil {
            let own = remaining.prefix { $0 < batch.fields(ofRow: 0).upperBound }
            remaining = remaining.dropFirst(own.count)
            explain(own, row: 0, batch, judgement, log: &log)
        }
        while let first = remaining.first {
            let row = batch.row(ofField: first)
            let own = remaining.prefix { $0 < batch.fields(ofRow: row).upperBound }
            remaining = remaining.dropFirst(own.count)
            explain(own, row: row, batch, judgement, log: &log)
        }
    }

    /// - Parameter faulty: the row's faulty fields.
    private func explain(
        _ faulty: ArraySlice<Int>, row index: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        let row = RowRecord(index: index, number: judgement.rows.number(of: index))
        // Far behind there is no column to name, and no group of findings is kept for each.
        let named = batch.fields(ofRow: index).prefix(min(layout.width, batch.steadyFieldCount(ofRow: index)))
        var invalidCount = 0
        var nulCount = 0
        for field in faulty {
            let scan = batch.characters(ofField: field)
            if named.contains(field) {
                note(scan, field: field, row: row, batch: batch, log: &log)
            } else {
                invalidCount += scan.invalidCount
                nulCount += scan.nulCount
            }
        }
        if index == 0, let scan = batch.missingFieldsCharacters {
            invalidCount += scan.invalidCount
            nulCount += scan.nulCount
        }
        noteUnnamed(.invalidUTF8, count: invalidCount, row: row, batch: batch, log: &log)
        noteUnnamed(.nulByte, count: nulCount, row: row, batch: batch, log: &log)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    private func note(_ scan: CharacterScan, field: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: field, inRow: row.index)
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

    /// Of fields without a column: counted at their row, shown at its beginning.
    private func noteUnnamed(_ code: FindingCode, count: Int, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        guard count > 0 else { return }
        log.note(code, row: row.number, count: count) {
            Finding.Example(beginningOf: row, in: batch, lines: &$0, quote: layout.quote)
        }
    }
}
