import Preflight
import ValueFormats

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How much must be supposed for an explanation, in bits: one that costs a bit more is half as probable (assumed).
///
/// Any number of skipped cells can be made of enough doubts, so that a few of them fit means little, and a single setting that fits means much.
enum ExplanationCost {
    /// Of a setting: it is one of some dozens, and most configurations are as the profile says.
    private static let setting = 5.0
    /// Of each doubt that is rejected, and of each that is accepted.
    private static let (rejection, acceptance) = (2.0, 0.4)
    /// Of doubts that are all rejected or all accepted: an importer is strict or lenient as a whole.
    private static let uniform = 3.0
    /// Of samples that are not the first different values: most servers report those (assumed).
    private static let otherSamples = 2.0
    /// Of skipped rows that are not as many as reported, although they are with another explanation.
    static let otherRows = 6.0
    /// Of a format under which every value is doubtful.
    private static let misfit = 8.0

    /// - Parameter distance: keys of the profile that differ.
    static func settings(_ distance: Double) -> Double { setting * distance }

    static func doubts(rejected: DoubtSet, accepted: DoubtSet) -> Double {
        // An importer that exchanges day and month by itself is rare: that it does not is nearly no supposition.
        let swapped = DoubtSet(.swappedDayMonth)
        let order = rejected.contains(.swappedDayMonth) ? acceptance / 2 : accepted.contains(.swappedDayMonth) ? rejection : 0
        let (others, spared) = (rejected.subtracting(swapped), accepted.subtracting(swapped))
        let cost = rejection * Double(others.count) + acceptance * Double(spared.count)
        return order + (others.isEmpty || spared.isEmpty ? min(cost, uniform) : cost)
    }

    /// How probable it is what costs so many bits more than something else, compared with that.
    static func odds(_ bits: Double) -> Double { exp2(-bits) }

    /// Of cells that are accepted although they are doubtful, as a part of all: a format that fits is that of most values.
    static func doubtful(_ cells: Int, of filled: Int) -> Double { misfit * Double(cells) / Double(max(1, filled)) }

    /// Of items in which two lists differ.
    static func items(_ count: Int) -> Double { setting * Double(count) }

    /// Of samples that are so many of so many different values, and not the first ones: the number of such choices.
    static func samples(_ count: Int, of values: Int) -> Double {
        otherSamples + (0..<min(count, values)).reduce(0) { $0 + log2(Double(values - $1) / Double($1 + 1)) }
    }
}
