import CSVTokenizer
import SafeText

/// Counts the distinct values of each column while they are few: a column with many rows and few values may be a dimension.
///
/// A column with a very long value counts as one with many values, because the whole value may not be in memory.
///
/// Memory: columns × ``most`` hashes. Two values with equal hashes count as one, which happens by chance once in 2^46 columns. All ranges of a
/// file use the same hash function: see ``Schema``.
struct DistinctCheck: Check {
    /// The most values that count as few.
    static let most = 512

    private let decoder: FieldDecoder
    private let hash: KeyHash
    /// By column; `nil` where there are more than ``most``.
    private var values: [Set<UInt64>?]

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules == nil, layout.countsDistinctValues else { return nil }
        decoder = FieldDecoder(quote: layout.quote)
        hash = plan.hash
        values = Array(repeating: [], count: min(layout.width, BatchEvidence.mostColumns))
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let columns = values.indices.filter { values[$0] != nil }
        if columns.isEmpty { return }
        var rows = judgement.rows.wholeRows
        while let row = rows.next() {
            let first = batch.fields(ofRow: row.index).lowerBound
            let count = batch.steadyFieldCount(ofRow: row.index)
            for column in columns where column < count {
                if batch.byteCount(ofField: first + column) > batch.limits.fieldBytes {
                    values[column] = nil
                    continue
                }
                let text = decoder.withText(of: first + column, in: batch) { (hash: hash($0), isEmpty: $0.isEmpty) }
                if text.isEmpty { continue }
                values[column]?.insert(text.hash)
                if values[column]?.count ?? 0 > Self.most { values[column] = nil }
            }
        }
    }

    mutating func merge(_ later: DistinctCheck, at joint: Joint) {
        for column in values.indices {
            guard let own = values[column], let others = later.values[column] else {
                values[column] = nil
                continue
            }
            let all = own.union(others)
            values[column] = all.count > Self.most ? nil : all
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for index in prediction.evidence.indices { prediction.evidence[index].distinctCount = values[index]?.count }
    }
}

extension DistinctCheck {
    mutating func code(_ coder: inout StateCoder) { coder.each(&values) }
}
