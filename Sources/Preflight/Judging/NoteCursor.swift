import CSVTokenizer
import ValueFormats

/// Goes through the notes of a batch, by row and column.
struct NoteCursor: ~Escapable {
    private let words: Span<UInt64>
    private let judgements: Span<Judgement>
    private let columns: Span<Int32>
    private let width: Int
    private var rows = RowCursor()
    private var row: Int
    // Its fields.
    private var first: Int
    private var end = 0
    private var index = 0
    private var word = -1
    private var bits: UInt64 = 0

    @_lifetime(copy words, copy judgements, copy columns)
    init(words: Span<UInt64>, judgements: Span<Judgement>, columns: Span<Int32>, width: Int) {
        (self.words, self.judgements, self.columns, self.width) = (words, judgements, columns, width)
        row = width > 0 ? -1 : 0
        first = 0 &- width
    }

    @inline(__always)
    @_lifetime(self: copy self)
    mutating func next(in batch: borrowing RowBatch) -> ValueNote? {
        while bits == 0 {
            word &+= 1
            if word >= words.count { return nil }
            bits = words[word]
        }
        let field = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        if field >= end {
            if width > 0 {
                // It is usually the next row.
                (row, first, end) = (row &+ 1, end, end &+ width)
                if field >= end {
                    row = field / width
                    (first, end) = (row &* width, (row &+ 1) &* width)
                }
            } else {
                let found = rows.row(withFieldsOf: field, in: batch)
                (row, first, end) = (found.row, found.fields.lowerBound, found.fields.upperBound)
            }
        }
        let place = field &- first
        let column = columns.isEmpty ? place : Int(columns[place])
        defer { index &+= 1 }
        return ValueNote(row: row, field: field, column: column, judgement: judgements[index])
    }
}
