import CSVScan

/// Turns what the tokenizer noted into findings.
struct QuotingCheck: Check {
    let layout: FileLayout

    func judge(_ batch: borrowing RowBatch, rows: [RowRecord], log: inout FindingLog) {
        guard !batch.anomalies.isEmpty else { return }
        // Both lists are in file order; anomalies of the tail wait for its end.
        var remaining = rows[...]
        for anomaly in batch.anomalies {
            while let row = remaining.first, batch.fields(ofRow: row.index).upperBound <= anomaly.field { remaining.removeFirst() }
            guard let row = remaining.first, batch.fields(ofRow: row.index).contains(anomaly.field) else { continue }
            note(anomaly, row: row, batch: batch, log: &log)
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    private func note(_ anomaly: Anomaly, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        let column = batch.column(ofField: anomaly.field, inRow: row.index)
        let isCarriageReturn = anomaly.kind == .loneCarriageReturn
        log.note(
            Self.code(of: anomaly.kind), column: nil, row: row.number, count: isCarriageReturn ? anomaly.count : 1,
            remark: anomaly.kind == .unclosedQuote ? Self.swallowed(anomaly.count) : nil
        ) { lines in
            var example = Finding.Example(
                field: anomaly.field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines,
                offset: anomaly.byteOffset, length: 1, quote: layout.quote)
            example.place.line = anomaly.line
            return example
        }
    }

    private static func code(of kind: Anomaly.Kind) -> FindingCode {
        switch kind {
        case .strayQuote: .strayQuote
        case .textAfterClosingQuote: .textAfterClosingQuote
        case .unclosedQuote: .unclosedQuote
        case .loneCarriageReturn: .loneCarriageReturn
        }
    }

    private static func swallowed(_ lineEnds: Int) -> String {
        lineEnds == 1 ? "1 line end was taken into this field" : "\(lineEnds) line ends were taken into this field"
    }
}
