import CSVTokenizer
import ImportProfiles

/// Records the rows of a batch that have findings: see ``RowMark``. A row without one costs nothing.
struct PositionRecorder {
    private struct Lane {
        var kind: FindingKind
        var severity: Severity
        /// Of this batch. Most checks go from row to row.
        var rows: [Int] = []
        var isSorted = true
    }

    private var lanes: [Lane] = []
    /// By group of the ``FindingLog``.
    private var laneOfGroup: [Int] = []

    /// - Parameter marks: of the rows of the batch.
    mutating func record(_ batch: inout RowBatch, _ rows: BatchRows, _ marks: [RowMark], _ log: FindingLog, into map: inout PositionMap) {
        guard batch.rowCount > 0 else { return }
        noteRows(&batch, rows, in: &map)
        if marks.isEmpty, rows.blank.isEmpty { return }
        batch.makeIndex()
        for mark in marks { add(mark, log) }
        var lines = LineCursor()
        for lane in lanes.indices where !lanes[lane].rows.isEmpty {
            if !lanes[lane].isSorted { lanes[lane].rows.sort() }
            var (places, last) = (RowNumbers(rows), -1)
            // A row with several such fields counts once.
            for row in lanes[lane].rows where row != last {
                last = row
                guard let index = places.index(of: row) else { continue }
                let start = batch.start(ofRow: index)
                map.record(
                    lanes[lane].kind, lanes[lane].severity, at: batch.streamOffset(ofPosition: start), row: row,
                    line: lines.line(of: start, in: batch))
            }
            lanes[lane].rows.removeAll(keepingCapacity: true)
            lanes[lane].isSorted = true
        }
        for row in rows.blank {
            let start = batch.start(ofRow: row)
            map.record(
                .blankLine, FindingKind.blankLine.severity, at: batch.streamOffset(ofPosition: start), row: nil,
                line: lines.line(of: start, in: batch))
        }
    }

    /// Notes the first row of each cell, with a finding or without. Most batches of a large file begin no cell.
    private func noteRows(_ batch: inout RowBatch, _ rows: BatchRows, in map: inout PositionMap) {
        // Where the last row begins no cell, all begin in the cell of an earlier one.
        guard map.wantsRow(at: batch.streamOffset(ofPosition: batch.startsOfLastRows(1).last ?? 0)) else { return }
        batch.makeIndex()
        var lines = LineCursor()
        for row in 0..<batch.rowCount where !rows.blank.contains(row) {
            let start = batch.start(ofRow: row)
            let offset = batch.streamOffset(ofPosition: start)
            if map.wantsRow(at: offset) { map.noteRow(rows.number(of: row), at: offset, line: lines.line(of: start, in: batch)) }
        }
    }

    private mutating func add(_ mark: RowMark, _ log: FindingLog) {
        while laneOfGroup.count <= mark.group {
            let group = log.groups[laneOfGroup.count]
            let known = lanes.firstIndex { $0.kind == group.kind && $0.severity == group.severity }
            if known == nil { lanes.append(Lane(kind: group.kind, severity: group.severity)) }
            laneOfGroup.append(known ?? lanes.count - 1)
        }
        let lane = laneOfGroup[mark.group]
        if let last = lanes[lane].rows.last, last >= mark.row {
            if last == mark.row { return }
            lanes[lane].isSorted = false
        }
        lanes[lane].rows.append(mark.row)
    }
}
