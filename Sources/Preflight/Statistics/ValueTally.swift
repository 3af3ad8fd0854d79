import ByteSpans
import CSVTokenizer
import SafeText
import ValueFormats

/// Counts the different values of all columns as long as they are few, in the rows that have the right number of fields. Tallies of different rows
/// merge in any order: each thread has one.
struct ValueTally {
    /// Rows that are counted column by column before the next ones are.
    private static let stretch = 256

    private let decoder: FieldDecoder
    private let hash: KeyHash
    private let limits: ValueTable.Limits
    private let width: Int
    private let quote: UInt8
    private var columns: [ValueTable]
    /// Indexes of the columns that do not have too many values yet.
    private var open: [Int]

    init(_ schema: Schema) {
        decoder = FieldDecoder(quote: schema.layout.quote)
        hash = schema.plan.hash
        let count = min(schema.layout.width, BatchEvidence.mostColumns)
        limits = ValueTable.Limits(columnCount: count)
        (width, quote) = (schema.layout.width, schema.layout.quote)
        columns = Array(repeating: ValueTable(limits), count: count)
        open = Array(columns.indices)
    }

    mutating func add(_ batch: borrowing RowBatch, _ rows: BatchRows) {
        let isEven = batch.isSteady && !batch.isThinned
        let limit = batch.limits.fieldBytes
        // Copied once: the tables are changed in between.
        let (decoder, hash, limits, width, quote) = (decoder, hash, limits, width, quote)
        rows.forEachWholeStretch(atMost: Self.stretch) { stretch in
            let tile = isEven ? RowTile(stretch, of: batch, width: width) : nil
            let firstFields = isEven ? [] : stretch.map { batch.fields(ofRow: $0).lowerBound }
            for column in open {
                // Taken out, so that it is changed in place.
                var table = ValueTable(limits)
                swap(&table, &columns[column])
                if let tile {
                    let fields = KernelColumn(column, of: tile, in: batch, quote: quote, isLast: column == width - 1)
                    for row in 0..<tile.count where !table.isFull {
                        decoder.withText(of: fields.text(ofRow: row).prefix(limit)) { Self.count($0, hash, in: &table) }
                    }
                } else {
                    for (index, first) in firstFields.enumerated() where !table.isFull {
                        // Of a cut row only the first fields are there.
                        if column >= batch.steadyFieldCount(ofRow: stretch.lowerBound + index) { continue }
                        decoder.withText(of: first + column, in: batch) { Self.count($0, hash, in: &table) }
                    }
                }
                swap(&table, &columns[column])
            }
            if open.contains(where: { columns[$0].isFull }) { open.removeAll { columns[$0].isFull } }
        }
    }

    @inline(__always)
    private static func count(_ value: Span<UInt8>, _ hash: KeyHash, in table: inout ValueTable) {
        if value.isEmpty { return }
        let own = hash(padded: value)
        if !table.countKnown(own) { table.add(Array(value), hash: own) }
    }

    mutating func merge(_ other: ValueTally) {
        for index in columns.indices { columns[index].merge(other.columns[index]) }
    }

    var values: [ColumnValues] { columns.map { ColumnValues(values: $0.values, limit: limits.values) } }
}

extension ValueTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&columns)
        open = columns.indices.filter { !columns[$0].isFull }
    }
}
