import CSVTokenizer
import ValueFormats

/// Goes through the notes of a batch, by row and column.
// Safe: made by `ValueNotes`, for a call during which the notes stay where they are.
@safe
struct NoteCursor {
    private let words: UnsafeBufferPointer<UInt64>
    private let judgements: UnsafeBufferPointer<Judgement>
    private let columns: UnsafeBufferPointer<Int32>
    private let width: Int
    private var rows = RowCursor()
    private var row: Int
    // Its fields.
    private var first: Int
    private var end = 0
    private var index = 0
    private var word = -1
    private var bits: UInt64 = 0

    init(
        words: UnsafeBufferPointer<UInt64>, judgements: UnsafeBufferPointer<Judgement>, columns: UnsafeBufferPointer<Int32>, width: Int
    ) {
        unsafe (self.words, self.judgements, self.columns, self.width) = (words, judgements, columns, width)
        row = width > 0 ? -1 : 0
        first = 0 &- width
    }

    @inline(__always)
    mutating func next(in batch: borrowing RowBatch) -> ValueNote? {
        while bits == 0 {
            word &+= 1
            if unsafe word >= words.count { return nil }
            bits = unsafe words[word]
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
        let column = unsafe columns.isEmpty ? place : Int(columns[place])
        defer { index &+= 1 }
        return unsafe ValueNote(row: row, field: field, column: column, judgement: judgements[index])
    }
}
