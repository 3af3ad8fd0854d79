/// How often values occur in all rows, estimated from some: the first ``whole``, and one in ``step`` behind them.
struct RowSample {
    static let whole = 4_000
    static let step = 101
    /// Values kept of a column.
    private static let mostValues = 64

    private var columns: [[[UInt8]: Int]]
    /// Occurrences of values that were not kept, by column.
    private var others: [Int]
    private var total = 0

    init(columnCount: Int) {
        columns = Array(repeating: [:], count: columnCount)
        others = Array(repeating: 0, count: columnCount)
    }

    /// The rows of the sample among some consecutive ones, by their record numbers.
    static func rows(from first: Int, count: Int) -> [Int] {
        let end = first + count
        let rest = max(first, whole + 1)
        let start = (rest + step - 1) / step * step
        return Array(first..<max(first, min(end, whole + 1))) + (start < end ? Array(stride(from: start, to: end, by: step)) : [])
    }

    /// - Parameter values: of each column; `nil` for one that is no candidate.
    mutating func add(row: Int, _ values: [[UInt8]?]) {
        let weight = row <= Self.whole ? 1 : Self.step
        total += weight
        for column in columns.indices {
            guard let value = values[column] else { continue }
            if columns[column][value] != nil || columns[column].count < Self.mostValues {
                columns[column][value, default: 0] += weight
            } else {
                others[column] += weight
            }
        }
    }

    /// The share of rows with a value, from 0 to 1; for a value that was not kept, that of all such values.
    func share(of value: [UInt8], column: Int) -> Double {
        total == 0 ? 1 : Double(columns[column][value] ?? others[column]) / Double(total)
    }
}
