package import SafeText

/// Rows with findings of one kind that begin in one part of a file.
package struct PositionCell: Sendable, Hashable {
    /// Distinct rows, or lines where the finding is about no row.
    package var count = 0
    /// Record numbers; `nil` where the finding is about no row.
    package var rows: ClosedRange<Int>?
    /// Physical lines in which the rows begin. They begin between these; where rows have several lines, perhaps later than the first and before the last.
    package var lines = 0...0

    package init() {}

    init(count: Int, rows: ClosedRange<Int>?, lines: ClosedRange<Int>) {
        self.count = count
        self.rows = rows
        self.lines = lines
    }

    /// Adds the rows of another part.
    package mutating func add(_ other: PositionCell) {
        if other.count == 0 { return }
        if count == 0 {
            self = other
            return
        }
        count += other.count
        lines = min(lines.lowerBound, other.lines.lowerBound)...max(lines.upperBound, other.lines.upperBound)
        guard let rows, let more = other.rows else {
            self.rows = rows ?? other.rows
            return
        }
        self.rows = min(rows.lowerBound, more.lowerBound)...max(rows.upperBound, more.upperBound)
    }

    func shifted(by joint: Joint) -> PositionCell {
        if count == 0 { return self }
        var cell = self
        cell.rows = rows.map { ($0.lowerBound + joint.rows)...($0.upperBound + joint.rows) }
        cell.lines = (lines.lowerBound + joint.lines)...(lines.upperBound + joint.lines)
        return cell
    }
}

extension PositionCell: CodedValue {
    package static var blank: PositionCell { PositionCell() }

    package mutating func code(_ coder: inout StateCoder) {
        coder(&count)
        if count == 0 { return }
        coder(&rows)
        coder(&lines)
    }
}
