/// Looks for the value of another column that the failures of one column have in common.
///
/// The first ``trialCount`` failures are looked at as a whole; what nearly all of them have in common is then counted exactly in all others. So
/// a cause that begins later is not found. Memory: some values for each pair of columns while the trial lasts, then a few pairs.
struct SliceFinder {
    static let trialCount = 256
    /// Fewer failures say nothing.
    private static let fewestFailures = 20
    /// The share that is telling.
    private static let coverage = 0.9
    /// Pairs that are counted behind the trial.
    private static let mostCandidates = 4

    struct Candidate {
        /// Index among the other columns.
        let other: Int
        let value: [UInt8]
        fileprivate(set) var count: Int
    }

    private(set) var failureCount = 0
    /// How often each value occurs with the failures of the trial, by other column.
    private var trial: [[[UInt8]: Int]]
    private(set) var candidates: [Candidate] = []

    init(otherCount: Int) {
        trial = Array(repeating: [:], count: otherCount)
    }

    /// Whether the next failure is part of the trial.
    var isTrying: Bool { failureCount < Self.trialCount }

    /// A failure of the trial.
    ///
    /// - Parameter value: of another column in its row; `nil` for one that is no candidate.
    mutating func tryOut(_ value: (Int) -> [UInt8]?) {
        for other in trial.indices {
            if let value = value(other) { trial[other][value, default: 0] += 1 }
        }
        failureCount += 1
        if !isTrying { endTrial() }
    }

    /// A failure behind the trial.
    ///
    /// - Parameter matches: whether another column has a value in its row.
    mutating func count(_ matches: (Candidate) -> Bool) {
        failureCount += 1
        for index in candidates.indices where matches(candidates[index]) { candidates[index].count += 1 }
    }

    /// The same for many failures at once.
    ///
    /// - Parameter counts: of the candidates, in their order.
    mutating func add(_ failures: Int, matching counts: [Int]) {
        failureCount += failures
        for (index, count) in counts.enumerated() { candidates[index].count += count }
    }

    private mutating func endTrial() {
        candidates = frequent()
        trial = []
    }

    private func frequent() -> [Candidate] {
        var found: [Candidate] = []
        for (other, counts) in trial.enumerated() {
            for (value, count) in counts where Double(count) >= Double(failureCount) * Self.coverage {
                found.append(Candidate(other: other, value: value, count: count))
            }
        }
        return Array(found.sorted { ($1.count, $0.other) < ($0.count, $1.other) }.prefix(Self.mostCandidates))
    }

    /// What is common to nearly all failures; the most first.
    var telling: [Candidate] {
        guard failureCount >= Self.fewestFailures else { return [] }
        let found = trial.isEmpty ? candidates : frequent()
        return found.filter { Double($0.count) >= Double(failureCount) * Self.coverage }
            .sorted { ($1.count, $0.other) < ($0.count, $1.other) }
    }
}
