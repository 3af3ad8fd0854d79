import CSVTokenizer
import ImportProfiles
import ValueFormats

/// What was found in the rows of one batch, not yet explained: the checks do that, batch after batch in file order.
///
/// Positions are those of the batch. All facts are set at once, by
/// ``state(rows:faults:markedFields:oddText:quoteCauses:repeatedHeaders:keys:values:paths:)``: a fast path may skip the work that finds a fact, but it has to
/// state the fact.
struct BatchJudgement {
    private(set) var rows = BatchRows()
    /// NUL bytes and ill-formed UTF-8 sequences.
    private(set) var faults = BatchFaults()
    /// Fields that begin with a byte order mark.
    private(set) var markedFields = BitSet()
    /// Fields whose text is odd, though well-formed.
    private(set) var oddText = OddText()
    /// Odd quotes that the byte before them explains.
    private(set) var quoteCauses = QuoteCauses()
    /// Data rows that are the header once more.
    private(set) var repeatedHeaders = RepeatedHeaders()
    /// The keys of the whole rows.
    private(set) var keys = BatchKeys()
    private var found = BatchValues()
    /// How all of this was found.
    private(set) var paths: JudgingPaths = []

    /// Values that are not plainly right, by row and column.
    var values: ValueNotes { found.notes }
    /// The shapes of the values in columns that have a type, right or wrong; fields in doubt are left out.
    var shapes: BatchShapes { found.shapes }
    /// What the columns hold, where no profile says what they should.
    var evidence: BatchEvidence { found.evidence }

    /// The facts of the next batch, all of them. There are no defaults, and there is no other way to set one.
    mutating func state(
        rows: consuming BatchRows, faults: consuming BatchFaults, markedFields: consuming BitSet, oddText: consuming OddText,
        quoteCauses: consuming QuoteCauses, repeatedHeaders: consuming RepeatedHeaders, keys: consuming BatchKeys,
        values: consuming BatchValues, paths: JudgingPaths
    ) {
        self.rows = rows
        self.faults = faults
        self.markedFields = markedFields
        self.oddText = oddText
        self.quoteCauses = quoteCauses
        self.repeatedHeaders = repeatedHeaders
        self.keys = keys
        found = values
        self.paths = paths
    }

    /// The facts of a batch before the first row: nothing but blank lines.
    mutating func state(blankRows count: Int) {
        var rows = BatchRows()
        rows.count = count
        rows.blank = BitSet(below: count)
        state(
            rows: rows, faults: BatchFaults(), markedFields: BitSet(), oddText: OddText(), quoteCauses: QuoteCauses(),
            repeatedHeaders: RepeatedHeaders(), keys: BatchKeys(), values: BatchValues(), paths: [])
    }

    /// The memory of the last batch, empty.
    mutating func takeMemory() -> BatchMemory {
        var memory = BatchMemory()
        swap(&memory.rows, &rows)
        swap(&memory.faults, &faults)
        swap(&memory.markedFields, &markedFields)
        swap(&memory.oddText, &oddText)
        swap(&memory.quoteCauses, &quoteCauses)
        swap(&memory.repeatedHeaders, &repeatedHeaders)
        swap(&memory.keys, &keys)
        swap(&memory.values, &found)
        memory.removeAll()
        return memory
    }

    /// Record number of the batch's first data row, known once the batches before it were explained.
    mutating func number(from first: Int) {
        rows.firstNumber = first
    }
}

/// Where facts are collected before they are stated: memory that is used again for every batch.
struct BatchMemory {
    var rows = BatchRows()
    var faults = BatchFaults()
    var markedFields = BitSet()
    var oddText = OddText()
    var quoteCauses = QuoteCauses()
    var repeatedHeaders = RepeatedHeaders()
    var keys = BatchKeys()
    var values = BatchValues()

    fileprivate mutating func removeAll() {
        rows.removeAll()
        faults.removeAll()
        markedFields.removeAll()
        oddText.removeAll()
        quoteCauses.removeAll()
        repeatedHeaders.removeAll()
        keys.removeAll()
        values.removeAll()
    }
}

/// Fields that a check looks at more closely.
struct OddText {
    /// With a control character.
    var controls = BitSet()
    /// That may be encoded twice.
    var encodedTwice = BitSet()
    /// With U+FFFD, which stands for characters that were lost.
    var replaced = BitSet()

    var isEmpty: Bool { controls.isEmpty && encodedTwice.isEmpty && replaced.isEmpty }

    mutating func removeAll() {
        controls.removeAll()
        encodedTwice.removeAll()
        replaced.removeAll()
    }
}

/// What was found in the values of a batch.
struct BatchValues {
    var notes = ValueNotes()
    var shapes = BatchShapes()
    var evidence = BatchEvidence()

    mutating func removeAll() {
        // Shapes and evidence are emptied when they begin a batch.
        notes.removeAll()
    }
}

/// What the rows of a batch count as. Those that are not listed are data rows with the right number of fields.
struct BatchRows {
    /// Index of the header, where it is in this batch.
    var header: Int?
    /// Rows without a byte: they count as nothing.
    var blank = BitSet()
    /// Data rows with too few or too many fields.
    var ragged = BitSet()
    /// Data rows with the right number of fields and nothing in any of them.
    var empty = BitSet()
    /// The other data rows that are only partly in memory: their later fields are not judged (`RowBatch.steadyFieldCount`).
    var cut = BitSet()
    /// Rows of the batch, of every kind.
    var count = 0
    /// Whether some of the empty rows may have more than delimiters.
    var haveBlanks = false
    /// Record number of the batch's first data row.
    var firstNumber = 1

    mutating func removeAll() {
        header = nil
        blank.removeAll()
        ragged.removeAll()
        empty.removeAll()
        haveBlanks = false
        cut.removeAll()
        count = 0
    }

    /// The data rows with the right number of fields, in the order of the batch.
    var wholeRows: WholeRows { WholeRows(self) }

    struct WholeRows: IteratorProtocol {
        private let rows: BatchRows
        private var index = -1
        private var number: Int

        init(_ rows: BatchRows) {
            self.rows = rows
            number = rows.firstNumber - 1
        }

        mutating func next() -> RowRecord? {
            while index + 1 < rows.count {
                index += 1
                if index == rows.header || rows.blank.contains(index) { continue }
                number += 1
                if !rows.ragged.contains(index) { return RowRecord(index: index, number: number) }
            }
            return nil
        }
    }

    /// Whether a row is a data row with the right number of fields.
    func isWhole(_ row: Int) -> Bool { row != header && !blank.contains(row) && !ragged.contains(row) }

    /// Calls `body` with the index of each data row that has the right number of fields, ascending. Complexity: a step for each of them, and for each
    /// run of others.
    @inline(__always)
    func forEachWhole(_ body: (Int) -> Void) {
        var others = blank
        others.formUnion(ragged)
        var gaps = others.gaps(below: count)
        while let rows = gaps.next() {
            for row in rows where row != header { body(row) }
        }
    }

    /// Calls `body` with each such row that begins in the first bytes of the file and is kept whole, ascending.
    ///
    /// - Parameter most: bytes of the file.
    func forEachWhole(inFirst most: Int, of batch: borrowing RowBatch, _ body: (RowRecord) -> Void) {
        guard batch.byteOffset < most else { return }
        var rows = wholeRows
        while let row = rows.next() {
            guard let bytes = batch.bytes(ofRow: row.index), bytes.count <= batch.limits.rowBytes else { continue }
            guard batch.streamOffset(ofPosition: batch.start(ofRow: row.index)) < most else { return }
            body(row)
        }
    }

    /// Calls `body` with stretches of such rows, ascending.
    func forEachWholeStretch(atMost most: Int, _ body: (Range<Int>) -> Void) {
        var others = blank
        others.formUnion(ragged)
        if let header {
            var row = BitSet()
            row.insert(header)
            others.formUnion(row)
        }
        var gaps = others.gaps(below: count)
        while let rows = gaps.next() {
            for start in stride(from: rows.lowerBound, to: rows.upperBound, by: most) { body(start..<min(start + most, rows.upperBound)) }
        }
    }

    var dataRowCount: Int { count - blank.count - (header == nil ? 0 : 1) }

    /// The record number of a row: data rows count on from ``firstNumber``, the header is 0. Complexity: constant.
    func number(of row: Int) -> Int {
        if row == header { return 0 }
        let isBehindHeader = header.map { $0 < row } ?? false
        return firstNumber + row - (isBehindHeader ? 1 : 0) - blank.rank(of: row)
    }
}
