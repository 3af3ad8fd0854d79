import CSVScan

/// How often each shape of value occurs in the columns of a file, and what is asked of each.
///
/// Memory: ``mostShapes`` shapes with a value each. A value of a further shape is put to every question at once and not kept: the counts stay
/// exact, but what such values suggest is not tried.
struct ColumnShapes {
    /// In all columns, and in one: more is text.
    private static let mostShapes = 1 << 14
    private static let mostShapesOfColumn = 1 << 9

    /// Of one shape.
    private struct Shape {
        var count = 0
        let verdict: Verdict
        let evidence: OtherReading.Evidence
    }

    /// Of one column.
    struct Column {
        let plan: ColumnPlan.Column
        let reading: OtherReading?
        fileprivate var shapeCount = 0
        /// The values whose shape was not kept: how many fail, and how many of them would fail with each of the usual changes.
        fileprivate(set) var others = Bounds.zero
        fileprivate(set) var otherChanges: [(change: SettingChange, cells: Bounds)]?
        fileprivate(set) var ways = Ways()
    }

    /// How the values of a column can be read.
    struct Ways {
        /// Both ways; as the profile says only; the other way only.
        fileprivate(set) var both = 0
        fileprivate(set) var own = 0
        fileprivate(set) var other = 0
        /// The first values that can be read both ways.
        fileprivate(set) var examples: [Finding.Example] = []
        /// The first value of the last kind.
        fileprivate(set) var otherValue: [UInt8]?
    }

    private(set) var columns: [Column]
    private var table = TextTable()
    private var shapes: [Shape] = []
    private let layout: FileLayout

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        columns = plan.columns.map { Column(plan: $0, reading: OtherReading($0.profile)) }
    }

    /// Adds what a batch has, in the order of the file.
    mutating func add(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        var lines = LineCursor()
        for (index, tally) in judgement.shapes.tallies.enumerated() where tally.count > 0 {
            let found = judgement.shapes.table.entries[index]
            let evidence = add(tally.count, found, judgement.shapes.table, index)
            if evidence == .both { keepExamples(of: tally, column: found.column, batch, judgement, lines: &lines) }
        }
    }

    private mutating func add(_ count: Int, _ found: TextTable.Entry, _ other: TextTable, _ index: Int) -> OtherReading.Evidence {
        let shape = other.text(of: index)
        if let known = table.find(shape, hash: found.hash, column: found.column) {
            shapes[known].count += count
            note(shapes[known].evidence, count: count, column: found.column, value: [])
            return shapes[known].evidence
        }
        let value = other.companion(of: index)
        let column = columns[found.column]
        let (verdict, evidence) = value.withUnsafeBytes { text in
            (column.plan.rule.judge(text).verdict, column.reading?.evidence(of: text) ?? .none)
        }
        note(evidence, count: count, column: found.column, value: value)
        if column.shapeCount < Self.mostShapesOfColumn, table.entries.count < Self.mostShapes {
            _ = table.insert(shape, hash: found.hash, column: found.column, companion: value)
            shapes.append(Shape(count: count, verdict: verdict, evidence: evidence))
            columns[found.column].shapeCount += 1
        } else {
            addOther(value, verdict, count: count, column: found.column)
        }
        return evidence
    }

    private mutating func addOther(_ value: ArraySlice<UInt8>, _ verdict: Verdict, count: Int, column: Int) {
        columns[column].others.add(verdict, count: count)
        var changes = columns[column].otherChanges ?? SettingChanges.usual(for: columns[column].plan.profile).map { ($0, .zero) }
        value.withUnsafeBytes { text in
            for index in changes.indices { changes[index].cells.add(changes[index].change.rule.judge(text).verdict, count: count) }
        }
        columns[column].otherChanges = changes
    }

    private mutating func note(_ evidence: OtherReading.Evidence, count: Int, column: Int, value: ArraySlice<UInt8>) {
        switch evidence {
        case .both: columns[column].ways.both += count
        case .own: columns[column].ways.own += count
        case .other:
            columns[column].ways.other += count
            if columns[column].ways.otherValue == nil { columns[column].ways.otherValue = Array(value) }
        case .none: break
        }
    }

    /// Of several shapes with places in one batch the first places count.
    private mutating func keepExamples(
        of tally: BatchShapes.Tally, column: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, lines: inout LineCursor
    ) {
        var next = tally.firstPlace
        let number = columns[column].plan.number
        while next >= 0 {
            let place = judgement.shapes.places[Int(next)]
            next = place.next
            let (row, field) = (Int(place.row), Int(place.field))
            let offset = batch.streamOffset(ofPosition: batch.range(ofField: field).lowerBound)
            let examples = columns[column].ways.examples
            if examples.count == layout.samples, examples.last.map({ $0.place.byteOffset <= offset }) ?? true { return }
            let example = Finding.Example(
                field: field, ofRow: row, number: judgement.rows.number(of: row), in: batch, column: number, lines: &lines,
                quote: layout.quote)
            let position = examples.partitionPoint { $0.place.byteOffset < offset }
            columns[column].ways.examples.insert(example, at: position)
            if examples.count == layout.samples { columns[column].ways.examples.removeLast() }
        }
    }

    // MARK: Answers

    /// What single settings would make of the columns that have values which fail or may fail.
    ///
    /// - Parameter defaults: of the profile, for the lines to paste.
    func advice(defaults: ColumnDefaults) -> [ColumnAdvice] {
        var shapesByColumn: [[Int]] = Array(repeating: [], count: columns.count)
        for (index, entry) in table.entries.enumerated() { shapesByColumn[entry.column].append(index) }
        return columns.indices.compactMap { advice(column: $0, shapesByColumn[$0], defaults: defaults) }
    }

    private func advice(column index: Int, _ own: [Int], defaults: ColumnDefaults) -> ColumnAdvice? {
        let column = columns[index]
        var cells = column.others
        for shape in own { cells.add(shapes[shape].verdict, count: shapes[shape].count) }
        guard cells.max > 0, column.plan.rule.skipReasonOfFailure != nil else { return nil }
        var settings: [ColumnAdvice.Setting] = []
        func tryOut(_ change: SettingChange, others: Bounds) {
            var left = others
            for shape in own {
                let verdict = table.companion(of: shape).withUnsafeBytes { change.rule.judge($0).verdict }
                left.add(verdict, count: shapes[shape].count)
                if left.max >= cells.max { return }
            }
            guard left.max < cells.max else { return }
            settings.append(
                ColumnAdvice.Setting(
                    words: change.words, profileLine: ProfileWriter.columnLine(for: change.column, defaults: defaults), cells: left))
        }
        if let changes = column.otherChanges {
            for (change, others) in changes { tryOut(change, others: others) }
        } else {
            let profile = column.plan.profile
            for change in SettingChanges.usual(for: profile)
                + SettingChanges.suggested(for: profile, by: failing(own).map { table.companion(of: $0) })
            {
                tryOut(change, others: .zero)
            }
        }
        let best = settings.enumerated().sorted {
            ($0.element.cells.max, $0.element.cells.min, $0.offset) < ($1.element.cells.max, $1.element.cells.min, $1.offset)
        }
        var advice = ColumnAdvice(
            column: layout.reference(column.plan.number), cells: cells,
            settings: best.prefix(ColumnAdvice.mostSettings).map(\.element))
        advice.shapes = failingShapes(own)
        advice.otherShapes = cells.max - advice.shapes.reduce(0) { $0 + $1.count }
        return advice
    }

    /// What values that fail look like: shapes that differ only in how many digits stand together are one.
    private func failingShapes(_ own: [Int]) -> [ColumnAdvice.Shape] {
        var places: [[UInt8]: Int] = [:]
        var found: [ColumnAdvice.Shape] = []
        for shape in failing(own) {
            let key = Self.squeezed(table.text(of: shape))
            if let place = places[key] {
                found[place].count += shapes[shape].count
            } else {
                places[key] = found.count
                let value = table.companion(of: shape)
                found.append(
                    ColumnAdvice.Shape(
                        text: VisibleText(value.map { ASCIIWords.isDigit($0) ? UInt8(ascii: "9") : $0 }, limit: 40),
                        value: VisibleText(Array(value), limit: 40),
                        count: shapes[shape].count))
            }
        }
        // Stable: among equals the first comes first.
        let sorted = found.enumerated().sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
        return sorted.prefix(ColumnAdvice.mostShapes).map(\.element)
    }

    /// A shape with one digit for each run of them, without what the calendar says.
    private static func squeezed(_ shape: ArraySlice<UInt8>) -> [UInt8] {
        var squeezed: [UInt8] = []
        for byte in shape.prefix(while: { $0 != UInt8(ascii: "|") }) {
            let digit = UInt8(ascii: "9")
            if !ASCIIWords.isDigit(byte) { squeezed.append(byte) } else if squeezed.last != digit { squeezed.append(digit) }
        }
        return squeezed
    }

    /// The shapes that fail or may fail, the most frequent first.
    private func failing(_ own: [Int]) -> [Int] {
        own.filter { shapes[$0].verdict == .fails || shapes[$0].verdict == .doubtful }
            .sorted { (-shapes[$0].count, $0) < (-shapes[$1].count, $1) }
    }
}

extension Bounds {
    /// Counts cells with a verdict: those that fail in both bounds, those that may in the upper one.
    fileprivate mutating func add(_ verdict: Verdict, count: Int) {
        switch verdict {
        case .parses, .empty: break
        case .doubtful: max += count
        case .fails:
            min += count
            max += count
        }
    }
}
