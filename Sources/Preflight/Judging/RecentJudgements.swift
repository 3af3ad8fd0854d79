import SafeText
import ValueFormats

/// The judgements of values that were looked at closely, by column and bytes: a column that has wrong values usually has the same few of them
/// again and again.
///
/// A table of fixed size in which a value displaces the one that stands in its place. Values of more than 16 bytes are not kept.
struct RecentJudgements: ~Copyable {
    struct Entry {
        fileprivate var low: UInt64 = 0
        fileprivate var high: UInt64 = 0
        /// Column and length, which is never 0.
        fileprivate var key: UInt64 = 0
        var judgement = Judgement.parses
        /// How the value is counted, in the batch of this number.
        var counted = RowJudge.Counted()
        var batchNumber: UInt32 = 0
    }

    private static let bits = 10
    private let entries: UnsafeMutablePointer<Entry>

    init() {
        entries = .allocate(capacity: 1 << Self.bits)
        entries.initialize(repeating: Entry(), count: 1 << Self.bits)
    }

    deinit {
        entries.deallocate()
    }

    /// The entry of a value, with whether it is known; else it has the value's place, and the judgement is to be written into it. `nil` for
    /// values that are not kept.
    ///
    /// - Parameter field: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func entry(of field: UnsafeRawBufferPointer, column: Int) -> (entry: UnsafeMutablePointer<Entry>, isKnown: Bool)? {
        let count = field.count
        guard count > 0, count <= 16, let start = field.baseAddress else { return nil }
        let low = start.loadUnaligned(as: UInt64.self) & Self.mask(count)
        let high = count > 8 ? start.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & Self.mask(count - 8) : 0
        let key = UInt64(truncatingIfNeeded: column) << 8 | UInt64(truncatingIfNeeded: count)
        var hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15) ^ key) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash >> 32
        let index = Int(truncatingIfNeeded: (hash &* 0xD6E8_FEB8_6659_FD93) >> UInt64(64 - Self.bits))
        let entry = entries + index
        if entry.pointee.key == key, entry.pointee.low == low, entry.pointee.high == high { return (entry, true) }
        entry.pointee = Entry(low: low, high: high, key: key)
        return (entry, false)
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
