/// Where the next of a series of figures is expected: near those before, or where they have been heading.
struct UsualRange {
    /// The fewest figures that tell what is usual.
    static let fewest = 3

    let lowest: Double
    let highest: Double
    let median: Double

    /// - Parameters:
    ///   - earlier: The first is the oldest.
    ///   - margin: A difference from the median that is always usual.
    /// - Returns: `nil` for fewer than ``fewest``.
    init?(_ earlier: [Double], margin: Double) {
        guard earlier.count >= Self.fewest, let last = earlier.last else { return nil }
        median = Self.median(earlier)
        let level = max(margin, Self.spread(earlier))
        let steps = zip(earlier.dropFirst(), earlier).map { $0 - $1 }
        // Figures that vary have no direction.
        guard steps.allSatisfy({ $0 > 0 }) || steps.allSatisfy({ $0 < 0 }) else {
            (lowest, highest) = (median - level, median + level)
            return
        }
        let next = last + Self.median(steps)
        let way = max(margin, Self.spread(steps))
        lowest = min(median - level, next - way)
        highest = max(median + level, next + way)
    }

    func contains(_ figure: Double) -> Bool { lowest <= figure && figure <= highest }

    /// How far figures may be from their median: six times what the middle of them varies (for a normal distribution 1.48 median deviations are one
    /// standard deviation), and some times the range of all: of few figures both are small now and then.
    private static func spread(_ figures: [Double]) -> Double {
        let middle = median(figures)
        let deviation = 1.4826 * median(figures.map { abs($0 - middle) })
        let range = (figures.max() ?? 0) - (figures.min() ?? 0)
        let factor =
            switch figures.count {
            case ...3: 5.0
            case 4: 3.0
            case 5, 6: 2.5
            default: 2.0
            }
        return max(6 * deviation, factor * range)
    }

    private static func median(_ figures: [Double]) -> Double {
        if figures.isEmpty { return 0 }
        let sorted = figures.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
