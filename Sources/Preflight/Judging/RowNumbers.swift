import CSVTokenizer

/// Finds rows of a batch by their numbers, in ascending order.
struct RowNumbers {
    private let rows: BatchRows
    private var known = (index: -1, number: -1)

    init(_ rows: BatchRows) {
        self.rows = rows
    }

    mutating func index(of number: Int) -> Int? {
        if number == known.number { return known.index }
        if number == 0 { return rows.header }
        var index = known.index
        repeat {
            index += 1
        } while index < rows.count && (index == rows.header || rows.blank.contains(index) || rows.number(of: index) < number)
        guard index < rows.count else { return nil }
        known = (index, number)
        return index
    }
}
