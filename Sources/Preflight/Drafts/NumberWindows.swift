import ByteSpans
import SafeText

/// Tells most plain numbers that are no new smallest or largest one of a column without reading them: those between two others that are as long,
/// with the decimal separator at the same place. Such texts are in the order of their numbers.
///
/// ```
///   text       length  separator  read before       beyond?
///   1234.50         7          4  1000.07, 8120.99  no: between them as a text, and so as a number
///   912.50          6          3  110.00, 830.25    it has to be read
/// ```
struct NumberWindows {
    /// Of numbers that are alike in their length, the place of the separator, and the sign.
    private struct Window {
        var key = UInt32.max
        var least = UInt64.max
        var most = UInt64.min
    }

    /// A text with its first eight bytes, the first of them in the highest place.
    private struct Look {
        var key: UInt32
        var head: UInt64
        /// Whether the text has no more bytes.
        var isWhole: Bool

        var slot: Int { Int(truncatingIfNeeded: key &* 0x9E37_79B1 >> 27) & 15 }

        @inline(__always)
        init?(_ text: Span<UInt8>, decimal: UInt8) {
            guard !text.isEmpty else { return nil }
            let start = text[0] == UInt8(ascii: "-") ? 1 : 0
            let count = text.count &- start
            guard count > 0, count <= 16 else { return nil }
            // Eight bytes more can be read after the text.
            var word = unsafe text.paddedWord(at: start)
            if count < 8 { word &= (1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1 }
            let point = Self.place(of: decimal, in: word)
            // Where it is decides how large the number is: later ones are not told.
            if point == 8, count > 8 { return nil }
            key = UInt32(truncatingIfNeeded: count | point << 5 | start << 9)
            (head, isWhole) = (word.byteSwapped, count <= 8)
        }

        /// 8 where none is.
        @inline(__always)
        private static func place(of byte: UInt8, in word: UInt64) -> Int {
            let different = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
            let found = (different &- 0x0101_0101_0101_0101) & ~different & 0x8080_8080_8080_8080
            return found.trailingZeroBitCount >> 3
        }
    }

    private var windows = [Window](repeating: Window(), count: 16)

    /// Whether a number is surely between two that were added.
    ///
    /// - Parameter text: a plain number. In quotes it is never between them: no quote is between two digits.
    @inline(__always)
    func cover(_ text: Span<UInt8>, decimal: UInt8) -> Bool {
        guard let look = Look(text, decimal: decimal) else { return false }
        let window = windows[look.slot]
        guard window.key == look.key else { return false }
        if look.isWhole { return window.least <= look.head && look.head <= window.most }
        return window.least < look.head && look.head < window.most
    }

    /// Adds a plain number that was read.
    mutating func add(_ text: Span<UInt8>, decimal: UInt8) {
        guard let look = Look(text, decimal: decimal) else { return }
        if windows[look.slot].key != look.key { windows[look.slot] = Window(key: look.key) }
        windows[look.slot].least = min(windows[look.slot].least, look.head)
        windows[look.slot].most = max(windows[look.slot].most, look.head)
    }
}
