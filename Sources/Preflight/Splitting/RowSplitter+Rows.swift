import CSVTokenizer
import SafeText

extension RowSplitter {
    /// Decides on the rows of a batch.
    func decide(_ batch: inout RowBatch, _ found: MarkedBatch, _ log: FindingLog) {
        var cursor = RowCursor()
        var lastRow = -1
        let marks = Marks(found.marks, annotates: outputs.annotates, counts: { self.counts($0.group, log) }) { mark in
            // The checks mark one after the other.
            if mark.row < lastRow { cursor = RowCursor() }
            lastRow = mark.row
            let column = mark.field < 0 ? nil : batch.column(ofField: mark.field, inRow: cursor.row(of: mark.field, in: batch))
            return Marks.ReasonKey(group: mark.group, column: column ?? log.groups[mark.group].column)
        } reason: { key in
            Reason(code: log.groups[key.group].kind.code, column: key.column.flatMap { Self.name(of: $0, found.layout) })
        }
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
        /// The marks of the row whose reasons were taken last.
        private var last = (marks: 0..<0, reasons: [Reason]())

        init(end: Int, marks: Marks, nextNumber: Int) {
            (self.end, self.marks, self.nextNumber) = (end, marks, nextNumber)
        }

        func offset(of row: Int, in batch: borrowing RowBatch) -> Int {
            row < batch.rowCount ? batch.streamOffset(ofPosition: batch.start(ofRow: row)) : end
        }

        /// The next row of these that is marked, or their end.
        mutating func nextMarked(in rows: Range<Int>) -> Int {
            while nextMark < marks.rows.count, marks.rows[nextMark].number < nextNumber { nextMark += 1 }
            guard nextMark < marks.rows.count else { return rows.upperBound }
            return min(rows.lowerBound + marks.rows[nextMark].number - nextNumber, rows.upperBound)
        }

        /// Why the next row is marked. It is one of the marked rows.
        mutating func takeReasons() -> [Reason] {
            var end = nextMark
            while end < marks.rows.count, marks.rows[end].number == nextNumber { end += 1 }
            // Most rows have the reasons of the one before.
            if !marks.haveSameReasons(nextMark..<end, last.marks) {
                last = (nextMark..<end, marks.rows[nextMark..<end].map { marks.reasons[Int($0.reason)] })
            }
            nextMark = end
            return last.reasons
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
                let reasons = isMarked && outputs.annotates ? keep(stretch.takeReasons()) : -1
                add(
                    Entry(
                        fate: isMarked ? .quarantine : .clean, end: stretch.offset(of: row + 1, in: batch), rows: 1,
                        number: stretch.nextNumber, line: line, reasons: reasons))
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
        struct Mark {
            let number: Int
            /// Index of the reason, where the rows are annotated.
            let reason: Int32
        }

        /// What tells reasons apart.
        struct ReasonKey: Hashable {
            let group: Int
            let column: Int?
        }

        /// By the numbers of their rows; a row may have more than one.
        private(set) var rows: [Mark] = []
        private(set) var reasons: [Reason] = []

        init(
            _ marks: [RowMark], annotates: Bool, counts: (RowMark) -> Bool, key: (RowMark) -> ReasonKey, reason: (ReasonKey) -> Reason
        ) {
            var known: [ReasonKey: Int32] = [:]
            // The rows of many a file have the same few reasons in turns.
            var recent: [(key: ReasonKey, number: Int32)?] = Array(repeating: nil, count: 16)
            for mark in marks where mark.row > 0 && counts(mark) {
                guard annotates else {
                    if rows.last?.number != mark.row { rows.append(Mark(number: mark.row, reason: 0)) }
                    continue
                }
                let key = key(mark)
                let place = (key.group &* 5 &+ (key.column ?? 0)) & 15
                if let found = recent[place], found.key == key {
                    rows.append(Mark(number: mark.row, reason: found.number))
                    continue
                }
                let number = known[key] ?? Int32(reasons.count)
                if Int(number) == reasons.count {
                    reasons.append(reason(key))
                    known[key] = number
                }
                recent[place] = (key, number)
                rows.append(Mark(number: mark.row, reason: number))
            }
            // The checks mark one after the other.
            rows.sort { $0.number < $1.number }
        }

        /// Whether two rows, each given by its marks, have the same reasons.
        func haveSameReasons(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
            guard left.count == right.count else { return false }
            for (one, other) in zip(left, right) where rows[one].reason != rows[other].reason { return false }
            return true
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

    private static func name(of column: Int, _ layout: FileLayout?) -> String? {
        guard let name = layout?.reference(column).name, !name.isEmpty else { return "column \(column)" }
        return name.shown
    }
}
