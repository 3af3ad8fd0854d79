import CSVScan

/// Finds what the rows of a column's failures have in common: "48 207 of 48 210 have Entity FR03".
struct SliceCheck: Check {
    /// Columns that are looked at beside the failing one, and the longest value.
    private static let mostColumns = 32
    private static let longestValue = 32
    /// The share of failures with the value must be so many times that of all rows.
    private static let leastLift = 2.0

    private let layout: FileLayout
    private let plan: ColumnPlan
    private let decoder: FieldDecoder
    /// Indexes of the other columns in a row.
    private let others: [Int]
    private var sample: RowSample
    /// By judged column; `nil` before its first failure.
    private var finders: [SliceFinder?]
    /// Record number of the first row with a failure: of a file without any only the beginning is sampled.
    private var firstFailure = Int.max

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        self.plan = plan
        decoder = FieldDecoder(quote: layout.quote)
        let numbers = Set(plan.columns.filter { $0.profile.type == .number || $0.profile.type == .integer }.map { $0.number - 1 })
        others = Array((0..<layout.width).lazy.filter { !numbers.contains($0) }.prefix(Self.mostColumns))
        sample = RowSample(columnCount: others.count)
        finders = Array(repeating: nil, count: plan.columns.count)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !others.isEmpty else { return }
        let first = judgement.values.first { $0.judgement.verdict == .fails || $0.judgement.verdict == .doubtful }
        if let first, firstFailure == .max { firstFailure = judgement.rows.number(of: Int(first.row)) }
        addToSample(batch, judgement)
        guard first != nil else { return }
        let notes = judgement.values.filter { $0.judgement.verdict == .fails || $0.judgement.verdict == .doubtful }
        if notes.contains(where: { finders[Int($0.column)]?.isTrying ?? true }) {
            for note in notes { addToFinder(note, batch) }
        } else {
            count(notes, batch)
        }
    }

    private mutating func addToFinder(_ note: ValueNote, _ batch: borrowing RowBatch) {
        let (row, column) = (Int(note.row), Int(note.column))
        var finder = finders[column] ?? SliceFinder(otherCount: others.count)
        finders[column] = nil
        let own = plan.columns[column].number - 1
        if finder.isTrying {
            finder.tryOut { others[$0] == own ? nil : value(row, others[$0], in: batch) }
        } else {
            finder.count { candidate in
                candidate.value.withUnsafeBytes { matches(row, others[candidate.other], $0, in: batch) }
            }
        }
        finders[column] = finder
    }

    /// A candidate of some column, its value among those of all.
    private struct Wanted {
        var column: Int
        var value: Range<Int>
        var count = 0
    }

    /// Counts many failures behind the trial: a file may have nothing else.
    private mutating func count(_ notes: [ValueNote], _ batch: borrowing RowBatch) {
        var wanted: [Wanted] = []
        var ranges: [Range<Int>] = []
        var values: [UInt8] = []
        for finder in finders {
            let start = wanted.count
            for candidate in finder?.candidates ?? [] {
                wanted.append(Wanted(column: others[candidate.other], value: values.count..<(values.count + candidate.value.count)))
                values += candidate.value
            }
            ranges.append(start..<wanted.count)
        }
        var failures = Array(repeating: 0, count: finders.count)
        values.withUnsafeBytes { values in
            for note in notes {
                let column = Int(note.column)
                failures[column] &+= 1
                for index in ranges[column] {
                    let value = UnsafeRawBufferPointer(rebasing: values[wanted[index].value])
                    if matches(Int(note.row), wanted[index].column, value, in: batch) { wanted[index].count &+= 1 }
                }
            }
        }
        for column in finders.indices where failures[column] > 0 {
            finders[column]?.add(failures[column], matching: wanted[ranges[column]].map(\.count))
        }
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        for index in prediction.advice.indices {
            let number = prediction.advice[index].column.index
            guard let column = plan.columns.firstIndex(where: { $0.number == number }), let finder = finders[column] else { continue }
            prediction.advice[index].slice = slice(finder)
        }
    }

    private func slice(_ finder: SliceFinder) -> FailureSlice? {
        for candidate in finder.telling {
            let share = sample.share(of: candidate.value, column: candidate.other)
            guard Double(candidate.count) / Double(finder.failureCount) >= share * Self.leastLift else { continue }
            return FailureSlice(
                column: layout.reference(others[candidate.other] + 1), value: VisibleText(candidate.value), covered: candidate.count,
                failures: finder.failureCount, baseShare: share)
        }
        return nil
    }

    // MARK: Rows

    private mutating func addToSample(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        let rows = judgement.rows
        // In front of the header nothing but blank lines stands.
        let range = (rows.header.map { $0 + 1 } ?? 0)..<batch.rowCount
        for number in RowSample.rows(from: rows.firstNumber, count: rows.dataRowCount)
        where number <= RowSample.whole || number > firstFailure {
            // A blank line has the number of the row behind it.
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

    /// - Returns: `nil` for a long value, which nobody would call one of few.
    private func value(_ row: Int, _ column: Int, in batch: borrowing RowBatch) -> [UInt8]? {
        guard let field = field(row, column, in: batch) else { return nil }
        return decoder.withText(of: field, in: batch) { $0.count > Self.longestValue ? nil : Array($0) }
    }

    @inline(__always)
    private func matches(_ row: Int, _ column: Int, _ value: UnsafeRawBufferPointer, in batch: borrowing RowBatch) -> Bool {
        guard let field = field(row, column, in: batch) else { return false }
        let range = batch.range(ofField: field)
        if range.count == value.count { return batch.bytes[range].elementsEqual(value) }
        // Quotes only make a field longer.
        if range.count < value.count + 2 || range.count > batch.limits.fieldBytes { return false }
        return decoder.withText(of: field, in: batch) { $0.count == value.count && $0.elementsEqual(value) }
    }

    private func field(_ row: Int, _ column: Int, in batch: borrowing RowBatch) -> Int? {
        column < batch.steadyFieldCount(ofRow: row) ? batch.fields(ofRow: row).lowerBound + column : nil
    }
}
