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
            let firstFields = stretch.map { batch.fields(ofRow: $0).lowerBound }
            let isCut = !rows.cut.isEmpty && stretch.contains { rows.cut.contains($0) }
            for column in open {
                // Taken out, so that it is changed in place.
                var table = ValueTable(limits)
                swap(&table, &columns[column])
                count(column, stretch, firstFields, isCut: isCut, batch, &table)
                swap(&table, &columns[column])
            }
            if open.contains(where: { columns[$0].isFull }) { open.removeAll { columns[$0].isFull } }
        }
    }

    private func count(
        _ column: Int, _ rows: Range<Int>, _ firstFields: [Int], isCut: Bool, _ batch: borrowing RowBatch, _ table: inout ValueTable
    ) {
        let (decoder, hash) = (decoder, hash)
        // Equal values often follow each other.
        var (last, run) = (UInt64(0), 0)
        for (index, first) in firstFields.enumerated() {
            // Of a cut row only the first fields are there.
            if isCut, column >= batch.steadyFieldCount(ofRow: rows.lowerBound + index) { continue }
            decoder.withText(of: first + column, in: batch) { value in
                if value.isEmpty { return }
                let own = hash(padded: value)
                if own == last, run > 0 { return run &+= 1 }
                if run > 0 { table.count(last, run) }
                (last, run) = (own, 0)
                if table.isKnown(own) { run = 1 } else { table.add(Array(value), hash: own) }
            }
            if table.isFull { return }
        }
        if run > 0 { table.count(last, run) }
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
