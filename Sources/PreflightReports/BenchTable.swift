import SafeText

/// Columns of text, each as wide as its widest cell: the first aligned to the left, the others to the right.
struct BenchTable {
    private var rows: [[String]]

    /// - Parameter heading: one cell for each column.
    init(heading: [String]) {
        rows = [heading]
    }

    /// - Parameter cells: as many as the heading has.
    mutating func append(_ cells: [String]) {
        precondition(cells.count == rows[0].count, "a row of another width")
        rows.append(cells)
    }

    /// Without line ends, and without spaces after the last cell.
    var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0 }
        return rows.map { cells in
            cells.indices.map { column in
                let fill = String(repeating: " ", count: widths[column] - TerminalWidth.columns(of: cells[column]))
                return column == 0 ? cells[column] + fill : fill + cells[column]
            }.joined(separator: "  ")
        }
    }
}
