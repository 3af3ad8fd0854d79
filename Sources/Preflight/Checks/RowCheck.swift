import CSVScan

/// Rows that are no data: the header once more, a total at the end.
struct RowCheck: Check {
    private let layout: FileLayout
    private let decoder: FieldDecoder
    private var total: Total?

    /// The last row of a batch that says it is a total; `nil` where rows follow that do not.
    private struct Total {
        var number: Int
        var example: Finding.Example
    }

    /// What a total says, as a whole or in front of a blank.
    private static let totals: [StaticString] = [
        "total", "totals", "total:", "grand", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "totale", "totaal", "total general",
        "suma",
    ]

    init(layout: FileLayout) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        noteRepeatedHeaders(batch, judgement, log: &log)
        // Rows of nothing but numbers were judged without an index: the last of them is no total.
        guard batch.isIndexed else {
            total = nil
            return
        }
        var row = batch.rowCount - 1
        while row >= 0, judgement.rows.blank.contains(row) { row -= 1 }
        guard row >= 0 else { return }
        total = nil
        guard row != judgement.rows.header else { return }
        let fields = batch.fields(ofRow: row).prefix(min(layout.width, batch.steadyFieldCount(ofRow: row)))
        var text: [UInt8] = []
        for field in fields where text.isEmpty { text = decoder.withText(of: field, in: batch) { Array($0.prefix(16)) } }
        guard text.withUnsafeBytes(Self.isTotal) else { return }
        let record = RowRecord(index: row, number: judgement.rows.number(of: row))
        var lines = LineCursor()
        total = Total(
            number: record.number, example: Finding.Example(beginningOf: record, in: batch, lines: &lines, quote: layout.quote))
    }

    private func noteRepeatedHeaders(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
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

    private static func isTotal(_ text: UnsafeRawBufferPointer) -> Bool {
        totals.contains { word in
            guard ASCIIWords.begins(text, at: 0, with: word) else { return false }
            let end = word.utf8CodeUnitCount
            return text.count == end || text[end] == UInt8(ascii: " ") || text[end] == UInt8(ascii: ":")
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard let total, total.number > 1 else { return }
        log.note(.totalsRow, row: total.number) { _ in total.example }
    }
}
