import ByteSpans
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
    /// The last column that may have a finder, and the index of that one where there are as many as there may be.
    private var last = (column: Int.max, finder: -1)
    /// The index of each judged column in ``others``.
    private let ownPlaces: [Int?]
    /// The most distinct values that a finder counts of another column.
    private let mostValues: Int
    /// The values found in rows with failures, by other column.
    private var texts: TextTable
    private var recent = RecentNumbers()
    /// Rows with failures that are not counted yet.
    private var tile: FailureTile
    /// The number of a value that is too long, or not in memory.
    private static let noValue: Int32 = -1

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
        tile = FailureTile(otherCount: others.count)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard !others.isEmpty else { return }
        addToSample(batch, judgement)
        guard judgement.values.hasFailure else { return }
        if 1...64 ~= batch.uniformWidth {
            addNarrowRows(batch, judgement.values)
        } else {
            judgement.values.forEach(in: batch, columns: plan.judgedColumns) { note in
                guard note.judgement.isFailure, let number = finder(of: note.column) else { return }
                if tile.isFull(before: note.row) { countTile(batch) }
                tile.add(tile.add(row: note.row), finder: number)
            }
        }
        countTile(batch)
    }

    /// Adds the failures of rows that have 64 fields at most: those of rows that fail in the same columns together, whatever their number.
    private mutating func addNarrowRows(_ batch: borrowing RowBatch, _ notes: ValueNotes) {
        notes.forEachFailingRun(width: batch.uniformWidth) { rows, fields in
            var rest = rows
            while !rest.isEmpty {
                if tile.isFull(before: rest.lowerBound) { countTile(batch) }
                let next = rest.prefix(FailureTile.mostRows - tile.rowCount)
                add(tile.add(rows: next), failingIn: fields)
                rest = next.upperBound..<rest.upperBound
            }
        }
    }

    /// - Parameter fields: those that fail in each of the rows, a bit for each by its place.
    private mutating func add(_ rows: UInt64, failingIn fields: UInt64) {
        if rows == 0 { return }
        var rest = fields
        while rest != 0 {
            let place = rest.trailingZeroBitCount
            rest &= rest &- 1
            let column = plan.judgedColumns.isEmpty ? place : Int(plan.judgedColumns[place])
            if let number = finder(of: column) { tile.add(rows, finder: number) }
        }
    }

    /// Adds the failures of the tile to their finders.
    private mutating func countTile(_ batch: borrowing RowBatch) {
        var wanted: UInt64 = 0
        for finder in tile.finders { wanted |= finders[finder].open }
        while wanted != 0 {
            let other = wanted.trailingZeroBitCount
            wanted &= wanted - 1
            let numbers = numbers(of: other, batch)
            tile.setValues(numbers.span.extracting(..<tile.rowCount), numberCount: texts.entries.count, of: other)
        }
        for finder in tile.finders { finders[finder].add(tile, rows: tile.failures(of: finder), most: mostValues) }
        tile.removeAll()
    }

    /// The numbers of the values of another column in the rows of the tile.
    private mutating func numbers(of other: Int, _ batch: borrowing RowBatch) -> [64 of Int32] {
        var numbers: [64 of Int32] = .init(repeating: Self.noValue)
        let (width, column) = (batch.uniformWidth, others[other])
        let bytesOfRows = batch.bytes
        let isSteadyBatch = batch.isSteady
        let isSteady = isSteadyBatch && column < width
        // Most rows have the value of the row before, or one of two.
        var (last, lastNumber) = (RepeatedText(), Self.noValue)
        var (earlier, earlierNumber) = (RepeatedText(), Self.noValue)
        for place in 0..<tile.rowCount {
            let row = tile.row(place)
            guard let field = isSteady ? row &* width &+ column : Self.field(row, column, in: batch, isSteady: isSteadyBatch) else {
                continue
            }
            let range = isSteady ? Self.range(of: field, isLast: column &+ 1 == width, in: batch) : batch.range(ofField: field)
            let bytes = bytesOfRows[range]
            if last.isText(bytes) {
                numbers[place] = lastNumber
                continue
            }
            (last, earlier) = (earlier, last)
            (lastNumber, earlierNumber) = (earlierNumber, lastNumber)
            if last.isText(bytes) {
                numbers[place] = lastNumber
                continue
            }
            // A quote means something only where it is not alone.
            if let text = ShortText(bytes, column: other), bytes.count < 2 || bytes[0] != layout.quote {
                (last, lastNumber) = (RepeatedText(bytes), number(of: text, bytes, other: other))
                numbers[place] = lastNumber
            } else {
                numbers[place] = decoder.withText(of: field, in: batch) { text in
                    text.count > Self.longestValue ? Self.noValue : Self.number(of: text, other: other, in: &texts)
                }
            }
        }
        return numbers
    }

    /// As `RowBatch.range(ofField:)`.
    @inline(__always)
    private static func range(of field: Int, isLast: Bool, in batch: borrowing RowBatch) -> Range<Int> {
        // Only what ends a row may be stripped of a CR.
        isLast ? batch.range(ofField: field) : batch.start(ofField: field)..<batch.end(ofField: field)
    }

    private mutating func number(of text: ShortText, _ bytes: Span<UInt8>, other: Int) -> Int32 {
        if let number = recent.number(of: text) { return number }
        let number = Self.number(of: bytes, other: other, in: &texts)
        recent.keep(number, of: text)
        return number
    }

    /// The finder of a judged column.
    ///
    /// - Returns: `nil` if too many columns before it fail.
    @inline(__always)
    private mutating func finder(of column: Int) -> Int? {
        let number = Int(finderNumbers[column])
        if number >= 0 { return number }
        return column > last.column ? nil : newFinder(of: column)
    }

    @inline(never)
    private mutating func newFinder(of column: Int) -> Int {
        let finder = SliceFinder(otherCount: others.count, own: ownPlaces[column])
        var number = finders.count
        if number < Self.mostFinders {
            finders.append(finder)
            owners.append(column)
        } else {
            // It replaces the last column. A column that is among the first of the whole file is never replaced.
            number = last.finder
            finderNumbers[owners[number]] = -1
            (finders[number], owners[number]) = (finder, column)
            tile.forget(finder: number)
            forgetTexts()
        }
        finderNumbers[column] = Int32(number)
        if finders.count == Self.mostFinders, let index = owners.indices.max(by: { owners[$0] < owners[$1] }) {
            last = (owners[index], index)
        }
        return number
    }

    /// Frees memory when most values belonged to replaced finders.
    private mutating func forgetTexts() {
        guard texts.entries.count > 2 * Self.mostFinders * others.count * (mostValues + 1) else { return }
        let old = texts
        texts = TextTable(hash: plan.hash)
        recent = RecentNumbers()
        for index in finders.indices {
            var finder = finders[index]
            finder.renumber { candidate in
                old.withText(of: Int(candidate.value)) { text, _ in Self.number(of: text, other: Int(candidate.other), in: &texts) }
            }
            finders[index] = finder
        }
    }

    private static func number(of text: Span<UInt8>, other: Int, in texts: inout TextTable) -> Int32 {
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
        var shares: [Int32: Double] = [:]
        for index in prediction.advice.indices {
            let number = prediction.advice[index].column.index
            guard let column = columns[number], finderNumbers[column] >= 0 else { continue }
            prediction.advice[index].slice = slice(finders[Int(finderNumbers[column])], shares: &shares)
        }
    }

    /// - Parameter shares: by the number of a value, as far as they are known.
    private func slice(_ finder: SliceFinder, shares: inout [Int32: Double]) -> FailureSlice? {
        for candidate in finder.telling {
            let (value, other) = (Array(texts.text(of: Int(candidate.value))), Int(candidate.other))
            let share = shares[candidate.value] ?? sample.share(of: value, column: other)
            shares[candidate.value] = share
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
        if rows.blank.count + rows.ragged.count + (rows.header == nil ? 0 : 1) == rows.count { return }
        let plain = batch.plainOffset
        let bytes = Self.start(0, in: batch, plain)..<Self.start(batch.rowCount, in: batch, plain)
        guard bytes.count >> sample.level > batch.rowCount / 2 else {
            let found = Self.rows(of: batch, bytes, level: sample.level, plain)
            return addToSample(found.filter { rows.isWhole($0.index) }, batch)
        }
        var found: [SampledRow] = []
        var next = (row: 0, offset: bytes.lowerBound)
        rows.forEachWhole { row in
            let start = next.row == row ? next.offset : Self.start(row, in: batch, plain)
            next = (row + 1, Self.start(row + 1, in: batch, plain))
            if RowSample.topLevel(start..<next.offset) >= sample.level { found.append((row, start..<next.offset)) }
            // One batch may have a million rows; what is in the sample does not depend on how often room is made.
            if found.count < Self.mostFoundRows { return }
            addToSample(found, batch)
            found.removeAll(keepingCapacity: true)
        }
        addToSample(found, batch)
    }

    private typealias SampledRow = (index: Int, bytes: Range<Int>)

    private static let mostFoundRows = 1 << 16

    private mutating func addToSample(_ found: [SampledRow], _ batch: borrowing RowBatch) {
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

    /// The offset in the file where a row begins, or where the rows end.
    ///
    /// - Parameter plain: as `RowBatch.plainOffset` is, which is asked for once.
    @inline(__always)
    private static func start(_ row: Int, in batch: borrowing RowBatch, _ plain: Int?) -> Int {
        let position = row == batch.rowCount ? batch.bytes.count : batch.start(ofField: batch.fields(ofRow: row).lowerBound)
        if let plain { return plain &+ position }
        return batch.streamOffset(ofPosition: position)
    }

    /// The rows of a batch that are sampled at a level, with their offsets in the file: few of them.
    private static func rows(of batch: borrowing RowBatch, _ bytes: Range<Int>, level: Int, _ plain: Int?) -> [SampledRow] {
        var found: [SampledRow] = []
        var offset = ((bytes.lowerBound + (1 << level) - 1) >> level) << level
        var next = (row: 0, start: bytes.lowerBound)
        while offset < bytes.upperBound {
            // The last row that begins there or before is looked for where it would be if all were of one length, and from there in steps that double.
            // The search is written here, as it is most of what a sparse sample takes.
            var (first, end, step) = (next.row, batch.rowCount, 1)
            var probe = min(first &+ (offset &- next.start) &* batch.rowCount / bytes.count, end &- 1)
            while first &+ 1 < end {
                let isBefore = start(probe, in: batch, plain) <= offset
                if isBefore { first = probe } else { end = probe }
                probe = isBefore ? first &+ step : end &- step
                if probe <= first || probe >= end { probe = first &+ (end &- first) / 2 }
                step &*= 2
            }
            let range = start(first, in: batch, plain)..<start(first + 1, in: batch, plain)
            found.append((first, range))
            next = (first + 1, range.upperBound)
            offset = ((range.upperBound + (1 << level) - 1) >> level) << level
        }
        return found
    }

    private static func field(_ row: Int, _ column: Int, in batch: borrowing RowBatch, isSteady: Bool) -> Int? {
        let fields = batch.fields(ofRow: row)
        let count = isSteady ? fields.count : batch.steadyFieldCount(ofRow: row)
        return column < count ? fields.lowerBound + column : nil
    }
}

extension SliceCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&sample)
        coder(&texts)
        coder(&owners)
        if owners.count > Self.mostFinders || owners.contains(where: { !plan.columns.indices.contains($0) }) {
            coder.fail()
            owners = []
        }
        if coder.isReading {
            finders = owners.map { SliceFinder(otherCount: others.count, own: ownPlaces[$0]) }
            for (number, column) in owners.enumerated() { finderNumbers[column] = Int32(number) }
            if finders.count == Self.mostFinders, let index = owners.indices.max(by: { owners[$0] < owners[$1] }) {
                last = (owners[index], index)
            }
        }
        coder.each(&finders)
        let known = 0..<texts.entries.count
        if finders.contains(where: { $0.values.joined().contains { !known.contains(Int($0.value)) } }) { coder.fail() }
    }
}
