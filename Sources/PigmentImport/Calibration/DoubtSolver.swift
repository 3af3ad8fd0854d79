import Preflight
package import ValueFormats

/// Finds which doubts of a column are surely accepted and surely rejected, given what several imports reported.
///
/// It looks for a choice of rejected doubts under which every observation holds, for each doubt once with it accepted and once with it
/// rejected. A doubt is settled only if one of the two is impossible. The search is exact; where it would take more than
/// ``mostSteps`` steps, it stops and leaves open what it did not rule out.
package struct DoubtSolver {
    /// What is certain.
    package struct Solution: Sendable, Equatable {
        package var settled = Assumptions()
        /// Doubts that may be either.
        package var open: DoubtSet = []
        /// Whether the search was exact.
        package var isExact = true
    }

    package enum Outcome: Sendable, Equatable {
        case solved(Solution)
        /// No choice explains all; by itself none of these does, or no two of these together do: places of observations.
        case contradiction([Int])
    }

    static let mostSteps = 1 << 21

    /// - Parameter known: doubts that are settled already; they must not contradict the observations.
    package static func solve(_ observations: [DoubtObservation], known: Assumptions = Assumptions()) -> Outcome {
        if let solution = search(observations, known: known) { return .solved(solution) }
        for place in observations.indices where search([observations[place]], known: known) == nil { return .contradiction([place]) }
        for first in observations.indices {
            for second in observations.indices.dropFirst(first + 1)
            where search([observations[first], observations[second]], known: known) == nil {
                return .contradiction([first, second])
            }
        }
        return .contradiction(Array(observations.indices))
    }

    /// - Returns: `nil` if there is no solution.
    private static func search(_ observations: [DoubtObservation], known: Assumptions) -> Solution? {
        guard var search = DoubtSearch(observations, known: known) else { return nil }
        search.run()
        if search.isExhausted {
            // What was not found may still be possible.
            return Solution(settled: Assumptions(), open: search.doubts, isExact: false)
        }
        guard search.hasSolution else { return nil }
        var solution = Solution()
        for (place, doubt) in search.variables.enumerated() {
            switch (search.canAccept >> place & 1, search.canReject >> place & 1) {
            case (1, 0): solution.settled[doubt] = true
            case (0, 1): solution.settled[doubt] = false
            default: solution.open.insert(doubt)
            }
        }
        return solution
    }
}

/// The search over choices of rejected doubts: depth first, the most frequent doubt first, cut where the bounds of an observation are out of
/// reach or where nothing new can be found.
private struct DoubtSearch {
    /// An observation over the variables: a bit for each.
    private struct Constraint {
        var sets: [(mask: UInt64, count: Int)]
        var bounds: ClosedRange<Int>
    }

    let variables: [Doubt]
    private var constraints: [Constraint] = []
    /// Of each at least one is rejected.
    private var clauses: [UInt64] = []
    private var forced: (accepted: UInt64, rejected: UInt64) = (0, 0)
    private(set) var canAccept: UInt64 = 0
    private(set) var canReject: UInt64 = 0
    private(set) var hasSolution = false
    private var steps = 0
    var isExhausted: Bool { steps > DoubtSolver.mostSteps }
    var doubts: DoubtSet { DoubtSet(variables) }

    /// `nil` where an observation is impossible whatever is rejected.
    init?(_ observations: [DoubtObservation], known: Assumptions) {
        var counts: [Doubt: Int] = [:]
        for entry in observations.flatMap(\.entries) {
            for doubt in entry.doubts.doubts { counts[doubt, default: 0] += entry.count }
        }
        let variables = counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map(\.key)
        self.variables = variables
        func mask(_ doubts: DoubtSet) -> UInt64 {
            variables.enumerated().reduce(0) { doubts.contains($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
        }
        for observation in observations {
            guard let bounds = observation.bounds else { return nil }
            constraints.append(
                Constraint(sets: observation.entries.map { (mask($0.doubts), $0.count) }, bounds: bounds))
            clauses += observation.rejected.map(mask)
        }
        forced = (mask(known.accepted), mask(known.rejected))
    }

    mutating func run() { visit(0, rejected: 0) }

    private mutating func visit(_ place: Int, rejected: UInt64) {
        steps += 1
        if isExhausted { return }
        let decided: UInt64 = place == 64 ? .max : 1 << UInt64(place) - 1
        let all: UInt64 = variables.count == 64 ? .max : 1 << UInt64(variables.count) - 1
        let open = all & ~decided
        // Whether this branch can still show something new.
        let isKnown =
            hasSolution && rejected & ~canReject == 0 && decided & ~rejected & ~canAccept == 0 && open & ~canReject == 0
            && open & ~canAccept == 0
        if isKnown || !isPossible(rejected: rejected, open: open) { return }
        if open == 0 {
            hasSolution = true
            canReject |= rejected
            canAccept |= all & ~rejected
            return
        }
        let bit: UInt64 = 1 << UInt64(place)
        if forced.rejected & bit == 0 { visit(place + 1, rejected: rejected) }
        if forced.accepted & bit == 0 { visit(place + 1, rejected: rejected | bit) }
    }

    private func isPossible(rejected: UInt64, open: UInt64) -> Bool {
        for clause in clauses where clause & (rejected | open) == 0 { return false }
        for constraint in constraints {
            var (least, most) = (0, 0)
            for set in constraint.sets {
                if set.mask & rejected != 0 {
                    least += set.count
                    most += set.count
                } else if set.mask & open != 0 {
                    most += set.count
                }
            }
            if least > constraint.bounds.upperBound || most < constraint.bounds.lowerBound { return false }
        }
        return true
    }
}
