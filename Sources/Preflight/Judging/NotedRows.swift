import ValueFormats

/// Goes through the rows of a batch that have a bit in a set of fields. All rows have the same number of fields, 64 at most.
struct NarrowRows: ~Escapable {
    private let words: Span<UInt64>
    private let width: Int
    private let mask: UInt64
    // The next row, and its first field.
    private(set) var row = 0
    private var field = 0

    @_lifetime(copy words)
    init(_ words: Span<UInt64>, width: Int) {
        (self.words, self.width) = (words, width)
        mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
    }

    /// - Returns: the row, and a bit for each of its fields in the set; `nil` after the last.
    @inline(__always)
    @_lifetime(self: copy self)
    mutating func next() -> (index: Int, fields: UInt64)? {
        while field < words.count &* 64 {
            let fields = nextFields
            if fields != 0 {
                defer { advance() }
                return (row, fields)
            }
            var word = field &>> 6
            var rest = words[word] & (UInt64.max &<< UInt64(truncatingIfNeeded: field & 63))
            while rest == 0 {
                word &+= 1
                if word == words.count { return nil }
                rest = words[word]
            }
            row = (word &* 64 &+ rest.trailingZeroBitCount) / width
            field = row &* width
        }
        return nil
    }

    /// Of the next row; 0 after the last.
    @inline(__always)
    var nextFields: UInt64 {
        let (word, shift) = (field &>> 6, UInt64(truncatingIfNeeded: field & 63))
        if word >= words.count { return 0 }
        var fields = words[word] &>> shift
        if Int(truncatingIfNeeded: shift) &+ width > 64, word &+ 1 < words.count {
            fields |= words[word &+ 1] &<< (64 &- shift)
        }
        return fields & mask
    }

    @inline(__always)
    @_lifetime(self: copy self)
    mutating func advance() {
        row &+= 1
        field &+= width
    }

    /// The first field of a row.
    @inline(__always)
    func firstField(of row: Int) -> Int { row &* width }
}

/// Goes through the rows of a batch that have notes: those that have the same notes one after the other, together.
struct NotedRows: ~Escapable {
    /// Rows, one after the other, with the same notes.
    struct Run {
        let rows: Range<Int>
        /// A bit for each field that is noted.
        let fields: UInt64
        /// The first of its judgements among those of the batch; there is one for each bit.
        let judgement: Int
    }

    private var rows: NarrowRows
    private let judgements: Span<Judgement>
    /// `ColumnPlan.judgedColumns`
    let columns: Span<Int32>
    /// Of the next row.
    private var index = 0

    @_lifetime(copy rows, copy judgements, copy columns)
    init(_ rows: consuming NarrowRows, _ judgements: Span<Judgement>, _ columns: Span<Int32>) {
        (self.rows, self.judgements, self.columns) = (rows, judgements, columns)
    }

    @inline(__always)
    @_lifetime(self: copy self)
    mutating func next() -> Run? {
        guard let first = rows.next() else { return nil }
        let (start, count) = (index, first.fields.nonzeroBitCount)
        index &+= count
        while rows.nextFields == first.fields, areEqual(start, index, count) {
            rows.advance()
            index &+= count
        }
        return Run(rows: first.index..<rows.row, fields: first.fields, judgement: start)
    }

    @inline(__always)
    private func areEqual(_ first: Int, _ second: Int, _ count: Int) -> Bool {
        for place in 0..<count where judgements[first &+ place].bits != judgements[second &+ place].bits { return false }
        return true
    }

    /// The notes of a row of a run.
    @inline(__always)
    @_lifetime(copy self)
    func notes(ofRow row: Int, in run: Run) -> RowNotes {
        RowNotes(
            row: row, firstField: rows.firstField(of: row), columns: columns, rest: run.fields, judgements: judgements, next: run.judgement)
    }
}

/// Goes through the notes of a row.
struct RowNotes: ~Escapable {
    let row: Int
    let firstField: Int
    let columns: Span<Int32>
    private var rest: UInt64
    private let judgements: Span<Judgement>
    private var next: Int

    @_lifetime(copy columns, copy judgements)
    init(row: Int, firstField: Int, columns: Span<Int32>, rest: UInt64, judgements: Span<Judgement>, next: Int) {
        (self.row, self.firstField, self.columns, self.rest, self.judgements) = (row, firstField, columns, rest, judgements)
        self.next = next
    }

    @inline(__always)
    @_lifetime(self: copy self)
    mutating func nextNote() -> ValueNote? {
        if rest == 0 { return nil }
        let place = rest.trailingZeroBitCount
        rest &= rest &- 1
        defer { next &+= 1 }
        return ValueNote(
            row: row, field: firstField &+ place, column: columns.isEmpty ? place : Int(columns[place]), judgement: judgements[next])
    }
}
