import ByteSpans
import CSVTokenizer
import SafeText

/// Counts the values of all columns, in the rows that have the right number of fields: see ``ColumnCounter``. Tallies of different rows merge in any
/// order: each thread has one.
struct ValueTally {
    /// Rows that are counted column by column before the next ones are.
    private static let stretch = 256

    private let decoder: FieldDecoder
    private let quote: UInt8
    private let hash: KeyHash
    private let width: Int
    private let kernel: Kernel
    private var columns: [ColumnCounter]
    /// Indexes of the columns in which anything is counted.
    private var open: [Int]
    /// By column: whether its numbers are told by the bits of their fields.
    private var useForms: [Bool] = []

    init(_ schema: Schema, kernel: Kernel) {
        decoder = FieldDecoder(quote: schema.layout.quote)
        quote = schema.layout.quote
        hash = schema.plan.hash
        width = schema.layout.width
        self.kernel = kernel
        let count = min(width, BatchEvidence.mostColumns)
        columns = Array(repeating: ColumnCounter(ColumnCounter.Limits(columnCount: count)), count: count)
        open = Array(columns.indices)
    }

    private func reader(limit: Int) -> ValueReader { ValueReader(decoder: decoder, hash: hash, limit: limit) }

    /// Adds the rows of a batch.
    ///
    /// - Parameters:
    ///   - forms: which fields are numbers.
    ///   - areTold: by column, whether that is known; empty where it is known of none.
    mutating func add(_ batch: borrowing RowBatch, _ rows: BatchRows, _ forms: borrowing FieldBits, areTold: [Bool]) {
        if batch.rowCount == 0 { return }
        let isEven = batch.isSteady && !batch.isThinned
        let (reader, width, quote) = (reader(limit: batch.limits.fieldBytes), width, quote)
        // Of the last field the end may be no end of a field: a kernel would look at it.
        let last = batch.fields(ofRow: batch.rowCount - 1).upperBound - 1
        let kernel = batch.end(ofField: last) < batch.bytes.count ? kernel : .scalar
        useForms.removeAll(keepingCapacity: true)
        for column in areTold.indices where column < columns.count {
            useForms.append(
                isEven && kernel != .scalar && areTold[column] && columns[column].begin(forms, column: column, rowCount: batch.rowCount))
        }
        let most = max(Self.stretch, RowJudge.tileRowCount(in: batch))
        var others = Block<UInt32>(repeating: 0, count: most)
        rows.forEachWholeStretch(atMost: most) { stretch in
            var hasClosed = false
            if isEven {
                let tile = RowTile(stretch, of: batch, width: width)
                for column in open {
                    let fields = KernelColumn(column, of: tile, in: batch, quote: quote, isLast: column == width - 1)
                    let hasForms = column < useForms.count && useForms[column]
                    let isOpen = columns[column].read(
                        fields, reader, kernel, forms, hasForms: hasForms, firstField: tile.field(0, column: column), width: width,
                        rows: &others)
                    if !isOpen { hasClosed = true }
                }
            } else {
                addEach(batch, stretch, reader)
                hasClosed = open.contains { columns[$0].isClosed }
            }
            if hasClosed { open.removeAll { columns[$0].isClosed } }
        }
    }

    private mutating func addEach(_ batch: borrowing RowBatch, _ rows: Range<Int>, _ reader: ValueReader) {
        for row in rows {
            let first = batch.fields(ofRow: row).lowerBound
            // Of a cut row only the first fields are there.
            let count = batch.steadyFieldCount(ofRow: row)
            for column in open where column < count {
                reader.decoder.withText(of: first + column, in: batch) { columns[column].add($0, reader) }
            }
        }
    }

    /// By column, what is left.
    var details: [ColumnCounter.Detail] { columns.map(\.detail) }

    /// Leaves no more than the tallies of other rows of the file do.
    ///
    /// - Parameter details: by column, what is left in theirs.
    mutating func reduce(to details: [ColumnCounter.Detail]) {
        let reader = reader(limit: .max)
        for column in open { columns[column].reduce(to: details[column], reader) }
        open.removeAll { columns[$0].isClosed }
    }

    mutating func merge(_ other: ValueTally) {
        let reader = reader(limit: .max)
        for index in columns.indices { columns[index].merge(other.columns[index], reader) }
    }

    var values: [ColumnValues] { columns.map(\.values) }
}

extension ValueTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        let reader = reader(limit: .max)
        coder.each(&columns) { coder, column in column.code(&coder, reader) }
        open = columns.indices.filter { !columns[$0].isClosed }
    }
}
