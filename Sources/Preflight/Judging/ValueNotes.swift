import CSVTokenizer
import ValueFormats

/// A value that the import may not read as it is, or a required one that is empty.
struct ValueNote {
    /// Index in the batch.
    let row: Int
    let field: Int
    /// Index among the columns that the profile names.
    let column: Int
    let judgement: Judgement
}

/// The notes of a batch, by row and column. A file may have nothing but wrong values: a note takes two bytes, and each field of the batch a bit.
struct ValueNotes {
    /// A bit for each field, up to the last that is noted.
    fileprivate var words: [UInt64] = []
    /// One for each bit that is set, in their order.
    fileprivate var judgements: [Judgement] = []
    /// Whether some value fails or may fail.
    fileprivate(set) var hasFailure = false

    var isEmpty: Bool { judgements.isEmpty }

    mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        judgements.removeAll(keepingCapacity: true)
        hasFailure = false
    }

    /// Adds a note of a field after those that were noted before.
    mutating func append(_ judgement: Judgement, field: Int) {
        while words.count <= field / 64 { words.append(0) }
        words[field / 64] |= 1 << UInt64(field % 64)
        judgements.append(judgement)
        hasFailure = hasFailure || judgement.isFailure
    }

    /// Calls `body` with each note, by row and column.
    ///
    /// - Parameter columns: `ColumnPlan.judgedColumns`.
    @inline(__always)
    func forEach(in batch: borrowing RowBatch, columns: [Int32], _ body: (ValueNote) -> Void) {
        var cursor = RowCursor()
        var row = 0
        var fields = 0..<0
        var index = 0
        for word in words.indices {
            var bits = words[word]
            while bits != 0 {
                let field = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                if field >= fields.upperBound {
                    row = cursor.row(of: field, in: batch)
                    fields = batch.fields(ofRow: row)
                }
                let place = field &- fields.lowerBound
                let column = columns.isEmpty ? place : Int(columns[place])
                body(ValueNote(row: row, field: field, column: column, judgement: judgements[index]))
                index &+= 1
            }
        }
    }
}

extension Judgement {
    /// Whether the value fails or may fail.
    var isFailure: Bool { verdict == .fails || verdict == .doubtful }
}

/// Where the notes of a few rows are collected, column by column.
struct TileNotes: ~Copyable {
    // By field, from the first of the rows or a little before: a bit of each word is that of the same field in `ValueNotes`.
    private var bits: UnsafeMutablePointer<UInt64>
    private var judgements: UnsafeMutablePointer<Judgement>
    private var wordCapacity = 0
    private var firstWord = 0
    private var wordCount = 0
    private var isEmpty = true

    init() {
        bits = .allocate(capacity: 1)
        judgements = .allocate(capacity: 1)
    }

    deinit {
        bits.deallocate()
        judgements.deallocate()
    }

    /// - Parameter fields: all fields of the rows that come next.
    mutating func begin(_ fields: Range<Int>) {
        firstWord = fields.lowerBound / 64
        wordCount = (fields.upperBound + 63) / 64 - firstWord
        guard wordCount > wordCapacity else { return }
        bits.deallocate()
        judgements.deallocate()
        // Memory that is not written to costs nothing: of the judgements only those are read whose bit is set.
        wordCapacity = max(wordCount, 2 * wordCapacity)
        bits = .allocate(capacity: wordCapacity)
        bits.initialize(repeating: 0, count: wordCapacity)
        judgements = .allocate(capacity: 64 * wordCapacity)
    }

    /// Notes a field of the rows.
    @inline(__always)
    mutating func note(_ judgement: Judgement, field: Int) {
        let place = field &- firstWord &* 64
        bits[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place)
        judgements[place] = judgement
        isEmpty = false
    }

    /// Moves all notes after those of earlier rows.
    mutating func move(to notes: inout ValueNotes) {
        if isEmpty { return }
        isEmpty = true
        var hasFailure = notes.hasFailure
        while notes.words.count < firstWord + wordCount { notes.words.append(0) }
        for word in 0..<wordCount where bits[word] != 0 {
            var rest = bits[word]
            notes.words[firstWord + word] |= rest
            bits[word] = 0
            while rest != 0 {
                let judgement = judgements[word &* 64 &+ rest.trailingZeroBitCount]
                notes.judgements.append(judgement)
                hasFailure = hasFailure || judgement.isFailure
                rest &= rest &- 1
            }
        }
        notes.hasFailure = hasFailure
    }
}
