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
    mutating func widen(units: Int64, scale: Int) -> Bool {
        if ranges[scale].least <= units, units <= ranges[scale].most { return false }
        ranges[scale] = Range(least: min(units, ranges[scale].least), most: max(units, ranges[scale].most))
        return true
    }
}
