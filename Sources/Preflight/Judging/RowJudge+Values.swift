import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RowJudge {
    /// Judges the values of whole rows under the profile.
    ///
    /// - Parameter areNumbersKnown: whether ``numberColumns`` are judged already.
    mutating func judgeValues(_ batch: borrowing RowBatch, _ tile: RowTile, areNumbersKnown: Bool, into values: inout BatchValues) {
        if plan.steps.isEmpty { return }
        let hasDoubted = doubted.intersects(tile.fields)
        for (index, step) in plan.steps.enumerated() {
            if areNumbersKnown, numberColumns?.chosen[step.column] == true { continue }
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
        case .boolean: return test(step, batch, tile, into: &shapes) { Self.isExactBoolean($0) } > tile.count / 2
        case .presentText:
            let quote = layout.quote
            _ = test(step, batch, tile, into: &shapes) { !$0.isEmpty && $0[0] != quote }
        case .item:
            let rule = rules[step.judged]
            return test(step, batch, tile, into: &shapes) { rule.isItem($0) } > tile.count / 2
        case .rule:
            _ = test(step, batch, tile, into: &shapes) { _ in false }
        }
        return false
    }

    /// - Returns: how many values no kernel passed.
    private mutating func judgeNumbers(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        let column = kernelColumn(step.column, batch, tile, isRequired: step.isRequired)
        let found = column.findNumbers(kernel, decimal: step.decimal, others: &failures)
        let (failed, counts) = (found.row_count, found.counts)
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
        _ failed: Int, _ column: borrowing KernelColumn, _ tile: RowTile, _ step: ColumnStep, of batch: borrowing RowBatch,
        into shapes: inout BatchShapes
    ) -> Int {
        var (count, nextFailure) = (0, 0)
        for index in 0..<tile.count {
            let bytes = column.text(ofRow: index)
            let hasPassed = nextFailure == failed || Int(failures[nextFailure]) != index
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

    /// - Returns: how many values no kernel passed.
    private mutating func judgeDates(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, into shapes: inout BatchShapes
    ) -> Int {
        guard let shape = step.shape?.shape else { return 0 }
        let column = kernelColumn(step.column, batch, tile, isRequired: step.isRequired)
        let found = column.findDates(kernel, shape, others: &failures)
        let (failed, counts) = (found.row_count, found.counts)
        let passed = tile.count - failed - (step.isRequired ? 0 : Int(counts.empty))
        let (same, swappable) = (Int(counts.same), Int(counts.swappable))
        count(
            plain: (passed - same - swappable, same, swappable), column, batch, tile, judged: step.judged, into: &shapes)
        judgeFailures(failed, column, tile, step, of: batch, into: &shapes)
        return failed
    }

    @_lifetime(borrow batch, copy tile)
    func kernelColumn(_ index: Int, _ batch: borrowing RowBatch, _ tile: RowTile, isRequired: Bool = false) -> KernelColumn {
        KernelColumn(index, of: tile, in: batch, quote: layout.quote, isLast: index + 1 == layout.width, isRequired: isRequired)
    }

    private mutating func judgeFailures(
        _ count: Int, _ column: borrowing KernelColumn, _ tile: RowTile, _ step: ColumnStep, of batch: borrowing RowBatch,
        into shapes: inout BatchShapes
    ) {
        for failure in 0..<count {
            let index = Int(failures[failure])
            judge(column.text(ofRow: index), index, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
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
        passes: (Span<UInt8>) -> Bool
    ) -> Int {
        let column = kernelColumn(step.column, batch, tile)
        let (isRequired, quote) = (step.isRequired, layout.quote)
        var failed = 0
        let hasDoubted = isRequired && doubted.intersects(tile.fields)
        let missing = Judgement(verdict: .empty)
        for index in 0..<tile.count {
            let text = column.text(ofRow: index)
            let length = text.count
            if length == 0 {
                if !isRequired { continue }
                let field = tile.field(index, column: step.column)
                if !hasDoubted || !doubted.contains(field) {
                    tileNotes.note(missing, field: field)
                }
                continue
            }
            let isFine =
                passes(text) || (length > 2 && text[0] == quote && text[length &- 1] == quote && passes(text[1..<(length &- 1)]))
            if !isFine {
                failed &+= 1
                judgeApart(text, index, of: tile, step, limit: batch.limits.fieldBytes, into: &shapes)
            }
        }
        return failed
    }

    /// Exactly `TRUE` or `FALSE`.
    private static func isExactBoolean(_ text: Span<UInt8>) -> Bool {
        let count = text.count
        // The batch goes on after each field. One comparison, as no branch can be guessed: files have both words in any order.
        let word = unsafe UInt64(littleEndian: text.paddedWord(at: 0))
        let (mask, wanted): (UInt64, UInt64) = count == 4 ? (0xFFFF_FFFF, 0x4555_5254) : (0xFF_FFFF_FFFF, 0x45_534C_4146)
        return (word & mask ^ wanted) | UInt64(truncatingIfNeeded: (count &- 4) & ~1) == 0
    }

    // MARK: The exact way

    /// The same as ``judge(_:_:of:_:limit:into:)``. Never inlined: most values pass, and the loop over them stays small.
    @inline(never)
    mutating func judgeApart(
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
        if 1...limit ~= bytes.count, let key = key(of: bytes, judged: step.judged), bytes.count < 2 || bytes[0] != layout.quote {
            let place = recent.place(of: key)
            guard let known = recent[place].recall(key, batchNumber: batchNumber) else {
                return judgement(of: bytes, key, place, field: field, row: row, rules[step.judged], in: &shapes)
            }
            recent.noteUncounted()
            return known
        }
        return judgement(
            of: bytes, byteCount: bytes.count, limit: limit, field: field, row: row, judged: step.judged, rules[step.judged], in: &shapes)
    }

    /// What a short text is remembered by: values that a column judges and counts alike have the same.
    ///
    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func key(of text: Span<UInt8>, judged: Int) -> ShortText? {
        guard let key = ShortText(text, column: judged) else {
            guard case .equalDigits = likenesses[judged] else { return nil }
            return ShortText(longNumber: text, column: judged)
        }
        switch likenesses[judged] {
        case .bytes: return key
        case .equalDigits: return key.withEqualDigits
        case .dateClass: return dateKeys.key(of: text, key)
        }
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
    mutating func judgement(
        of bytes: Span<UInt8>, byteCount: Int, limit: Int, field: Int, row: Int, judged: Int, _ rule: ValueRule,
        remembers: Bool = true, in shapes: inout BatchShapes
    ) -> Judgement {
        let found = decoder.withText(of: bytes.prefix(limit)) { text in
            // To every rule, and no shape is kept of it.
            if text.isEmpty { return Judgement(verdict: .empty) }
            guard remembers, let key = key(of: text, judged: judged) else {
                return judgement(ofText: text, field: field, row: row, judged: judged, rule, in: &shapes)
            }
            return judgement(of: text, key, recent.place(of: key), field: field, row: row, rule, in: &shapes)
        }
        return byteCount > limit ? rule.judgementOfBeginning(found) : found
    }

    /// The same for a short text.
    ///
    /// - Parameter place: of the text among those that are remembered.
    @inline(never)
    mutating func judgement(
        of text: Span<UInt8>, _ key: ShortText, _ place: Int, field: Int, row: Int, _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> Judgement {
        let judged = key.column
        if recent[place].key != key {
            Self.count(&recent[place], in: &shapes)
            let (found, counted) = judgedAndCounted(text, judged: judged, rule, in: &shapes)
            recent[place] = RecentJudgements.Entry(key: key, judgement: found, counted: counted, batchNumber: batchNumber)
            recent.noteUncounted()
        }
        let found = recent[place].judgement
        if recent[place].batchNumber != batchNumber {
            recent[place].counted = counted(text, found, judged: judged, in: &shapes)
            recent[place].batchNumber = batchNumber
            recent.noteUncounted()
        }
        if recent[place].counted.isOnlyCounted {
            recent[place].uncountedCount &+= 1
        } else {
            add(recent[place].counted, found.verdict, text, row: row, field: field, judged: judged, to: &shapes)
        }
        return found
    }

    /// Counts the values that were remembered and not counted yet.
    mutating func countRecent(in shapes: inout BatchShapes) {
        recent.countAll { Self.count(&$0, in: &shapes) }
    }

    private static func count(_ entry: inout RecentJudgements.Entry, in shapes: inout BatchShapes) {
        let count = entry.uncountedCount
        if count == 0 { return }
        entry.uncountedCount = 0
        if entry.counted.place == .none { return }
        shapes.add(
            entry.counted.place, count: count, column: entry.key.column, verdict: entry.judgement.verdict, evidence: entry.counted.evidence)
    }
}
