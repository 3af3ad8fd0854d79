public import ByteSpans

/// The complete rows of one chunk, and where their fields are.
///
/// What the tokenizer finds it keeps as bitmaps, one bit for each byte; the index of fields is made from them where somebody asks for fields:
///
///     bytes         a , " b " \n c , d \n
///     ends          . 1 . . . 1 . 1 . 1      the delimiters and LFs that end fields
///     rowEnds       . . . . . 1 . . . 1      of these the LFs that end rows
///     endStorage    - 1 5 7 9                the index: their positions, after one place more
///     stride        2                        every row has two fields, so row r has the fields 2 r and 2 r + 1
///
/// Field *k* begins after field end *k − 1* and ends at field end *k*. Where rows differ in width, `rowEndStorage` has the number of field
/// ends up to the end of each row. The batch owns its memory and is reused for every chunk; views into it are valid until it is changed.
///
/// A row that grows beyond `Limits.rowBytes` is thinned while it is still open: of its unfinished field only a beginning stays, and
/// fields beyond `Limits.fields` are only counted. What was taken out is remembered as an `Elision`, so offsets and lengths stay true.
/// Memory stays below three times `Limits.headBytes`, and linear in the chunk.
public struct RowBatch: ~Copyable {
    /// When an open row is thinned.
    @usableFromInline
    package struct Limits: Sendable {
        /// Bytes of an open row above which it is thinned.
        package var rowBytes: Int
        /// Bytes that stay of a field that is thinned. Who reads fields must not look further into any field than this: whether more
        /// is there depends on how the input was cut into chunks.
        @usableFromInline package var fieldBytes: Int
        /// Fields of one row that are kept.
        package var fields: Int
        /// What is kept of the fields of one row together; later ones are only counted, as are those beyond ``fields``.
        package var headBytes: Int

        package init(rowBytes: Int = 1 << 20, fieldBytes: Int = 1 << 12, fields: Int = 1 << 20, headBytes: Int = 1 << 24) {
            self.rowBytes = rowBytes
            self.fieldBytes = fieldBytes
            self.fields = fields
            self.headBytes = headBytes
        }
    }

    /// What was taken out of one long field.
    struct Elision {
        var field: Int
        /// The dropped bytes were before the byte at this position.
        var position: Int
        var byteCount = 0
        /// The same in the unit of offsets.
        var length = 0
        var newlineCount = 0
        /// The scan of the field's characters from its beginning up to the byte at ``position``.
        var characters: CharacterScan
        /// The digest of the value up to the byte at ``position``; `nil` if it is not needed.
        var digest: ValueDigest?
        /// The last of the dropped bytes.
        var lastByte: UInt8 = 0
        /// LFs of the field before its first ill-formed sequence and its first NUL, if those were taken out.
        var newlinesBeforeInvalid = 0
        var newlinesBeforeNul = 0
    }

    /// A position before which something was taken out, and how much up to there in all.
    struct Gap {
        var position: Int
        /// In the unit of offsets.
        var length: Int
        var newlineCount: Int
    }

    /// What became of the fields beyond ``Limits/fields``.
    struct MissingFields {
        var count = 0
        /// The first kept field after them.
        var field: Int
        /// They were before the byte at this position.
        var position: Int
        /// In the unit of offsets.
        var length = 0
        var newlineCount = 0
        var characters: CharacterScan
    }

    /// Readable bytes before and after the content, so that wide loads at its edges stay inside.
    @usableFromInline static let padding = 64
    /// Room before new bytes for the row that was open.
    static let headroom = 64 << 10

    @usableFromInline package internal(set) var limits = Limits()
    /// Stream offset of the first byte of ``bytes``.
    public internal(set) var byteOffset = 0
    /// What stream offsets count.
    package internal(set) var unit = OffsetUnit.byte
    /// The length of the content up to each 512th byte, where the unit is another than the byte.
    var lengths: [Int] = []
    /// Physical line of the first byte of ``bytes``; lines count from 1.
    package internal(set) var firstLine = 1
    /// How the field ends become an index: that of the tokenizer.
    var kernel = Kernel.best
    /// Whether some byte of the rows is NUL or ill-formed UTF-8. Explained by ``characters(ofField:)``.
    package internal(set) var isSuspicious = false
    /// Whether some byte of the rows may be NUL.
    var hasNul = false
    /// Whether some byte of the rows may be below a space and no tab, line end or NUL.
    var hasControl = false
    /// Complete rows.
    public internal(set) var rowCount = 0
    /// Whether fields can be asked for: see ``makeIndex()``.
    package internal(set) var isIndexed = false

    // The content begins at `front`, somewhere in `block`.
    @usableFromInline var block = Block<UInt8>(repeating: 0, count: 2 * padding)
    @usableFromInline var front = padding
    @usableFromInline var byteCount = 0
    /// Bytes from `front` on that a chunk is written to.
    var spaceByteCount = 0

    var ends = Block<UInt64>(repeating: 0, count: 1)
    var rowEnds = Block<UInt64>(repeating: 0, count: 1)
    /// All words up to this one are written.
    var clearedWord = 0

    @usableFromInline var endStorage = Block<UInt32>(repeating: .max, count: 1)
    var endCount = 0
    @usableFromInline var rowEndStorage = Block<UInt32>(repeating: 0, count: 1)
    /// Fields of each row; 0 where they differ.
    @usableFromInline var stride = 0

    // The anomalies: see `RowBatch+Anomalies.swift`.
    var oddQuotes = Block<UInt64>(repeating: 0, count: 1)
    var oddCarriages = Block<UInt64>(repeating: 0, count: 1)
    /// Whether both bitmaps are written, up to the last word of the content.
    var hasOddBits = false
    var takenBack: [TakenBackQuote] = []
    var carried = CarriedAnomalies()
    /// Finished fields that the open row brought along.
    var carriedFieldCount = 0
    /// Of the dialect.
    var quote = UInt8(ascii: "\"")

    /// Whether the first row is longer than the chunks it came in: where its fields end is known, but not as bits.
    var wasReadInPieces = false

    // Only the row that was open when the batch was filled can have been thinned: these belong to row 0, by position.
    var elisions: [Elision] = []
    var missing: MissingFields? {
        didSet { hasMissingFields = missing != nil }
    }
    /// Whether ``missing`` is there: to ask it itself copies it, and this is asked for each oddity.
    private(set) var hasMissingFields = false
    /// Of both, by position.
    var gaps: [Gap] = []
    var thinnedByteCount = 0
    /// Finished fields of the open row that were thinned before.
    var thinnedFieldCount = 0

    /// An empty batch, to be filled by a tokenizer again and again.
    public init() {}

    // MARK: Rows and fields

    /// The complete rows, one after the other. At least 64 bytes before and after them are readable.
    public var bytes: Span<UInt8> {
        @_lifetime(borrow self) @inlinable @inline(__always)
        // The content lies in the block.
        get { unsafe block.span.extracting(unchecked: front..<(front &+ byteCount)) }
    }

    /// Indexes of the row's fields in the batch; never empty. Fields that were elided are missing: see ``fieldCount(ofRow:)``.
    @inlinable @inline(__always)
    public func fields(ofRow row: Int) -> Range<Int> {
        if stride > 0 { return (row &* stride)..<((row &+ 1) &* stride) }
        // Asked for each row, by loops over rows that there are.
        let first = row == 0 ? 0 : unsafe Int(rowEndStorage[unchecked: row - 1])
        return unsafe first..<Int(rowEndStorage[unchecked: row])
    }

    /// The row that a field belongs to. Complexity: logarithmic where rows differ in width.
    public func row(ofField field: Int) -> Int {
        if stride > 0 { return field / stride }
        return (0..<rowCount).partitionPoint { Int(rowEndStorage[$0]) <= field }
    }

    /// The row's true number of fields.
    public func fieldCount(ofRow row: Int) -> Int {
        fields(ofRow: row).count + (row == 0 ? missing?.count ?? 0 : 0)
    }

    /// How many of the row's fields, from its beginning, are in memory however the input was cut into chunks: all of them, except in rows
    /// beyond `Limits.fields` or `Limits.headBytes`. Complexity: constant in rows of usual size, else the number of fields.
    package func steadyFieldCount(ofRow row: Int) -> Int {
        if row == 0, let missing { return missing.field }
        let fields = fields(ofRow: row)
        let start = range(ofField: fields.lowerBound).lowerBound
        let end = range(ofField: fields.upperBound - 1).upperBound
        if fields.count <= limits.fields, end - start <= limits.headBytes { return fields.count }
        var kept = 0
        for (index, field) in fields.enumerated() {
            // The same rule as in `thinTail`.
            if index >= limits.fields || kept >= limits.headBytes { return index }
            kept += min(range(ofField: field).count, limits.fieldBytes) + 1
        }
        return fields.count
    }

    /// Whether all fields of all rows are in memory however the input was cut: see ``steadyFieldCount(ofRow:)``.
    package var isSteady: Bool { !hasMissingFields && endCount <= limits.fields && byteCount <= limits.headBytes }

    /// Number of the field in its row, from 1. All fields beyond those that are kept have the number of the first of them: which one
    /// is still in memory depends on how the input was cut into chunks.
    package func column(ofField field: Int, inRow row: Int) -> Int {
        let kept = row == 0 ? missing?.field ?? limits.fields : limits.fields
        return min(field - fields(ofRow: row).lowerBound, kept) + 1
    }

    // Asked for each field of a file, by loops over fields that there are, which a debug build checks.

    /// The position of the byte that ends a field.
    @inlinable @inline(__always)
    package func end(ofField field: Int) -> Int { unsafe Int(endStorage[unchecked: field &+ 1]) }

    /// The position of a field's first byte.
    @inlinable @inline(__always)
    package func start(ofField field: Int) -> Int { unsafe Int(endStorage[unchecked: field] &+ 1) }

    /// A byte of the content, or of the padding around it. Asked for by loops that keep to the content, which a debug build checks.
    @usableFromInline
    subscript(position: Int) -> UInt8 {
        @inlinable @inline(__always) get { unsafe block[unchecked: front &+ position] }
    }

    /// Positions of the field's bytes in ``bytes``, its quotes included and the line end (LF or CRLF) excluded.
    @inlinable @inline(__always)
    public func range(ofField field: Int) -> Range<Int> {
        let start = start(ofField: field)
        var end = end(ofField: field)
        // Only an LF strips a CR: at a delimiter, and at the end of the input, a CR is text.
        if end > start, end < byteCount, self[end] == .lineFeed, self[end - 1] == .carriageReturn { end -= 1 }
        return start..<end
    }

    /// Length of the field's bytes in the stream, elided ones included.
    public func byteCount(ofField field: Int) -> Int {
        // Looked up only where something was taken out: an elision is large, and this is asked of each blank line.
        let count = range(ofField: field).count
        return elisions.isEmpty ? count : count + (elision(ofField: field)?.byteCount ?? 0)
    }

    func elision(ofField field: Int) -> Elision? {
        guard !elisions.isEmpty else { return nil }
        let index = elisions.partitionPoint { $0.field < field }
        return index < elisions.count && elisions[index].field == field ? elisions[index] : nil
    }
}
