internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RowJudge {
    /// Judges the values of whole rows under the profile.
    mutating func judgeValues(_ batch: borrowing RowBatch, rows: Range<Int>, into values: inout BatchValues) {
        guard !plan.steps.isEmpty else { return }
        // Each field may be wrong. Memory that is not written to costs nothing; an array that grows leaves pieces of half its size behind.
        let mostNotes = batch.fields(ofRow: batch.rowCount - 1).upperBound
        if values.notes.isEmpty, values.notes.capacity < mostNotes { values.notes.reserveCapacity(mostNotes) }
        let tile = Self.tileRowCount(in: batch)
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + tile, rows.upperBound)
            let before = values.notes.count
            for step in plan.steps { judge(step, batch, rows: start..<end, into: &values) }
            if values.notes.count > before { sort(&values.notes, from: before, rows: start..<end) }
            start = end
        }
    }

    /// By row and column; usually they are already. Complexity: linear, but for the sorting of the rows in which columns come out of order.
    private mutating func sort(_ notes: inout [ValueNote], from start: Int, rows: Range<Int>) {
        func isAscending(_ left: ValueNote, _ right: ValueNote) -> Bool { (left.row, left.column) < (right.row, right.column) }
        guard (start + 1..<max(notes.count, start + 1)).contains(where: { isAscending(notes[$0], notes[$0 - 1]) }) else { return }
        // Where the notes of each row begin, then where they end.
        noteStarts.removeAll(keepingCapacity: true)
        noteStarts.append(contentsOf: repeatElement(0, count: rows.count + 1))
        for note in notes[start...] { noteStarts[Int(note.row) - rows.lowerBound + 1] += 1 }
        for index in 1..<noteStarts.count { noteStarts[index] += noteStarts[index - 1] }
        unsortedNotes.removeAll(keepingCapacity: true)
        unsortedNotes.append(contentsOf: notes[start...])
        for note in unsortedNotes {
            let row = Int(note.row) - rows.lowerBound
            notes[start + noteStarts[row]] = note
            noteStarts[row] += 1
        }
        var first = start
        for row in 0..<rows.count {
            let end = start + noteStarts[row]
            if (first + 1..<max(end, first + 1)).contains(where: { notes[$0].column < notes[$0 - 1].column }) {
                notes[first..<end].sort { $0.column < $1.column }
            }
            first = end
        }
    }

    private mutating func judge(_ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, into values: inout BatchValues) {
        switch step.test {
        case .number: judgeNumbers(step, batch, rows: rows, into: &values)
        case .date: judgeDates(step, batch, rows: rows, into: &values)
        case .boolean:
            test(step, batch, rows: rows, into: &values) { text, count in Self.isExactBoolean(text, count) }
        case .presentText:
            let quote = layout.quote
            test(step, batch, rows: rows, into: &values) { text, count in count > 0 && text[0] != quote }
        case .item:
            let rule = rules[step.judged]
            test(step, batch, rows: rows, into: &values) { text, count in
                rule.isItem(UnsafeRawBufferPointer(start: text, count: count))
            }
        case .rule:
            test(step, batch, rows: rows, into: &values) { _, _ in false }
        }
    }

    private mutating func judgeNumbers(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, into values: inout BatchValues
    ) {
        var column = csvColumn(step.column, batch, rows: rows, isRequired: step.isRequired)
        var counts = csv_number_counts()
        let failed = csv_column_numbers(kernel.number, &column, step.decimal, failures, &counts)
        let passed = rows.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (separated, grouped) = (Int(counts.separated), Int(counts.grouped))
        count(
            plain: (passed - separated, separated - grouped, grouped), column, batch, rows: rows, judged: step.judged,
            into: &values.shapes)
        judgeFailures(failed, column, rows: rows, judged: step.judged, of: batch, into: &values)
    }

    private mutating func judgeDates(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, into values: inout BatchValues
    ) {
        guard var shape = step.shape?.shape else { return }
        var column = csvColumn(step.column, batch, rows: rows, isRequired: step.isRequired)
        var counts = csv_date_counts()
        let failed = csv_column_dates(kernel.number, &column, &shape, failures, &counts)
        let passed = rows.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (same, swappable) = (Int(counts.same), Int(counts.swappable))
        count(
            plain: (passed - same - swappable, same, swappable), column, batch, rows: rows, judged: step.judged, into: &values.shapes)
        judgeFailures(failed, column, rows: rows, judged: step.judged, of: batch, into: &values)
    }

    func csvColumn(_ column: Int, _ batch: borrowing RowBatch, rows: Range<Int>, isRequired: Bool = false) -> csv_column {
        csv_column(
            bytes: batch.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), ends: batch.endPositions,
            first: batch.fields(ofRow: rows.lowerBound).lowerBound + column, width: layout.width, row_count: rows.count,
            quote: layout.quote, is_last: column + 1 == layout.width, is_required: isRequired)
    }

    private mutating func judgeFailures(
        _ count: Int, _ column: csv_column, rows: Range<Int>, judged: Int, of batch: borrowing RowBatch,
        into values: inout BatchValues
    ) {
        for index in 0..<count {
            let row = Int(failures[index])
            judge(field: column.first + row * column.width, row: rows.lowerBound + row, judged: judged, of: batch, into: &values)
        }
    }

    /// Tests the step's column in rows of equal width.
    ///
    /// - Parameter passes: whether the text surely is right; 24 bytes of it are readable. It is tried on the field as it stands and, if it is
    ///   in quotes, without them. The empty field passes untried unless the column must have values.
    @inline(__always)
    private mutating func test(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, into values: inout BatchValues,
        passes: (UnsafePointer<UInt8>, Int) -> Bool
    ) {
        let column = csvColumn(step.column, batch, rows: rows, isRequired: step.isRequired)
        guard let content = column.bytes, let ends = column.ends else { return }
        let count = batch.bytes.count
        var field = column.first
        for row in rows {
            let start = Int(ends[field &- 1] &+ 1)
            var end = Int(ends[field])
            // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
            if column.is_last, end > start, end < count, content[end] == 0x0A, content[end &- 1] == 0x0D { end &-= 1 }
            let length = end &- start
            if length == 0, column.is_required, !doubted.contains(field) {
                values.notes.append(ValueNote(row: UInt32(row), field: UInt32(field), column: UInt32(step.judged), judgement: .empty))
                field &+= column.width
                continue
            }
            let isFine =
                (length == 0 && !column.is_required) || passes(content + start, length)
                || (length > 2 && content[start] == column.quote && content[end &- 1] == column.quote
                    && passes(content + start + 1, length &- 2))
            if !isFine { judge(field: field, row: row, judged: step.judged, of: batch, into: &values) }
            field &+= column.width
        }
    }

    /// Exactly `TRUE` or `FALSE`.
    private static func isExactBoolean(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
        return (count == 4 && word & 0xFFFF_FFFF == 0x4555_5254) || (count == 5 && word & 0xFF_FFFF_FFFF == 0x45_534C_4146)
    }

    // MARK: The exact way

    /// Judges one field by its rule, and counts its shape. Never inlined: the loops over rows stay small.
    @inline(never)
    private mutating func judge(field: Int, row: Int, judged: Int, of batch: borrowing RowBatch, into values: inout BatchValues) {
        if doubted.contains(field) { return }
        var found = decoder.withText(of: field, in: batch) { text in
            // To every rule, and no shape is kept of it.
            if text.isEmpty { return Judgement.empty }
            guard let (entry, isKnown) = recent.entry(of: text, column: judged) else {
                let found = rules[judged].judge(text)
                let place = counted(text, found, judged: judged, in: &values.shapes)
                add(place, found.verdict, text, row: row, field: field, judged: judged, to: &values.shapes)
                return found
            }
            if !isKnown { entry.pointee.judgement = rules[judged].judge(text) }
            let found = entry.pointee.judgement
            if entry.pointee.batchNumber != batchNumber {
                entry.pointee.counted = counted(text, found, judged: judged, in: &values.shapes)
                entry.pointee.batchNumber = batchNumber
            }
            add(entry.pointee.counted, found.verdict, text, row: row, field: field, judged: judged, to: &values.shapes)
            return found
        }
        if batch.byteCount(ofField: field) > batch.limits.fieldBytes, !rules[judged].takesAnyText { found = found.ofBeginning }
        if found.verdict == .parses || (found.verdict == .empty && !plan.isRequired[judged]) { return }
        values.notes.append(ValueNote(row: UInt32(row), field: UInt32(field), column: UInt32(judged), judgement: found))
    }

    /// Judges what is at hand of a row.
    mutating func judge(row: Int, of batch: borrowing RowBatch, into values: inout BatchValues) {
        let first = batch.fields(ofRow: row).lowerBound
        let fieldCount = batch.steadyFieldCount(ofRow: row)
        for index in plan.columns.indices {
            let number = plan.columns[index].number
            if number > fieldCount { break }
            judge(field: first + number - 1, row: row, judged: index, of: batch, into: &values)
        }
    }
}
