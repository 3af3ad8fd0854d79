import SafeText
import ValueFormats

/// What the values of a column that fail or may fail look like: values that differ only in their digits, and in the number of digits in a
/// row, are counted together. Words are never counted with other words.
struct LikeGroups {
    /// The most frequent, at most ``ColumnAdvice/mostShapes``; of equal ones those that come first in the file.
    let shapes: [ColumnAdvice.Shape]

    private struct Group {
        /// For each run of digits, how many there are of it at least and at most.
        var runs: [ClosedRange<Int>]
        /// The most frequent look, of several the first, and the first of its values.
        let text: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>
        var count: Int
        /// Where the first of its looks is in the file, among all looks.
        var place: Int
    }

    /// - Parameter areItems: whether different digits make different values, as in items of a dimension.
    init(_ looks: [ColumnShapes.Look], areItems: Bool) {
        let sorted = looks.enumerated().sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
        var places: [[UInt8]: Int] = [:]
        var groups: [Group] = []
        for (offset, look) in sorted {
            let (key, lengths): ([UInt8], [Int]) = areItems ? (Array(look.text), []) : Self.squeezed(look.text)
            if let place = places[key] {
                groups[place].count += look.count
                groups[place].place = min(groups[place].place, offset)
                groups[place].runs = zip(groups[place].runs, lengths).map { min($0.lowerBound, $1)...max($0.upperBound, $1) }
            } else {
                places[key] = groups.count
                groups.append(
                    Group(runs: lengths.map { $0...$0 }, text: look.text, value: look.value, count: look.count, place: offset))
            }
        }
        let best = groups.sorted { (-$0.count, $0.place) < (-$1.count, $1.place) }
        shapes = best.prefix(ColumnAdvice.mostShapes).map { group in
            ColumnAdvice.Shape(
                text: VisibleText(areItems ? Array(group.value) : Self.mask(of: group), limit: 40),
                value: VisibleText(Array(group.value), limit: 40), count: group.count)
        }
    }

    /// With one digit for each run of them, and how long the runs are.
    private static func squeezed(_ look: ArraySlice<UInt8>) -> ([UInt8], [Int]) {
        var key: [UInt8] = []
        var lengths: [Int] = []
        var isInRun = false
        for byte in look {
            guard ASCII.isDigit(byte) else {
                key.append(byte)
                isInRun = false
                continue
            }
            if isInRun {
                lengths[lengths.count - 1] += 1
            } else {
                key.append(byte)
                lengths.append(1)
            }
            isInRun = true
        }
        return (key, lengths)
    }

    /// Digits as 9: so many as all values have in that place, or `9…9` where some have more than others.
    private static func mask(of group: Group) -> [UInt8] {
        var mask: [UInt8] = []
        var run = 0
        for byte in squeezed(group.text).0 {
            guard ASCII.isDigit(byte) else {
                mask.append(byte)
                continue
            }
            let length = group.runs[run]
            run += 1
            mask += length.count == 1 ? Array(repeating: UInt8(ascii: "9"), count: length.lowerBound) : Array(ColumnAdvice.anyDigits.utf8)
        }
        return mask
    }
}
