import CSVTokenizer
import SafeText
import ValueFormats

/// Counts what the columns of a table hold, in the rows that have the right number of fields. Tallies of different rows merge in any order: each
/// thread has one.
///
/// Memory: about 6 KiB a column, at most 60, so only the first ``mostColumns`` columns are counted.
struct TableTally {
    static let mostColumns = 500
    /// Rows that are counted column by column before the next ones are.
    private static let stretch = 256

    private let decoder: FieldDecoder
    private var columns: [ColumnTally]

    init(_ schema: Schema) {
        decoder = FieldDecoder(quote: schema.layout.quote)
        let rules = schema.layout.rules
        columns = (0..<min(schema.layout.width, Self.mostColumns)).map { column in
            guard let rules else { return ColumnTally(nil) }
            return ColumnTally(column < rules.count ? rules[column]?.settings : nil)
        }
    }

    mutating func add(_ batch: borrowing RowBatch, _ rows: BatchRows) {
        rows.forEachWholeStretch(atMost: Self.stretch) { stretch in
            for column in columns.indices {
                for row in stretch {
                    // Of a cut row only the first fields are there.
                    if !rows.cut.isEmpty, rows.cut.contains(row), column >= batch.steadyFieldCount(ofRow: row) { continue }
                    let field = batch.fields(ofRow: row).lowerBound + column
                    decoder.withText(of: field, in: batch) { columns[column].add($0) }
                }
            }
        }
    }

    mutating func merge(_ other: TableTally) {
        for index in columns.indices { columns[index].merge(other.columns[index]) }
    }

    /// - Parameter inferred: what the columns hold where no profile says that.
    func statistics(_ layout: FileLayout, inferred: [InferredType?]) -> [ColumnStatistics] {
        columns.enumerated().map { index, column in
            column.statistics(layout.reference(index + 1), inferred: index < inferred.count ? inferred[index] : nil)
        }
    }
}

extension TableTally: CodedState {
    mutating func code(_ coder: inout StateCoder) { coder.each(&columns) }
}
