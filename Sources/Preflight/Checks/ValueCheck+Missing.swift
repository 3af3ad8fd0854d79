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
        let (last, shared) = judgement.values.count(
            width: width, columns: judgedColumns, ownCount: FindingLog.mostColumns, into: &missingCounts)
        let empty = Int(Verdict.empty.rawValue)
        // Of columns that have no group of their own, all have the same one.
        var (isSettled, sharedPlace, sharedCount) = (true, -1, 0)
        for index in columns.indices where missingCounts[index] > 0 {
            let tally = counts.tallies[4 * index + empty]
            isSettled = isSettled && isOnlyCounted(tally)
            guard tally.sharedPlace >= 0 else { continue }
            isSettled = isSettled && (sharedPlace < 0 || sharedPlace == Int(tally.sharedPlace))
            (sharedPlace, sharedCount) = (Int(tally.sharedPlace), sharedCount + missingCounts[index])
        }
        for index in columns.indices {
            if isSettled { counts.tallies[4 * index + empty].count += missingCounts[index] }
            missingCounts[index] = 0
        }
        guard isSettled else { return false }
        addCounts(lastRow: judgement.rows.number(of: last / width), log: &log)
        if sharedPlace >= 0 {
            let group = counts.group(ofSharedPlace: sharedPlace)
            log.add(sharedCount, rows: shared.count, to: group, lastRow: judgement.rows.number(of: shared.last))
        }
        return true
    }

    private func isOnlyCounted(_ tally: ValueTallies.Tally) -> Bool {
        tally.settled.0 & 1 << UInt64(JudgementReason.none.rawValue) != 0 && !tally.dropsRow
    }
}
