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
    /// The other columns that are still counted: all except those with too many values.
    private(set) var open: [Int32]
    /// By other column. Frequent values move to the front, because the search is linear.
    private var values: [[Candidate]]

    /// - Parameters:
    ///   - otherCount: The number of other columns.
    ///   - own: The other column that is the failing column itself.
    init(otherCount: Int, own: Int?) {
        open = (0..<Int32(otherCount)).filter { Int($0) != own }
        values = Array(repeating: [], count: otherCount)
    }

    /// The most distinct values that are counted of another column, for a number of pairs of columns.
    static func mostValues(pairCount: Int) -> Int {
        min(mostValues, mostInAll / max(1, pairCount))
    }

    /// Counts failures without their values.
    mutating func add(_ count: Int) {
        failureCount += count
    }

    /// Counts failures in rows with a value.
    ///
    /// - Parameter most: The most distinct values of a column.
    mutating func add(_ count: Int, value: Int32, other: Int32, most: Int) {
        let column = Int(other)
        if let place = values[column].firstIndex(where: { $0.value == value }) {
            values[column][place].count += count
            if place > 0 { values[column].swapAt(place, place - 1) }
        } else if values[column].count < most {
            values[column].append(Candidate(other: other, value: value, count: count))
        } else {
            leaveOut(other)
        }
    }

    private mutating func leaveOut(_ other: Int32) {
        open.removeAll { $0 == other }
        values[Int(other)] = []
    }

    /// Adds the failures of a later range.
    ///
    /// - Parameter number: Returns the number that a candidate's value has here.
    mutating func merge(_ later: SliceFinder, most: Int, number: (Candidate) -> Int32) {
        failureCount += later.failureCount
        for other in open {
            guard later.open.contains(other) else {
                leaveOut(other)
                continue
            }
            for candidate in later.values[Int(other)] where open.contains(other) {
                add(candidate.count, value: number(candidate), other: other, most: most)
            }
        }
    }

    /// Replaces the numbers of the values.
    mutating func renumber(_ number: (Candidate) -> Int32) {
        for column in values.indices {
            values[column] = values[column].map { Candidate(other: $0.other, value: number($0), count: $0.count) }
        }
    }

    /// What is common to nearly all failures; the most first.
    var telling: [Candidate] {
        guard failureCount >= Self.fewestFailures else { return [] }
        return values.joined().filter { Double($0.count) >= Double(failureCount) * Self.coverage }
            .sorted { ($1.count, $0.other) < ($0.count, $1.other) }
    }
}
