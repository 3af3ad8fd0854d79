import SafeText
import ValueFormats

/// The judgements of values that were looked at closely, by column and bytes: a column that has wrong values usually has the same few of them
/// again and again. Numbers and dates go by what makes a difference: see `RowJudge.key(of:judged:)`.
///
/// Values of more than 16 bytes are not kept.
struct RecentJudgements: ~Copyable {
    struct Entry {
        var key = ShortText()
        var judgement = Judgement.parses
        /// How the value is counted, in the batch of this number; and values of that batch that are still to be counted so.
        var counted = RowJudge.Counted()
        var batchNumber: UInt32 = 0
        var uncountedCount: UInt32 = 0

        /// Counts a value that was judged in this batch already, or in another where it was not counted by a mask, and of which nothing is kept: then
        /// ``noteUncounted()`` is to be called.
        ///
        /// - Returns: its judgement; `nil` for any other value.
        @inline(__always)
        mutating func recall(_ text: ShortText, batchNumber: UInt32) -> Judgement? {
            guard key == text, counted.isOnlyCounted, self.batchNumber == batchNumber || counted.place.isOfAllBatches else { return nil }
            uncountedCount &+= 1
            return judgement
        }
    }

    private let entries: ShortTextTable<Entry>
    private var hasUncounted = false

    /// - Parameter columnCount: columns whose values are judged: there is room for one value of each, but no more than a few megabytes.
    init(columnCount: Int) {
        var bits = 10
        while bits < 16, 1 << bits < 2 * columnCount { bits += 1 }
        entries = ShortTextTable(bits: bits, repeating: Entry())
    }

    /// The place of the value. Where the entry there is another value's, its own values are to be counted, and then it is to be made this one's.
    @inline(__always)
    func place(of key: ShortText) -> Int { entries.place(of: key) }

    subscript(place: Int) -> Entry {
        @inline(__always) _read { yield entries[place] }
        @inline(__always) nonmutating _modify { yield &entries[place] }
    }

    /// From now on some entry may have values that are still to be counted.
    mutating func noteUncounted() { hasUncounted = true }

    /// Calls `body` with each entry that has values which are still to be counted: all of one batch are counted before the next begins.
    mutating func countAll(_ body: (inout Entry) -> Void) {
        guard hasUncounted else { return }
        hasUncounted = false
        for place in 0..<entries.count where entries[place].uncountedCount > 0 { body(&entries[place]) }
    }
}
