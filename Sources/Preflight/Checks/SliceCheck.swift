import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds what the rows with failures of a column have in common: "48,207 of 48,210 have Entity = FR03".
struct SliceCheck: Check {
    /// The most other columns that are examined, and the longest value in bytes.
    private static let mostColumns = 32
    private static let longestValue = 32
    /// The most columns whose failures are examined. More are one problem of the whole file rather than several.
    private static let mostFinders = 256
    /// The share of failures with the value must be this many times its share of all rows.
    private static let leastLift = 2.0

    private let layout: FileLayout
    private let plan: ColumnPlan
    private let decoder: FieldDecoder
    /// Indexes of the other columns in a row.
    private let others: [Int]
    private var sample: RowSample
    /// One for each of the columns that failed first, at most ``mostFinders``: in the order of rows, and of columns within a row.
    private var finders: [SliceFinder] = []
    /// The index of the finder of each judged column, or -1.
    private var finderNumbers: [Int32]
    /// The index of each judged column in ``others``.
    private let ownPlaces: [Int?]
    /// The values found in rows with failures, by other column.
    private var texts = TextTable()
    /// The numbers of the values of the row that was read last, by other column. Below 0 for a value that is too long, not in memory, or without
    /// a number.
    private var values: [Int32]
    private var valuesRow: (row: Int, hasAllNumbers: Bool)?
    private static let noValue: Int32 = -1
    private static let noNumber: Int32 = -2
    private var matches = Matches()
    /// Record number of the first row with a failure. Only the beginning of a file without failures is sampled.
    private var firstFailure = Int.max

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.rules != nil else { return nil }
        self.layout = layout
        self.plan = plan
        decoder = FieldDecoder(quote: layout.quote)
        let numbers = Set(plan.columns.filter { $0.settings.profile.type.kind.holdsNumbers }.map { $0.number - 1 })
        others = Array((0..<layout.width).lazy.filter { !numbers.contains($0) }.prefix(Self.mostColumns))
        sample = RowSample(columnCount: others.count)
        finderNumbers = Array(repeating: -1, count: plan.columns.count)
        let places = Dictionary(uniqueKeysWithValues: others.enumerated().map { ($0.element, $0.offset) })
        ownPlaces = plan.columns.map { places[$0.number - 1] }
        values = Array(repeating: Self.noValue, count: others.count)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !others.isEmpty else { return }
        let first = judgement.values.firstFailure()
        if let first, firstFailure == .max { firstFailure = judgement.rows.number(of: batch.row(ofField: first)) }
        addToSample(batch, judgement)
        guard first != nil else { return }
        valuesRow = nil
        matches.removeAll()
        judgement.values.forEach(in: batch, columns: plan.judgedColumns) { note in
            if note.judgement.isFailure { add(note, batch) }
        }
    }

    @inline(__always)
    private mutating func add(_ note: ValueNote, _ batch: borrowing RowBatch) {
        let number = Int(finderNumbers[note.column])
        if number >= 0, finders[number].hasNoCandidate {
            finders[number].count(0)
        } else {
            look(at: note, batch)
        }
    }

    private mutating func look(at note: ValueNote, _ batch: borrowing RowBatch) {
        if finderNumbers[note.column] < 0 {
            guard finders.count < Self.mostFinders else { return }
            finderNumbers[note.column] = Int32(finders.count)
            finders.append(SliceFinder())
        }
        let number = Int(finderNumbers[note.column])
        if finders[number].isTrying {
            readValues(of: note.row, batch, numbersNew: finders[number].takesNewValues)
            finders[number].tryOut(values, own: ownPlaces[note.column])
            return
        }
        var found: UInt32 = 0
        for index in 0..<finders[number].candidates.count {
            let candidate = finders[number].candidates[index]
            if hasRow(note.row, candidate, in: batch) { found |= 1 << UInt32(index) }
        }
        finders[number].count(found)
    }

    /// Whether a row has the value of a candidate. Several columns may have the same candidate, and fail in the same rows.
    @inline(__always)
    private mutating func hasRow(_ row: Int, _ candidate: SliceFinder.Candidate, in batch: borrowing RowBatch) -> Bool {
        if let known = matches.known(candidate.value, row: row) { return known }
        // The check itself is not captured, since it would be copied.
        let (texts, decoder) = (texts, decoder)
        var isMatch = false
        if let field = field(row, others[Int(candidate.other)], in: batch) {
            isMatch = texts.withText(of: Int(candidate.value)) { value, _ in
                Self.isField(field, equalTo: value, in: batch, decoder)
            }
        }
        matches.keep(isMatch, candidate.value, row: row)
        return isMatch
    }

    /// The values of the last rows, as far as they were looked up. Each belongs to one of the other columns.
    private struct Matches {
        private var rows = Array(repeating: Int32(-1), count: Self.count)
        private var values = Array(repeating: Int32(-1), count: Self.count)
        private var areMatches = Array(repeating: false, count: Self.count)
        private static let count = 64

        mutating func removeAll() {
            for place in rows.indices { rows[place] = -1 }
        }

        @inline(__always)
        func known(_ value: Int32, row: Int) -> Bool? {
            let place = Int(value) & (Self.count - 1)
            return values[place] == value && rows[place] == Int32(truncatingIfNeeded: row) ? areMatches[place] : nil
        }

        @inline(__always)
        mutating func keep(_ isMatch: Bool, _ value: Int32, row: Int) {
            let place = Int(value) & (Self.count - 1)
            (values[place], rows[place], areMatches[place]) = (value, Int32(truncatingIfNeeded: row), isMatch)
        }
    }

    /// Reads the values of the other columns in a row, once for all its failures.
    ///
    /// - Parameter numbersNew: Whether new values get a number.
    private mutating func readValues(of row: Int, _ batch: borrowing RowBatch, numbersNew: Bool) {
        if let known = valuesRow, known.row == row, known.hasAllNumbers || !numbersNew { return }
        valuesRow = (row, numbersNew)
        for (place, column) in others.enumerated() {
            values[place] = Self.noValue
            guard let field = field(row, column, in: batch) else { continue }
            values[place] = decoder.withText(of: field, in: batch) { text in
                if text.count > Self.longestValue { return Self.noValue }
                let hash = texts.hash(of: text, column: place)
                if let known = texts.find(text, hash: hash, column: place) { return Int32(known) }
                return numbersNew ? Int32(texts.insert(text, hash: hash, column: place)) : Self.noNumber
            }
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
        // Only blank lines can precede the header.
        let range = (rows.header.map { $0 + 1 } ?? 0)..<batch.rowCount
        for number in RowSample.rows(from: rows.firstNumber, count: rows.dataRowCount)
        where number <= RowSample.whole || number > firstFailure {
            // A blank line has the number of the row after it.
            let row = range.partitionPoint { rows.number(of: $0) <= number } - 1
            if rows.ragged.contains(row) { continue }
            sample.add(row: number)
            for (index, column) in others.enumerated() {
                guard let field = field(row, column, in: batch) else { continue }
                decoder.withText(of: field, in: batch) { text in
                    if text.count <= Self.longestValue { sample.add(text, column: index, row: number) }
                }
            }
        }
    }

    private static func isField(
        _ field: Int, equalTo value: UnsafeRawBufferPointer, in batch: borrowing RowBatch, _ decoder: FieldDecoder
    ) -> Bool {
        if batch.isField(field, equalTo: value) { return true }
        // Quotes only make a field longer.
        let range = batch.range(ofField: field)
        if range.count < value.count + 2 || range.count > batch.limits.fieldBytes { return false }
        return decoder.withText(of: field, in: batch) { $0.count == value.count && $0.elementsEqual(value) }
    }

    private func field(_ row: Int, _ column: Int, in batch: borrowing RowBatch) -> Int? {
        let fields = batch.fields(ofRow: row)
        let count = batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: row)
        return column < count ? fields.lowerBound + column : nil
    }
}
