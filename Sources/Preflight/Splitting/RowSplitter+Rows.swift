import CSVTokenizer
import SafeText

extension RowSplitter {
    /// Decides on the rows of a batch.
    func decide(_ batch: inout RowBatch, _ found: MarkedBatch, _ log: FindingLog) {
        let marks = Marks(
            found.marks, annotates: outputs.annotates, counts: { self.counts($0.group, log) },
            reason: { self.reason($0, log, found, batch) })
        let rows = found.rows
        let end = batch.streamOffset(ofPosition: batch.bytes.count)
        if marks.rows.isEmpty, rows.blank.isEmpty, rows.header == nil, !isAtHand {
            return decideCleanBatch(&batch, rows, end: end)
        }
        batch.makeIndex()
        var others = rows.blank
        if let header = rows.header {
            var one = BitSet()
            one.insert(header)
            others.formUnion(one)
        }
        var stretch = Stretch(end: end, marks: marks, nextNumber: rows.firstNumber)
        var decided = 0
        for data in others.gaps(below: batch.rowCount) {
            leaveOut(decided..<data.lowerBound, of: batch, header: rows.header, end: end)
            decide(data, of: batch, &stretch, isLast: data.upperBound == batch.rowCount || !hasData(after: data.upperBound, others, batch))
            decided = data.upperBound
        }
        leaveOut(decided..<batch.rowCount, of: batch, header: rows.header, end: end)
    }

    private func hasData(after row: Int, _ others: BitSet, _ batch: borrowing RowBatch) -> Bool {
        others.rank(of: batch.rowCount) - others.rank(of: row) < batch.rowCount - row
    }

    /// What is known while the data rows of a batch are gone through.
    private struct Stretch {
        /// Of the batch, in the content.
        let end: Int
        let marks: Marks
        var nextMark = 0
        /// Of the next data row.
        var nextNumber: Int
        var lines = LineCursor()

        init(end: Int, marks: Marks, nextNumber: Int) {
            (self.end, self.marks, self.nextNumber) = (end, marks, nextNumber)
        }

        func offset(of row: Int, in batch: borrowing RowBatch) -> Int {
            row < batch.rowCount ? batch.streamOffset(ofPosition: batch.start(ofRow: row)) : end
        }

        /// The next row of these that is marked, or their end.
        mutating func nextMarked(in rows: Range<Int>) -> Int {
            while nextMark < marks.rows.count, marks.rows[nextMark] < nextNumber { nextMark += 1 }
            guard nextMark < marks.rows.count else { return rows.upperBound }
            return min(rows.lowerBound + marks.rows[nextMark] - nextNumber, rows.upperBound)
        }
    }

    /// Decides on data rows between which nothing else is. Rows that go to the same file for certain are one entry up to the next that does not.
    ///
    /// - Parameter isLast: whether no data row follows in the batch.
    private func decide(_ data: Range<Int>, of batch: borrowing RowBatch, _ stretch: inout Stretch, isLast: Bool) {
        var row = data.lowerBound
        while row < data.upperBound {
            let marked = stretch.nextMarked(in: row..<data.upperBound)
            let isMarked = marked == row
            let isOnItsOwn = isAtHand || isMarked && outputs.annotates || isLast && row == data.upperBound - 1
            if isOnItsOwn {
                let line = outputs.annotates ? stretch.lines.line(of: batch.start(ofRow: row), in: batch) : 0
                if let reasons = stretch.marks.reasons[stretch.nextNumber] { note(reasons, of: stretch.nextNumber) }
                add(
                    Entry(
                        fate: isMarked ? .quarantine : .clean, end: stretch.offset(of: row + 1, in: batch), rows: 1,
                        number: stretch.nextNumber, line: line))
                stretch.nextNumber += 1
                row += 1
            } else {
                let next = isMarked ? row + 1 : min(marked, isLast ? data.upperBound - 1 : data.upperBound)
                add(Entry(fate: isMarked ? .quarantine : .clean, end: stretch.offset(of: next, in: batch), rows: next - row))
                stretch.nextNumber += next - row
                row = next
            }
        }
    }

    /// The header goes into both files, blank rows into none.
    private func leaveOut(_ rows: Range<Int>, of batch: borrowing RowBatch, header: Int?, end: Int) {
        func offset(_ row: Int) -> Int { row < batch.rowCount ? batch.streamOffset(ofPosition: batch.start(ofRow: row)) : end }
        var row = rows.lowerBound
        while row < rows.upperBound {
            if row == header {
                add(Entry(fate: .both, end: offset(row + 1), number: 0, isHeader: true))
                row += 1
            } else {
                let next = header.flatMap { (row..<rows.upperBound).contains($0) ? $0 : nil } ?? rows.upperBound
                add(Entry(fate: .dropped, end: offset(next), lines: next - row))
                row = next
            }
        }
    }

    /// The rows of a batch that go to quarantine.
    private struct Marks {
        /// Their numbers, ascending; one may be there more than once.
        var rows: [Int] = []
        /// By number, where the rows are annotated.
        var reasons: [Int: [Reason]] = [:]

        init(_ marks: [RowMark], annotates: Bool, counts: (RowMark) -> Bool, reason: (RowMark) -> Reason) {
            for mark in marks where mark.row > 0 && counts(mark) {
                if annotates { reasons[mark.row, default: []].append(reason(mark)) }
                if rows.last != mark.row { rows.append(mark.row) }
            }
            // The checks mark one after the other.
            rows.sort()
        }
    }

    /// All rows are clean, as far as is known: only the last one is looked at.
    private func decideCleanBatch(_ batch: inout RowBatch, _ rows: BatchRows, end: Int) {
        if batch.rowCount > 1, let start = batch.startsOfLastRows(1).last {
            add(Entry(fate: .clean, end: batch.streamOffset(ofPosition: start), rows: batch.rowCount - 1))
        }
        let start = batch.startsOfLastRows(1).last ?? 0
        let line = batch.firstLine + batch.newlines(before: start)
        add(Entry(fate: .clean, end: end, rows: 1, number: rows.firstNumber + batch.rowCount - 1, line: line))
    }

    private func reason(_ mark: RowMark, _ log: FindingLog, _ found: MarkedBatch, _ batch: borrowing RowBatch) -> Reason {
        let group = log.groups[mark.group]
        var column = group.column
        if outputs.annotates, mark.field >= 0 {
            column = batch.column(ofField: mark.field, inRow: batch.row(ofField: mark.field))
        }
        return Reason(code: group.kind.code, column: column.flatMap { Self.name(of: $0, found.layout) })
    }

    private static func name(of column: Int, _ layout: FileLayout?) -> String? {
        guard let name = layout?.reference(column).name, !name.isEmpty else { return "column \(column)" }
        return name.shown
    }
}
