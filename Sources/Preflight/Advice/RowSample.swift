/// How often values occur in all rows, estimated from some: the first ``whole``, and one in ``step`` after them if there is something to
/// explain.
struct RowSample {
    static let whole = 2_000
    static let step = 101
    /// Values kept of a column.
    private static let mostValues = 64

    private var table = TextTable()
    /// Occurrences of the table's values.
    private var counts: [Int] = []
    /// By column: how many values are in the table, and the occurrences of others.
    private var columns: [(valueCount: Int, others: Int)]
    private var total = 0

    init(columnCount: Int) {
        columns = Array(repeating: (0, 0), count: columnCount)
    }

    /// The rows of the sample among some consecutive ones, by their record numbers.
    static func rows(from first: Int, count: Int) -> [Int] {
        let end = first + count
        let rest = max(first, whole + 1)
        let start = (rest + step - 1) / step * step
        return Array(first..<max(first, min(end, whole + 1))) + (start < end ? Array(stride(from: start, to: end, by: step)) : [])
    }

    private static func weight(of row: Int) -> Int {
        row <= whole ? 1 : step
    }

    /// A row of the sample begins.
    mutating func add(row: Int) {
        total += Self.weight(of: row)
    }

    /// A value of the row.
    mutating func add(_ value: UnsafeRawBufferPointer, column: Int, row: Int) {
        let hash = table.hash(of: value, column: column)
        if let known = table.find(value, hash: hash, column: column) {
            counts[known] += Self.weight(of: row)
        } else if columns[column].valueCount < Self.mostValues {
            _ = table.insert(value, hash: hash, column: column)
            counts.append(Self.weight(of: row))
            columns[column].valueCount += 1
        } else {
            columns[column].others += Self.weight(of: row)
        }
    }

    /// The share of rows with a value, from 0 to 1; for a value that was not kept, that of all such values.
    func share(of value: [UInt8], column: Int) -> Double {
        if total == 0 { return 1 }
        let known = value.withUnsafeBytes { table.find($0, hash: table.hash(of: $0, column: column), column: column) }
        return Double(known.map { counts[$0] } ?? columns[column].others) / Double(total)
    }
}
