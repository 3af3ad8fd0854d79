import ValueFormats

/// Goes through the rows of a batch that have a bit in a set of fields. All rows have the same number of fields, 64 at most.
// Safe: made by `ValueNotes`, for a call during which the notes stay where they are.
@safe
struct NarrowRows {
    private let words: UnsafeBufferPointer<UInt64>
    private let width: Int
    private let mask: UInt64
    // The next row, and its first field.
    private(set) var row = 0
    private var field = 0

    init(_ words: UnsafeBufferPointer<UInt64>, width: Int) {
        unsafe (self.words, self.width) = (words, width)
        mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
    }

    /// - Returns: the row, and a bit for each of its fields in the set; `nil` after the last.
    @inline(__always)
    mutating func next() -> (index: Int, fields: UInt64)? {
        while unsafe field < words.count &* 64 {
            let fields = nextFields
            if fields != 0 {
                defer { advance() }
                return (row, fields)
            }
            var word = field &>> 6
            var rest = unsafe words[word] & (UInt64.max &<< UInt64(truncatingIfNeeded: field & 63))
            while rest == 0 {
                word &+= 1
                if unsafe word == words.count { return nil }
                rest = unsafe words[word]
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
        if unsafe word >= words.count { return 0 }
        var fields = unsafe words[word] &>> shift
        if Int(truncatingIfNeeded: shift) &+ width > 64, unsafe word &+ 1 < words.count {
            unsafe fields |= words[word &+ 1] &<< (64 &- shift)
        }
        return fields & mask
    }

    @inline(__always)
    mutating func advance() {
        row &+= 1
        field &+= width
    }

    /// The first field of a row.
    @inline(__always)
    func firstField(of row: Int) -> Int { row &* width }
}

/// Goes through the rows of a batch that have notes: those that have the same notes one after the other, together.
// Safe: see `NarrowRows`. There is a judgement for each bit.
@safe
struct NotedRows {
    /// Rows, one after the other, with the same notes.
    // Safe: see `NarrowRows`.
    @safe
    struct Run {
        let rows: Range<Int>
        /// A bit for each field that is noted.
        let fields: UInt64
        /// One for each bit.
        let judgements: UnsafePointer<Judgement>
    }

    private var rows: NarrowRows
    private let judgements: UnsafeBufferPointer<Judgement>
    /// `ColumnPlan.judgedColumns`
    let columns: UnsafeBufferPointer<Int32>
    /// Of the next row.
    private var index = 0

    init(_ rows: NarrowRows, _ judgements: UnsafeBufferPointer<Judgement>, _ columns: UnsafeBufferPointer<Int32>) {
        unsafe (self.rows, self.judgements, self.columns) = (rows, judgements, columns)
    }

    @inline(__always)
    mutating func next() -> Run? {
        guard let first = rows.next(), let start = unsafe judgements.baseAddress.map({ unsafe $0 + index }) else { return nil }
        let count = first.fields.nonzeroBitCount
        index &+= count
        while rows.nextFields == first.fields, unsafe Self.areEqual(start, judgements.baseAddress.map { unsafe $0 + index }, count) {
            rows.advance()
            index &+= count
        }
        return unsafe Run(rows: first.index..<rows.row, fields: first.fields, judgements: start)
    }

    private static func areEqual(_ left: UnsafePointer<Judgement>, _ right: UnsafePointer<Judgement>?, _ count: Int) -> Bool {
        guard let right = unsafe right else { return false }
        // A judgement has eight bytes.
        let (first, second) = unsafe (UnsafeRawPointer(left), UnsafeRawPointer(right))
        for place in 0..<count {
            let offset = place &* MemoryLayout<Judgement>.stride
            let words = unsafe (
                first.loadUnaligned(fromByteOffset: offset, as: UInt64.self), second.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            )
            if words.0 != words.1 { return false }
        }
        return true
    }

    /// The notes of a row of a run.
    @inline(__always)
    func notes(ofRow row: Int, in run: Run) -> RowNotes {
        unsafe RowNotes(row: row, firstField: rows.firstField(of: row), columns: columns, rest: run.fields, next: run.judgements)
    }
}

/// Goes through the notes of a row.
// Safe: see `NarrowRows`.
@safe
struct RowNotes {
    let row: Int
    let firstField: Int
    let columns: UnsafeBufferPointer<Int32>
    private var rest: UInt64
    private var next: UnsafePointer<Judgement>

    init(row: Int, firstField: Int, columns: UnsafeBufferPointer<Int32>, rest: UInt64, next: UnsafePointer<Judgement>) {
        unsafe (self.row, self.firstField, self.columns, self.rest, self.next) = (row, firstField, columns, rest, next)
    }

    @inline(__always)
    mutating func nextNote() -> ValueNote? {
        if rest == 0 { return nil }
        let place = rest.trailingZeroBitCount
        rest &= rest &- 1
        defer { unsafe next += 1 }
        return unsafe ValueNote(
            row: row, field: firstField &+ place, column: columns.isEmpty ? place : Int(columns[place]), judgement: next.pointee)
    }
}
