package import ValueFormats

/// What a column with many different values holds: enough to tell what a reading makes of all of them.
package struct ValueSummary: Sendable, Equatable {
    /// Plain numbers that have the same separator, or none.
    package struct Numbers: Sendable, Equatable {
        package var count = 0
        /// The smallest and the largest one of each number of decimals.
        package var bounds: [ExactDecimal] = []

        package init(count: Int = 0, bounds: [ExactDecimal] = []) { (self.count, self.bounds) = (count, bounds) }
    }

    /// Without a separator.
    package var whole = Numbers()
    package var points = Numbers()
    package var commas = Numbers()
    /// All other values, by their bytes; of timestamps, the times of a class as one of them, which is read alike.
    package var others: [ColumnValues.Value] = []

    package init(whole: Numbers, points: Numbers, commas: Numbers, others: [ColumnValues.Value]) {
        (self.whole, self.points, self.commas, self.others) = (whole, points, commas, others)
    }

    /// Adds the values of another file.
    package mutating func merge(_ other: ValueSummary) {
        whole.merge(other.whole)
        points.merge(other.points)
        commas.merge(other.commas)
        var counts: [[UInt8]: Int] = [:]
        for value in others + other.others { counts[value.text, default: 0] += value.count }
        others = counts.map { ColumnValues.Value(text: $0.key, count: $0.value) }.sorted { $0.text.lexicographicallyPrecedes($1.text) }
    }
}

extension ValueSummary.Numbers {
    fileprivate mutating func merge(_ other: ValueSummary.Numbers) {
        count += other.count
        bounds += other.bounds
    }
}
