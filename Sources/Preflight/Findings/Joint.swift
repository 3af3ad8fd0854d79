/// Where the states of two ranges of a file meet: the numbers to add to those of the later range.
///
/// A range begins at the start of a row. Its rows and lines count from there, because how many precede it is known only after the earlier ranges
/// were read. Its byte offsets are those of the file, because they are known when the file is cut.
struct Joint {
    /// The data rows of the earlier range, and its physical lines.
    var rows: Int
    var lines: Int
    /// The new index of each group of the later range's ``FindingLog``.
    var groups: [Int] = []

    /// The new index of a group; -1 stays -1.
    func group(_ group: Int) -> Int {
        group < 0 ? group : groups[group]
    }
}

extension Place {
    /// The position counted from the start of the earlier range.
    func shifted(by joint: Joint) -> Place {
        Place(row: row.map { $0 + joint.rows }, line: line + joint.lines, column: column, byteOffset: byteOffset)
    }
}

extension Finding.Example {
    /// The example with its positions counted from the start of the earlier range.
    func shifted(by joint: Joint) -> Finding.Example {
        var example = self
        example.place = place.shifted(by: joint)
        example.first = first?.shifted(by: joint)
        return example
    }
}

extension [Finding.Example] {
    /// Adds examples of a later range, up to a limit.
    mutating func append(_ later: [Finding.Example], upTo most: Int, at joint: Joint) {
        for example in later.prefix(Swift.max(0, most - count)) { append(example.shifted(by: joint)) }
    }
}
