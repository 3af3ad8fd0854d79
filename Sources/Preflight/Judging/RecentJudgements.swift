import SafeText
import ValueFormats

/// The judgements of values that were looked at closely, by column and bytes: a column that has wrong values usually has the same few of them
/// again and again.
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

        /// Counts a value that was judged in this batch already and of which nothing is kept.
        ///
        /// - Returns: its judgement; `nil` for any other value.
        @inline(__always)
        mutating func recall(_ text: ShortText, batchNumber: UInt32) -> Judgement? {
            guard key == text, self.batchNumber == batchNumber, counted.isOnlyCounted else { return nil }
            uncountedCount &+= 1
            return judgement
        }
    }

    private let entries = ShortTextTable(bits: 10, repeating: Entry())
    private var hasUncounted = false

    /// The entry in the value's place. Where it is another value's, its own values are to be counted, and then it is to be made this one's.
    @inline(__always)
    func entry(for key: ShortText) -> UnsafeMutablePointer<Entry> { unsafe entries.entry(for: key) }

    /// From now on some entry may have values that are still to be counted.
    mutating func noteUncounted() { hasUncounted = true }

    /// Calls `body` with each entry that has values which are still to be counted: all of one batch are counted before the next begins.
    mutating func countAll(_ body: (UnsafeMutablePointer<Entry>) -> Void) {
        guard hasUncounted else { return }
        hasUncounted = false
        for place in 0..<entries.count where unsafe entries.entry(at: place).pointee.uncountedCount > 0 {
            unsafe body(entries.entry(at: place))
        }
    }
}
