import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Rows that are the header once more.
struct RowCheck: Check {
    private let layout: FileLayout

    init(layout: FileLayout) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let repeated = judgement.repeatedHeaders
        guard let last = repeated.last else { return }
        let group = log.group(.repeatedHeader, column: nil, severity: nil, predicts: nil)
        log.add(repeated.count, rows: repeated.count, to: group, lastRow: judgement.rows.number(of: last))
        for row in repeated {
            guard log.wantsExample(group) else { return }
            let record = RowRecord(index: row, number: judgement.rows.number(of: row))
            log.addExample(to: group) { Finding.Example(beginningOf: record, in: batch, lines: &$0, quote: layout.quote) }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}
}
