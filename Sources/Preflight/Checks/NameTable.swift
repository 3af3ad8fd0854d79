/// The names of columns, and the first column with each name. A dictionary of arrays would take thousands of instructions for each name, and a
/// header may have a million.
struct NameTable {
    private var table = TextTable()
    /// By entry of the table.
    private var columns: [Int32] = []
    private let hash = KeyHash()

    /// The first column of that name, if there is one.
    func column(of name: [UInt8]) -> Int? {
        table.find(name.span, hash: UInt32(truncatingIfNeeded: hash(name.span)), column: 0).map { Int(columns[$0]) }
    }

    /// Adds a column.
    ///
    /// - Returns: The first column of that name, if there was one before.
    mutating func add(_ name: [UInt8], column: Int) -> Int? {
        let hash = UInt32(truncatingIfNeeded: hash(name.span))
        if let known = table.find(name.span, hash: hash, column: 0) { return Int(columns[known]) }
        _ = table.insert(name.span, hash: hash, column: 0)
        columns.append(Int32(column))
        return nil
    }
}
