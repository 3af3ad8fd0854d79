import CSVTokenizer
import ImportProfiles
import ValueFormats

// A file may have nothing but missing values, one in each byte.

extension ValueCheck {
    /// Counts the missing values of a batch that has nothing else to note, where they only need to be counted.
    ///
    /// - Returns: whether that was done.
    mutating func countMissing(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) -> Bool {
        let width = batch.uniformWidth
        if width == 0 || judgement.values.hasFailure || !hasSettledMissing { return false }
        if missingCounts.isEmpty { missingCounts = Array(repeating: 0, count: columns.count) }
        let last = judgement.values.count(width: width, columns: judgedColumns, into: &missingCounts)
        let empty = Int(Verdict.empty.rawValue)
        let isSettled = missingCounts.indices.allSatisfy { missingCounts[$0] == 0 || isOnlyCounted(counts.tallies[4 * $0 + empty]) }
        for index in columns.indices {
            if isSettled { counts.tallies[4 * index + empty].count += missingCounts[index] }
            missingCounts[index] = 0
        }
        if isSettled { addCounts(lastRow: judgement.rows.number(of: last / width), log: &log) }
        return isSettled
    }

    private func isOnlyCounted(_ tally: ValueTallies.Tally) -> Bool {
        tally.settled.0 & 1 << UInt64(JudgementReason.none.rawValue) != 0 && tally.sharedPlace < 0 && !tally.dropsRow
    }
}
