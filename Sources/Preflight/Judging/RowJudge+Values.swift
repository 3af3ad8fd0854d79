internal import CSVKernels
import CSVScan

extension RowJudge {
    /// Judges the values of the whole rows under the profile.
    mutating func judgeValues(_ batch: inout RowBatch, into notes: inout [ValueNote]) {
        guard !plan.steps.isEmpty || !slowRows.isEmpty else { return }
        let bitmaps = plan.bitmapDecimal.flatMap { batch.findNumbers(decimal: $0, quote: layout.quote, kernel: kernel) }
        let tile = Self.tileRowCount(in: batch)
        for rows in quickRows {
            var start = rows.lowerBound
            while start < rows.upperBound {
                let end = min(start + tile, rows.upperBound)
                let before = notes.count
                for step in plan.steps { judge(step, batch, rows: start..<end, bitmaps: bitmaps, into: &notes) }
                if notes.count > before { Self.sort(&notes, from: before) }
                start = end
            }
        }
        let before = notes.count
        for row in slowRows { judge(row: row, of: batch, into: &notes) }
        if before > 0, notes.count > before { Self.sort(&notes, from: 0) }
    }

    /// By row and column; usually they are already.
    private static func sort(_ notes: inout [ValueNote], from start: Int) {
        func isAscending(_ left: ValueNote, _ right: ValueNote) -> Bool { (left.row, left.column) < (right.row, right.column) }
        for index in (start + 1)..<max(notes.count, start + 1) where isAscending(notes[index], notes[index - 1]) {
            notes[start...].sort(by: isAscending)
            return
        }
    }

    private mutating func judge(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, bitmaps: NumberBitmaps?, into notes: inout [ValueNote]
    ) {
        switch step.test {
        case .number, .numberBitmaps:
            if step.test == .numberBitmaps, let bitmaps {
                return lookUpNumbers(step, batch, rows: rows, bitmaps: bitmaps, into: &notes)
            }
            for index in 0..<step.columns.count {
                var column = csvColumn(step, index, batch, rows: rows)
                let count = csv_column_numbers(kernel.number, &column, step.decimal, failures)
                judgeFailures(count, column, rows: rows, judged: step.judged + index, of: batch, into: &notes)
            }
        case .date:
            guard var shape = step.shape?.shape else { return }
            var column = csvColumn(step, 0, batch, rows: rows)
            let count = csv_column_dates(kernel.number, &column, &shape, failures)
            judgeFailures(count, column, rows: rows, judged: step.judged, of: batch, into: &notes)
        case .boolean:
            test(step, batch, rows: rows, into: &notes) { text, count in Self.isExactBoolean(text, count) }
        case .presentText:
            let quote = layout.quote
            test(step, batch, rows: rows, into: &notes) { text, count in count > 0 && text[0] != quote }
        case .item:
            let rule = rules + step.judged
            test(step, batch, rows: rows, into: &notes) { text, count in
                rule.pointee.isItem(UnsafeRawBufferPointer(start: text, count: count))
            }
        case .rule:
            test(step, batch, rows: rows, into: &notes) { _, _ in false }
        }
    }

    /// One of the step's columns, as the kernels take it.
    private func csvColumn(_ step: ColumnStep, _ column: Int, _ batch: borrowing RowBatch, rows: Range<Int>) -> csv_column {
        csvColumn(step.columns.lowerBound + column, batch, rows: rows, isRequired: step.isRequired)
    }

    func csvColumn(_ column: Int, _ batch: borrowing RowBatch, rows: Range<Int>, isRequired: Bool = false) -> csv_column {
        csv_column(
            bytes: batch.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), ends: batch.endPositions,
            first: batch.fields(ofRow: rows.lowerBound).lowerBound + column, width: layout.width, row_count: rows.count,
            quote: layout.quote, is_last: column + 1 == layout.width, is_required: isRequired)
    }

    private mutating func judgeFailures(
        _ count: Int, _ column: csv_column, rows: Range<Int>, judged: Int, of batch: borrowing RowBatch, into notes: inout [ValueNote]
    ) {
        for index in 0..<count {
            let row = Int(failures[index])
            judge(field: column.first + row * column.width, row: rows.lowerBound + row, judged: judged, of: batch, into: &notes)
        }
    }

    /// Looks up a row's numbers together, and one by one only where one of them is odd.
    private mutating func lookUpNumbers(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, bitmaps: NumberBitmaps, into notes: inout [ValueNote]
    ) {
        let ends = batch.endPositions
        let isWhole = step.decimal == 0
        /// Whether a byte from the start of one field to the end of another is no part of such numbers.
        func areOdd(_ first: Int, _ last: Int) -> Bool {
            // In front of the first entry stands the highest number: one more is 0.
            let (start, end) = (Int(ends[first &- 1] &+ 1), Int(ends[last]))
            return csv_any_bit(bitmaps.violations, start, end) || (isWhole && csv_any_bit(bitmaps.decimals, start, end))
        }
        var first = batch.fields(ofRow: rows.lowerBound).lowerBound &+ step.columns.lowerBound
        for row in rows {
            if areOdd(first, first &+ step.columns.count &- 1) {
                for column in 0..<step.columns.count where areOdd(first + column, first + column) {
                    judge(field: first + column, row: row, judged: step.judged + column, of: batch, into: &notes)
                }
            }
            first &+= layout.width
        }
    }

    /// Tests the step's only column in rows of equal width.
    ///
    /// - Parameter passes: whether the text surely is right; 24 bytes of it are readable. It is tried on the field as it stands and, if it is
    ///   in quotes, without them. The empty field passes untried unless the column must have values.
    @inline(__always)
    private mutating func test(
        _ step: ColumnStep, _ batch: borrowing RowBatch, rows: Range<Int>, into notes: inout [ValueNote],
        passes: (UnsafePointer<UInt8>, Int) -> Bool
    ) {
        let column = csvColumn(step, 0, batch, rows: rows)
        guard let content = column.bytes, let ends = column.ends else { return }
        let count = batch.bytes.count
        var field = column.first
        for row in rows {
            let start = Int(ends[field &- 1] &+ 1)
            var end = Int(ends[field])
            // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
            if column.is_last, end > start, end < count, content[end] == 0x0A, content[end &- 1] == 0x0D { end &-= 1 }
            let length = end &- start
            let isFine =
                (length == 0 && !column.is_required) || passes(content + start, length)
                || (length > 2 && content[start] == column.quote && content[end &- 1] == column.quote
                    && passes(content + start + 1, length &- 2))
            if !isFine { judge(field: field, row: row, judged: step.judged, of: batch, into: &notes) }
            field &+= column.width
        }
    }

    /// Exactly `TRUE` or `FALSE`.
    private static func isExactBoolean(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
        return (count == 4 && word & 0xFFFF_FFFF == 0x4555_5254) || (count == 5 && word & 0xFF_FFFF_FFFF == 0x45_534C_4146)
    }

    // MARK: The exact way

    /// Judges one field by its rule. Never inlined: the loops over rows stay small.
    @inline(never)
    private mutating func judge(field: Int, row: Int, judged: Int, of batch: borrowing RowBatch, into notes: inout [ValueNote]) {
        let judgement = decoder.withText(of: field, in: batch) { text in
            recent.judgement(of: text, column: judged) { rules[judged].judge(text) }
        }
        if judgement.verdict == .parses || (judgement.verdict == .empty && !plan.columns[judged].isRequired) { return }
        notes.append(ValueNote(row: UInt32(row), field: UInt32(field), column: UInt32(judged), judgement: judgement))
    }

    /// Judges what is at hand of a row.
    private mutating func judge(row: Int, of batch: borrowing RowBatch, into notes: inout [ValueNote]) {
        let first = batch.fields(ofRow: row).lowerBound
        let fieldCount = batch.steadyFieldCount(ofRow: row)
        for index in plan.columns.indices {
            let number = plan.columns[index].number
            if number > fieldCount { break }
            judge(field: first + number - 1, row: row, judged: index, of: batch, into: &notes)
        }
    }
}
