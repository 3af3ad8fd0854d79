import ByteSources
import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

extension RowJudge {
    /// How a value is counted, beside its judgement.
    struct Counted {
        let place: BatchShapes.Place
        let evidence: ReadingEvidence
        /// Whether nothing is kept of the value itself.
        let isOnlyCounted: Bool

        init(place: BatchShapes.Place = .none, evidence: ReadingEvidence = .none) {
            self.place = place
            self.evidence = evidence
            isOnlyCounted =
                switch evidence {
                case .none, .own: true
                case .both, .other: place == .none
                }
        }
    }

    /// Judges a value by its rule, and finds where it is counted.
    @inline(__always)
    mutating func judgedAndCounted(
        _ text: Span<UInt8>, judged: Int, _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> (Judgement, Counted) {
        if haveOutlines[judged], let found = judgedAndCounted(byOutline: text, judged: judged, rule, in: &shapes) { return found }
        let found = rule.judge(text)
        return (found, counted(text, found, judged: judged, in: &shapes))
    }

    /// - Returns: `nil` where it has no outline.
    @inline(never)
    private mutating func judgedAndCounted(
        byOutline text: Span<UInt8>, judged: Int, _ rule: ValueRule, in shapes: inout BatchShapes
    ) -> (Judgement, Counted)? {
        guard recentDates.areWanted, !rule.nullWords.contains(text), let outline = DateOutline(text, column: judged) else { return nil }
        let place = recentDates.place(of: outline)
        let isKnown = recentDates[place].isOf(outline)
        recentDates.noteKnown(isKnown)
        if !isKnown { recentDates.keep(rule.judge(text), of: outline, at: place) }
        let found = recentDates[place].judgement
        // Whether a date that parses is another one with day and month exchanged, an outline does not tell.
        if found.verdict == .parses { return (found, counted(text, found, judged: judged, in: &shapes)) }
        let (hasLook, isCut) = (!shapes.areLooksCut(judged), shapes.isCut(judged, found.verdict))
        if let known = recentDates[place].counted(hasLook: hasLook, isCut: isCut, batchNumber: batchNumber) { return (found, known) }
        let counted = counted(text, found, judged: judged, in: &shapes)
        if counted.isOnlyCounted, hasLook == !shapes.areLooksCut(judged), isCut == shapes.isCut(judged, found.verdict) {
            recentDates[place].keep(counted, hasLook: hasLook, isCut: isCut, batchNumber: batchNumber)
        }
        return (found, counted)
    }

    /// Finds where a value that was judged is counted.
    ///
    /// - Returns: no place for empty values, and in columns without masks.
    mutating func counted(
        _ text: Span<UInt8>, _ judgement: Judgement, judged: Int, in shapes: inout BatchShapes
    ) -> Counted {
        guard judgement.verdict != .empty, let form = maskForms[judged] else { return Counted() }
        if judgement.verdict == .parses {
            // The quick test counts none of them.
            if case .boolean = form, text.elementsEqual(Self.trueWord) || text.elementsEqual(Self.falseWord) { return Counted() }
            if let plain = plainKind(of: text, judged: judged) {
                let evidence = plan.columns[judged].plainEvidence ?? (.none, .none, .none)
                return Counted(
                    place: BatchShapes.place(ofPlain: plain),
                    evidence: plain == 0 ? evidence.0 : plain == 1 ? evidence.1 : evidence.2)
            }
        }
        // An item is one under each way to match items that is tried.
        if case .item = form, judgement.verdict == .parses { return Counted() }
        let parses = judgement.verdict == .parses
        if shapes.isCut(judged, judgement.verdict) {
            return Counted(place: BatchShapes.verdictOnly, evidence: readings[judged]?.evidence(of: text, parses: parses) ?? .none)
        }
        let evidence = if case .date = form { readings[judged]?.evidence(of: text, parses: parses) } else { ReadingEvidence?.none }
        let wantsLook = judgement.verdict != .parses && !shapes.areLooksCut(judged)
        guard case .number = form, let short = ShortText(text, column: judged)?.withEqualDigits else {
            return counted(text, judgement, form: form, judged: judged, evidence: evidence, wantsLook: wantsLook, in: &shapes)
        }
        if let known = recentMasks.counted(short, judgement.verdict, hasLook: wantsLook, batchNumber: batchNumber) { return known }
        let found = counted(text, judgement, form: form, judged: judged, evidence: evidence, wantsLook: wantsLook, in: &shapes)
        recentMasks.keep(found, of: short, judgement.verdict, hasLook: wantsLook, batchNumber: batchNumber)
        return found
    }

    /// Finds where a value is counted by its mask.
    private mutating func counted(
        _ text: Span<UInt8>, _ judgement: Judgement, form: ValueMask.Form, judged: Int, evidence: ReadingEvidence?,
        wantsLook: Bool, in shapes: inout BatchShapes
    ) -> Counted {
        if wantsLook, shapes.areValuesCut(judged) {
            shape.write(lookOf: text)
        } else {
            writeShape(of: text, judgement, form: form, judged: judged, evidence: evidence, hasLook: wantsLook)
        }
        let key = MaskKey(judged, judgement.verdict).number
        if shape.isRepeated, lastMasked.key == key, lastMasked.batchNumber == batchNumber { return lastMasked.counted }
        let counted = counted(
            masked: text, judgement, form: form, judged: judged, evidence: evidence, wantsLook: wantsLook, in: &shapes)
        lastMasked = Masked(key: key, batchNumber: batchNumber, counted: counted)
        return counted
    }

    /// How the values with one mask are counted.
    struct Masked {
        var key = -1
        var batchNumber: UInt32 = 0
        var counted = Counted()
    }

    /// Finds where a value is counted whose shape was written.
    private mutating func counted(
        masked text: Span<UInt8>, _ judgement: Judgement, form: ValueMask.Form, judged: Int, evidence: ReadingEvidence?,
        wantsLook: Bool, in shapes: inout BatchShapes
    ) -> Counted {
        var (place, hash) = find(judgement.verdict, judged: judged, in: &shapes)
        if place == nil, wantsLook, !addLook(judged: judged, to: &shapes) {
            writeShape(of: text, judgement, form: form, judged: judged, evidence: evidence, hasLook: false)
            (place, hash) = find(judgement.verdict, judged: judged, in: &shapes)
        }
        if let place { return Counted(place: place, evidence: shapes.evidence(of: place) ?? .none) }
        if wantsLook, !form.isValue, let length = ValueMask.lookStart(in: shape.bytes) {
            shapes.addJudged(shape.bytes[..<length], column: judged)
        }
        let found = evidence ?? readings[judged]?.evidence(of: text, parses: judgement.verdict == .parses) ?? .none
        let mask = shape.bytes
        let made = Self.withShortened(text) {
            shapes.addMask(
                mask, hash: hash, column: judged, verdict: judgement.verdict, evidence: found, value: $0,
                hasLook: wantsLook && !shapes.areLooksCut(judged), isValue: form.isValue && text.count <= ValueMask.longestValue)
        }
        return Counted(place: made, evidence: found)
    }

    /// Adds what the shape that was written looks like.
    ///
    /// - Returns: `false` where there are too many.
    private func addLook(judged: Int, to shapes: inout BatchShapes) -> Bool {
        guard let look = ValueMask.look(of: shape.bytes) else { return true }
        return shapes.addLook(look, column: judged)
    }

    private mutating func writeShape(
        of text: Span<UInt8>, _ judgement: Judgement, form: ValueMask.Form, judged: Int, evidence: ReadingEvidence?,
        hasLook: Bool
    ) {
        if case .item = form {
            let (isTrimmed, isCaseless) = rules[judged].itemLikeness(text, judgement)
            shape.write(item: text, isTrimmedItem: isTrimmed, isCaselessItem: isCaseless, hasLook: hasLook)
        } else {
            shape.write(text, form: form, evidence: evidence, hasLook: hasLook)
        }
    }

    /// Looks for the place of the shape that was written.
    private func find(_ verdict: Verdict, judged: Int, in shapes: inout BatchShapes) -> (place: BatchShapes.Place?, hash: UInt32) {
        let mask = shape.bytes
        let hash = shapes.table.hash(of: mask, column: judged)
        return (shapes.place(ofMask: mask, hash: hash, column: judged, verdict: verdict), hash)
    }

    private static let trueWord = Array("TRUE".utf8)
    private static let falseWord = Array("FALSE".utf8)

    /// Counts a value, and keeps it where its column wants it.
    @inline(__always)
    func add(
        _ counted: Counted, _ verdict: Verdict, _ text: Span<UInt8>, row: Int, field: Int, judged: Int,
        to shapes: inout BatchShapes
    ) {
        if counted.place == .none { return }
        switch counted.evidence {
        case .both: shapes.keep(row: row, field: field, column: judged)
        case .other: shapes.keepOther(text, field: field, column: judged)
        case .own, .none: break
        }
        shapes.add(counted.place, count: 1, column: judged, verdict: verdict, evidence: counted.evidence)
    }

    /// Of the kinds that the kernels count, that of a value that parses.
    private mutating func plainKind(of text: Span<UInt8>, judged: Int) -> Int? {
        if let decimal = plan.columns[judged].plainDecimal {
            return PlainMasks.kind(ofNumber: text, decimal: decimal)
        }
        guard let pattern = plan.columns[judged].settings.fixedDate, let date = DatePatternMatcher.date(text, pattern) else { return nil }
        return PlainMasks.kind(of: date, isYearLast: pattern.isYearLast)
    }

    /// A value without most of the spaces at its ends, which may be many: one is enough to show them.
    private static func withShortened<Result>(_ value: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        guard value.count > 2 * ValueMask.longestValue else { return body(value) }
        let text = Whitespace.trim(value)
        let blank = [UInt8(ascii: " ")]
        let shorter =
            (value.indices(of: text)?.lowerBound == 0 ? [] : blank) + Array(text.prefix(2 * ValueMask.longestValue))
            + (text.isEmpty || text[text.count - 1] == value[value.count - 1] ? [] : blank)
        return body(shorter.span)
    }

    // MARK: Values that a kernel passed

    /// Counts the values of some rows that only a kernel saw: null words among them are taken off again, and the first that can be read two
    /// ways are looked for.
    mutating func count(
        plain counts: (Int, Int, Int), _ column: borrowing KernelColumn, _ batch: borrowing RowBatch, _ tile: RowTile, judged: Int,
        into shapes: inout BatchShapes
    ) {
        var counts = counts
        if plan.columns[judged].hasPlainNullWords {
            Self.takeOff(plan.columns[judged].settings.plainNullWords, column, from: &counts)
        }
        guard counts.0 | counts.1 | counts.2 != 0, let evidence = plan.columns[judged].plainEvidence else { return }
        shapes.add(plain: counts, column: judged, evidence: evidence)
        if counts.2 > 0, evidence.2 == .both, shapes.wantsFields(column: judged) {
            findAmbiguous(batch, tile, judged: judged, in: &shapes)
        }
    }

    private static func takeOff(_ words: [PlainNullWord], _ column: borrowing KernelColumn, from counts: inout (Int, Int, Int)) {
        var lengths: UInt64 = 0
        for word in words { lengths |= 1 << UInt64(word.length) | 1 << UInt64(word.length + 2) }
        for row in 0..<column.rowCount {
            var text = column.text(ofRow: row)
            if text.count > 63 || lengths >> UInt64(text.count) & 1 == 0 { continue }
            if text.count > 2, text[0] == column.quote, text[text.count &- 1] == column.quote { text = text[1..<(text.count &- 1)] }
            for word in words where word.length == text.count && word.equals(text) {
                switch word.kind {
                case 0: counts.0 &-= 1
                case 1: counts.1 &-= 1
                default: counts.2 &-= 1
                }
                break
            }
        }
    }

    /// Looks for the first fields of a column that can be read two ways.
    mutating func findAmbiguous(_ batch: borrowing RowBatch, _ tile: RowTile, judged: Int, in shapes: inout BatchShapes) {
        let column = plan.columns[judged].number - 1
        for index in 0..<tile.count {
            let field = tile.field(index, column: column)
            guard shapes.wants(field: field, column: judged) else { return }
            let isMeant = decoder.withText(of: field, in: batch) { text in
                // What does not parse was not counted.
                rules[judged].judge(text).verdict == .parses && plainKind(of: text, judged: judged) == PlainMasks.ambiguous
            }
            if isMeant { shapes.keep(row: tile.row(index), field: field, column: judged) }
        }
    }
}
