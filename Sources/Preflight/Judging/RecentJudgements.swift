import SafeText
import ValueFormats

/// The judgements of values that were looked at closely, by column and bytes: a column that has wrong values usually has the same few of them
/// again and again.
///
/// A table of fixed size in which a value displaces the one in its place. Values of more than 16 bytes are not kept.
struct RecentJudgements: ~Copyable {
    /// A value of a column.
    struct Key: Equatable {
        fileprivate var low: UInt64 = 0
        fileprivate var high: UInt64 = 0
        /// Column and length, which is never 0.
        fileprivate var columnAndCount: UInt64 = 0

        var column: Int { Int(columnAndCount >> 8) }

        /// - Parameter field: 16 bytes are readable at its beginning, whatever its length.
        /// - Returns: `nil` for values that are not kept.
        @inline(__always)
        init?(_ field: UnsafeRawBufferPointer, column: Int) {
            let count = field.count
            guard count > 0, count <= 16, let start = field.baseAddress else { return nil }
            low = start.loadUnaligned(as: UInt64.self) & Self.mask(count)
            high = count > 8 ? start.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & Self.mask(count - 8) : 0
            columnAndCount = UInt64(truncatingIfNeeded: column) << 8 | UInt64(truncatingIfNeeded: count)
        }

        init() {}

        /// - Parameter bits: of the number of places.
        @inline(__always)
        func place(bits: Int) -> Int {
            var hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15) ^ columnAndCount) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 32
            return Int(truncatingIfNeeded: (hash &* 0xD6E8_FEB8_6659_FD93) >> UInt64(64 - bits))
        }

        /// The lowest bytes of a word that the machine loaded.
        @inline(__always)
        private static func mask(_ byteCount: Int) -> UInt64 {
            let bits = UInt64(truncatingIfNeeded: 64 - 8 * min(byteCount, 8))
            #if _endian(little)
                return UInt64.max >> bits
            #else
                return UInt64.max << bits
            #endif
        }
    }

    struct Entry {
        var key = Key()
        var judgement = Judgement.parses
        /// How the value is counted, in the batch of this number; and values of that batch that are still to be counted so.
        var counted = RowJudge.Counted()
        var batchNumber: UInt32 = 0
        var uncountedCount: UInt32 = 0
    }

    private static let bits = 10
    private let entries: UnsafeMutablePointer<Entry>
    /// Entries that may have values which are still to be counted.
    private var uncounted: [Int32] = []

    init() {
        entries = .allocate(capacity: 1 << Self.bits)
        entries.initialize(repeating: Entry(), count: 1 << Self.bits)
    }

    deinit {
        entries.deallocate()
    }

    /// The entry in the value's place. Where it is another value's, its own values are to be counted, and then it is to be made this one's.
    @inline(__always)
    func entry(for key: Key) -> UnsafeMutablePointer<Entry> { entries + key.place(bits: Self.bits) }

    /// From now on an entry may have values that are still to be counted.
    mutating func noteUncounted(_ entry: UnsafeMutablePointer<Entry>) {
        uncounted.append(Int32(truncatingIfNeeded: entry - entries))
    }

    /// Calls `body` with each entry that may have values which are still to be counted: all of one batch are counted before the next begins.
    mutating func countAll(_ body: (UnsafeMutablePointer<Entry>) -> Void) {
        for place in uncounted { body(entries + Int(place)) }
        uncounted.removeAll(keepingCapacity: true)
    }
}
