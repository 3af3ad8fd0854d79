import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

// A column may be full of wrong values, the same one or others: no kernel helps then.

extension RowJudge {
    /// A value of a column that was judged before: many a column has the same few again and again, which are counted where that ends.
    private struct KnownValue {
        var text = RepeatedText()
        var judgement = Judgement.parses
        /// Where it is remembered.
        var place = -1
        var count: UInt32 = 0
    }

    /// How far the values of a column are judged one by one.
    private struct EachValue {
        /// The last few values that differ, and which of them is the next to go.
        var known: [4 of KnownValue] = .init(repeating: KnownValue())
        var next = 0
        /// Where nearly every value is another one, there is nothing to remember.
        var patience = RowJudge.mostNewValues
        var wrongCount = 0

        /// Counts a value if it is one of those.
        ///
        /// - Returns: its judgement.
        @inline(__always)
        mutating func count(_ bytes: Span<UInt8>) -> Judgement? {
            for index in known.indices where known[index].text.isText(bytes) {
                known[index].count &+= 1
                return known[index].judgement
            }
            return nil
        }

        mutating func forget() { known = .init(repeating: KnownValue()) }

        /// Counts the repetitions, before another value may take a place.
        @inline(__always)
        mutating func end(_ recent: borrowing RecentJudgements) {
            for index in known.indices where known[index].count > 0 {
                recent[known[index].place].uncountedCount &+= known[index].count
                known[index].count = 0
            }
        }

        /// Keeps a value, and forgets another whose place it took.
        @inline(__always)
        mutating func keep(_ value: KnownValue) {
            for index in known.indices where known[index].place == value.place { known[index] = KnownValue() }
            known[next] = value
            next = (next &+ 1) & 3
        }
    }

    /// Judges all values of a column by its rule. They are counted as if a kernel had seen them first.
    ///
    /// - Parameter hasDoubted: whether some field of the tile is in doubt.
    /// - Returns: whether most are wrong.
    mutating func judgeEach(
        _ step: ColumnStep, _ batch: borrowing RowBatch, _ tile: RowTile, hasDoubted: Bool, into shapes: inout BatchShapes
    ) -> Bool {
        var values = EachValue()
        // Each look into the list of rules counts its references, and of thousands of columns all values may be known.
        let index = judgeEach(&values, from: 0, by: nil, step, batch, tile, hasDoubted: hasDoubted, into: &shapes)
        if index < tile.count {
            _ = judgeEach(&values, from: index, by: rules[step.judged], step, batch, tile, hasDoubted: hasDoubted, into: &shapes)
        }
        values.end(recent)
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
            let found: Judgement
            if let known = values.count(bytes) {
                found = known
            } else {
                if bytes.isEmpty, !step.isRequired { continue }
                values.end(recent)
                if let known = recall(bytes, judged: step.judged, limit: limit, &values) {
                    found = known
                } else {
                    guard let rule else { return index }
                    found = judge(bytes, judged: step.judged, limit: limit, field: field, row: tile.row(index), rule, &values, in: &shapes)
                }
            }
            if found.verdict == .parses || (found.verdict == .empty && !step.isRequired) { continue }
            tileNotes.note(found, field: field)
            values.wrongCount &+= 1
        }
        return tile.count
    }

    /// Recalls a value that is none of the last few.
    ///
    /// - Returns: its judgement; `nil` where it is not known.
    @inline(__always)
    private mutating func recall(_ bytes: Span<UInt8>, judged: Int, limit: Int, _ values: inout EachValue) -> Judgement? {
        // A quote means something only where it is not alone.
        guard values.patience > 0, 1...limit ~= bytes.count, bytes.count < 2 || bytes[0] != layout.quote,
            let text = key(of: bytes, judged: judged)
        else { return nil }
        let place = recent.place(of: text)
        guard let known = recent[place].recall(text, batchNumber: batchNumber) else { return nil }
        recent.noteUncounted()
        values.patience &+= 1
        values.keep(KnownValue(text: .ofShort(bytes), judgement: known, place: place))
        return known
    }

    /// Judges a value that is not known, and remembers it if it is short.
    @inline(__always)
    private mutating func judge(
        _ bytes: Span<UInt8>, judged: Int, limit: Int, field: Int, row: Int, _ rule: ValueRule, _ values: inout EachValue,
        in shapes: inout BatchShapes
    ) -> Judgement {
        let isBare = 1...limit ~= bytes.count && (bytes.count < 2 || bytes[0] != layout.quote)
        guard values.patience > 0, isBare, let text = key(of: bytes, judged: judged) else {
            // It may be remembered by another text, and take the place of any.
            if values.patience > 0 { values.forget() }
            return isBare && values.patience <= 0
                ? judgement(ofText: bytes, field: field, row: row, judged: judged, rule, in: &shapes)
                : judgement(
                    of: bytes, byteCount: bytes.count, limit: limit, field: field, row: row, judged: judged, rule,
                    remembers: values.patience > 0, in: &shapes)
        }
        let place = recent.place(of: text)
        let found = judgement(of: bytes, text, place, field: field, row: row, rule, in: &shapes)
        values.patience &-= 1
        let isCounted = recent[place].counted.isOnlyCounted
        values.keep(KnownValue(text: isCounted ? .ofShort(bytes) : RepeatedText(), judgement: found, place: place))
        return found
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
