import ByteSources

/// Several measurements of one thing: the ends and the middle, which a single slow run does not move.
package struct Spread: Sendable, Equatable {
    package var min: Duration
    /// The middle one; of an even number the mean of the two in the middle.
    package var median: Duration
    package var max: Duration

    package init(min: Duration, median: Duration, max: Duration) {
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
