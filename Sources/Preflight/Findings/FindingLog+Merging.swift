// Groups of the ranges of a file are added up in its order: see ``FindingLog/merge(_:at:)``.

extension FindingLog.Group {
    /// The group with its positions counted from the start of the earlier range.
    func shifted(by joint: Joint) -> FindingLog.Group {
        var group = self
        group.lastRow = lastRow.map { $0 + joint.rows }
        group.examples = examples.map { $0.shifted(by: joint) }
        for index in kept.indices { group.kept[index].line? += joint.lines }
        return group
    }

    /// Adds a group with the same key of the range after this one, except for its remarks.
    mutating func merge(_ later: FindingLog.Group, samples: Int) {
        count += later.count
        // No row is in both.
        countedRows += later.countedRows
        lastRow = later.lastRow ?? lastRow
        examples += later.examples.prefix(max(0, samples - examples.count))
        cover(later.furtherColumns)
        hasUnnamed = hasUnnamed || later.hasUnnamed
    }
}
