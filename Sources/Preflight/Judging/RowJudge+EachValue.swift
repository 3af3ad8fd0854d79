import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

// A column may be full of wrong values, the same one or others: no kernel helps then.

extension RowJudge {
    /// The value of a column that was judged last: many a column has the same one again and again, which is counted where it ends.
    private struct LastValue {
        var text = RepeatedText()
        var judgement = Judgement.parses
        var isWrong = false
        /// Where it is remembered.
        let place: Int
        var count: UInt32 = 0

        /// Counts the repetitions, before another value may take the place of this one.
        @inline(__always)
        mutating func end(_ recent: borrowing RecentJudgements) {
            recent[place].uncountedCount &+= count
            count = 0
        }
    }

    /// How far the values of a column are judged one by one.
    private struct EachValue {
        var last: LastValue
        /// Where nearly every value is another one, there is nothing to remember.
        var patience = RowJudge.mostNewValues
        var wrongCount = 0
    }

    /// Judges all values of a column by its rule. They are counted as if a kernel had seen them first.
    ///
    /// - Parameter hasDoubted: whether some field of the tile is in doubt.
    /// - Returns: whether most are wrong.
    mutating func judgeEach(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, hasDoubted: Bool, into shapes: inout BatchShapes
    ) -> Bool {
        var values = EachValue(last: LastValue(place: recent.place(of: ShortText())))
        // Each look into the list of rules counts its references, and of thousands of columns all values may be known.
        let index = judgeEach(&values, from: 0, by: nil, step, batch, tile, hasDoubted: hasDoubted, into: &shapes)
        if index < tile.count {
            _ = judgeEach(&values, from: index, by: rules[step.judged], step, batch, tile, hasDoubted: hasDoubted, into: &shapes)
        }
        values.last.end(recent)
        return values.wrongCount > tile.count / 2
    }

    /// - Parameter rule: `nil` to stop where it is needed.
    /// - Returns: the index of the next row.
    private mutating func judgeEach(
        _ values: inout EachValue, from first: Int, by rule: ValueRule?, _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile,
        hasDoubted: Bool, into shapes: inout BatchShapes
    ) -> Int {
        let column = kernelColumn(step.column, batch, tile)
        let limit = batch.limits.fieldBytes
        for index in first..<tile.count {
            let bytes = column.text(ofRow: index)
            let field = tile.field(index, column: step.column)
            if hasDoubted, doubted.contains(field) { continue }
            if values.last.text.isText(bytes) {
                values.last.count &+= 1
            } else {
                if bytes.isEmpty, !step.isRequired { continue }
                if !recall(bytes, judged: step.judged, limit: limit, &values) {
                    guard let rule else { return index }
                    judge(bytes, judged: step.judged, limit: limit, field: field, row: tile.row(index), rule, &values, in: &shapes)
                }
                let verdict = values.last.judgement.verdict
                values.last.isWrong = verdict != .parses && (verdict != .empty || step.isRequired)
            }
            if !values.last.isWrong { continue }
            tileNotes.note(values.last.judgement, field: field)
            values.wrongCount &+= 1
        }
        return tile.count
    }

    /// Recalls a value that is another than the last one.
    ///
    /// - Returns: whether it is known.
    @inline(__always)
    private mutating func recall(_ bytes: Span<UInt8>, judged: Int, limit: Int, _ values: inout EachValue) -> Bool {
        values.last.end(recent)
        // A quote means something only where it is not alone.
        guard values.patience > 0, 1...limit ~= bytes.count, bytes.count < 2 || bytes[0] != layout.quote,
            let text = key(of: bytes, judged: judged)
        else { return false }
        let place = recent.place(of: text)
        guard let known = recent[place].recall(text, batchNumber: batchNumber) else { return false }
        recent.noteUncounted()
        values.patience &+= 1
        values.last = LastValue(text: .ofShort(bytes), judgement: known, place: place)
        return true
    }

    /// Judges a value that is not known, and remembers it if it is short.
    @inline(__always)
    private mutating func judge(
        _ bytes: Span<UInt8>, judged: Int, limit: Int, field: Int, row: Int, _ rule: ValueRule, _ values: inout EachValue,
        in shapes: inout BatchShapes
    ) {
        let isBare = 1...limit ~= bytes.count && (bytes.count < 2 || bytes[0] != layout.quote)
        guard values.patience > 0, isBare, let text = key(of: bytes, judged: judged) else {
            values.last.text = RepeatedText()
            values.last.judgement =
                isBare && values.patience <= 0
                ? judgement(ofText: bytes, field: field, row: row, judged: judged, rule, in: &shapes)
                : judgement(
                    of: bytes, byteCount: bytes.count, limit: limit, field: field, row: row, judged: judged, rule,
                    remembers: values.patience > 0, in: &shapes)
            return
        }
        let place = recent.place(of: text)
        let found = judgement(of: bytes, text, place, field: field, row: row, rule, in: &shapes)
        values.patience &-= 1
        let isCounted = recent[place].counted.isOnlyCounted
        values.last = LastValue(text: isCounted ? .ofShort(bytes) : RepeatedText(), judgement: found, place: place)
    }

    /// Judges a value that is not to be remembered.
    @inline(never)
    mutating func judgement(
        ofText text: Span<UInt8>, field: Int, row: Int, judged: Int, _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> Judgement {
        let (found, place) = judgedAndCounted(text, judged: judged, rule, in: &shapes)
        add(place, found.verdict, text, row: row, field: field, judged: judged, to: &shapes)
        return found
    }

    /// Values of a tile that are judged anew, less those that are recalled.
    private static let mostNewValues = 64
}
