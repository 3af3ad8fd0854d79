package import SafeText
package import ValueFormats

/// How many values of a column have which doubts, exact. Values that one doubt settles are told apart from those that have several.
///
/// Memory: at most ``mostSets`` sets of doubts, those with the lowest numbers, in whatever order they come; real columns have a few.
package struct DoubtCounts: Sendable, Equatable {
    /// Values with the same doubts.
    package struct Entry: Sendable, Equatable {
        package var doubts: DoubtSet
        package var count: Int
    }

    /// By doubts, in no order of meaning.
    private var counts: [Entry] = []
    /// Values whose doubts are not told apart.
    package private(set) var otherCount = 0
    private var last = 0

    static let mostSets = 256

    package init() {}

    package var isEmpty: Bool { counts.isEmpty }

    /// The sets of doubts, the most frequent first.
    package var entries: [Entry] {
        counts.sorted { ($1.count, $0.doubts.rawValue) < ($0.count, $1.doubts.rawValue) }
    }

    /// Values with a doubt, whatever others they have; at least so many where ``otherCount`` is not 0.
    package func count(of doubt: Doubt) -> Int {
        counts.reduce(0) { $1.doubts.contains(doubt) ? $0 + $1.count : $0 }
    }

    /// All doubts that occur.
    package var doubts: DoubtSet { counts.reduce(into: []) { $0.formUnion($1.doubts) } }

    @inline(__always)
    mutating func add(_ doubts: DoubtSet, count: Int = 1) {
        // Most values are doubtful for the same reason as the one before.
        if last < counts.count, counts[last].doubts == doubts {
            counts[last].count &+= count
        } else {
            addOther(doubts, count: count)
        }
    }

    private mutating func addOther(_ doubts: DoubtSet, count: Int = 1) {
        if let place = counts.firstIndex(where: { $0.doubts == doubts }) {
            last = place
        } else if counts.count < Self.mostSets {
            last = counts.count
            counts.append(Entry(doubts: doubts, count: 0))
        } else if let place = counts.indices.max(by: { counts[$0].doubts.rawValue < counts[$1].doubts.rawValue }),
            counts[place].doubts.rawValue > doubts.rawValue
        {
            otherCount += counts[place].count
            last = place
            counts[place] = Entry(doubts: doubts, count: 0)
        } else {
            otherCount += count
            return
        }
        counts[last].count += count
    }

    /// Adds the values of a later range.
    mutating func merge(_ later: DoubtCounts) {
        for entry in later.counts { addOther(entry.doubts, count: entry.count) }
        otherCount += later.otherCount
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.otherCount == right.otherCount && left.entries == right.entries
    }
}

extension DoubtCounts: CodedValue {
    package static var blank: DoubtCounts { DoubtCounts() }

    package mutating func code(_ coder: inout StateCoder) {
        coder.list(&counts, blank: Entry(doubts: [], count: 0)) { coder, entry in
            coder.raw(&entry.doubts)
            coder(&entry.count)
        }
        coder(&otherCount)
        if coder.isReading { last = 0 }
    }
}
