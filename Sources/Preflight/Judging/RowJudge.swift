internal import CSVKernels
import CSVScan

/// Judges the rows of a batch: a function of the batch and of what the whole file is judged against, so batches can be judged in any order.
///
/// It decides what counts as a data row, which values are not plainly right, and, without a profile, what the columns hold. It says nothing:
/// see ``BatchJudgement``.
struct RowJudge: ~Copyable {
    let layout: FileLayout
    let plan: ColumnPlan
    let kernel: Kernel
    let decoder: FieldDecoder
    /// By column of the plan, in place: a copy of a rule would cost more than asking it.
    let rules: UnsafeMutablePointer<ValueRule>
    let recent = RecentJudgements()
    var shape = ValueShape()
    /// Counts the batches: what is remembered of an earlier one does not hold for the next.
    private(set) var batchNumber: UInt32 = 0
    /// Fields of the batch that another finding names already: their text is in doubt, and they block anyway. Ascending.
    private(set) var doubted: [Int] = []
    /// What the kernels write for a tile of rows.
    let failures: UnsafeMutablePointer<UInt32>
    let forms: UnsafeMutablePointer<UInt8>
    private var plainNumbers: PlainNumberCounts?
    /// Rows that are judged with the quick tests, one range of rows of equal width after the other; the others are judged field by field.
    private(set) var quickRows: [Range<Int>] = []
    private(set) var slowRows: [Int] = []

    init(layout: FileLayout, plan: ColumnPlan, kernel: Kernel) {
        self.layout = layout
        self.plan = plan
        self.kernel = kernel
        decoder = FieldDecoder(quote: layout.quote)
        rules = .allocate(capacity: plan.columns.count)
        for (index, column) in plan.columns.enumerated() { (rules + index).initialize(to: column.rule) }
        failures = .allocate(capacity: Self.mostTileRows)
        forms = .allocate(capacity: Self.mostTileRows)
    }

    deinit {
        rules.deinitialize(count: plan.columns.count)
        rules.deallocate()
        failures.deallocate()
        forms.deallocate()
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
        judgement.removeAll()
        judgement.shapes.samples = layout.samples
        batchNumber &+= 1
        judgement.rows.count = batch.rowCount
        judgement.rows.header = header
        if layout.rules == nil {
            judgement.evidence.begin(columnCount: min(layout.width, BatchEvidence.mostColumns), samples: layout.samples)
        }
        if batch.rowCount == 0 { return }
        if header == nil, layout.keys.isEmpty, isPlainlyNumbers(&batch, into: &judgement.shapes) { return }
        batch.makeIndex()
        classifyRows(batch, into: &judgement.rows)
        if batch.isSuspicious { judgement.faultyFields = batch.faultyFields() }
        judgement.markedFields = batch.fieldsWithMark(quote: layout.quote)
        judgement.repeatedHeaders = batch.rows(equalTo: layout.headerRow).filter { $0 != header }
        doubted = doubtedFields(batch, judgement)
        chooseRows(batch, judgement.rows, doubted: layout.rules == nil ? doubted : [])
        if layout.rules == nil {
            // In the order of the rows, so that the first places are the first.
            var rest = slowRows.sorted()[...]
            for rows in quickRows {
                while let row = rest.first, row < rows.lowerBound {
                    collectEvidence(batch, row: row, into: &judgement.evidence)
                    rest = rest.dropFirst()
                }
                collectEvidence(batch, rows: rows, into: &judgement.evidence)
            }
            for row in rest { collectEvidence(batch, row: row, into: &judgement.evidence) }
        } else {
            judgeValues(batch, into: &judgement)
        }
    }

    /// A batch in which each row has its width and each field is empty or a plain number, told without an index of the fields. Counts the
    /// shapes of the numbers.
    private mutating func isPlainlyNumbers(_ batch: inout RowBatch, into shapes: inout BatchShapes) -> Bool {
        guard let decimal = plan.plainDecimal, layout.width > 1, batch.anomalies.isEmpty, !batch.isSuspicious,
            batch.haveWidth(layout.width, kernel: kernel)
        else { return false }
        let numbers = plainNumbers ?? PlainNumberCounts(columnCount: layout.width)
        plainNumbers = numbers
        guard batch.countPlainNumbers(decimal: decimal, quote: layout.quote, kernel: kernel, into: numbers) else { return false }
        for column in 0..<layout.width {
            let counts = numbers.counts(ofColumn: column)
            let grouped = count(numbers: batch.rowCount - counts.empty, counts, decimal: decimal, judged: column, into: &shapes)
            guard grouped >= 0 else { continue }
            batch.makeIndex()
            findPlaces(of: grouped, batch, rows: 0..<batch.rowCount, column: column, judged: column, in: &shapes)
        }
        return true
    }

    private func classifyRows(_ batch: borrowing RowBatch, into rows: inout BatchRows) {
        if batch.uniformWidth == layout.width, layout.width > 1 { return }
        for row in 0..<batch.rowCount where row != rows.header {
            let fields = batch.fields(ofRow: row)
            if fields.count == 1, batch.byteCount(ofField: fields.lowerBound) == 0 {
                rows.blank.append(row)
            } else if batch.fieldCount(ofRow: row) != layout.width {
                rows.ragged.append(row)
            }
        }
    }

    private func doubtedFields(_ batch: borrowing RowBatch, _ judgement: BatchJudgement) -> [Int] {
        if batch.anomalies.isEmpty { return judgement.faultyFields }
        return (batch.anomalies.map(\.field) + judgement.faultyFields).sorted()
    }

    static func contains(_ sorted: [Int], _ number: Int) -> Bool {
        let place = sorted.partitionPoint { $0 < number }
        return place < sorted.count && sorted[place] == number
    }

    /// Parts the whole rows into those for the quick tests and those that have something special.
    private mutating func chooseRows(_ batch: borrowing RowBatch, _ rows: BatchRows, doubted: [Int]) {
        quickRows.removeAll(keepingCapacity: true)
        slowRows.removeAll(keepingCapacity: true)
        // Of very wide or very long rows not all fields are at hand; and the quick tests need a kernel.
        if kernel == .scalar || layout.width > batch.limits.fields || batch.bytes.count > batch.limits.headBytes {
            slowRows = (0..<batch.rowCount).filter {
                $0 != rows.header && !Self.contains(rows.blank, $0) && !Self.contains(rows.ragged, $0)
            }
            return
        }
        var special = rows.blank.isEmpty ? rows.ragged : (rows.blank + rows.ragged).sorted()
        if let header = rows.header { Self.insert(header, into: &special) }
        if batch.isThinned, Self.insert(0, into: &special) { slowRows.append(0) }
        for field in doubted {
            let row = batch.row(ofField: field)
            if Self.insert(row, into: &special) { slowRows.append(row) }
        }
        var start = 0
        for row in special {
            if row > start { quickRows.append(start..<row) }
            start = row + 1
        }
        if start < batch.rowCount { quickRows.append(start..<batch.rowCount) }
    }

    /// Returns whether the row was not in the list yet.
    @discardableResult
    private static func insert(_ row: Int, into sorted: inout [Int]) -> Bool {
        let place = sorted.last.map { $0 < row } ?? true ? sorted.count : sorted.partitionPoint { $0 < row }
        if place < sorted.count, sorted[place] == row { return false }
        sorted.insert(row, at: place)
        return true
    }
}
