import ValueFormats

/// Looks for the value of another column that the failures of one column have in common.
///
/// The first ``trialCount`` failures are looked at as a whole; what nearly all of them have in common is then counted exactly in all others. So
/// a cause that begins later is not found. Values are known by a number. Memory: most values of a trial miss too many of its failures soon and
/// are dropped, so after some fifty failures there is no more than one for each other column.
struct SliceFinder {
    static let trialCount = 256
    /// Fewer failures say nothing.
    private static let fewestFailures = 20
    /// The share that is telling.
    private static let coverage = 0.9
    /// A value that is missing from so many failures of the trial is none that nearly all of them have.
    private static let mostMisses = trialCount - Int((Double(trialCount) * coverage).rounded(.up))
    /// Pairs that are counted after the trial.
    private static let mostCandidates = 4

    struct Candidate {
        /// Index among the other columns.
        let other: Int32
        /// Number of the value.
        let value: Int32
        fileprivate(set) var count: Int
    }

    private(set) var failureCount = 0
    private(set) var candidates: [Candidate] = []

    /// Whether the next failure is part of the trial.
    var isTrying: Bool { failureCount < Self.trialCount }

    /// Whether the trial is over, and its failures have nothing in common.
    var hasNoCandidate: Bool { candidates.isEmpty && !isTrying }

    /// Whether a value that was not seen before can still become one that nearly all failures have.
    var takesNewValues: Bool { failureCount <= Self.mostMisses }

    /// A failure of the trial.
    ///
    /// - Parameters:
    ///   - values: of its row, by other column, 32 at most; a negative number for a value that is not a candidate.
    ///   - own: the other column that is the failing one itself.
    mutating func tryOut(_ values: [Int32], own: Int?) {
        failureCount += 1
        var known: UInt32 = own.map { 1 << UInt32($0) } ?? 0
        var isAnyOut = false
        for index in candidates.indices {
            let other = Int(candidates[index].other)
            if values[other] == candidates[index].value {
                candidates[index].count += 1
                known |= 1 << UInt32(other)
            } else if failureCount - candidates[index].count > Self.mostMisses {
                isAnyOut = true
            }
        }
        if isAnyOut {
            let failureCount = failureCount
            candidates.removeAll { failureCount - $0.count > Self.mostMisses }
        }
        if failureCount - 1 <= Self.mostMisses {
            for other in values.indices where values[other] >= 0 && known & 1 << UInt32(other) == 0 {
                candidates.append(Candidate(other: Int32(other), value: values[other], count: 1))
            }
        }
        if !isTrying { candidates = Array(telling.prefix(Self.mostCandidates)) }
    }

    /// A failure after the trial.
    ///
    /// - Parameter matches: a bit for each candidate whose value is in its row.
    mutating func count(_ matches: UInt32) {
        failureCount &+= 1
        if matches == 0 { return }
        for index in candidates.indices where matches & 1 << UInt32(index) != 0 { candidates[index].count &+= 1 }
    }

    /// What is common to nearly all failures; the most first.
    var telling: [Candidate] {
        guard failureCount >= Self.fewestFailures else { return [] }
        return candidates.filter { Double($0.count) >= Double(failureCount) * Self.coverage }
            .sorted { ($1.count, $0.other) < ($0.count, $1.other) }
    }
}
