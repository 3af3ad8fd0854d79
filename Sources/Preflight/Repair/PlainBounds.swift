import SafeText
import ValueFormats

/// The smallest and largest plain numbers of each scale, as whole numbers: what is between them changes no bound, whichever scales a column mixes.
struct PlainBounds {
    private struct Range {
        var least = Int64.max
        var most = Int64.min
    }

    /// A plain number has at most 16 bytes.
    static let mostScales = 17

    private var ranges = [Range](repeating: Range(), count: mostScales)

    /// Adds a number.
    ///
    /// - Returns: whether it is beyond those of its scale so far.
    @inline(__always)
    @discardableResult
    mutating func widen(units: Int64, scale: Int) -> Bool {
        if ranges[scale].least <= units, units <= ranges[scale].most { return false }
        ranges[scale] = Range(least: min(units, ranges[scale].least), most: max(units, ranges[scale].most))
        return true
    }

    /// The smallest and the largest number of each scale.
    var bounds: [ExactDecimal] {
        ranges.enumerated().filter { $0.element.least <= $0.element.most }.flatMap { scale, range in
            [range.least, range.most].map { ExactDecimal(units: Int128($0), scale: scale) }
        }
    }

    mutating func merge(_ other: PlainBounds) {
        for scale in ranges.indices where other.ranges[scale].least <= other.ranges[scale].most {
            widen(units: other.ranges[scale].least, scale: scale)
            widen(units: other.ranges[scale].most, scale: scale)
        }
    }
}

extension PlainBounds: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.each(&ranges) { coder, range in
            coder.signed(&range.least)
            coder.signed(&range.most)
        }
    }
}
