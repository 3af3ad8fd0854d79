import CSVScan

/// Lines without a byte between rows: they count as nothing.
struct BlankLineCheck: Check {
    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        for row in judgement.rows.blank {
            log.note(.blankLine, row: nil) { lines in
                let position = batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound
                return Finding.Example(
                    place: Place(
                        row: nil, line: lines.line(of: position, in: batch), column: nil,
                        byteOffset: batch.streamOffset(ofPosition: position)))
            }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}
}
