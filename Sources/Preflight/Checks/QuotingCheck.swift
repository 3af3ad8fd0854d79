import CSVScan

/// Turns what the tokenizer noted into findings.
struct QuotingCheck: Check {
    let layout: FileLayout

    func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        var remaining = batch.anomalies[...]
        while let first = remaining.first {
            let index = batch.row(ofField: first.field)
            let row = RowRecord(index: index, number: judgement.rows.number(of: index))
            let fields = batch.fields(ofRow: index)
            let own = remaining.prefix { $0.field < fields.upperBound }
            remaining = remaining.dropFirst(own.count)
            let steady = fields.lowerBound + batch.steadyFieldCount(ofRow: index)
            for anomaly in own where anomaly.field < steady { note(anomaly, row: row, batch: batch, log: &log) }
            if let last = own.last, last.field >= steady { noteFarAway(own.filter { $0.field >= steady }, row: row, log: &log) }
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {}

    private func note(_ anomaly: Anomaly, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) {
        if anomaly.kind == .loneCarriageReturn, anomaly.count == 1, Self.isBeforeCRLF(anomaly, in: batch) {
            log.addRemark(
                "in front of CRLF: line ends were converted twice",
                to: log.group(.loneCarriageReturn, column: nil, severity: nil, predicts: nil))
        }
        note([anomaly], row: row, log: &log) { lines in
            var example = Finding.Example(
                field: anomaly.field, ofRow: row.index, number: row.number, in: batch,
                column: batch.column(ofField: anomaly.field, inRow: row.index), lines: &lines, offset: anomaly.byteOffset, length: 1,
                quote: layout.quote)
            example.place.line = anomaly.line
            return example
        }
    }

    private static func isBeforeCRLF(_ anomaly: Anomaly, in batch: borrowing RowBatch) -> Bool {
        guard let position = batch.position(ofStreamOffset: anomaly.byteOffset), position + 2 < batch.bytes.count else { return false }
        return batch.bytes[position + 1] == UInt8(ascii: "\r") && batch.bytes[position + 2] == UInt8(ascii: "\n")
    }

    /// Behind the fields that are at hand however the input was cut: one of each kind, the first, with the count of all.
    private func noteFarAway(_ anomalies: [Anomaly], row: RowRecord, log: inout FindingLog) {
        for kind in Anomaly.Kind.allCases {
            let alike = anomalies.filter { $0.kind == kind }
            guard let first = alike.first else { continue }
            note(alike, row: row, log: &log) { _ in
                Finding.Example(place: Place(row: row.number, line: first.line, column: nil, byteOffset: first.byteOffset))
            }
        }
    }

    /// - Parameter anomalies: of one kind, not empty.
    private func note(
        _ anomalies: [Anomaly], row: RowRecord, log: inout FindingLog, example: (inout LineCursor) -> Finding.Example
    ) {
        let count = anomalies.reduce(0) { $0 + $1.count }
        let isUnclosed = anomalies[0].kind == .unclosedQuote || anomalies[0].kind == .runawayQuote
        log.note(
            Self.code(of: anomalies[0].kind), row: row.number, count: isUnclosed ? 1 : count,
            remark: isUnclosed ? Self.swallowed(count, wholeLine: anomalies[0].wholeLine) : nil, example: example)
    }

    private static func code(of kind: Anomaly.Kind) -> FindingCode {
        switch kind {
        case .strayQuote: .strayQuote
        case .textAfterClosingQuote: .textAfterClosingQuote
        case .unclosedQuote: .unclosedQuote
        case .loneCarriageReturn: .loneCarriageReturn
        case .runawayQuote: .runawayQuote
        }
    }

    private static func swallowed(_ lineEnds: Int, wholeLine: Int?) -> String {
        let line = wholeLine.map { "; rows look whole again from line \($0) on" } ?? ""
        return "it takes \(lineEnds.counted("line end")) into its field" + line
    }
}
