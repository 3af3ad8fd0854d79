import CSVTokenizer
import SafeText

/// The ragged rows that a file ends with: a second table, or lines below the table.
struct RaggedTail {
    /// Those after the last blank line that precedes a ragged row: a second table, if the file ends with them.
    private(set) var second: Run?
    /// Those before any such line. They may be a second table if the first of them is the first row and the range before ends in a blank line.
    private(set) var lead: Run?
    /// The first ragged row.
    private var first: Run?
    /// Whether there was a row, and how many blank lines follow the last one that is not blank.
    private var hasRows = false
    private var endingBlankCount = 0
    /// Whether all rows before the first ragged one are blank, and whether all rows are.
    private var beginsRagged = false
    private var isBlank = true

    /// Ragged rows one after the other.
    struct Run {
        /// The physical line in which the first one begins, and the blank lines right before it.
        var line: Int
        var blankCount: Int
        var firstRow: Int
        var firstWidth: Int
        /// Whether the first of them may be a header; asked where no blank line is before it.
        var isNamed = false
        /// The width of the others: 0 if there is none, `nil` if they differ.
        var otherWidth: Int? = 0
        var count = 1
        /// How many are lines of prose.
        var proseCount: Int

        mutating func add(width: Int, isProse: Bool) {
            otherWidth = otherWidth == 0 || otherWidth == width ? width : nil
            count += 1
            proseCount += isProse ? 1 : 0
        }

        mutating func add(_ later: Run) {
            add(width: later.firstWidth, isProse: false)
            proseCount += later.proseCount
            if later.count == 1 { return }
            otherWidth = later.otherWidth == otherWidth ? otherWidth : nil
            count += later.count - 1
        }

        /// Whether the rows are lines of text, and not a table of one column.
        var isProse: Bool { firstWidth == 1 && (count == 1 || otherWidth == 1 && 2 * proseCount >= count) }

        func shifted(by joint: Joint) -> Run {
            var run = self
            run.line += joint.lines
            run.firstRow += joint.rows
            return run
        }

        /// The last line of the table above.
        var lastLineAbove: Int { line - 1 - blankCount }

        /// The width of a table that the rows are, and whether the first of them is its title.
        var table: (width: Int, isTitled: Bool)? {
            guard count > 1, let otherWidth else { return nil }
            if firstWidth == otherWidth { return (otherWidth, false) }
            return firstWidth == 1 && count > 2 ? (otherWidth, true) : nil
        }
    }

    var isEmpty: Bool { second == nil && lead == nil }

    /// Adds a ragged row of which nothing but its width is of interest: another is before it, and no blank line.
    mutating func add(width: Int, isProse: Bool) {
        if second != nil { second?.add(width: width, isProse: isProse) } else { lead?.add(width: width, isProse: isProse) }
    }

    /// How many blank lines are right before a row of a batch. Complexity: a step for each 64 of them.
    func blankCount(before row: Int, _ blank: BitSet) -> Int {
        let count = blank.count(rightBelow: row)
        return count == row ? count + endingBlankCount : count
    }

    /// Adds a ragged row after blank lines, of which the line is not known yet: others are before it, so it is not the first.
    mutating func add(_ row: Int, width: Int, blankCount: Int, isProse: Bool) {
        second = Run(line: 0, blankCount: blankCount, firstRow: row, firstWidth: width, proseCount: isProse ? 1 : 0)
    }

    /// Says in which line the last ragged row after blank lines begins.
    mutating func setLine(_ line: Int) { second?.line = line }

    /// Adds a ragged row.
    ///
    /// - Parameters:
    ///   - blankCount: lines right before it.
    ///   - isFirst: whether no row of the range before it has a byte.
    ///   - isNamed: whether it may be a header; asked where no blank line is before it.
    ///   - isProse: whether it is a line of text.
    mutating func add(_ row: Int, line: Int, width: Int, blankCount: Int, isFirst: Bool, isNamed: Bool, isProse: Bool) {
        func run(_ isNamed: Bool) -> Run {
            Run(
                line: line, blankCount: blankCount, firstRow: row, firstWidth: width, isNamed: isNamed, proseCount: isProse ? 1 : 0)
        }
        if isFirst, first == nil { beginsRagged = true }
        if blankCount > 0 {
            second = run(false)
        } else if second != nil {
            second?.add(width: width, isProse: isProse)
        } else if lead != nil {
            lead?.add(width: width, isProse: isProse)
        } else {
            lead = run(isNamed)
        }
        if first == nil { first = run(false) }
    }

    /// Whether no row of the range before a row of a batch has a byte.
    func isFirst(_ row: Int, blankCount: Int) -> Bool { isBlank && blankCount == row + endingBlankCount }

    /// Called for each batch after its ragged rows.
    mutating func end(_ batch: borrowing RowBatch, _ blank: BitSet) {
        guard batch.rowCount > 0 else { return }
        endingBlankCount = blankCount(before: batch.rowCount, blank)
        isBlank = isBlank && endingBlankCount > 0 && blank.count == batch.rowCount
        hasRows = true
    }

    mutating func merge(_ later: RaggedTail, at joint: Joint) {
        if var found = later.lead?.shifted(by: joint) {
            if later.beginsRagged { found.blankCount += endingBlankCount }
            if later.beginsRagged, found.blankCount > 0 {
                second = found
            } else if second != nil {
                second?.add(found)
            } else if lead != nil {
                lead?.add(found)
            } else {
                lead = found
            }
        }
        if var found = later.second?.shifted(by: joint) {
            if later.beginsRagged, later.first?.firstRow == later.second?.firstRow { found.blankCount += endingBlankCount }
            second = found
        }
        if first == nil, var found = later.first?.shifted(by: joint) {
            if later.beginsRagged { found.blankCount += endingBlankCount }
            first = found
            beginsRagged = isBlank && later.beginsRagged
        }
        guard later.hasRows else { return }
        endingBlankCount = later.isBlank ? endingBlankCount + later.endingBlankCount : later.endingBlankCount
        isBlank = isBlank && later.isBlank
        hasRows = true
    }

    // MARK: The end of the file

    /// The last line before the ragged rows, if all of them are at the end of the file.
    func lastLineAbove(raggedCount: Int, rowCount: Int) -> Int? {
        guard let first, first.firstRow > 1, raggedCount == rowCount - first.firstRow + 1 else { return nil }
        return first.lastLineAbove
    }

    /// What the rows at the end of the file are.
    enum Verdict {
        case table(Run, width: Int, isTitled: Bool)
        /// A footer.
        case lines(Run)
    }

    func verdict(rowCount: Int) -> Verdict? {
        guard let run = second ?? lead, run.firstRow > 1, run.count == rowCount - run.firstRow + 1 else { return nil }
        if second != nil, run.isProse { return .lines(run) }
        if let table = run.table, second != nil || (run.isNamed && run.count > 2) {
            return .table(run, width: table.width, isTitled: table.isTitled)
        }
        return nil
    }
}

extension RaggedTail: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        Self.code(&second, &coder)
        Self.code(&lead, &coder)
        Self.code(&first, &coder)
        coder(&hasRows)
        coder(&endingBlankCount)
        coder(&beginsRagged)
        coder(&isBlank)
    }

    private static func code(_ run: inout Run?, _ coder: inout StateCoder) {
        coder.optional(&run, blank: Run(line: 0, blankCount: 0, firstRow: 0, firstWidth: 0, proseCount: 0)) { coder, run in
            coder(&run.line)
            coder(&run.blankCount)
            coder(&run.firstRow)
            coder(&run.firstWidth)
            coder(&run.isNamed)
            coder(&run.otherWidth)
            coder(&run.count)
            coder(&run.proseCount)
        }
    }
}
