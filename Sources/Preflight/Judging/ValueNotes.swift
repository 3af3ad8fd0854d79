import ByteSpans
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

/// The notes of a batch, by row and column. A file may have nothing but wrong values: a note takes no more than its judgement, and each field a bit.
struct ValueNotes {
    /// A bit for each field, up to the last that is noted.
    fileprivate var words: [UInt64] = []
    /// The same of those that fail or may fail.
    fileprivate var failures: [UInt64] = []
    /// One for each bit that is set, in order, then room for more.
    fileprivate var judgements: [Judgement] = []
    fileprivate var count = 0
    /// Whether some value fails or may fail.
    fileprivate(set) var hasFailure = false

    var isEmpty: Bool { count == 0 }

    mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        failures.removeAll(keepingCapacity: true)
        count = 0
        hasFailure = false
    }

    /// Adds a note of a field after those that were noted before.
    mutating func append(_ judgement: Judgement, field: Int) {
        makeWords(field / 64 + 1)
        words[field / 64] |= 1 << UInt64(field % 64)
        makeRoom(for: 1)
        judgements[count] = judgement
        count += 1
        guard judgement.isFailure else { return }
        failures[field / 64] |= 1 << UInt64(field % 64)
        hasFailure = true
    }

    fileprivate mutating func makeWords(_ wordCount: Int) {
        while words.count < wordCount {
            words.append(0)
            failures.append(0)
        }
    }

    @inline(__always)
    fileprivate mutating func makeRoom(for more: Int) {
        if count &+ more > judgements.count { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        judgements += repeatElement(Judgement(verdict: .empty), count: max(more, judgements.count / 2))
    }

    /// Calls `body` with each note, by row and column.
    ///
    /// - Parameter columns: `ColumnPlan.judgedColumns`.
    @inline(__always)
    func forEach(in batch: borrowing RowBatch, columns: [Int32], _ body: (ValueNote) -> Void) {
        withCursor(width: batch.uniformWidth, columns: columns) { cursor in
            while let note = cursor.next(in: batch) { body(note) }
        }
    }

    /// Calls `body` with a cursor before the first note.
    ///
    /// - Parameters:
    ///   - width: of the rows of the batch; 0 where they differ.
    ///   - columns: `ColumnPlan.judgedColumns`.
    @inline(__always)
    func withCursor(width: Int, columns: [Int32], _ body: (inout NoteCursor) -> Void) {
        var cursor = NoteCursor(words: words.span, judgements: judgements.span, columns: columns.span, width: width)
        body(&cursor)
    }

    /// Calls `body` with rows that have a failure, those that fail in the same fields one after the other together, and a bit for each such field.
    ///
    /// - Parameter width: of all rows of the batch, 64 at most.
    @inline(__always)
    func forEachFailingRun(width: Int, _ body: (_ rows: Range<Int>, _ fields: UInt64) -> Void) {
        var rows = NarrowRows(failures.span, width: width)
        while let first = rows.next() {
            while rows.nextFields == first.fields { rows.advance() }
            body(first.index..<rows.row, first.fields)
        }
    }

    /// Calls `body` with the rows that have notes.
    ///
    /// - Parameters:
    ///   - width: of all rows of the batch, 64 at most.
    ///   - columns: `ColumnPlan.judgedColumns`.
    @inline(__always)
    func withRows(width: Int, columns: [Int32], _ body: (inout NotedRows) -> Void) {
        var rows = NotedRows(NarrowRows(words.span, width: width), judgements.span, columns.span)
        body(&rows)
    }
}

extension ValueNotes {
    /// Rows that have a note, and the last of them.
    struct Rows {
        fileprivate(set) var count = 0
        fileprivate(set) var last = -1
    }

    /// Counts the notes by column, where all rows of the batch have the same number of fields.
    ///
    /// - Parameters:
    ///   - columns: `ColumnPlan.judgedColumns`.
    ///   - ownCount: columns of a row that have groups of findings of their own.
    ///   - counts: by column.
    /// - Returns: the last field that is noted, and the rows with a note in another column than those.
    func count(width: Int, columns: [Int32], ownCount: Int, into counts: inout [Int]) -> (last: Int, shared: Rows) {
        var (first, end, last) = (0, width, -1)
        // Where the columns that share groups begin in the row, and where they do in the last row that has a note there.
        var (firstShared, lastShared) = (ownCount, -1)
        var shared = Rows()
        for word in words.indices {
            var bits = words[word]
            while bits != 0 {
                let field = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                if field >= end {
                    (first, end) = (end, end &+ width)
                    if field >= end {
                        first = field / width &* width
                        end = first &+ width
                    }
                    firstShared = first &+ ownCount
                }
                if field >= firstShared, firstShared != lastShared {
                    lastShared = firstShared
                    shared.count &+= 1
                }
                counts[columns.isEmpty ? field &- first : Int(columns[field &- first])] &+= 1
                last = field
            }
        }
        if lastShared >= 0 { shared.last = (lastShared &- ownCount) / width }
        return (last, shared)
    }
}

extension Judgement {
    /// Whether the value fails or may fail.
    var isFailure: Bool { verdict == .fails || verdict == .doubtful }
}

/// Where the notes of a few rows are collected, column by column.
struct TileNotes: ~Copyable {
    // By field, from the first of the rows or a little before: a bit of each word is that of the same field in `ValueNotes`.
    private var bits = Block<UInt64>(repeating: 0, count: 1)
    private var failures = Block<UInt64>(repeating: 0, count: 1)
    private var judgements = Block<Judgement>(repeating: .parses, count: 64)
    private var firstWord = 0
    private var wordCount = 0
    private var isEmpty = true
    private var hasFailure = false

    /// - Parameter fields: all fields of the rows that come next.
    mutating func begin(_ fields: Range<Int>) {
        firstWord = fields.lowerBound / 64
        wordCount = (fields.upperBound + 63) / 64 - firstWord
        guard wordCount > bits.count else { return }
        let larger = max(wordCount, 2 * bits.count)
        bits = Block(repeating: 0, count: larger)
        failures = Block(repeating: 0, count: larger)
        // Zeros are the judgement of a value that parses. Memory that is not written to costs nothing: only those are read whose bit is set.
        unsafe judgements = Block(zeros: 64 * larger)
    }

    /// Notes a field of the rows.
    @inline(__always)
    mutating func note(_ judgement: Judgement, field: Int) {
        let place = field &- firstWord &* 64
        let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: place)
        bits[place &>> 6] |= bit
        judgements[place] = judgement
        isEmpty = false
        guard judgement.isFailure else { return }
        hasFailure = true
        failures[place &>> 6] |= bit
    }

    /// Moves all notes after those of earlier rows.
    mutating func move(to notes: inout ValueNotes) {
        if isEmpty { return }
        isEmpty = true
        notes.makeWords(firstWord + wordCount)
        if hasFailure { notes.hasFailure = true }
        hasFailure = false
        for word in 0..<wordCount where bits[word] != 0 {
            var rest = bits[word]
            notes.words[firstWord + word] |= rest
            notes.failures[firstWord + word] |= failures[word]
            (bits[word], failures[word]) = (0, 0)
            notes.makeRoom(for: rest.nonzeroBitCount)
            while rest != 0 {
                // Those beside each other are moved together.
                let first = rest.trailingZeroBitCount
                let length = (~(rest &>> UInt64(truncatingIfNeeded: first))).trailingZeroBitCount
                let noted = judgements.span.extracting((word &* 64 &+ first)..<(word &* 64 &+ first &+ length))
                let count = notes.count
                var moved = notes.judgements.mutableSpan
                moved.copy(noted, at: count)
                notes.count &+= length
                rest = first &+ length == 64 ? 0 : rest & (UInt64.max &<< UInt64(truncatingIfNeeded: first &+ length))
            }
        }
    }
}
