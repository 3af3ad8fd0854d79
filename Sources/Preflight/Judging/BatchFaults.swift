import CSVTokenizer

/// NUL bytes and ill-formed sequences in the fields of a batch, counted by column: a file may have one in each field.
///
/// Fields of the columns after ``FindingLog/mostColumns`` and fields without a column are counted together, as they are in findings.
struct BatchFaults {
    enum Kind { case illFormed, nul }

    struct Count {
        var count = 0
        /// Rows with one, and the index of the last of them.
        var rowCount = 0
        var lastRow = -1

        @inline(__always)
        fileprivate mutating func add(row: Int) {
            if row != lastRow { rowCount &+= 1 }
            lastRow = row
        }
    }

    struct Column {
        fileprivate var faults = FieldFaults()
        // Their rows.
        fileprivate var illFormed = Count()
        fileprivate var nul = Count()

        /// How the ill-formed sequences are ill-formed.
        var kinds: IllFormed { faults.illFormed }

        subscript(kind: Kind) -> Count {
            var count = kind == .nul ? nul : illFormed
            count.count = kind == .nul ? faults.nulCount : faults.invalidCount
            return count
        }
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

    /// Counts the faults of a batch that may have some.
    ///
    /// - Parameter width: columns of the file.
    mutating func count(in batch: borrowing RowBatch, width: Int) {
        let slotCount = min(width, FindingLog.mostColumns) + 1
        while columns.count < slotCount { columns.append(Column()) }
        var columns: [Column] = []
        swap(&columns, &self.columns)
        var all = columns.mutableSpan
        countAll(in: batch, width: width, &all)
        swap(&columns, &self.columns)
    }

    private mutating func countAll(in batch: borrowing RowBatch, width: Int, _ columns: inout MutableSpan<Column>) {
        var position = 0
        var field = 0
        if batch.isThinned {
            // What was taken out of the first row is known by its scans only.
            let row = FaultyRow(0, width: width, batch)
            for field in row.fields {
                let scan = batch.characters(ofField: field)
                if scan.isClean { continue }
                fields.insert(field)
                add(row: 0, column: row.column(ofField: field), &columns) { $0.add(scan) }
            }
            if let missing = batch.missingFieldsCharacters {
                add(row: 0, column: nil, &columns, countsCharacters: false) { $0.add(missing) }
            }
            field = row.fields.upperBound
            position = batch.range(ofField: field - 1).upperBound
        }
        let byteCount = batch.bytes.count
        let stride = batch.isSteady ? batch.uniformWidth : 0
        var cursor = RowCursor()
        var (row, first, rowEnd) = (-1, 0, field)
        // From here on fields have no column.
        var namedEnd = 0
        // The bits of 64 fields.
        var (word, bits) = (0, UInt64(0))
        while case let fault = batch.firstFault(from: position), fault >= 0 {
            while batch.end(ofField: field) < fault { field &+= 1 }
            let start = batch.start(ofField: field)
            let end = min(batch.end(ofField: field), byteCount)
            // What ends a field is ASCII.
            position = end &+ 1
            if field >= rowEnd {
                if stride > 0 {
                    row = field / stride
                    (first, rowEnd) = (row &* stride, row &* stride &+ stride)
                    namedEnd = first &+ min(width, stride)
                } else {
                    row = cursor.row(of: field, in: batch)
                    let faulty = FaultyRow(row, width: width, batch)
                    (first, rowEnd, namedEnd) = (faulty.fields.lowerBound, faulty.fields.upperBound, faulty.namedEnd)
                }
            }
            if field / 64 != word {
                fields.insert(bits: bits, from: word &* 64)
                (word, bits) = (field / 64, 0)
            }
            bits |= 1 &<< UInt64(truncatingIfNeeded: field)
            if field < namedEnd, field &- first < FindingLog.mostColumns {
                add(row: row, slot: field &- first &+ 1, &columns) { batch.countFaults(from: start, to: end, into: &$0) }
            } else {
                let column = field < namedEnd ? field &- first &+ 1 : nil
                add(row: row, column: column, &columns) { batch.countFaults(from: start, to: end, into: &$0) }
            }
        }
        fields.insert(bits: bits, from: word * 64)
    }

    /// Adds what `count` adds to the faults of a column.
    ///
    /// - Parameters:
    ///   - column: counted from 1; `nil` for fields without one.
    ///   - countsCharacters: whether the faults are those of one field.
    @inline(__always)
    private mutating func add(
        row: Int, column number: Int?, _ columns: inout MutableSpan<Column>, countsCharacters: Bool = true,
        _ count: (inout FieldFaults) -> Void
    ) {
        let slot = number.map { $0 <= FindingLog.mostColumns ? $0 : 0 } ?? 0
        let (illFormed, nul) = add(row: row, slot: slot, &columns, countsCharacters: countsCharacters, count)
        guard slot == 0 else { return }
        if illFormed { Self.cover(number, &illFormedTogether) }
        if nul { Self.cover(number, &nulTogether) }
    }

    /// - Returns: whether there was an ill-formed sequence, and a NUL byte.
    @inline(__always) @discardableResult
    private mutating func add(
        row: Int, slot: Int, _ columns: inout MutableSpan<Column>, countsCharacters: Bool = true,
        _ count: (inout FieldFaults) -> Void
    ) -> (illFormed: Bool, nul: Bool) {
        let before = columns[slot].faults
        count(&columns[slot].faults)
        let isIllFormed = columns[slot].faults.invalidCount > before.invalidCount
        if isIllFormed {
            if before.invalidCount == 0 { found.append((slot, .illFormed)) }
            columns[slot].illFormed.add(row: row)
            if row != lastIllFormedRow { illFormedRowCount &+= 1 }
            lastIllFormedRow = row
            if countsCharacters { multibyteCount &+= columns[slot].faults.multibyteCount &- before.multibyteCount }
        }
        let hasNul = columns[slot].faults.nulCount > before.nulCount
        if hasNul {
            if before.nulCount == 0 { found.append((slot, .nul)) }
            columns[slot].nul.add(row: row)
        }
        return (isIllFormed, hasNul)
    }

    private static func cover(_ column: Int?, _ together: inout Together) {
        if let column { together.columns.insert(column) } else { together.hasUnnamed = true }
    }
}
