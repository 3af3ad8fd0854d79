import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Lines without a byte between rows: they count as nothing.
struct BlankLineCheck: Check {
    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let blank = judgement.rows.blank
        if blank.isEmpty { return }
        let group = log.group(.blankLine, column: nil, severity: nil, predicts: nil)
        log.count(blank.count, in: group, row: nil)
        for row in blank {
            guard log.wantsExample(group) else { return }
            log.addExample(to: group) { lines in
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
