import SafeText

/// The first row that begins in each cell of a ``PositionMap``. Rows follow one another, so this tells the cell of every row, by its number.
struct RowRuler: Sendable, Equatable {
    /// A row, and the physical line in which it begins.
    struct Start: Sendable, Equatable {
        var row: Int
        var line: Int
    }

    /// By cell, up to the last one in use; `nil` where no row begins.
    private(set) var starts: [Start?] = []

    func hasRow(inCell cell: Int) -> Bool { cell < starts.count && starts[cell] != nil }

    /// - Parameter start: The rows come in the order of the file.
    mutating func note(_ start: Start, inCell cell: Int) {
        while starts.count <= cell { starts.append(nil) }
        if starts[cell] == nil { starts[cell] = start }
    }

    /// Doubles the length of the cells some times.
    mutating func fold(by shift: Int) {
        var folded: [Start?] = []
        for (index, start) in starts.enumerated() {
            if index >> shift == folded.count { folded.append(nil) }
            folded[folded.count - 1] = folded[folded.count - 1] ?? start
        }
        starts = folded
    }

    /// Adds the rows of the range after this one; the cells are equally long.
    mutating func merge(_ later: RowRuler, at joint: Joint) {
        for (cell, start) in later.starts.enumerated() {
            guard let start else { continue }
            note(Start(row: start.row + joint.rows, line: start.line + joint.lines), inCell: cell)
        }
    }

    /// The cells of some rows.
    ///
    /// - Parameters:
    ///   - ranges: of record numbers; may overlap.
    ///   - end: the row and the line after the last ones.
    func cells(of ranges: [Range<Int>], end: Start) -> [(cell: Int, rows: PositionCell)] {
        let known = starts.enumerated().compactMap { cell, start in start.map { (cell: cell, start: $0) } }
        var found: [(cell: Int, rows: PositionCell)] = []
        var place = 0
        for range in Self.union(ranges) {
            var row = range.lowerBound
            while row < range.upperBound {
                while place + 1 < known.count, known[place + 1].start.row <= row { place += 1 }
                guard place < known.count, known[place].start.row <= row else { break }
                let next = place + 1 < known.count ? known[place + 1].start : end
                let last = min(range.upperBound, max(next.row, row + 1)) - 1
                // Each row has a line at least: between the first rows of two cells no line can be earlier or later than this.
                let lines = (known[place].start.line + row - known[place].start.row, next.line - (next.row - last))
                found.append(
                    (known[place].cell, PositionCell(count: last - row + 1, rows: row...last, lines: lines.0...max(lines.0, lines.1))))
                row = last + 1
            }
        }
        return found
    }

    /// The same rows in ascending ranges without a common row.
    private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var united: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = united.last, range.lowerBound <= last.upperBound {
                united[united.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                united.append(range)
            }
        }
        return united
    }
}

extension RowRuler: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&starts, blank: nil) { coder, start in
            coder.optional(&start, blank: Start(row: 0, line: 0)) { coder, start in
                coder(&start.row)
                coder(&start.line)
            }
        }
    }
}
