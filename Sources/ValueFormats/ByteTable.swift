import ByteSpans
import SafeText

/// A set of byte strings.
package struct ByteTable: Sendable, Equatable {
    package private(set) var count = 0
    /// All strings, one after the other, and a word of zeros at least: so there is a word wherever a string begins.
    private var bytes: [UInt8]
    /// Where each string ends in `bytes`; where it begins is the end of the one before.
    private var ends: [UInt32] = []
    /// Number of a string, where a slot is taken. The length is a power of two.
    private var slots: [UInt32]
    /// A few bits of the hash of each slot's string, or 0 for a free slot. Most strings that are not there meet none with the same bits, and of a
    /// large table only these bytes stay in the cache.
    private var tags: [UInt8]

    private static let paddingCount = 8

    /// - Parameters:
    ///   - capacity: strings that may be inserted.
    ///   - byteCapacity: bytes that all of them have, if that is known.
    package init(capacity: Int, byteCapacity: Int = 0) {
        bytes = [UInt8](repeating: 0, count: byteCapacity + Self.paddingCount)
        if byteCapacity > 0 { ends.reserveCapacity(capacity) }
        var length = 8
        while length < 2 * capacity { length *= 2 }
        slots = [UInt32](repeating: 0, count: length)
        tags = [UInt8](repeating: 0, count: length)
    }

    /// - Precondition: fewer strings than the capacity are in the table.
    /// - Returns: `false` if it was there before.
    package mutating func insert(_ string: Span<UInt8>) -> Bool {
        let (slot, tag) = slot(of: string)
        guard tags[slot] == 0 else { return false }
        let start = byteCount
        let lacking = start + string.count + Self.paddingCount - bytes.count
        if lacking > 0 { bytes.append(contentsOf: repeatElement(0, count: max(lacking, bytes.count))) }
        var all = bytes.mutableSpan
        all.copy(string, at: start)
        ends.append(UInt32(start + string.count))
        slots[slot] = UInt32(count)
        tags[slot] = tag
        count += 1
        return true
    }

    /// Bytes of all strings.
    private var byteCount: Int { ends.last.map { Int($0) } ?? 0 }

    /// Whether two tables have the same strings in the same order.
    package static func == (left: ByteTable, right: ByteTable) -> Bool {
        left.ends == right.ends && left.bytes.span[..<left.byteCount].hasSameBytes(as: right.bytes.span[..<right.byteCount])
    }

    /// The strings by the order in which they came.
    package subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(number)] }

    /// Calls `body` with the strings by the order in which they came, as long as it asks for more.
    @inline(__always)
    func forEach(_ body: (_ number: Int, Span<UInt8>) -> Bool) {
        let (bytes, ends) = (bytes.span, ends.span)
        var begin = 0
        for number in 0..<count {
            let end = Int(ends[number])
            guard body(number, bytes[begin..<end]) else { return }
            begin = end
        }
    }

    package func contains(_ string: Span<UInt8>) -> Bool {
        tags[slot(of: string).slot] != 0
    }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number]) }

    /// The slot that holds the string, else the free slot where it belongs; and its tag there.
    private func slot(of string: Span<UInt8>) -> (slot: Int, tag: UInt8) {
        let mask = slots.count - 1
        if string.count <= 8 {
            let word = ByteWord(string).word
            let hash = Self.hash(ofShort: word, count: string.count)
            let tag = Self.tag(hash)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while tags[slot] != 0, tags[slot] != tag || !isShort(Int(slots[slot]), word, count: string.count) { slot = (slot + 1) & mask }
            return (slot, tag)
        }
        let hash = Self.hash(of: string)
        let tag = Self.tag(hash)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while tags[slot] != 0, tags[slot] != tag || !isString(Int(slots[slot]), string) { slot = (slot + 1) & mask }
        return (slot, tag)
    }

    /// Bits that do not decide on the slot. Never 0.
    @inline(__always)
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash &>> 56) | 1 }

    /// Eight bytes a step, each multiplied to 128 bits and folded, as in wyhash (Wang Yi, 2019). Without a secret: who writes the profile has the
    /// strings, and a value can do no more than meet those that are there.
    ///
    /// - Parameter string: of more than eight bytes.
    private static func hash(of string: Span<UInt8>) -> UInt64 {
        let count = string.count
        var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
        var index = 0
        while index &+ 8 < count {
            hash = fold(hash ^ string.word(at: index), 0xA076_1D64_78BD_642F)
            index &+= 8
        }
        // The last eight: some were folded before.
        return fold(hash ^ string.word(at: count &- 8), 0xE703_7ED1_A0B4_28DB)
    }

    /// The same for a string of up to eight bytes.
    @inline(__always)
    private static func hash(ofShort word: UInt64, count: Int) -> UInt64 {
        fold(0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count) ^ word, 0xE703_7ED1_A0B4_28DB)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private func isShort(_ number: Int, _ word: UInt64, count: Int) -> Bool {
        let range = range(number)
        guard range.count == count else { return false }
        let unused = UInt64(truncatingIfNeeded: 64 - 8 * count)
        return ByteWord(wordAt: range.lowerBound, of: bytes.span).word << unused == word << unused
    }

    private func isString(_ number: Int, _ string: Span<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == string.count else { return false }
        return bytes.span[range].hasSameBytes(as: string)
    }
}
