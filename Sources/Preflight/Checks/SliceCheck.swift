import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds what the rows with failures of a column have in common: "48,207 of 48,210 have Entity = FR03".
struct SliceCheck: Check {
    /// The most other columns that are examined, and the longest value in bytes.
    private static let mostColumns = 32
    private static let longestValue = 32
    /// The most columns whose failures are examined, in column order. More are one problem of the whole file rather than several.
    private static let mostFinders = 256
    /// The share of failures with the value must be this many times its share of all rows.
    private static let leastLift = 2.0

    private let layout: FileLayout
    private let plan: ColumnPlan
    private let decoder: FieldDecoder
    /// Indexes of the other columns in a row.
    private let others: [Int]
    private var sample = RowSample()
    /// One for each of the first ``mostFinders`` failing columns, and the judged column that it belongs to.
    private var finders: [SliceFinder] = []
    private var owners: [Int] = []
    /// The index of the finder of each judged column, or -1.
    private var finderNumbers: [Int32]
    /// The index of each judged column in ``others``.
    private let ownPlaces: [Int?]
    /// The most distinct values that a finder counts of another column.
    private let mostValues: Int
    /// The values found in rows with failures, by other column.
    private var texts: TextTable
    /// The numbers of the values in the last row, by other column. Below 0 for a value that is too long, not in memory, or not read yet.
    private var values: [Int32]
    private var valuesRow = -1
    private static let noValue: Int32 = -1
    private static let unread: Int32 = -2

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules != nil else { return nil }
        self.layout = layout
        self.plan = plan
        decoder = FieldDecoder(quote: layout.quote)
        let numbers = Set(plan.columns.filter { $0.settings.profile.type.kind.holdsNumbers }.map { $0.number - 1 })
        others = Array((0..<layout.width).lazy.filter { !numbers.contains($0) }.prefix(Self.mostColumns))
        finderNumbers = Array(repeating: -1, count: plan.columns.count)
        let places = Dictionary(uniqueKeysWithValues: others.enumerated().map { ($0.element, $0.offset) })
        ownPlaces = plan.columns.map { places[$0.number - 1] }
        mostValues = SliceFinder.mostValues(pairCount: min(plan.columns.count, Self.mostFinders) * others.count)
        texts = TextTable(hash: plan.hash)
        values = Array(repeating: Self.unread, count: others.count)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !others.isEmpty else { return }
        addToSample(batch, judgement)
        guard judgement.values.hasFailure else { return }
        valuesRow = -1
        judgement.values.forEach(in: batch, columns: plan.judgedColumns) { note in
            if note.judgement.isFailure { add(note, batch) }
        }
    }

    @inline(__always)
    private mutating func add(_ note: ValueNote, _ batch: borrowing RowBatch) {
        let number = Int(finderNumbers[note.column])
        if number >= 0, finders[number].open.isEmpty {
            finders[number].add(1)
        } else {
            look(at: note, batch)
        }
    }

    private mutating func look(at note: ValueNote, _ batch: borrowing RowBatch) {
        guard let number = finder(of: note.column) else { return }
        finders[number].add(1)
        for other in finders[number].open {
            let value = value(of: Int(other), row: note.row, batch)
            if value >= 0 { finders[number].add(1, value: value, other: other, most: mostValues) }
        }
    }

    /// The finder of a judged column.
    ///
    /// - Returns: `nil` if too many columns before it fail.
    private mutating func finder(of column: Int) -> Int? {
        if finderNumbers[column] >= 0 { return Int(finderNumbers[column]) }
        let finder = SliceFinder(otherCount: others.count, own: ownPlaces[column])
        if finders.count < Self.mostFinders {
            finders.append(finder)
            owners.append(column)
        } else {
            // It replaces the last column. A column that is among the first of the whole file is never replaced.
            guard let last = owners.indices.max(by: { owners[$0] < owners[$1] }), owners[last] > column else { return nil }
            finderNumbers[owners[last]] = -1
            (finders[last], owners[last]) = (finder, column)
            finderNumbers[column] = Int32(last)
            forgetTexts()
            return last
        }
        finderNumbers[column] = Int32(finders.count - 1)
        return finders.count - 1
    }

    /// Frees memory when most values belonged to replaced finders.
    private mutating func forgetTexts() {
        guard texts.entries.count > 2 * Self.mostFinders * others.count * (mostValues + 1) else { return }
        let old = texts
        texts = TextTable(hash: plan.hash)
        for index in finders.indices {
            var finder = finders[index]
            finder.renumber { candidate in
                old.withText(of: Int(candidate.value)) { text, _ in Self.number(of: text, other: Int(candidate.other), in: &texts) }
            }
            finders[index] = finder
        }
        valuesRow = -1
    }

    /// The number of the value of another column in a row; below 0 if it is not examined.
    private mutating func value(of other: Int, row: Int, _ batch: borrowing RowBatch) -> Int32 {
        if row != valuesRow {
            valuesRow = row
            for place in values.indices { values[place] = Self.unread }
        }
        if values[other] == Self.unread { values[other] = read(other, row: row, batch) }
        return values[other]
    }

    private mutating func read(_ other: Int, row: Int, _ batch: borrowing RowBatch) -> Int32 {
        guard let field = field(row, others[other], in: batch) else { return Self.noValue }
        return decoder.withText(of: field, in: batch) { text in
            text.count > Self.longestValue ? Self.noValue : Self.number(of: text, other: other, in: &texts)
        }
    }

    private static func number(of text: UnsafeRawBufferPointer, other: Int, in texts: inout TextTable) -> Int32 {
        let hash = texts.hash(of: text, column: other)
        return Int32(texts.find(text, hash: hash, column: other) ?? texts.insert(text, hash: hash, column: other))
    }

    mutating func merge(_ later: SliceCheck, at joint: Joint) {
        sample.merge(later.sample)
        for (found, column) in zip(later.finders, later.owners) {
            guard let number = finder(of: column) else { continue }
            var finder = finders[number]
            finder.merge(found, most: mostValues) { candidate in
                later.texts.withText(of: Int(candidate.value)) { text, _ in
                    Self.number(of: text, other: Int(candidate.other), in: &texts)
                }
            }
            finders[number] = finder
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        if prediction.advice.isEmpty { return }
        let columns = Dictionary(uniqueKeysWithValues: plan.columns.enumerated().map { ($0.element.number, $0.offset) })
        for index in prediction.advice.indices {
            let number = prediction.advice[index].column.index
            guard let column = columns[number], finderNumbers[column] >= 0 else { continue }
            prediction.advice[index].slice = slice(finders[Int(finderNumbers[column])])
        }
    }

    private func slice(_ finder: SliceFinder) -> FailureSlice? {
        for candidate in finder.telling {
            let (value, other) = (Array(texts.text(of: Int(candidate.value))), Int(candidate.other))
            let share = sample.share(of: value, column: other)
            guard Double(candidate.count) / Double(finder.failureCount) >= share * Self.leastLift else { continue }
            return FailureSlice(
                column: layout.reference(others[other] + 1), value: VisibleText(value), covered: candidate.count,
                failures: finder.failureCount, baseShare: share)
        }
        return nil
    }

    // MARK: Rows

    private mutating func addToSample(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        let rows = judgement.rows
        let found = Self.rows(of: batch, level: sample.level).filter { row in
            row.index != rows.header && !rows.blank.contains(row.index) && !rows.ragged.contains(row.index)
        }
        sample.makeRoom(for: found.lazy.map(\.bytes), count: found.count)
        let isSteady = batch.isSteady
        for row in found where sample.contains(row.bytes) {
            sample.add(row.bytes)
            let fields = batch.fields(ofRow: row.index)
            let count = isSteady ? fields.count : batch.steadyFieldCount(ofRow: row.index)
            for column in others {
                guard column < count else {
                    sample.keep(nil)
                    continue
                }
                decoder.withText(of: fields.lowerBound + column, in: batch) { sample.keep($0.count <= Self.longestValue ? $0 : nil) }
            }
        }
    }

    /// The rows of a batch that are sampled at a level, with their offsets in the file.
    private static func rows(of batch: borrowing RowBatch, level: Int) -> [(index: Int, bytes: Range<Int>)] {
        let rowCount = batch.rowCount
        func start(_ row: Int) -> Int {
            if row == rowCount { return batch.streamOffset(ofPosition: batch.bytes.count) }
            return batch.streamOffset(ofPosition: batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound)
        }
        var found: [(index: Int, bytes: Range<Int>)] = []
        let bytes = start(0)..<start(rowCount)
        if bytes.count >> level > rowCount / 8 {
            var next = bytes.lowerBound
            for row in 0..<rowCount {
                let range = next..<start(row + 1)
                next = range.upperBound
                if RowSample.topLevel(range) >= level { found.append((row, range)) }
            }
            return found
        }
        var offset = ((bytes.lowerBound + (1 << level) - 1) >> level) << level
        while offset < bytes.upperBound {
            let row = (0..<rowCount).partitionPoint { start($0) <= offset } - 1
            let range = start(row)..<start(row + 1)
            found.append((row, range))
            offset = ((range.upperBound + (1 << level) - 1) >> level) << level
        }
        return found
    }

    private func field(_ row: Int, _ column: Int, in batch: borrowing RowBatch) -> Int? {
        let fields = batch.fields(ofRow: row)
        let count = batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: row)
        return column < count ? fields.lowerBound + column : nil
    }
}
