import Preflight
import ValueFormats

/// Finds which doubts, rejected, make a number of skipped cells.
///
/// A value is rejected if any of its doubts is. So of a few groups of cells, each with a set of doubts, those with a rejected one are skipped,
/// and with them those that fail anyway.
struct DoubtSolutions {
    /// Doubts that are tried in every combination: 2^12 of them.
    private static let mostDoubts = 12

    /// The doubts that the cells have, the most frequent first.
    let doubts: [Doubt]
    private let fails: Int
    private let groups: [(doubts: UInt64, count: Int)]
    /// The doubts that are not tried: all accepted, or all rejected.
    private let rest: DoubtSet

    init(_ groups: [(outcome: CellGroup.Outcome, count: Int)]) {
        fails = groups.reduce(0) { $1.outcome.fails ? $0 + $1.count : $0 }
        let doubtful = groups.filter { !$0.outcome.fails }
        self.groups = doubtful.map { ($0.outcome.doubts.rawValue, $0.count) }
        var counts: [Doubt: Int] = [:]
        for group in doubtful { for doubt in group.outcome.doubts.doubts { counts[doubt, default: 0] += group.count } }
        let sorted = counts.keys.sorted { (counts[$1]!, $0.name) < (counts[$0]!, $1.name) }
        doubts = Array(sorted.prefix(Self.mostDoubts))
        rest = sorted.dropFirst(Self.mostDoubts).reduce([]) { $0.union(DoubtSet($1)) }
    }

    /// All doubts that occur.
    var all: DoubtSet { doubts.reduce(rest) { $0.union(DoubtSet($1)) } }

    /// Whether every combination is tried.
    var isWhole: Bool { rest.isEmpty }

    /// Cells that are skipped if these doubts are rejected.
    func cells(rejecting rejected: DoubtSet) -> Int {
        var cells = fails
        for group in groups where group.doubts & rejected.rawValue != 0 { cells += group.count }
        return cells
    }

    /// Whether any set of rejected doubts makes exactly a number of cells.
    func canMake(_ cells: Int) -> Bool {
        var isFound = false
        search(cells) { _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// The sets of rejected doubts that make exactly a number of cells, the smallest first.
    ///
    /// - Parameters:
    ///   - cells: The number.
    ///   - required: sets of doubts, each of which has at least one that was rejected: those of values that were surely skipped.
    func rejections(making cells: Int, required: [DoubtSet]) -> [DoubtSet] {
        var found: [DoubtSet] = []
        search(cells) { rejected in
            if required.allSatisfy({ !$0.intersection(rejected).isEmpty }) { found.append(rejected) }
            return true
        }
        return found.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(\.element)
    }

    /// - Parameter body: gets each set that makes the number, and returns whether to go on.
    private func search(_ cells: Int, _ body: (DoubtSet) -> Bool) {
        guard cells >= fails, cells <= self.cells(rejecting: all) else { return }
        let bits = doubts.map { DoubtSet($0).rawValue }
        // By combination of doubts: the one without the last of them is known already.
        var sets: [UInt64] = [0]
        sets.reserveCapacity(1 << bits.count)
        for bit in bits { sets += sets.map { $0 | bit } }
        for untried in rest.isEmpty ? [0] : [0, rest.rawValue] {
            for set in sets where self.cells(rejecting: DoubtSet(rawValue: set | untried)) == cells {
                guard body(DoubtSet(rawValue: set | untried)) else { return }
            }
        }
    }
}
