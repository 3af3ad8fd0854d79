import ByteSpans

/// What a stream's offsets count. A file in another encoding is converted to UTF-8 before it is cut into rows; its offsets are those of the file.
///
/// What is no character counts as one: a byte that begins none, and a character of four bytes that lacks the last of them, as a converter writes what it
/// cannot decode.
package enum OffsetUnit: Sendable, Equatable {
    /// The bytes of the stream.
    case byte
    /// One for each character: the file has one byte for each.
    case character
    /// Two for each character, four for those beyond U+FFFF: the file is UTF-16.
    case utf16
    /// The file has one to four bytes for each character.
    case variable(CharacterWidths)

    package var isByte: Bool { if case .byte = self { true } else { false } }

    /// How much of the file `bytes` represent. The parts of a text add up, wherever it is cut (of variable width, between characters). Complexity:
    /// linear, constant for bytes.
    package func length(of bytes: Span<UInt8>) -> Int {
        length(of: 0..<bytes.count, in: bytes)
    }

    /// The same of a part of a text, whose characters may be cut.
    func length(of range: Range<Int>, in bytes: Span<UInt8>) -> Int {
        switch self {
        case .byte: range.count
        case .character: Self.count(of: bytes[range], isUTF16: false)
        case .utf16: Self.count(of: bytes[range], isUTF16: true) * 2
        case .variable(let widths): widths.length(of: range, in: bytes)
        }
    }

    /// Characters, those beyond U+FFFF twice where `isUTF16`.
    private static func count(of bytes: Span<UInt8>, isUTF16: Bool) -> Int {
        var (count, index) = (0, 0)
        var hasRare = SIMDMask<SIMD16<Int8>>(repeating: false)
        let ones = SIMD16<UInt8>(repeating: 1)
        // Sixteen counters of one byte each, which are emptied before they overflow.
        while index &+ 16 <= bytes.count {
            var counters = SIMD16<UInt8>(repeating: 0)
            for _ in 0..<min(100, (bytes.count &- index) / 16) {
                // The loops see to it that there are sixteen.
                let block = unsafe bytes.vector(uncheckedAt: index)
                let continues = (block & SIMD16<UInt8>(repeating: 0xC0)) .== SIMD16<UInt8>(repeating: 0x80)
                counters.replace(with: counters &+ ones, where: .!continues)
                if isUTF16 {
                    let isLong = (block &- SIMD16<UInt8>(repeating: 0xF0)) .< SIMD16<UInt8>(repeating: 5)
                    counters.replace(with: counters &+ ones, where: isLong)
                    hasRare = hasRare .| ((block &- SIMD16<UInt8>(repeating: 0xF1)) .< SIMD16<UInt8>(repeating: 2))
                }
                index &+= 16
            }
            count &+= Int(SIMD16<UInt16>(truncatingIfNeeded: counters).wrappedSum())
        }
        let rest = bytes[index...]
        rest.forEach { count &+= Int(Self.units(of: $0, isUTF16: isUTF16)) }
        guard isUTF16, any(hasRare) || rest.contains(where: isCutShortPerhaps) else { return count }
        return count - bytes.indices.count { isCutShortPerhaps(bytes[$0]) && isCutShort(bytes, at: $0) }
    }

    /// Whether a byte begins a character of four bytes up to U+BFFFF: hardly a text has any beyond U+3FFFF.
    private static func isCutShortPerhaps(_ byte: UInt8) -> Bool { byte == 0xF1 || byte == 0xF2 }

    /// Whether a sequence of four bytes lacks the last.
    static func isCutShort(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        index + 3 >= bytes.count || bytes[index + 3] & 0xC0 != 0x80
    }

    private static func units(of byte: UInt8, isUTF16: Bool) -> UInt8 {
        if byte & 0xC0 == 0x80 { return 0 }
        return isUTF16 && (0xF0...0xF4).contains(byte) ? 2 : 1
    }
}
