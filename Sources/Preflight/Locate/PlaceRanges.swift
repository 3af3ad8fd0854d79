/// Ranges of places of one kind that are looked for while the numbers only grow.
struct PlaceRanges {
    let ranges: [ClosedRange<Int>]
    private var isFound: [Bool]
    private let last: Int

    init(_ ranges: [ClosedRange<Int>]) {
        self.ranges = ranges
        isFound = ranges.map { _ in false }
        last = ranges.map(\.upperBound).max() ?? -1
    }

    /// Whether some range has a place from this one on.
    func wants(from place: Int) -> Bool { last >= place }

    /// The parts of the ranges that lie in `places`, which are there: those ranges are found.
    mutating func take(_ places: Range<Int>) -> [ClosedRange<Int>] {
        var found: [ClosedRange<Int>] = []
        for (index, range) in ranges.enumerated() {
            guard range.lowerBound < places.upperBound, range.upperBound >= places.lowerBound, !places.isEmpty else { continue }
            isFound[index] = true
            found.append(max(range.lowerBound, places.lowerBound)...min(range.upperBound, places.upperBound - 1))
        }
        return found
    }

    var missing: [ClosedRange<Int>] {
        zip(ranges, isFound).filter { !$0.1 }.map(\.0)
    }
}
