import ByteSources
import ByteSpans
internal import CSVKernels
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Judges the rows of a batch: a function of the batch and of what the whole file is judged against, so batches can be judged in any order.
///
/// It decides what counts as a data row, which values are not plainly right, and, without a profile, what the columns hold. It says nothing:
/// see ``BatchJudgement``.
struct RowJudge: ~Copyable {
    let layout: FileLayout
    let plan: ColumnPlan
    let kernel: Kernel
    let decoder: FieldDecoder
    /// By column of the plan.
    let rules: [ValueRule]
    // Of the columns of the plan, asked for each value that is looked at closely.
    let maskForms: [ValueMask.Form?]
    let readings: [AlternativeFormat?]
    let likenesses: [ValueRule.Likeness]
    let haveOutlines: [Bool]
    var recent: RecentJudgements
    let recentFormats = RecentFormats()
    let dateKeys = RecentDateKeys()
    var recentDates = RecentDates()
    var shape = ValueMask()
    /// How the value was counted whose mask was written last.
    var lastMasked = Masked()
    var recentMasks = RecentMasks()
    /// Counts the batches: what is remembered of an earlier one does not hold for the next.
    private(set) var batchNumber: UInt32 = 0
    /// Fields of the batch that another finding names already: their text is in doubt, and they block anyway.
    private(set) var doubted = BitSet()
    /// What the kernels write for a tile of rows.
    var failures = Block<UInt32>(repeating: 0, count: Self.mostTileRows)
    var forms = Block<UInt8>(repeating: 0, count: Self.mostTileRows)
    // By form of a column of the tile: how often it occurs, and its entry in the evidence.
    var formCounts = Block<UInt32>(repeating: 0, count: Int(CSV_FORM_COUNT.rawValue))
    var formEntries = Block<Int32>(repeating: -1, count: Int(CSV_FORM_COUNT.rawValue))
    var numberColumns: NumberColumns?
    var formColumns = FormColumns()
    private var fieldBits: FieldBits? = FieldBits()
    var tileNotes = TileNotes()
    private var gathered: GatheredRows?
    /// By step, whether most values of its last tile were wrong: then a kernel would say no more of the next one.
    var areMostlyWrong: [Bool]
    let isoDate = DateShape(.iso)?.shape
    /// Rows of the batch that are not judged: the header, blank and ragged ones.
    private var unjudged = BitSet()
    /// Rows that the quick tests do not judge: those, and a first row that is not completely in memory. Blank rows
    /// of a file with one column are left out by field: see `leaveOutFields`.
    private(set) var special = BitSet()
    /// Whether all rows are judged field by field: very wide or very long rows are not completely in memory, and the quick tests need a kernel.
    private var goesByField = false

    init(layout: FileLayout, plan: ColumnPlan, kernel: Kernel) {
        self.layout = layout
        self.plan = plan
        self.kernel = kernel
        decoder = FieldDecoder(quote: layout.quote)
        rules = plan.columns.map { $0.rule }
        maskForms = plan.columns.map { $0.maskForm }
        readings = plan.columns.map { $0.settings.reading }
        likenesses = rules.map { $0.likeness }
        numberColumns = layout.rules == nil ? nil : NumberColumns(plan, width: layout.width, kernel: kernel)
        haveOutlines = rules.map(\.judgesByOutline)
        areMostlyWrong = Array(repeating: false, count: plan.steps.count)
        recent = RecentJudgements(columnCount: plan.columns.count)
    }

    /// Rows that are judged column by column before the next ones are: about as many as the first-level cache holds.
    static let tileByteCount = 16 << 10
    static let mostTileRows = 1 << 10

    static func tileRowCount(in batch: borrowing RowBatch) -> Int {
        let rowByteCount = max(1, batch.bytes.count / max(1, batch.rowCount))
        return min(max(16, tileByteCount / rowByteCount), mostTileRows)
    }

    /// - Parameter header: index of the header, if it is in this batch.
    mutating func judge(_ batch: inout RowBatch, header: Int?, into judgement: inout BatchJudgement) {
        var memory = judgement.takeMemory()
        memory.values.shapes.begin(columnCount: plan.columns.count, samples: layout.samples, hash: plan.hash)
        if layout.rules == nil {
            memory.values.evidence.begin(columnCount: min(layout.width, BatchEvidence.mostColumns), samples: layout.samples)
        }
        batchNumber &+= 1
        recentDates.begin()
        memory.rows.count = batch.rowCount
        memory.rows.header = header
        var numbers = fieldBits.take() ?? FieldBits()
        let haveNumbers = findNumbers(batch, into: &numbers)
        if batch.rowCount == 0 || haveNumbers && isPlainlyNumbers(&batch, &numbers, header: header, into: &memory.values.shapes) {
            fieldBits = consume numbers
            // There is no row; or no row is blank or ragged, no byte ill-formed, odd or part of a mark, and no value is wrong: each field is a number.
            judgement.state(
                rows: memory.rows, faults: memory.faults, markedFields: BitSet(), oddText: OddText(), quoteCauses: QuoteCauses(),
                repeatedHeaders: RepeatedHeaders(), keys: memory.keys, values: memory.values,
                paths: batch.rowCount == 0 ? [] : .plainNumbers)
            return
        }
        batch.makeIndex()
        classify(batch, &memory.rows)
        countFaults(batch, into: &memory.faults)
        findOddText(batch, &memory)
        doubted.removeAll()
        batch.addFieldsWithAnomaly(to: &doubted)
        doubted.formUnion(memory.faults.fields)
        chooseRows(batch, memory.rows)
        memory.quoteCauses.find(in: batch, dialect: layout.dialect)
        findRepeatedHeaders(batch, &memory.rows, markedFields: memory.markedFields, unjudged: unjudged, into: &memory.repeatedHeaders)
        readKeys(batch, memory.rows, into: &memory.keys)
        let paths = judgeRows(batch, memory.rows, &numbers, areKnown: haveNumbers, into: &memory.values)
        fieldBits = consume numbers
        judgement.state(
            rows: memory.rows, faults: memory.faults, markedFields: memory.markedFields, oddText: memory.oddText,
            quoteCauses: memory.quoteCauses,
            repeatedHeaders: memory.repeatedHeaders, keys: memory.keys, values: memory.values, paths: paths)
    }

    /// What was found of the fields of the last batch; it has to be put back.
    mutating func takeFieldBits() -> FieldBits? { fieldBits.take() }

    mutating func putBack(_ found: consuming FieldBits) { fieldBits = consume found }

    private func findOddText(_ batch: borrowing RowBatch, _ memory: inout BatchMemory) {
        batch.addFieldsWithMark(quote: layout.quote, to: &memory.markedFields, replaced: &memory.oddText.replaced)
        batch.addFieldsThatMayBeEncodedTwice(to: &memory.oddText.encodedTwice)
        batch.addFieldsWithControl(to: &memory.oddText.controls)
    }

    /// Judges the values of the rows that were chosen.
    ///
    /// - Parameter areKnown: whether it is known which fields are numbers.
    private mutating func judgeRows(
        _ batch: borrowing RowBatch, _ rows: BatchRows, _ numbers: inout FieldBits, areKnown: Bool, into values: inout BatchValues
    ) -> JudgingPaths {
        var paths = paths(batch)
        // The slow rows come first, so that the first places are the first.
        for row in 0..<(goesByField ? batch.rowCount : min(batch.rowCount, special.contains(0) ? 1 : 0)) where !unjudged.contains(row) {
            if layout.rules == nil {
                collectEvidence(batch, row: row, into: &values.evidence)
            } else {
                judge(row: row, of: batch, into: &values)
            }
        }
        defer { countRecent(in: &values.shapes) }
        if goesByField { return paths }
        if layout.width == 1, !rows.blank.isEmpty { leaveOutFields(ofRows: rows.blank, batch) }
        if areKnown { choose(&numbers, batch, columnCount: values.evidence.heads.count) }
        var tiles = RowTiles(
            special.gaps(below: batch.rowCount), most: Self.tileRowCount(in: batch), width: layout.width, doubted: doubted,
            gathered: takeGathered(batch))
        while tiles.moveOn(in: batch) {
            let tile = tiles.tile(in: batch)
            if layout.rules == nil {
                collectEvidence(batch, tile, into: &values.evidence)
            } else {
                tileNotes.begin(tile.fields)
                if areKnown { judgeNumberFaults(numbers, batch, tile, into: &values.shapes) }
                judgeValues(batch, tile, areNumbersKnown: areKnown, into: &values)
            }
        }
        if areKnown { paths.insert(layout.rules == nil ? .formBits : .numberBits) }
        if areKnown, layout.rules == nil {
            enterForms(numbers, batch, into: &values.evidence)
        } else if areKnown {
            countNumbers(numbers, rowCount: batch.rowCount, into: &values.shapes)
        }
        paths.formUnion(tiles.paths)
        if let used = tiles.takeGathered() { gathered = consume used }
        return paths
    }

    /// Chooses the columns that are told by the bits of their fields.
    private mutating func choose(_ found: inout FieldBits, _ batch: borrowing RowBatch, columnCount: Int) {
        if layout.rules == nil {
            chooseForms(&found, batch, columnCount: columnCount, leavingOut: special)
        } else {
            chooseNumbers(&found, batch, leavingOut: special)
        }
    }

    /// Where short stretches of rows are collected; `nil` in a batch of rows of one width.
    private mutating func takeGathered(_ batch: borrowing RowBatch) -> GatheredRows? {
        guard batch.uniformWidth == 0, layout.width <= GatheredRows.mostFields else { return nil }
        return gathered.take() ?? GatheredRows(width: layout.width, mostRows: Self.mostTileRows)
    }

    /// Blank lines among rows of one column are not judged one stretch after the other: their fields are left out as those in doubt are.
    private mutating func leaveOutFields(ofRows blank: BitSet, _ batch: borrowing RowBatch) {
        if batch.uniformWidth == 1 { return doubted.formUnion(blank) }
        var fields = BitSet()
        for row in blank { fields.insert(batch.fields(ofRow: row).lowerBound) }
        doubted.formUnion(fields)
    }

    private func paths(_ batch: borrowing RowBatch) -> JudgingPaths {
        var paths: JudgingPaths = batch.uniformWidth > 0 ? .evenRows : .unevenRows
        if goesByField || batch.isThinned { paths.insert(.singleRows) }
        if layout.rules == nil { paths.insert(.evidence) }
        if !layout.keys.isEmpty { paths.insert(.keys) }
        if batch.isThinned { paths.insert(.thinned) }
        if !doubted.isEmpty { paths.insert(.doubted) }
        return paths
    }

    private func classify(_ batch: borrowing RowBatch, _ rows: inout BatchRows) {
        if batch.uniformWidth != layout.width || layout.width == 1 {
            batch.classifyRows(width: layout.width, header: rows.header, blank: &rows.blank, ragged: &rows.ragged)
        }
        if hasAllFields(batch) { return }
        for row in 0..<batch.rowCount where row != rows.header && !rows.blank.contains(row) && !rows.ragged.contains(row) {
            if batch.steadyFieldCount(ofRow: row) < layout.width { rows.cut.insert(row) }
        }
    }

    /// Whether certainly all fields of all rows are in memory.
    private func hasAllFields(_ batch: borrowing RowBatch) -> Bool {
        layout.width <= batch.limits.fields && batch.bytes.count <= batch.limits.headBytes && batch.missingFieldsCharacters == nil
    }

    private mutating func chooseRows(_ batch: borrowing RowBatch, _ rows: BatchRows) {
        unjudged.removeAll()
        if let header = rows.header { unjudged.insert(header) }
        unjudged.formUnion(rows.ragged)
        special = unjudged
        unjudged.formUnion(rows.blank)
        // See `leaveOutFields`.
        if layout.width > 1 { special = unjudged }
        if batch.isThinned, !special.contains(0) {
            var first = BitSet()
            first.insert(0)
            special.formUnion(first)
        }
        goesByField = kernel == .scalar || !hasAllFields(batch)
    }
}
