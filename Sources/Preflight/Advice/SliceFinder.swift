import CSVTokenizer
import SafeText

/// Looks for the value of another column that the failures of one column have in common.
///
/// The values of each other column are counted exactly while they are few. A column with more distinct values is left out, wherever they occur in
/// the file, so the result does not depend on the order of the rows, and the counts of two ranges can be added. Values are identified by numbers.
struct SliceFinder {
    /// The most distinct values that are counted of another column.
    static let mostValues = 64
    /// The most values of all pairs of columns together.
    private static let mostInAll = 1 << 17
    /// Fewer failures say nothing.
    private static let fewestFailures = 20
    /// The share that is telling.
    private static let coverage = 0.9

    /// A value of another column that failures have.
    struct Candidate {
        /// Index among the other columns.
        let other: Int32
        /// Number of the value.
        let value: Int32
        fileprivate(set) var count: Int
    }

    private(set) var failureCount = 0
    /// The other columns that are still counted, one bit each: all except those with too many values.
    private(set) var open: UInt64
    /// By other column, by the number of the value.
    private(set) var values: [[Candidate]]

    /// - Parameters:
    ///   - otherCount: The number of other columns, at most 64.
    ///   - own: The other column that is the failing column itself.
    init(otherCount: Int, own: Int?) {
        open = otherCount == 0 ? 0 : UInt64.max >> UInt64(64 - otherCount)
        if let own { open &= ~(1 << UInt64(own)) }
        values = Array(repeating: [], count: otherCount)
    }

    /// The most distinct values that are counted of another column, for a number of pairs of columns.
    static func mostValues(pairCount: Int) -> Int {
        min(mostValues, mostInAll / max(1, pairCount))
    }

    /// Counts the failures of a tile.
    ///
    /// - Parameters:
    ///   - rows: those in which the column fails.
    ///   - most: The most distinct values of a column.
    mutating func add(_ tile: FailureTile, rows: UInt64, most: Int) {
        failureCount += rows.nonzeroBitCount
        var rest = open
        while rest != 0 {
            let other = rest.trailingZeroBitCount
            rest &= rest - 1
            if !add(tile.values(of: other), rows: rows, other: other, most: most) { leaveOut(other) }
        }
    }

    /// - Parameter found: by number, so that both lists are gone through once.
    /// - Returns: `false` if there are too many values.
    private mutating func add(_ found: [FailureTile.Value], rows: UInt64, other: Int, most: Int) -> Bool {
        var known: [Candidate] = []
        swap(&known, &values[other])
        defer { swap(&known, &values[other]) }
        var place = 0
        for value in found {
            let count = (value.rows & rows).nonzeroBitCount
            if count == 0 { continue }
            while place < known.count, known[place].value < value.number { place += 1 }
            if place < known.count, known[place].value == value.number {
                known[place].count += count
            } else if known.count < most {
                known.insert(Candidate(other: Int32(other), value: value.number, count: count), at: place)
            } else {
                return false
            }
        }
        return true
    }

    private mutating func leaveOut(_ other: Int) {
        open &= ~(1 << UInt64(other))
        values[other] = []
    }

    /// Adds the failures of a later range.
    ///
    /// - Parameter number: Returns the number that a candidate's value has here.
    mutating func merge(_ later: SliceFinder, most: Int, number: (Candidate) -> Int32) {
        failureCount += later.failureCount
        for other in values.indices where open >> UInt64(other) & 1 != 0 {
            var found = later.values[other].map { FoundValue(number: number($0), count: $0.count) }
            found.sort { $0.number < $1.number }
            if later.open >> UInt64(other) & 1 == 0 || !merge(found, other: other, most: most) { leaveOut(other) }
        }
    }

    private struct FoundValue {
        let number: Int32
        let count: Int
    }

    private mutating func merge(_ found: [FoundValue], other: Int, most: Int) -> Bool {
        for value in found {
            let place = values[other].partitionPoint { $0.value < value.number }
            if place < values[other].count, values[other][place].value == value.number {
                values[other][place].count += value.count
            } else if values[other].count < most {
                values[other].insert(Candidate(other: Int32(other), value: value.number, count: value.count), at: place)
            } else {
                return false
            }
        }
        return true
    }

    /// Replaces the numbers of the values.
    mutating func renumber(_ number: (Candidate) -> Int32) {
        for column in values.indices {
            values[column] = values[column].map { Candidate(other: $0.other, value: number($0), count: $0.count) }
            values[column].sort { $0.value < $1.value }
        }
    }

    /// What is common to nearly all failures; the most first.
    var telling: [Candidate] {
        guard failureCount >= Self.fewestFailures else { return [] }
        return values.joined().filter { Double($0.count) >= Double(failureCount) * Self.coverage }
            .sorted { ($1.count, $0.other) < ($0.count, $1.other) }
    }
}

extension SliceFinder: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder(&failureCount)
        coder(&open)
        coder.each(&values) { coder, candidates in
            coder.list(&candidates, blank: Candidate(other: 0, value: 0, count: 0)) { coder, candidate in
                var (other, value) = (candidate.other, candidate.value)
                coder(&other)
                coder(&value)
                if coder.isReading { candidate = Candidate(other: other, value: value, count: 0) }
                coder(&candidate.count)
            }
        }
    }
}
