import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds columns with the same name and the same values in every row as an earlier column. Such a column is reported once, with the name;
/// findings in its values are omitted.
struct RepeatedColumnCheck: Check {
    private let layout: FileLayout
    /// Columns with an earlier one of the same name that had its values in every row so far.
    private var pairs: [FileLayout.RepeatedColumn]
    private var rowCount = 0

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard !layout.repeatedColumns.isEmpty else { return nil }
        self.layout = layout
        pairs = layout.repeatedColumns
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !pairs.isEmpty else { return }
        rowCount += judgement.rows.dataRowCount
        for row in 0..<batch.rowCount where row != judgement.rows.header && !judgement.rows.blank.contains(row) {
            let first = batch.fields(ofRow: row).lowerBound
            let count = batch.steadyFieldCount(ofRow: row)
            pairs.removeAll { pair in
                guard max(pair.column, pair.first) <= count else { return true }
                return !Self.areAlike(first + pair.first - 1, first + pair.column - 1, in: batch)
            }
            if pairs.isEmpty { return }
        }
    }

    /// Very long values are compared by their beginning and length.
    private static func areAlike(_ left: Int, _ right: Int, in batch: borrowing RowBatch) -> Bool {
        guard batch.byteCount(ofField: left) == batch.byteCount(ofField: right) else { return false }
        let count = batch.limits.fieldBytes
        return batch.bytes[batch.range(ofField: left).prefix(count)].hasSameBytes(
            as: batch.bytes[batch.range(ofField: right).prefix(count)])
    }

    mutating func merge(_ later: RepeatedColumnCheck, at joint: Joint) {
        rowCount += later.rowCount
        pairs.removeAll { pair in !later.pairs.contains { $0.column == pair.column } }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard rowCount > 0 else { return }
        for pair in pairs {
            let group = log.group(.duplicateColumnName, column: pair.column, severity: nil, predicts: nil)
            log.addRemark("same values as column \(pair.first) in every row", to: group)
            log.fold(column: pair.column, into: pair.first)
            prediction.fold(column: pair.column, into: pair.first)
        }
    }
}

extension Prediction {
    /// Omits predictions for a column that repeats another one, because they concern the same rows.
    fileprivate mutating func fold(column: Int, into first: Int) {
        let kept = columns.filter { $0.column.index == first }
        let repeated = columns.filter { entry in
            entry.column.index == column && kept.contains { $0.reason == entry.reason && $0.cells == entry.cells }
        }
        columns.removeAll(where: repeated.contains)
        for entry in repeated where entry.reason == .parsingError {
            parsingErrorCells.min -= entry.cells.min
            parsingErrorCells.max -= entry.cells.max
        }
        let cells = advice.first { $0.column.index == first }?.cells
        advice.removeAll { $0.column.index == column && $0.cells == cells }
    }
}

extension RepeatedColumnCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&rowCount)
        coder.list(&pairs, blank: FileLayout.RepeatedColumn(column: 0, first: 0)) { coder, pair in
            coder(&pair.column)
            coder(&pair.first)
        }
    }
}
