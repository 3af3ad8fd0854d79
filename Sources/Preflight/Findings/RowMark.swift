import ValueFormats

/// That a row has an occurrence of a finding. Marks are made by the same statements that count, so what they say of rows is what the report counts.
struct RowMark {
    /// Record number; 0 is the header.
    var row: Int
    /// Index of the group in the ``FindingLog``; negative for a row whose key is met for the first time: see ``newKey``.
    var group: Int
    /// Index in the batch; -1 where it is not one field.
    var field: Int
    /// Why a value does not parse.
    var reason: JudgementReason

    /// The number of the key that the row has as the first one of its range; `nil` where the row has a finding.
    var newKey: Int? { group < 0 ? -1 - group : nil }
}

/// Marks that were not taken yet.
struct RowMarks {
    /// In the order in which they were made.
    var rows: [RowMark] = []
    /// Rows that are known only at the end of the file, by their numbers.
    var ranges: [(group: Int, rows: [Range<Int>])] = []
}

extension FindingLog {
    /// Marks a row that has an occurrence, where occurrences are not counted one by one.
    mutating func mark(row: Int, in group: Int, field: Int = -1, reason: JudgementReason = .none) {
        marks.rows.append(RowMark(row: row, group: group, field: field, reason: reason))
    }

    /// Marks a row whose key is met for the first time: an earlier range may have it.
    mutating func mark(row: Int, newKey number: Int, field: Int) {
        marks.rows.append(RowMark(row: row, group: -1 - number, field: field, reason: .none))
    }

    /// Marks rows at the end of the file that were read before.
    mutating func mark(rows: [Range<Int>], in group: Int) {
        if marksRows { marks.ranges.append((group, rows)) }
    }

    /// The marks since this was called last, in the order in which they were made.
    mutating func takeMarks() -> [RowMark] {
        defer { marks.rows.removeAll(keepingCapacity: true) }
        return marks.rows
    }
}
