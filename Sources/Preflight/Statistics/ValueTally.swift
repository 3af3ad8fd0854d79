import CSVTokenizer
import ValueFormats

/// Counts the different values of all columns as long as they are few, in the rows that have the right number of fields. Tallies of different rows
/// merge in any order: each thread has one.
struct ValueTally {
    /// Rows that are counted column by column before the next ones are.
    private static let stretch = 256

    private let decoder: FieldDecoder
    private let hash: KeyHash
    private let limits: ValueTable.Limits
    private var columns: [ValueTable]
    /// Indexes of the columns that do not have too many values yet.
    private var open: [Int]

    init(_ schema: Schema) {
        decoder = FieldDecoder(quote: schema.layout.quote)
        hash = schema.plan.hash
        let count = min(schema.layout.width, BatchEvidence.mostColumns)
        limits = ValueTable.Limits(columnCount: count)
        columns = Array(repeating: ValueTable(limits), count: count)
        open = Array(columns.indices)
    }

    mutating func add(_ batch: borrowing RowBatch, _ rows: BatchRows) {
        rows.forEachWholeStretch(atMost: Self.stretch) { stretch in
            for column in open {
                for row in stretch {
                    // Of a cut row only the first fields are there.
                    if !rows.cut.isEmpty, rows.cut.contains(row), column >= batch.steadyFieldCount(ofRow: row) { continue }
                    let field = batch.fields(ofRow: row).lowerBound + column
                    decoder.withText(of: field, in: batch) { value in
                        if value.isEmpty { return }
                        let hash = hash(padded: value)
                        if !columns[column].count(hash) { columns[column].add(Array(value), hash: hash) }
                    }
                    if columns[column].isFull { break }
                }
            }
            if open.contains(where: { columns[$0].isFull }) { open.removeAll { columns[$0].isFull } }
        }
    }

    mutating func merge(_ other: ValueTally) {
        for index in columns.indices { columns[index].merge(other.columns[index]) }
    }

    var values: [ColumnValues] { columns.map { ColumnValues(values: $0.values, limit: limits.values) } }
}
