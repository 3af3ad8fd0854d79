/// A text of at most 16 bytes and the column that it is in: what is known of it is found without a look at each byte.
struct ShortText: Equatable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Column, and length plus 1, which is never 0.
    private var columnAndCount: UInt64 = 0

    var column: Int { Int(columnAndCount >> 8) }

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    /// - Returns: `nil` for longer texts.
    @inline(__always)
    init?(_ text: UnsafeRawBufferPointer, column: Int) {
        let count = text.count
        guard count <= 16, let start = text.baseAddress else { return nil }
        low = start.loadUnaligned(as: UInt64.self) & Self.mask(count)
        high = count > 8 ? start.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & Self.mask(count - 8) : 0
        columnAndCount = UInt64(truncatingIfNeeded: column) &<< 8 | UInt64(truncatingIfNeeded: count &+ 1)
    }

    /// No text.
    init() {}

    /// The same text with 9 for each digit but 0.
    var withEqualDigits: ShortText {
        var text = self
        text.low = Self.withEqualDigits(low)
        text.high = Self.withEqualDigits(high)
        return text
    }

    /// Eight bytes at once: the high bit of each tells whether it is between 1 and 9, where no carry goes from one byte to the next.
    @inline(__always)
    private static func withEqualDigits(_ word: UInt64) -> UInt64 {
        let high: UInt64 = 0x8080_8080_8080_8080
        let value = word ^ 0x3030_3030_3030_3030
        let isPositive = (value | high) &- 0x0101_0101_0101_0101
        let isAboveNine = (value & ~high) &+ 0x7676_7676_7676_7676
        let isDigit = isPositive & ~isAboveNine & ~word & high
        let mask = (isDigit &>> 7) &* 0xFF
        return word & ~mask | 0x3939_3939_3939_3939 & mask
    }

    /// Its place in a table: the same text in neighbouring columns has neighbouring places, so thousands of columns with one value share a table.
    ///
    /// - Parameter bits: of the number of places.
    @inline(__always)
    func place(bits: Int) -> Int {
        var hash = (low ^ (high &* 0x9E37_79B9_7F4A_7C15) ^ (columnAndCount & 0xFF)) &* 0xD6E8_FEB8_6659_FD93
        hash ^= hash &>> 32
        let place = Int(truncatingIfNeeded: (hash &* 0xD6E8_FEB8_6659_FD93) &>> UInt64(truncatingIfNeeded: 64 &- bits))
        return (place &+ column) & (1 &<< bits &- 1)
    }

    /// The lowest bytes of a word that the machine loaded.
    @inline(__always)
    fileprivate static func mask(_ byteCount: Int) -> UInt64 {
        if byteCount == 0 { return 0 }
        let bits = UInt64(truncatingIfNeeded: 64 &- 8 &* min(byteCount, 8))
        #if _endian(little)
            return UInt64.max &>> bits
        #else
            return UInt64.max &<< bits
        #endif
    }
}

/// A text of 1 to 16 bytes that the next values of a column are compared with.
struct RepeatedText {
    private var (low, high): (UInt64, UInt64) = (0, 0)
    private var (lowMask, highMask): (UInt64, UInt64) = (0, 0)
    private var byteCount = -1

    /// Equal to no text.
    init() {}

    /// - Parameter byteCount: 16 at most, and as many as that are readable.
    @inline(__always)
    init(_ start: UnsafeRawPointer, byteCount: Int) {
        self.byteCount = byteCount
        (lowMask, highMask) = (ShortText.mask(min(byteCount, 8)), ShortText.mask(max(0, byteCount &- 8)))
        low = start.loadUnaligned(as: UInt64.self) & lowMask
        high = start.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & highMask
    }

    /// Whether a text is this one.
    ///
    /// - Parameter start: 16 bytes from there on are readable, whatever the number of those of the text.
    @inline(__always)
    func isText(_ start: UnsafeRawPointer, byteCount: Int) -> Bool {
        guard byteCount == self.byteCount, start.loadUnaligned(as: UInt64.self) & lowMask == low else { return false }
        return highMask == 0 || start.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & highMask == high
    }
}
