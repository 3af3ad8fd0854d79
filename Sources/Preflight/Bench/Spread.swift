import ByteSources

/// Several measurements of one thing: the ends and the middle, which a single slow run does not move.
public struct Spread: Sendable, Equatable {
    public var min: Duration
    /// The middle one; of an even number the mean of the two in the middle.
    public var median: Duration
    public var max: Duration

    public init(min: Duration, median: Duration, max: Duration) {
        self.min = min
        self.median = median
        self.max = max
    }

    /// - Parameter durations: in any order, at least one.
    init(_ durations: [Duration]) {
        precondition(!durations.isEmpty, "nothing was measured")
        let sorted = durations.sorted()
        let middle = sorted.count / 2
        let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        self.init(min: sorted[0], median: median, max: sorted[sorted.count - 1])
    }
}
