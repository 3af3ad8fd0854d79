import ByteSpans
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
        for (index, step) in plan.steps.enumerated() {
            areMostlyWrong[index] =
                areMostlyWrong[index]
                ? judgeEach(step, batch, tile, into: &values.shapes) : judge(step, batch, tile, into: &values.shapes)
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
            return unsafe test(step, batch, tile, into: &shapes) { text, count in unsafe Self.isExactBoolean(text, count) } > tile.count / 2
        case .presentText:
            let quote = layout.quote
            _ = unsafe test(step, batch, tile, into: &shapes) { text, count in unsafe count > 0 && text[0] != quote }
        case .item:
            let rule = rules[step.judged]
            return unsafe test(step, batch, tile, into: &shapes) { text, count in
                unsafe rule.isItem(Span<UInt8>(_unsafeStart: text, count: count))
            } > tile.count / 2
        case .rule:
            _ = unsafe test(step, batch, tile, into: &shapes) { _, _ in false }
        }
        return false
    }

    /// Judges all values of a column by its rule. They are counted as if a kernel had seen them first.
    ///
    /// - Returns: whether most are wrong.
    private mutating func judgeEach(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Bool {
        let column = unsafe csvColumn(step.column, batch, tile)
        guard let content = unsafe column.bytes, let ends = unsafe column.ends else { return false }
        let hasDoubted = doubted.intersects(tile.fields)
        let notes = tileNotes.writer
        // Handed down: each look into the list of rules would count its references.
        let rule = rules[step.judged]
        var (wrongCount, hasFailure) = (0, false)
        let rows = batch.bytes
        let limit = batch.limits.fieldBytes
        // Many a column has the same value again and again: it is counted where it ends.
        var last = unsafe (text: ShortText(), judgement: Judgement.parses, entry: recent.entry(for: ShortText()), count: UInt32(0))
        // Where nearly every value is another one, there is nothing to remember.
        var patience = Self.mostNewValues
        for index in 0..<tile.count {
            let place = unsafe column.first &+ index &* column.width
            let field = tile.field(index, column: step.column)
            let start = unsafe Int(ends[place &- 1] &+ 1)
            var end = unsafe Int(ends[place])
            // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
            if unsafe column.is_last, end > start, end < rows.count, unsafe content[end] == 0x0A, unsafe content[end &- 1] == 0x0D {
                end &-= 1
            }
            let bytes = rows[start..<end]
            if bytes.isEmpty, !step.isRequired { continue }
            if hasDoubted, doubted.contains(field) { continue }
            let found: Judgement
            // A quote means something only where it is not alone.
            if patience > 0, 1...limit ~= bytes.count, bytes.count < 2 || bytes[0] != layout.quote,
                let text = ShortText(bytes, column: step.judged)
            {
                if unsafe text == last.text {
                    found = unsafe last.judgement
                    unsafe last.count &+= 1
                } else {
                    // Before another value may take its place.
                    unsafe last.entry.pointee.uncountedCount &+= last.count
                    let entry = unsafe recent.entry(for: text)
                    if let known = unsafe entry.pointee.recall(text, batchNumber: batchNumber) {
                        found = known
                        patience &+= 1
                    } else {
                        found = unsafe judgement(of: bytes, text, entry, field: field, row: tile.row(index), rule, in: &shapes)
                        patience &-= 1
                    }
                    unsafe last = (entry.pointee.counted.isOnlyCounted ? text : ShortText(), found, entry, 0)
                }
            } else {
                unsafe last.entry.pointee.uncountedCount &+= last.count
                unsafe last.count = 0
                unsafe last.text = ShortText()
                found = judgement(
                    of: bytes, byteCount: bytes.count, limit: limit, field: field, row: tile.row(index), judged: step.judged, rule,
                    remembers: patience > 0, in: &shapes)
            }
            if found.verdict == .parses || (found.verdict == .empty && !step.isRequired) { continue }
            notes.note(found, field: field)
            if found.isFailure {
                notes.noteFailure(field: field)
                hasFailure = true
            }
            wrongCount &+= 1
        }
        unsafe last.entry.pointee.uncountedCount &+= last.count
        if wrongCount > 0 { tileNotes.didNote(hasFailure: hasFailure) }
        return wrongCount > tile.count / 2
    }

    /// Values of a tile that are judged anew, less those that are recalled.
    private static let mostNewValues = 64

    /// - Returns: how many values no kernel passed.
    private mutating func judgeNumbers(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        var column = unsafe csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        var counts = csv_number_counts()
        let failed = unsafe csv_column_numbers(kernel.number, &column, step.decimal, failures, &counts)
        let passed = tile.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (separated, grouped) = (Int(counts.separated), Int(counts.grouped))
        var fractions = 0
        if separated > 0, rules[step.judged].tellsFractions {
            fractions = unsafe judgeFailuresAndFractions(failed, column, tile, step, of: batch, into: &shapes)
        } else {
            unsafe judgeFailures(failed, column, tile, step, of: batch, into: &shapes)
        }
        unsafe count(
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
            guard let bytes = unsafe Self.bytes(ofRow: index, column, in: batch) else { return count }
            let hasPassed = unsafe nextFailure == failed || Int(failures[nextFailure]) != index
            if !hasPassed { nextFailure &+= 1 } else if !isFraction(bytes, decimal: step.decimal) { continue }
            let found = judge(bytes, index, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
            if hasPassed, found?.verdict != .empty { count &+= 1 }
        }
        return count
    }

    /// Whether a field that a kernel passed is a number below 1.
    private func isFraction(_ bytes: Span<UInt8>, decimal: UInt8) -> Bool {
        let isQuoted = bytes.count > 2 && bytes[0] == layout.quote && bytes[bytes.count - 1] == layout.quote
        let text = isQuoted ? bytes[1..<(bytes.count - 1)] : bytes
        return PlainMasks.isFraction(text, decimal: decimal)
    }

    /// The bytes of a field of a column.
    @inline(__always)
    @_lifetime(borrow batch)
    private static func bytes(ofRow row: Int, _ column: csv_column, in batch: borrowing RowBatch) -> Span<UInt8>? {
        let rows = batch.bytes
        guard let content = unsafe column.bytes, let ends = unsafe column.ends else { return nil }
        let field = unsafe column.first &+ row &* column.width
        let start = unsafe Int(ends[field &- 1] &+ 1)
        var end = unsafe Int(ends[field])
        // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
        if unsafe column.is_last, end > start, end < rows.count, unsafe content[end] == 0x0A, unsafe content[end &- 1] == 0x0D {
            end &-= 1
        }
        return rows[start..<end]
    }

    /// - Returns: how many values no kernel passed.
    private mutating func judgeDates(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        guard var shape = step.shape?.shape else { return 0 }
        var column = unsafe csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        var counts = csv_date_counts()
        let failed = unsafe csv_column_dates(kernel.number, &column, &shape, failures, &counts)
        let passed = tile.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (same, swappable) = (Int(counts.same), Int(counts.swappable))
        unsafe count(
            plain: (passed - same - swappable, same, swappable), column, batch, tile, judged: step.judged, into: &shapes)
        unsafe judgeFailures(failed, column, tile, step, of: batch, into: &shapes)
        return failed
    }

    func csvColumn(_ column: Int, _ batch: borrowing RowBatch, _ tile: RowTile, isRequired: Bool = false) -> csv_column {
        unsafe csv_column(
            bytes: batch.content, ends: tile.ends, first: tile.first + column,
            width: tile.stride, row_count: tile.count, quote: layout.quote, is_last: column + 1 == layout.width, is_required: isRequired)
    }

    private mutating func judgeFailures(
        _ count: Int, _ column: csv_column, _ tile: RowTile, _ step: ColumnStep, of batch: borrowing RowBatch,
        into shapes: inout BatchShapes
    ) {
        for failure in 0..<count {
            let index = unsafe Int(failures[failure])
            guard let bytes = unsafe Self.bytes(ofRow: index, column, in: batch) else { return }
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
        let column = unsafe csvColumn(step.column, batch, tile, isRequired: step.isRequired)
        guard let content = unsafe column.bytes, let ends = unsafe column.ends else { return 0 }
        var failed = 0
        let rows = batch.bytes
        let hasDoubted = unsafe column.is_required && doubted.intersects(tile.fields)
        let notes = tileNotes.writer
        let missing = Judgement(verdict: .empty)
        var hasMissing = false
        var place = unsafe column.first
        for index in 0..<tile.count {
            let start = unsafe Int(ends[place &- 1] &+ 1)
            var end = unsafe Int(ends[place])
            unsafe place &+= column.width
            // Only an LF strips a CR: see `RowBatch.range(ofField:)`.
            if unsafe column.is_last, end > start, end < rows.count, unsafe content[end] == 0x0A, unsafe content[end &- 1] == 0x0D {
                end &-= 1
            }
            let length = end &- start
            if length == 0, unsafe column.is_required {
                let field = tile.field(index, column: step.column)
                if !hasDoubted || !doubted.contains(field) {
                    notes.note(missing, field: field)
                    hasMissing = true
                }
                continue
            }
            let isFine =
                unsafe (length == 0 && !column.is_required) || passes(content + start, length)
                || (length > 2 && content[start] == column.quote && content[end &- 1] == column.quote
                    && passes(content + start + 1, length &- 2))
            if !isFine {
                failed &+= 1
                judgeApart(
                    rows[start..<end], index, of: tile, step, limit: batch.limits.fieldBytes,
                    into: &shapes)
            }
        }
        if hasMissing { tileNotes.didNote(hasFailure: false) }
        return failed
    }

    /// Exactly `TRUE` or `FALSE`.
    private static func isExactBoolean(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let word = unsafe UInt64(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt64.self))
        return (count == 4 && word & 0xFFFF_FFFF == 0x4555_5254) || (count == 5 && word & 0xFF_FFFF_FFFF == 0x45_534C_4146)
    }

    // MARK: The exact way

    /// The same as ``judge(_:_:of:_:limit:into:)``. Never inlined: most values pass, and the loop over them stays small.
    @inline(never)
    private mutating func judgeApart(
        _ bytes: Span<UInt8>, _ index: Int, of tile: RowTile, _ step: ColumnStep, limit: Int, into shapes: inout BatchShapes
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
        _ bytes: Span<UInt8>, _ index: Int, of tile: RowTile, _ step: ColumnStep, limit: Int, into shapes: inout BatchShapes
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
        of bytes: Span<UInt8>, _ step: ColumnStep, limit: Int, field: Int, row: Int, in shapes: inout BatchShapes
    ) -> Judgement {
        // A quote means something only where it is not alone.
        if 1...limit ~= bytes.count, let key = ShortText(bytes, column: step.judged), bytes.count < 2 || bytes[0] != layout.quote {
            let entry = unsafe recent.entry(for: key)
            return unsafe entry.pointee.recall(key, batchNumber: batchNumber)
                ?? judgement(of: bytes, key, entry, field: field, row: row, rules[step.judged], in: &shapes)
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
                of: batch.bytes[batch.range(ofField: field)], byteCount: batch.byteCount(ofField: field),
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
    private mutating func judgement(
        of bytes: Span<UInt8>, byteCount: Int, limit: Int, field: Int, row: Int, judged: Int, _ rule: ValueRule,
        remembers: Bool = true, in shapes: inout BatchShapes
    ) -> Judgement {
        let found = decoder.withText(of: bytes.prefix(limit)) { text in
            // To every rule, and no shape is kept of it.
            if text.isEmpty { return Judgement(verdict: .empty) }
            guard remembers, let key = ShortText(text, column: judged) else {
                let found = rule.judge(text)
                let place = counted(text, found, judged: judged, in: &shapes)
                add(place, found.verdict, text, row: row, field: field, judged: judged, to: &shapes)
                return found
            }
            return unsafe judgement(of: text, key, recent.entry(for: key), field: field, row: row, rule, in: &shapes)
        }
        return byteCount > limit ? rule.judgementOfBeginning(found) : found
    }

    /// The same for a short text.
    ///
    /// - Parameter entry: in its place.
    @inline(never)
    private mutating func judgement(
        of text: Span<UInt8>, _ key: ShortText, _ entry: UnsafeMutablePointer<RecentJudgements.Entry>, field: Int, row: Int,
        _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> Judgement {
        let judged = key.column
        if unsafe entry.pointee.key != key {
            unsafe Self.count(entry, in: &shapes)
            unsafe entry.pointee = RecentJudgements.Entry(key: key, judgement: rule.judge(text))
        }
        let found = unsafe entry.pointee.judgement
        if unsafe entry.pointee.batchNumber != batchNumber {
            unsafe entry.pointee.counted = counted(text, found, judged: judged, in: &shapes)
            unsafe entry.pointee.batchNumber = batchNumber
            recent.noteUncounted()
        }
        if unsafe entry.pointee.counted.isOnlyCounted {
            unsafe entry.pointee.uncountedCount &+= 1
        } else {
            unsafe add(entry.pointee.counted, found.verdict, text, row: row, field: field, judged: judged, to: &shapes)
        }
        return found
    }

    /// Counts the values that were remembered and not counted yet.
    mutating func countRecent(in shapes: inout BatchShapes) {
        unsafe recent.countAll { unsafe Self.count($0, in: &shapes) }
    }

    private static func count(_ entry: UnsafeMutablePointer<RecentJudgements.Entry>, in shapes: inout BatchShapes) {
        let count = unsafe entry.pointee.uncountedCount
        if count == 0 { return }
        unsafe entry.pointee.uncountedCount = 0
        let (counted, verdict) = unsafe (entry.pointee.counted, entry.pointee.judgement.verdict)
        if counted.place == .none { return }
        unsafe shapes.add(counted.place, count: count, column: entry.pointee.key.column, verdict: verdict, evidence: counted.evidence)
    }
}
