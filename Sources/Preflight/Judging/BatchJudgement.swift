import CSVScan

/// What was found in the rows of one batch, without a word to it yet: the checks explain it, batch after batch in file order.
///
/// Positions are those of the batch. The memory is reused for every batch.
struct BatchJudgement {
    var rows = BatchRows()
    /// Values that are not plainly right, by row and column.
    var values: [ValueNote] = []
    /// The shapes of the values in columns that have a type, right or wrong; fields in doubt are left out.
    var shapes = BatchShapes()
    /// What the columns hold, where no profile says what they should.
    var evidence = BatchEvidence()
    /// Fields that begin with a byte order mark.
    var markedFields = BitSet()
    /// Data rows that are the header once more.
    var repeatedHeaders = BitSet()
    /// Fields with a NUL byte or an ill-formed UTF-8 sequence.
    var faultyFields = BitSet()

    mutating func removeAll() {
        rows.removeAll()
        values.removeAll(keepingCapacity: true)
        markedFields.removeAll()
        repeatedHeaders.removeAll()
        faultyFields.removeAll()
    }
}

/// A value that the import may not take as it stands, or a required one that is empty.
struct ValueNote {
    /// Index in the batch.
    var row: UInt32
    var field: UInt32
    /// Index among the columns that the profile names.
    var column: UInt32
    var judgement: Judgement
}

/// What the rows of a batch count as. Those that are not listed are data rows with the right number of fields.
struct BatchRows {
    /// Index of the header, where it is in this batch.
    var header: Int?
    /// Rows without a byte: they count as nothing.
    var blank = BitSet()
    /// Data rows with too few or too many fields.
    var ragged = BitSet()
    /// Rows of the batch, of every kind.
    var count = 0
    /// Record number of the batch's first data row.
    var firstNumber = 1

    mutating func removeAll() {
        header = nil
        blank.removeAll()
        ragged.removeAll()
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

    var dataRowCount: Int { count - blank.count - (header == nil ? 0 : 1) }

    /// The record number of a row: data rows count on from ``firstNumber``, the header is 0. Complexity: constant.
    func number(of row: Int) -> Int {
        if row == header { return 0 }
        let isBehindHeader = header.map { $0 < row } ?? false
        return firstNumber + row - (isBehindHeader ? 1 : 0) - blank.rank(of: row)
    }
}
