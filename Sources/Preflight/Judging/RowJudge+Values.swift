internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RowJudge {
    /// Judges the values of whole rows under the profile.
    mutating func judgeValues(_ batch: borrowing RowBatch, _ tile: RowTile, into values: inout BatchValues) {
        if plan.steps.isEmpty { return }
        tileNotes.begin(tile.fields)
        let hasDoubted = doubted.intersects(tile.fields)
        for (index, step) in plan.steps.enumerated() {
            areMostlyWrong[index] =
                areMostlyWrong[index]
                ? judgeEach(step, batch, tile, hasDoubted: hasDoubted, into: &values.shapes)
                : judge(step, batch, tile, into: &values.shapes)
        }
        tileNotes.move(to: &values.notes)
    }

    /// - Returns: whether most values were judged by the rule.
    private mutating func judge(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Bool {
        switch step.test {
        case .number: return judgeNumbers(step, batch, tile, into: &shapes) > tile.count / 2
        case .date: return judgeDates(step, batch, tile, into: &shapes) > tile.count / 2
        case .boolean:
            return test(step, batch, tile, into: &shapes) { text, count in Self.isExactBoolean(text, count) } > tile.count / 2
        case .presentText:
            let quote = layout.quote
            _ = test(step, batch, tile, into: &shapes) { text, count in count > 0 && text[0] != quote }
        case .item:
            let rule = rules[step.judged]
            return test(step, batch, tile, into: &shapes) { text, count in
                rule.isItem(UnsafeRawBufferPointer(start: text, count: count))
            } > tile.count / 2
        case .rule:
            _ = test(step, batch, tile, into: &shapes) { _, _ in false }
        }
        return false
    }

    /// - Returns: how many values no kernel passed.
    private mutating func judgeNumbers(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        var column = csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        var counts = csv_number_counts()
        let failed = csv_column_numbers(kernel.number, &column, step.decimal, failures, &counts)
        let passed = tile.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (separated, grouped) = (Int(counts.separated), Int(counts.grouped))
        var fractions = 0
        if separated > 0, rules[step.judged].tellsFractions {
            fractions = judgeFailuresAndFractions(failed, column, tile, step, of: batch, into: &shapes)
        } else {
            judgeFailures(failed, column, tile, step, of: batch, into: &shapes)
        }
        count(
            plain: (passed - separated, separated - grouped - fractions, grouped), column, batch, tile, judged: step.judged,
            into: &shapes)
        return failed
    }

    /// Judges the values that no kernel passed, and the numbers below 1 that one did, where the rule judges them in another way than others. All in
    /// the order of the rows: what a mask keeps is its first value.
    ///
    /// - Returns: how many of those that passed are not to be counted with the others. Null words are, and are taken off with those.
    private mutating func judgeFailuresAndFractions(
        _ failed: Int, _ column: csv_column, _ tile: RowTile, _ step: ColumnStep, of batch: borrowing RowBatch,
        into shapes: inout BatchShapes
    ) -> Int {
        var (count, nextFailure) = (0, 0)
        for index in 0..<tile.count {
            guard let bytes = Self.bytes(ofRow: index, column, in: batch) else { return count }
            let hasPassed = nextFailure == failed || Int(failures[nextFailure]) != index
            if !hasPassed { nextFailure &+= 1 } else if !isFraction(bytes, decimal: step.decimal) { continue }
            let found = judge(bytes, index, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
            if hasPassed, found?.verdict != .empty { count &+= 1 }
        }
        return count
    }

    /// Whether a field that a kernel passed is a number below 1.
    private func isFraction(_ bytes: UnsafeRawBufferPointer, decimal: UInt8) -> Bool {
        let isQuoted = bytes.count > 2 && bytes[0] == layout.quote && bytes[bytes.count - 1] == layout.quote
        let text = isQuoted ? UnsafeRawBufferPointer(rebasing: bytes[1..<(bytes.count - 1)]) : bytes
        return PlainMasks.isFraction(text, decimal: decimal)
    }

    /// The bytes of a field of a column.
    @inline(__always)
    static func bytes(ofRow row: Int, _ column: csv_column, in batch: borrowing RowBatch) -> UnsafeRawBufferPointer? {
        guard let content = column.bytes, let ends = column.ends else { return nil }
        let field = column.first &+ row &* column.width
        let start = Int(ends[field &- 1] &+ 1)
        var end = Int(ends[field])
        // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
        if column.is_last, end > start, end < batch.bytes.count, content[end] == 0x0A, content[end &- 1] == 0x0D { end &-= 1 }
        return UnsafeRawBufferPointer(start: content + start, count: end &- start)
    }

    /// - Returns: how many values no kernel passed.
    private mutating func judgeDates(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        guard var shape = step.shape?.shape else { return 0 }
        var column = csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        var counts = csv_date_counts()
        let failed = csv_column_dates(kernel.number, &column, &shape, failures, &counts)
        let passed = tile.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (same, swappable) = (Int(counts.same), Int(counts.swappable))
        count(
            plain: (passed - same - swappable, same, swappable), column, batch, tile, judged: step.judged, into: &shapes)
        judgeFailures(failed, column, tile, step, of: batch, into: &shapes)
        return failed
    }

    func csvColumn(_ column: Int, _ batch: borrowing RowBatch, _ tile: RowTile, isRequired: Bool = false) -> csv_column {
        csv_column(
            bytes: batch.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), ends: tile.ends, first: tile.first + column,
            width: tile.stride, row_count: tile.count, quote: layout.quote, is_last: column + 1 == layout.width, is_required: isRequired)
    }

    private mutating func judgeFailures(
        _ count: Int, _ column: csv_column, _ tile: RowTile, _ step: ColumnStep, of batch: borrowing RowBatch,
        into shapes: inout BatchShapes
    ) {
        for failure in 0..<count {
            let index = Int(failures[failure])
            guard let bytes = Self.bytes(ofRow: index, column, in: batch) else { return }
            judge(bytes, index, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
        }
    }

    /// Tests the step's column in rows of equal width.
    ///
    /// - Parameter passes: whether the text surely is right; 24 bytes of it are readable. It is tried on the unchanged field and, if it is
    ///   in quotes, without them. The empty field passes untried unless the column must have values.
    /// - Returns: how many values did not pass.
    @inline(__always)
    private mutating func test(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes,
        passes: (UnsafePointer<UInt8>, Int) -> Bool
    ) -> Int {
        let column = csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        guard let content = column.bytes, let ends = column.ends else { return 0 }
        var failed = 0
        let count = batch.bytes.count
        let hasDoubted = column.is_required && doubted.intersects(tile.fields)
        let notes = tileNotes.writer
        let missing = Judgement(verdict: .empty)
        var hasMissing = false
        var place = column.first
        for index in 0..<tile.count {
            let start = Int(ends[place &- 1] &+ 1)
            var end = Int(ends[place])
            place &+= column.width
            // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
            if column.is_last, end > start, end < count, content[end] == 0x0A, content[end &- 1] == 0x0D { end &-= 1 }
            let length = end &- start
            if length == 0, column.is_required {
                let field = tile.field(index, column: step.column)
                if !hasDoubted || !doubted.contains(field) {
                    notes.note(missing, field: field)
                    hasMissing = true
                }
                continue
            }
            let isFine =
                (length == 0 && !column.is_required) || passes(content + start, length)
                || (length > 2 && content[start] == column.quote && content[end &- 1] == column.quote
                    && passes(content + start + 1, length &- 2))
            if !isFine {
                failed &+= 1
                judgeApart(
                    UnsafeRawBufferPointer(start: content + start, count: length), index, of: tile, step, limit: batch.limits.fieldBytes,
                    into: &shapes)
            }
        }
        if hasMissing { tileNotes.didNote(hasFailure: false) }
        return failed
    }

    /// Exactly `TRUE` or `FALSE`.
    private static func isExactBoolean(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let word = UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
        return (count == 4 && word & 0xFFFF_FFFF == 0x4555_5254) || (count == 5 && word & 0xFF_FFFF_FFFF == 0x45_534C_4146)
    }

    // MARK: The exact way

    /// The same as ``judge(_:_:of:_:limit:into:)``. Never inlined: most values pass, and the loop over them stays small.
    @inline(never)
    private mutating func judgeApart(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, of tile: RowTile, _ step: ColumnStep, limit: Int, into shapes: inout BatchShapes
    ) {
        judge(bytes, index, of: tile, step, limit: limit, into: &shapes)
    }

    /// Judges a field of rows that are judged column by column.
    ///
    /// - Parameter limit: bytes of it that are looked at.
    /// - Returns: `nil` where something else is wrong with the field.
    @inline(__always)
    @discardableResult
    private mutating func judge(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, of tile: RowTile, _ step: ColumnStep, limit: Int, into shapes: inout BatchShapes
    ) -> Judgement? {
        let field = tile.field(index, column: step.column)
        if doubted.contains(field) { return nil }
        let found = judgement(of: bytes, step, limit: limit, field: field, row: tile.row(index), in: &shapes)
        if found.verdict == .parses || (found.verdict == .empty && !step.isRequired) { return found }
        tileNotes.note(found, field: field)
        return found
    }

    @inline(__always)
    private mutating func judgement(
        of bytes: UnsafeRawBufferPointer, _ step: ColumnStep, limit: Int, field: Int, row: Int, in shapes: inout BatchShapes
    ) -> Judgement {
        // A quote means something only where it is not alone.
        if 1...limit ~= bytes.count, let key = ShortText(bytes, column: step.judged), bytes.count < 2 || bytes[0] != layout.quote {
            let entry = recent.entry(for: key)
            guard let known = entry.pointee.recall(key, batchNumber: batchNumber) else {
                return judgement(of: bytes, key, entry, field: field, row: row, rules[step.judged], in: &shapes)
            }
            recent.noteUncounted()
            return known
        }
        return judgement(
            of: bytes, byteCount: bytes.count, limit: limit, field: field, row: row, judged: step.judged, rules[step.judged], in: &shapes)
    }

    /// Judges the fields of a row that are available.
    mutating func judge(row: Int, of batch: borrowing RowBatch, into values: inout BatchValues) {
        let first = batch.fields(ofRow: row).lowerBound
        let fieldCount = batch.steadyFieldCount(ofRow: row)
        for index in plan.columns.indices {
            let number = plan.columns[index].number
            if number > fieldCount { break }
            let field = first + number - 1
            if doubted.contains(field) { continue }
            let found = judgement(
                of: UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field)]), byteCount: batch.byteCount(ofField: field),
                limit: batch.limits.fieldBytes, field: field, row: row, judged: index, rules[index], in: &values.shapes)
            if found.verdict == .parses || (found.verdict == .empty && !plan.isRequired[index]) { continue }
            values.notes.append(found, field: field)
        }
    }

    /// Judges a field by its rule, and counts its shape. Never inlined: the loops over rows stay small.
    ///
    /// - Parameters:
    ///   - bytes: of the field that are there; 16 are readable whatever their number.
    ///   - byteCount: of the field.
    ///   - limit: bytes of it that are looked at.
    ///   - remembers: whether a short text is remembered.
    @inline(never)
    mutating func judgement(
        of bytes: UnsafeRawBufferPointer, byteCount: Int, limit: Int, field: Int, row: Int, judged: Int, _ rule: ValueRule,
        remembers: Bool = true, in shapes: inout BatchShapes
    ) -> Judgement {
        let found = decoder.withText(of: UnsafeRawBufferPointer(start: bytes.baseAddress, count: min(bytes.count, limit))) { text in
            // To every rule, and no shape is kept of it.
            if text.isEmpty { return Judgement(verdict: .empty) }
            guard remembers, let key = ShortText(text, column: judged) else {
                return judgement(ofText: text, field: field, row: row, judged: judged, rule, in: &shapes)
            }
            return judgement(of: text, key, recent.entry(for: key), field: field, row: row, rule, in: &shapes)
        }
        return byteCount > limit ? rule.judgementOfBeginning(found) : found
    }

    /// The same for a short text.
    ///
    /// - Parameter entry: in its place.
    @inline(never)
    mutating func judgement(
        of text: UnsafeRawBufferPointer, _ key: ShortText, _ entry: UnsafeMutablePointer<RecentJudgements.Entry>, field: Int, row: Int,
        _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> Judgement {
        let judged = key.column
        if entry.pointee.key != key {
            Self.count(entry, in: &shapes)
            entry.pointee = RecentJudgements.Entry(key: key, judgement: rule.judge(text))
        }
        let found = entry.pointee.judgement
        if entry.pointee.batchNumber != batchNumber {
            entry.pointee.counted = counted(text, found, judged: judged, in: &shapes)
            entry.pointee.batchNumber = batchNumber
            recent.noteUncounted()
        }
        if entry.pointee.counted.isOnlyCounted {
            entry.pointee.uncountedCount &+= 1
        } else {
            add(entry.pointee.counted, found.verdict, text, row: row, field: field, judged: judged, to: &shapes)
        }
        return found
    }

    /// Counts the values that were remembered and not counted yet.
    mutating func countRecent(in shapes: inout BatchShapes) {
        recent.countAll { Self.count($0, in: &shapes) }
    }

    private static func count(_ entry: UnsafeMutablePointer<RecentJudgements.Entry>, in shapes: inout BatchShapes) {
        let count = entry.pointee.uncountedCount
        if count == 0 { return }
        entry.pointee.uncountedCount = 0
        let (counted, verdict) = (entry.pointee.counted, entry.pointee.judgement.verdict)
        if counted.place == .none { return }
        shapes.add(counted.place, count: count, column: entry.pointee.key.column, verdict: verdict, evidence: counted.evidence)
    }
}
