/// Bytes of a file that are no character in its encoding, in text that was converted to UTF-8.
///
/// Each becomes one sequence that is not UTF-8, because it lacks its last byte, and that tells what the file has there:
///
///     byte 8D                  F1 82 8D      F1, the highest two bits, the others
///     half of a pair, D83D     F2 80 BD      F2, five bits, six bits: a UTF-16 unit from D800 to DFFF
///
/// Converted text has a whole character after it, or ends: a search for ill-formed text counts each once.
package enum UndecodedBytes: Equatable {
    case byte(UInt8)
    case surrogate(UInt16)

    /// The bytes of each.
    package static let length = 3

    package var sequence: (UInt8, UInt8, UInt8) {
        switch self {
        case .byte(let byte): (0xF1, 0x80 | byte >> 6, 0x80 | byte & 0x3F)
        case .surrogate(let unit):
            (0xF2, 0x80 | UInt8(truncatingIfNeeded: unit >> 6) & 0x1F, 0x80 | UInt8(truncatingIfNeeded: unit) & 0x3F)
        }
    }

    /// What the sequence at a place stands for; `nil` if there is none.
    package init?(in text: Span<UInt8>, at index: Int) {
        guard text[index] == 0xF1 || text[index] == 0xF2, index + Self.length <= text.count,
            text[index + 1] & 0xC0 == 0x80, text[index + 2] & 0xC0 == 0x80,
            index + Self.length == text.count || text[index + Self.length] & 0xC0 != 0x80
        else { return nil }
        let (high, low) = (text[index + 1] & 0x3F, text[index + 2] & 0x3F)
        if text[index] == 0xF1 {
            guard high < 4 else { return nil }
            self = .byte(high << 6 | low)
        } else {
            guard high < 32 else { return nil }
            self = .surrogate(0xD800 | UInt16(high) << 6 | UInt16(low))
        }
    }

    /// As it is shown: the byte of the file, or the code unit.
    package var shown: String {
        switch self {
        case .byte(let byte): "\\x{" + String(byte, radix: 16) + "}"
        case .surrogate(let unit): "\\u{" + String(unit, radix: 16) + "}"
        }
    }
}
