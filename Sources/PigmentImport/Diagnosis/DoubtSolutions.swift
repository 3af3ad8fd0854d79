import Preflight
import ValueFormats

/// Finds which doubts, rejected, make a number of skipped cells.
///
/// A value is rejected if any of its doubts is. So of a few groups of cells, each with a set of doubts, those with a rejected one are skipped,
/// and with them those that fail anyway.
struct DoubtSolutions {
    /// Doubts that are tried in every combination: 2^12 of them.
    private static let mostDoubts = 12
    /// Solutions that are kept.
    static let most = 64

    /// The doubts that the cells have, the most frequent first.
    let doubts: [Doubt]
    private let fails: Int
    private let groups: [(doubts: DoubtSet, count: Int)]
    /// The doubts that are not tried: all accepted, or all rejected.
    private let rest: DoubtSet

    init(_ groups: [(outcome: CellGroup.Outcome, count: Int)]) {
        fails = groups.reduce(0) { $1.outcome.fails ? $0 + $1.count : $0 }
        self.groups = groups.filter { !$0.outcome.fails }.map { ($0.outcome.doubts, $0.count) }
        var counts: [Doubt: Int] = [:]
        for group in self.groups { for doubt in group.doubts.doubts { counts[doubt, default: 0] += group.count } }
        let sorted = counts.keys.sorted { (counts[$1]!, $0.name) < (counts[$0]!, $1.name) }
        doubts = Array(sorted.prefix(Self.mostDoubts))
        rest = sorted.dropFirst(Self.mostDoubts).reduce([]) { $0.union(DoubtSet($1)) }
    }

    /// All doubts that occur.
    var all: DoubtSet { doubts.reduce(rest) { $0.union(DoubtSet($1)) } }

    /// Cells that are skipped if these doubts are rejected.
    func cells(rejecting rejected: DoubtSet) -> Int {
        groups.reduce(fails) { $1.doubts.intersection(rejected).isEmpty ? $0 : $0 + $1.count }
    }

    /// The sets of rejected doubts that make exactly a number of cells.
    ///
    /// - Parameter required: sets of doubts of which each must have a rejected one: those of values that were surely skipped.
    func rejections(making cells: Int, required: [DoubtSet]) -> [DoubtSet] {
        guard cells >= fails, cells <= self.cells(rejecting: all) else { return [] }
        var found: [DoubtSet] = []
        for untried in rest.isEmpty ? [[]] : [[], rest] as [DoubtSet] {
            for combination in 0..<(1 << doubts.count) where found.count < Self.most {
                var rejected = untried
                for (index, doubt) in doubts.enumerated() where combination >> index & 1 != 0 { rejected.formUnion(DoubtSet(doubt)) }
                guard self.cells(rejecting: rejected) == cells, required.allSatisfy({ !$0.intersection(rejected).isEmpty }) else {
                    continue
                }
                found.append(rejected)
            }
        }
        return found
    }
}
