import ByteSpans
import CSVTokenizer

/// Rows of the same width that are judged column by column: neighbours, or rows with others between them.
struct RowTile: ~Escapable {
    let count: Int
    /// Where fields end, as the kernels read it: the field of row *r* in column *c* begins after entry *first + r × stride + c*, and ends at the next.
    let ends: Span<UInt32>
    let first: Int
    let stride: Int
    private let firstRow: Int
    let width: Int
    /// By row, where it is in the batch; none for neighbours.
    private let places: Span<GatheredRows.Place>

    /// Rows next to each other.
    @_lifetime(borrow batch)
    init(_ rows: Range<Int>, of batch: borrowing RowBatch, width: Int) {
        count = rows.count
        ends = batch.fieldEnds
        first = batch.fields(ofRow: rows.lowerBound).lowerBound
        stride = width
        firstRow = rows.lowerBound
        self.width = width
        places = Span()
    }

    @_lifetime(copy ends, copy places)
    fileprivate init(_ ends: Span<UInt32>, _ places: Span<GatheredRows.Place>, width: Int) {
        count = places.count
        self.ends = ends
        first = 0
        stride = width + 1
        firstRow = Int(places[0].row)
        self.width = width
        self.places = places
    }

    var areNeighbours: Bool { places.isEmpty }

    /// The index in the batch of a row.
    @inline(__always)
    func row(_ index: Int) -> Int {
        areNeighbours ? firstRow &+ index : Int(places[index].row)
    }

    /// The index in the batch of a row's field.
    @inline(__always)
    func field(_ index: Int, column: Int) -> Int {
        areNeighbours ? first &+ index &* stride &+ column : Int(places[index].field) &+ column
    }

    /// From the first field of the rows to the last, those of rows between them included.
    var fields: Range<Int> { field(0, column: 0)..<(field(count - 1, column: 0) + width) }
}

/// Gives the rows that are to be judged, tile by tile, in the order of the batch. Short stretches of rows, which have others between them, come
/// together in one tile, so that a kernel is called for many rows at once.
struct RowTiles: ~Copyable {
    private var stretches: BitSet.Gaps
    /// Of the stretch that is not short.
    private var rest = 0..<0
    /// The rows of the tile; empty for those that are collected.
    private var neighbours = 0..<0
    private let most: Int
    private let width: Int
    private let doubted: BitSet
    /// `nil` where no rows are collected.
    private(set) var gathered: GatheredRows?
    /// Whether there was a tile, and whether a stretch was cut into several.
    private(set) var paths: JudgingPaths = []

    /// So many rows are worth a call of the kernels by themselves.
    private static let manyNeighbours = 16

    /// - Parameters:
    ///   - stretches: of rows of the width.
    ///   - most: rows of a tile.
    ///   - doubted: fields that are not judged: rows that have no others are left out.
    init(_ stretches: BitSet.Gaps, most: Int, width: Int, doubted: BitSet, gathered: consuming GatheredRows?) {
        self.stretches = stretches
        self.most = most
        self.width = width
        self.doubted = doubted
        self.gathered = gathered
    }

    /// Whether there is another tile.
    mutating func moveOn(in batch: borrowing RowBatch) -> Bool {
        gathered?.removeAll()
        neighbours = 0..<0
        while true {
            if rest.isEmpty, !takeStretch() { return hasGathered }
            if gathered != nil, rest.count < Self.manyNeighbours {
                if gather(batch) { return true }
            } else if hasGathered {
                return true
            } else {
                neighbours = rest.prefix(most)
                rest = neighbours.upperBound..<rest.upperBound
                if !areAllDoubted(RowTile(neighbours, of: batch, width: width).fields) { return true }
                neighbours = 0..<0
            }
        }
    }

    /// The tile that was moved on to.
    @_lifetime(borrow self, borrow batch)
    func tile(in batch: borrowing RowBatch) -> RowTile {
        switch gathered {
        case .some(let gathered) where neighbours.isEmpty: return gathered.tile
        default: return RowTile(neighbours, of: batch, width: width)
        }
    }

    /// Collects the rest of a short stretch.
    ///
    /// - Returns: whether there is no room for more.
    private mutating func gather(_ batch: borrowing RowBatch) -> Bool {
        while let row = rest.first {
            let field = batch.fields(ofRow: row).lowerBound
            if gathered?.isFull(for: field, most: most) == true { return true }
            rest = (row + 1)..<rest.upperBound
            if !areAllDoubted(field..<(field + width)) { gathered?.append(row, firstField: field, of: batch) }
        }
        return false
    }

    /// Takes back what was handed over.
    mutating func takeGathered() -> GatheredRows? { gathered.take() }

    private var hasGathered: Bool {
        switch gathered {
        case .some(let gathered): gathered.count > 0
        case .none: false
        }
    }

    private mutating func takeStretch() -> Bool {
        guard let next = stretches.next() else { return false }
        rest = next
        paths.insert(next.count > most ? [.columns, .tiles] : .columns)
        return true
    }

    /// Whether every field is in doubt: nothing is left to be judged.
    private func areAllDoubted(_ fields: Range<Int>) -> Bool {
        if doubted.isEmpty { return false }
        return doubted.rank(of: fields.upperBound) - doubted.rank(of: fields.lowerBound) == fields.count
    }
}

/// Rows that have others between them. The ends of their fields are copied, each row after the end of what is before it:
///
///     ends of the batch    1 3 5 7 │ 9 11 │ 13 15 17 19      rows of 4, 2 and 4 fields
///     copied               -1 1 3 5 7 │ 11 13 15 17 19
struct GatheredRows: ~Copyable {
    struct Place {
        let row: UInt32
        let field: UInt32
    }

    /// Entries of the ends that are copied: a quarter of a mebibyte.
    private static let mostEnds = 1 << 16
    /// Wider rows are judged one by one.
    static let mostFields = mostEnds / 4 - 1
    /// Fields from the first row to the last: the notes of all of them have room.
    private static let widestSpan = 1 << 16

    // Both have room for `mostRows` rows.
    private var places: Block<Place>
    private var ends: Block<UInt32>
    private let mostRows: Int
    private let width: Int
    private(set) var count = 0

    init(width: Int, mostRows: Int) {
        self.width = width
        self.mostRows = min(mostRows, Self.mostEnds / (width + 1))
        places = Block(repeating: Place(row: 0, field: 0), count: self.mostRows)
        ends = Block(repeating: 0, count: self.mostRows * (width + 1))
    }

    /// Whether a row has to wait until the others were judged.
    func isFull(for firstField: Int, most: Int) -> Bool {
        count > 0 && (count >= min(mostRows, most) || firstField - Int(places[0].field) > Self.widestSpan)
    }

    mutating func append(_ row: Int, firstField: Int, of batch: borrowing RowBatch) {
        // The end before the first field is at its place: see `RowBatch.fieldEnds`.
        ends.copy(batch.fieldEnds.extracting(firstField..<(firstField + width + 1)), at: count * (width + 1))
        places[count] = Place(row: UInt32(row), field: UInt32(firstField))
        count += 1
    }

    mutating func removeAll() { count = 0 }

    /// The rows; there must be at least one.
    var tile: RowTile {
        @_lifetime(borrow self) get { RowTile(ends.span, places.span.extracting(first: count), width: width) }
    }
}
