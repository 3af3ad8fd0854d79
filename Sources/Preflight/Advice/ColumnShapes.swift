import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// How often each mask of values occurs in the columns of a file, and how the values can be read.
///
/// All counts are exact. Masks are kept as long as a column has no more of them than its ``MaskBudget``, and none after that: what is kept does
/// not depend on the order in which masks come, and two of these can be added.
struct ColumnShapes {
    /// Values that a setting judges alike.
    struct Mask {
        /// The text that they share; empty for the plain kinds, which parse.
        let text: ArraySlice<UInt8>
        /// The first of them in the file; for the plain kinds any.
        let value: ArraySlice<UInt8>
        let verdict: Verdict
        let count: Int
    }

    /// Values that look alike and do not parse.
    struct Look {
        /// Their digits are 9; the items of a dimension have their own.
        let text: ArraySlice<UInt8>
        /// The first of them in the file.
        let value: ArraySlice<UInt8>
        let count: Int
    }

    /// Of one column.
    struct Column {
        /// Cells that fail, and those that may fail with them.
        fileprivate(set) var cells = Bounds.zero
        fileprivate(set) var ways = Ways()
        fileprivate var plain = (0, 0, 0)
        fileprivate var masks = MaskCounts()
        /// Whether it has more masks than are kept, of the values that parse and of the others.
        fileprivate(set) var isCut = MaskCounts.Cut()
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

    let layout: FileLayout
    let plan: ColumnPlan
    /// By column of the plan.
    private(set) var columns: [Column]
    private let budget: MaskBudget
    /// By ``MaskKey``.
    private var table: TextTable
    private var counts: [Int] = []

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        self.plan = plan
        columns = Array(repeating: Column(), count: plan.columns.count)
        budget = MaskBudget(columnCount: plan.columns.count)
        table = TextTable(hash: plan.hash)
    }

    /// Adds what a batch has, in the order of the file.
    mutating func add(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) {
        let shapes = judgement.shapes
        var lines = LineCursor()
        for column in shapes.listed {
            add(shapes.columns[column], to: column)
            keepExamples(shapes.fields(ofColumn: column), column: column, batch, judgement, lines: &lines)
        }
        for value in shapes.otherValues where columns[value.column].ways.otherValue == nil {
            columns[value.column].ways.otherValue = value.bytes
        }
        for (index, count) in shapes.counts.enumerated() where count > 0 { add(Int(count), mask: index, of: shapes.table) }
    }

    private mutating func add(_ found: BatchShapes.Column, to column: Int) {
        columns[column].cells.min += Int(found.fails)
        columns[column].cells.max += Int(found.mayFail)
        columns[column].ways.both += Int(found.both)
        columns[column].ways.own += Int(found.own)
        columns[column].ways.other += Int(found.other)
        columns[column].plain.0 += Int(found.plain.0)
        columns[column].plain.1 += Int(found.plain.1)
        columns[column].plain.2 += Int(found.plain.2)
    }

    private mutating func add(_ count: Int, mask index: Int, of other: TextTable) {
        let key = MaskKey(number: other.entries[index].column)
        other.withText(of: index) { mask, value in
            addMask(count, ValueMask.judged(of: mask), of: key, value)
            guard key.verdict != .parses, !columns[key.column].isCut.looks else { return }
            guard let look = ValueMask.look(of: mask) else { return columns[key.column].isCut.looks = true }
            addLook(count, look, of: .looks(key.column), value)
        }
    }

    private mutating func addMask(_ count: Int, _ mask: Span<UInt8>, of key: MaskKey, _ value: Span<UInt8>) {
        let column = key.column
        guard !columns[column].isCut.contains(key.verdict), !add(count, mask, of: key, value) else { return }
        columns[column].masks.add(key.verdict)
        if columns[column].masks.count(key.verdict) > budget.masks(ofColumn: column) { columns[column].isCut.insert(key.verdict) }
    }

    private mutating func addLook(_ count: Int, _ look: Span<UInt8>, of key: MaskKey, _ value: Span<UInt8>) {
        let column = key.column
        guard !columns[column].isCut.looks, !add(count, look, of: key, value) else { return }
        columns[column].masks.addLook()
        if Int(columns[column].masks.looks) > budget.masks(ofColumn: column) { columns[column].isCut.looks = true }
    }

    /// - Returns: whether the mask was there before.
    private mutating func add(_ count: Int, _ mask: Span<UInt8>, of key: MaskKey, _ value: Span<UInt8>) -> Bool {
        let hash = table.hash(of: mask, column: key.number)
        if let known = table.find(mask, hash: hash, column: key.number) {
            counts[known] += count
            return true
        }
        _ = table.insert(mask, hash: hash, column: key.number, companion: value)
        counts.append(count)
        return false
    }

    private mutating func keepExamples(
        _ fields: [BatchShapes.Field], column: Int, _ batch: borrowing RowBatch, _ judgement: BatchJudgement, lines: inout LineCursor
    ) {
        for field in fields where columns[column].ways.examples.count < layout.samples {
            let row = Int(field.row)
            columns[column].ways.examples.append(
                Finding.Example(
                    field: Int(field.field), ofRow: row, number: judgement.rows.number(of: row), in: batch,
                    column: plan.columns[column].number, lines: &lines, quote: layout.quote))
        }
    }

    /// Adds what the range right after this one has.
    mutating func merge(_ later: ColumnShapes, at joint: Joint) {
        for column in columns.indices { columns[column].merge(later.columns[column], samples: layout.samples, at: joint) }
        for (index, count) in later.counts.enumerated() {
            let key = MaskKey(number: later.table.entries[index].column)
            later.table.withText(of: index) { text, value in
                if key.isLooks { addLook(count, text, of: key, value) } else { addMask(count, text, of: key, value) }
            }
        }
    }

    // MARK: What was counted

    /// By column, the masks that were kept of it, those of the plain kinds first, then in the order in which they came. Where
    /// ``Column/isCut`` says so, there are more.
    func masksByColumn() -> [[Mask]] {
        var masks = columns.indices.map(plainMasks)
        for (index, entry) in table.entries.enumerated() {
            let key = MaskKey(number: entry.column)
            if key.isLooks || columns[key.column].isCut.contains(key.verdict) { continue }
            masks[key.column].append(
                Mask(text: table.text(of: index), value: table.companion(of: index), verdict: key.verdict, count: counts[index]))
        }
        return masks
    }

    /// By column, what the values that fail or may fail look like, in the order in which they came. Where the cut of ``Column/isCut`` says so,
    /// there are more.
    func looksByColumn() -> [[Look]] {
        var looks: [[Look]] = Array(repeating: [], count: columns.count)
        for (index, entry) in table.entries.enumerated() {
            let key = MaskKey(number: entry.column)
            if !key.isLooks || columns[key.column].isCut.looks { continue }
            looks[key.column].append(Look(text: table.text(of: index), value: table.companion(of: index), count: counts[index]))
        }
        return looks
    }

    private func plainMasks(ofColumn column: Int) -> [Mask] {
        guard let plain = plan.columns[column].settings.plain else { return [] }
        let counts = columns[column].plain
        return zip([counts.0, counts.1, counts.2], plain.samples).compactMap { count, sample in
            count == 0 ? nil : Mask(text: [], value: sample[...], verdict: .parses, count: count)
        }
    }
}

extension ColumnShapes.Column {
    /// Adds all but the masks.
    fileprivate mutating func merge(_ later: ColumnShapes.Column, samples: Int, at joint: Joint) {
        cells.min += later.cells.min
        cells.max += later.cells.max
        plain = (plain.0 + later.plain.0, plain.1 + later.plain.1, plain.2 + later.plain.2)
        ways.merge(later.ways, samples: samples, at: joint)
        // Of a column that is cut not all masks are known.
        isCut.formUnion(later.isCut)
    }
}

extension ColumnShapes.Ways {
    fileprivate mutating func merge(_ later: ColumnShapes.Ways, samples: Int, at joint: Joint) {
        both += later.both
        own += later.own
        other += later.other
        examples.append(later.examples, upTo: samples, at: joint)
        otherValue = otherValue ?? later.otherValue
    }
}

extension ColumnShapes: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&columns)
        coder(&table)
        coder(&counts)
        let keys = 0..<(MaskKey(columns.count, .parses).number)
        if counts.count != table.entries.count || table.entries.contains(where: { !keys.contains($0.column) }) { coder.fail() }
    }
}

extension ColumnShapes.Column: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&cells)
        coder(&ways.both)
        coder(&ways.own)
        coder(&ways.other)
        coder(&ways.examples)
        coder(&ways.otherValue)
        coder(&plain.0)
        coder(&plain.1)
        coder(&plain.2)
        coder(&masks)
        coder(&isCut)
    }
}
