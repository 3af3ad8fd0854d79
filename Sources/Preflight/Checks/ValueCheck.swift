import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports values that are wrong or doubtful under the profile, and predicts what the import will skip.
struct ValueCheck: Check {
    private let layout: FileLayout
    let columns: [ColumnPlan.Column]
    let decoder: FieldDecoder
    // Arrays with one entry for each of ``columns``, or the number given: all values of a file may be wrong.
    private var cellsThatFail: [Int]
    private var cellsThatMayFail: [Int]
    var counts: ValueTallies
    private var samples: [[Sample]]
    private var sampling: [Sampling]
    /// By column: the verdicts of values that are samples, one bit each, where samples are collected, see ``collectSamples(_:_:)``; 0 elsewhere.
    private var collectedVerdicts: [UInt8]
    /// For how many columns they are.
    private var collectedCount = 0
    private let skipReasons: [SkipReason?]
    /// The group of findings of each verdict (4 per column), or -1.
    private var groups: [Int]
    /// The reasons that are in a message, by verdict: one bit each (8 words per column).
    private var reportedReasons: [UInt64]
    private var itemLookUps: ItemLookUps
    /// Whether the missing values of some column only need to be counted; and by column, those of a batch.
    var (hasSettledMissing, missingCounts) = (false, [Int]())
    /// `ColumnPlan.judgedColumns`.
    let judgedColumns: [Int32]
    /// The most values of a column that are examined for samples.
    private let mostSamplesSeen: Int
    private var parsingErrorCells = Bounds.zero

    /// An offending value, and the beginning of its bytes, which identifies it.
    private struct Sample {
        var text: String
        var bytes: [UInt8]
        /// Its number among the examined values, from 1.
        var place: Int
    }

    /// How far the samples of a column are.
    private struct Sampling {
        /// Whether more are wanted.
        var isWanted: Bool
        /// Whether they are collected beside the counting.
        var isCollected = false
        /// Verdicts of the values that are samples, one bit each.
        let verdicts: UInt8
        /// Values that were examined.
        var seenCount = 0
        /// The value that was examined last.
        var last = RepeatedText()
    }

    /// A sample has no more bytes: its text is cut before, with at most four bytes per character.
    static let sampleByteCount = 4 * VisibleText.defaultLimit + 4

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules != nil else { return nil }
        self.layout = layout
        columns = plan.columns
        decoder = FieldDecoder(quote: layout.quote)
        cellsThatFail = Array(repeating: 0, count: columns.count)
        cellsThatMayFail = Array(repeating: 0, count: columns.count)
        counts = ValueTallies(columnCount: columns.count)
        samples = Array(repeating: [], count: columns.count)
        let reasons = columns.map { $0.rule.skipReasons(under: layout.findingRules) }
        skipReasons = reasons.flatMap { $0 }
        sampling = reasons.map { reasons in
            let verdicts: UInt8 = reasons.indices.reduce(0) { $0 | (reasons[$1] == nil ? 0 : 1 << UInt8($1)) }
            return Sampling(isWanted: layout.samples > 0, verdicts: verdicts)
        }
        collectedVerdicts = Array(repeating: 0, count: columns.count)
        groups = Array(repeating: -1, count: 4 * columns.count)
        reportedReasons = Array(repeating: 0, count: 8 * columns.count)
        itemLookUps = ItemLookUps(columns)
        judgedColumns = plan.judgedColumns
        mostSamplesSeen = Self.mostSeenForEach * max(1, layout.samples)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        if judgement.values.isEmpty || countMissing(batch, judgement, log: &log) { return }
        collectSamples(batch, judgement)
        let lastRow = 1...64 ~= batch.uniformWidth ? addNarrowRows(batch, judgement, log: &log) : addRows(batch, judgement, log: &log)
        addCounts(lastRow: judgement.rows.number(of: lastRow), log: &log)
        beginCollecting()
    }

    /// Collects from now on the samples of columns that have had failures.
    private mutating func beginCollecting() {
        for index in sampling.indices where sampling[index].isWanted && sampling[index].seenCount > 0 && !sampling[index].isCollected {
            sampling[index].isCollected = true
            collectedVerdicts[index] = sampling[index].verdicts
            collectedCount += 1
        }
    }

    /// Keeps samples of the columns that had failures in earlier batches: there the values only need to be counted, while thousands of them may
    /// have to be looked at until enough different ones are found.
    private mutating func collectSamples(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        guard collectedCount > 0, judgement.values.hasFailure else { return }
        // Taken out, so that the loop works on memory that is surely its own.
        var sampling: [Sampling] = []
        swap(&sampling, &self.sampling)
        defer { swap(&sampling, &self.sampling) }
        judgement.values.forEach(in: batch, columns: judgedColumns) { note in
            if collectedVerdicts[note.column] &>> note.judgement.verdict.rawValue & 1 != 0 {
                see(note.field, index: note.column, batch, &sampling[note.column])
            }
        }
    }

    /// - Returns: the last row that has a note.
    private mutating func addRows(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) -> Int {
        var row = ValueTallies.Row()
        judgement.values.withCursor(width: batch.uniformWidth, columns: judgedColumns) { cursor in
            while let note = counts.countSettled(
                &row, next: { cursor.next(in: batch) }, endRow: { Self.addShared($0, &$1, judgement, log: &log) })
            {
                let dropsRow = explain(note, batch, judgement, log: &log)
                counts.add(note, dropsRow: dropsRow, to: &row)
            }
        }
        counts.end(row) { Self.addShared($0, &$1, judgement, log: &log) }
        return row.index
    }

    /// The same for rows of 64 fields at most: many that have the same notes, one after the other, are counted together.
    private mutating func addNarrowRows(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) -> Int {
        var last = -1
        judgement.values.withRows(width: batch.uniformWidth, columns: judgedColumns) { rows in
            while let run = rows.next() {
                last = run.rows.upperBound - 1
                for index in run.rows {
                    if counts.countSettled(rows.notes(ofRow: index, in: run), rowCount: run.rows.upperBound - index) { break }
                    var row = ValueTallies.Row(index: index)
                    var notes = rows.notes(ofRow: index, in: run)
                    while let note = notes.nextNote() {
                        let dropsRow = counts.count(note) ?? explain(note, batch, judgement, log: &log)
                        counts.add(note, dropsRow: dropsRow, to: &row)
                    }
                    counts.end(row) { Self.addShared($0, &$1, judgement, log: &log) }
                }
            }
        }
        return last
    }

    private mutating func explain(
        _ note: ValueNote, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog
    ) -> Bool {
        explain(note, row: RowRecord(index: note.row, number: judgement.rows.number(of: note.row)), batch: batch, log: &log)
    }

    /// Adds the occurrences of one row to groups of several columns.
    private static func addShared(
        _ row: Int, _ groups: inout MutableSpan<ValueTallies.SharedGroup>, _ judgement: BatchJudgement, log: inout FindingLog
    ) {
        let number = judgement.rows.number(of: row)
        for place in groups.indices {
            let count = groups[place].takeCount()
            if count > 0 { log.count(count, in: groups[place].group, row: number) }
        }
    }

    /// Adds the values that were only counted. A row has one value in a column, so each value of one column is in a different row.
    mutating func addCounts(lastRow: Int, log: inout FindingLog) {
        for slot in counts.tallies.indices where counts.tallies[slot].count > 0 {
            let count = counts.tallies[slot].count
            counts.tallies[slot].count = 0
            if counts.tallies[slot].sharedPlace < 0 { log.add(count, rows: count, to: groups[slot], lastRow: lastRow) }
            let index = slot / 4
            guard let reason = skipReasons[slot] else { continue }
            let fails = slot % 4 == Int(Verdict.fails.rawValue) ? count : 0
            cellsThatMayFail[index] += count
            cellsThatFail[index] += fails
            if reason == .parsingError {
                parsingErrorCells.max += count
                parsingErrorCells.min += fails
            }
        }
    }

    mutating func merge(_ later: ValueCheck, at joint: Joint) {
        for slot in groups.indices where groups[slot] < 0 { groups[slot] = joint.group(later.groups[slot]) }
        for index in columns.indices {
            cellsThatFail[index] += later.cellsThatFail[index]
            cellsThatMayFail[index] += later.cellsThatMayFail[index]
            mergeSamples(of: index, later)
        }
        counts.merge(later.counts)
        itemLookUps.merge(later.itemLookUps)
        parsingErrorCells.min += later.parsingErrorCells.min
        parsingErrorCells.max += later.parsingErrorCells.max
    }

    private mutating func mergeSamples(of index: Int, _ later: ValueCheck) {
        guard sampling[index].isWanted else { return }
        let seen = sampling[index].seenCount
        for sample in later.samples[index] where seen + sample.place <= mostSamplesSeen && samples[index].count < layout.samples {
            if samples[index].contains(where: { $0.text == sample.text }) { continue }
            samples[index].append(Sample(text: sample.text, bytes: sample.bytes, place: seen + sample.place))
        }
        sampling[index].seenCount += later.sampling[index].seenCount
        guard sampling[index].seenCount >= mostSamplesSeen || samples[index].count >= layout.samples else { return }
        var state = sampling[index]
        end(&state, index: index)
        sampling[index] = state
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        itemLookUps.nameNearest(columns, log: &log)
        prediction.parsingErrorCells = parsingErrorCells
        prediction.skippedRows = counts.skippedRows
        for (index, column) in columns.enumerated() where cellsThatMayFail[index] > 0 {
            var predicted = Prediction.ColumnPrediction(
                column: layout.reference(column.number), reason: column.rule.skipReasonOfFailure ?? .parsingError,
                cells: Bounds(min: cellsThatFail[index], max: cellsThatMayFail[index]), samples: samples[index].map(\.text))
            predicted.sampleBytes = samples[index].map(\.bytes)
            predicted.doubts = counts.doubts[index]
            predicted.firstInRow = counts.firstInRow[index]
            predicted.sharedRows = counts.sharedRows[index]
            prediction.columns.append(predicted)
            let group = groups[4 * index + Int(Verdict.doubtful.rawValue)]
            if group >= 0, log.hasColumn(group) { log.setDoubts(counts.doubts[index], of: group) }
        }
    }

    /// Returns whether the row is predicted to be skipped.
    private mutating func explain(_ note: ValueNote, row: RowRecord, batch: borrowing RowBatch, log: inout FindingLog) -> Bool {
        let (index, field, judgement) = (note.column, note.field, note.judgement)
        let reason = skipReasons[4 * index + Int(judgement.verdict.rawValue)]
        // An item that is created or replaced drops no row: it is a warning, and no skip is predicted.
        let dropsRow = reason == .parsingError || reason == .missingItemSkipsRow
        count(judgement, index: index, field: field, row: row, predicts: dropsRow ? reason : nil, batch: batch, log: &log)
        guard let reason else {
            settle(judgement, index: index, dropsRow: false, seesSamples: false, log: log)
            return false
        }
        let fails = judgement.verdict == .fails ? 1 : 0
        cellsThatMayFail[index] += 1
        cellsThatFail[index] += fails
        if seesSamples(of: index) {
            var state = sampling[index]
            see(field, index: index, batch, &state)
            sampling[index] = state
        }
        if reason == .parsingError {
            parsingErrorCells.max += 1
            parsingErrorCells.min += fails
        }
        settle(judgement, index: index, dropsRow: dropsRow, seesSamples: seesSamples(of: index), log: log)
        return dropsRow
    }

    /// Remembers that such values only need to be counted, once that is so.
    ///
    /// - Parameter seesSamples: whether each value is still looked at for samples.
    private mutating func settle(_ judgement: Judgement, index: Int, dropsRow: Bool, seesSamples: Bool, log: FindingLog) {
        let slot = 4 * index + Int(judgement.verdict.rawValue)
        let group = groups[slot]
        guard group >= 0, !seesSamples, !log.wantsExample(group), !log.marksRows else { return }
        if itemLookUps.wants(judgement.verdict, column: index), log.wantsRemark(group) { return }
        if !log.hasColumn(group) {
            counts.tallies[slot].sharedPlace = counts.place(ofShared: group)
        }
        counts.tallies[slot].dropsRow = dropsRow
        if judgement.verdict == .empty { hasSettledMissing = true }
        let reason = UInt64(judgement.reason.rawValue)
        if reason < 64 { counts.tallies[slot].settled.0 |= 1 << reason } else { counts.tallies[slot].settled.1 |= 1 << (reason - 64) }
    }

    /// Counts the value in its group of findings. This costs little per value, because all values of a file may be wrong.
    private mutating func count(
        _ judgement: Judgement, index: Int, field: Int, row: RowRecord, predicts skipReason: SkipReason?, batch: borrowing RowBatch,
        log: inout FindingLog
    ) {
        let verdict = Int(judgement.verdict.rawValue)
        var group = groups[4 * index + verdict]
        if group < 0 {
            let isEmpty = judgement.verdict == .empty
            guard let kind = isEmpty ? .requiredValueEmpty : columns[index].rule.findingKind(for: judgement) else { return }
            group = log.group(
                kind, column: columns[index].number, severity: isEmpty || skipReason != nil ? nil : .warning, predicts: skipReason)
            groups[4 * index + verdict] = group
        }
        log.count(in: group, row: row.number, field: field, reason: judgement.reason)
        if log.wantsExample(group) {
            log.addExample(to: group) {
                var example = example(field, column: columns[index].number, row: row, batch: batch, lines: &$0)
                if judgement.reason != .none { example.reason = words(for: judgement.reason, of: field, index: index, batch) }
                return example
            }
        }
        if itemLookUps.wants(judgement.verdict, column: index), log.wantsRemark(group) {
            let value = decoder.withText(of: field, in: batch) { Array($0.prefix(Self.sampleByteCount)) }
            itemLookUps.add(value, judgement.verdict, column: index, group: group, log: &log)
        }
        let reason = Int(judgement.reason.rawValue)
        let (word, bit) = (8 * index + 2 * verdict + reason / 64, UInt64(1) << UInt64(reason % 64))
        if reason > 0, reportedReasons[word] & bit == 0 {
            reportedReasons[word] |= bit
            log.addRemark(judgement.reason.text, to: group)
        }
    }

    /// The values of a column that are examined for each wanted sample.
    private static let mostSeenForEach = 1_000

    /// Whether samples of a column are kept where its values are explained.
    private func seesSamples(of index: Int) -> Bool { sampling[index].isWanted && !sampling[index].isCollected }

    /// Examines a value for samples.
    @inline(__always)
    private mutating func see(_ field: Int, index: Int, _ batch: borrowing RowBatch, _ state: inout Sampling) {
        state.seenCount &+= 1
        if state.seenCount == mostSamplesSeen { end(&state, index: index) }
        let content = batch.bytes[batch.range(ofField: field)]
        // Quoted or not: only the same bytes are taken for the same value.
        if state.last.isText(content) { return }
        if content.count <= 16 { state.last = RepeatedText(content) }
        keepSample(of: field, index: index, batch, &state)
    }

    /// Keeps the value if its text is new. The text is made only if no sample has the same bytes: a column full of one bad value would pay for
    /// it in each row.
    @inline(never)
    private mutating func keepSample(of field: Int, index: Int, _ batch: borrowing RowBatch, _ state: inout Sampling) {
        let known = samples[index]
        let bytes: [UInt8]? = decoder.withText(of: field, in: batch) { text in
            let beginning = text.prefix(Self.sampleByteCount)
            for sample in known where sample.bytes.span.hasSameBytes(as: beginning) { return nil }
            return Array(beginning)
        }
        guard let bytes else { return }
        let text = VisibleText(field: field, in: batch, quote: layout.quote).text
        guard !known.contains(where: { $0.text == text }) else { return }
        samples[index].append(Sample(text: text, bytes: bytes, place: state.seenCount))
        if samples[index].count == layout.samples { end(&state, index: index) }
    }

    private mutating func end(_ state: inout Sampling, index: Int) {
        if state.isWanted, state.isCollected { collectedCount -= 1 }
        collectedVerdicts[index] = 0
        state.isWanted = false
    }

    private func example(
        _ field: Int, column: Int, row: RowRecord, batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        Finding.Example(field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
    }
}

extension ValueCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&cellsThatFail)
        coder.each(&cellsThatMayFail)
        coder(&counts)
        coder.each(&samples) { coder, samples in
            coder.list(&samples, blank: Sample(text: "", bytes: [], place: 0)) { coder, sample in
                coder(&sample.text)
                coder(&sample.bytes)
                coder(&sample.place)
            }
        }
        coder.each(&sampling) { coder, sampling in
            coder(&sampling.isWanted)
            coder(&sampling.seenCount)
        }
        coder.references(&groups)
        coder(&itemLookUps)
        coder(&parsingErrorCells)
    }
}
