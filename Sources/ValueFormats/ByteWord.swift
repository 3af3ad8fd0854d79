import ByteSpans

/// A text of up to eight bytes as one number, its first byte the lowest: what each byte is is found for all of them at once.
///
///     w12a3    .......0 0 3 a 2 1 w
///     digits   . . . . 80 . 80 80 .
package struct ByteWord {
    @usableFromInline let word: UInt64

    @inlinable @inline(__always)
    static var high: UInt64 { 0x8080_8080_8080_8080 }

    @inlinable
    package init(_ word: UInt64) {
        self.word = word
    }

    /// Eight bytes of a longer text.
    @inline(__always)
    init(wordAt index: Int, of text: Span<UInt8>) {
        word = UInt64(littleEndian: text.word(at: index))
    }

    /// - Parameter text: of eight bytes at most.
    @inline(__always)
    init(_ text: Span<UInt8>) {
        let count = text.count
        if count == 8 {
            word = text.word(at: 0)
        } else if count >= 4 {
            // The two overlap, and are the same where they do.
            let ends = (text.load(at: 0, as: UInt32.self), text.load(at: count &- 4, as: UInt32.self))
            word = UInt64(UInt32(littleEndian: ends.0)) | UInt64(UInt32(littleEndian: ends.1)) &<< UInt64(8 &* (count &- 4))
        } else {
            var word: UInt64 = 0
            for index in 0..<count { word |= UInt64(text[index]) &<< UInt64(8 &* index) }
            self.word = word
        }
    }

    /// The high bit of each byte that is a digit. No carry goes from one byte to the next.
    @inlinable @inline(__always)
    package var digits: UInt64 {
        let value = word ^ 0x3030_3030_3030_3030
        return ~((value & ~Self.high) &+ 0x7676_7676_7676_7676) & ~word & Self.high
    }

    /// The high bit of each byte that is a letter of ASCII or a part of a longer character.
    @inline(__always)
    var letters: UInt64 {
        let value = (word | 0x2020_2020_2020_2020) & ~Self.high
        let isFromA = value &+ 0x1F1F_1F1F_1F1F_1F1F
        let isAboveZ = value &+ 0x0505_0505_0505_0505
        return (isFromA & ~isAboveZ | word) & Self.high
    }

    /// The high bit of each byte that is a capital of ASCII.
    @inline(__always)
    var capitals: UInt64 {
        let value = word & ~Self.high
        let isFromA = value &+ 0x3F3F_3F3F_3F3F_3F3F
        let isAboveZ = value &+ 0x2525_2525_2525_2525
        return isFromA & ~isAboveZ & ~word & Self.high
    }

    /// Whether all bytes are of ASCII.
    @inline(__always)
    var isASCII: Bool { word & Self.high == 0 }

    /// With a small letter for each capital of ASCII.
    @inline(__always)
    var lowercased: UInt64 { word | capitals &>> 2 }

    /// A bit for each byte whose high bit is set, the lowest for the first: the product moves each to its place, and no two to the same.
    @inline(__always)
    static func places(_ highBits: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((highBits &>> 7) &* 0x0102_0408_1020_4080) &>> 56)
    }

    /// With 9 for each digit.
    @inlinable @inline(__always)
    package var withEqualDigits: UInt64 {
        let mask = (digits &>> 7) &* 0xFF
        return word & ~mask | 0x3939_3939_3939_3939 & mask
    }

    /// The places of the digits, if they are one run and nowhere else are three letters one after the other; `nil` for any other text.
    var onlyRun: Range<Int>? {
        let digits = digits
        if digits == 0 { return nil }
        let start = digits.trailingZeroBitCount &>> 3
        let count = (~(digits &>> UInt64(8 &* start)) & Self.high).trailingZeroBitCount &>> 3
        if digits.nonzeroBitCount != count { return nil }
        let letters = letters
        return letters & letters &>> 8 & letters &>> 16 != 0 ? nil : start..<(start &+ count)
    }
}
