import CSVTokenizer

/// NUL bytes and ill-formed sequences in the fields of a batch, counted by column: a file may have one in each field.
///
/// Fields of the columns after ``FindingLog/mostColumns`` and fields without a column are counted together, as they are in findings.
struct BatchFaults {
    enum Kind { case illFormed, nul }

    struct Count {
        fileprivate(set) var count = 0
        /// Rows with one, and the index of the last of them.
        fileprivate(set) var rowCount = 0
        fileprivate(set) var lastRow = -1

        @inline(__always)
        fileprivate mutating func add(_ more: Int, row: Int) {
            count &+= more
            if row != lastRow { rowCount &+= 1 }
            lastRow = row
        }
    }

    struct Column {
        /// How the ill-formed sequences are ill-formed.
        fileprivate(set) var kinds = IllFormed()
        fileprivate var illFormed = Count()
        fileprivate var nul = Count()

        subscript(kind: Kind) -> Count { kind == .nul ? nul : illFormed }
    }

    /// Of the fields that are counted together.
    struct Together {
        fileprivate(set) var columns = ColumnSet()
        fileprivate(set) var hasUnnamed = false
    }

    /// The fields with a fault.
    private(set) var fields = BitSet()
    /// By column with faults; 0 means those that are counted together.
    private(set) var columns: [Column] = []
    /// What has been counted in which column, in the order of the first faults.
    private(set) var found: [(column: Int, kind: Kind)] = []
    private(set) var illFormedTogether = Together()
    private(set) var nulTogether = Together()
    /// Rows with an ill-formed sequence.
    private(set) var illFormedRowCount = 0
    private var lastIllFormedRow = -1
    /// Well-formed characters of several bytes in fields that have ill-formed text as well.
    private(set) var multibyteCount = 0

    var isEmpty: Bool { found.isEmpty }

    mutating func removeAll() {
        fields.removeAll()
        if found.isEmpty { return }
        for (column, _) in found { columns[column] = Column() }
        found.removeAll(keepingCapacity: true)
        (illFormedTogether, nulTogether) = (Together(), Together())
        (illFormedRowCount, lastIllFormedRow, multibyteCount) = (0, -1, 0)
    }

    /// Adds the faults of a field. Fields come in the order of the batch.
    ///
    /// - Parameter column: counted from 1; `nil` for a field without one.
    mutating func add(_ faults: FieldFaults, field: Int, row: Int, column: Int?) {
        fields.insert(field)
        if faults.invalidCount > 0 { multibyteCount &+= faults.multibyteCount }
        add(faults, row: row, column: column)
    }

    /// Adds the faults of the fields of a row that are known only by their sum.
    mutating func add(missing faults: FieldFaults, row: Int) {
        add(faults, row: row, column: nil)
    }

    private mutating func add(_ faults: FieldFaults, row: Int, column: Int?) {
        let slot = column.map { $0 <= FindingLog.mostColumns ? $0 : 0 } ?? 0
        while columns.count <= slot { columns.append(Column()) }
        if faults.invalidCount > 0 {
            if row != lastIllFormedRow { illFormedRowCount &+= 1 }
            lastIllFormedRow = row
            if columns[slot].illFormed.count == 0 { found.append((slot, .illFormed)) }
            columns[slot].kinds.add(faults.illFormed)
            columns[slot].illFormed.add(faults.invalidCount, row: row)
            if slot == 0 { Self.cover(column, &illFormedTogether) }
        }
        if faults.nulCount > 0 {
            if columns[slot].nul.count == 0 { found.append((slot, .nul)) }
            columns[slot].nul.add(faults.nulCount, row: row)
            if slot == 0 { Self.cover(column, &nulTogether) }
        }
    }

    private static func cover(_ column: Int?, _ together: inout Together) {
        if let column { together.columns.insert(column) } else { together.hasUnnamed = true }
    }
}
