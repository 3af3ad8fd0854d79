import ByteSpans

/// Comparing bytes with words of a program, without making a `String` of them.
public enum ASCII {
    /// Two lower-case hexadecimal digits a byte.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether `field` is `word`, in any letter case.
    ///
    /// - Parameter word: ASCII, lower case.
    package static func matches(_ field: Span<UInt8>, _ word: StaticString) -> Bool {
        field.count == word.utf8CodeUnitCount && begins(field, at: 0, with: word)
    }

    /// Whether `word` is in `field` at `index`, in any letter case.
    ///
    /// - Parameter word: ASCII, lower case.
    package static func begins(_ field: Span<UInt8>, at index: Int, with word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index + count <= field.count else { return false }
        let letters = word.bytes
        for offset in 0..<count where lowercased(field[index + offset]) != letters[offset] {
            return false
        }
        return true
    }

    /// The byte, or the lower-case letter for an upper-case one.
    @inlinable
    public static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Whether the byte is one of `0` to `9`.
    @inlinable
    public static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// Words that mean "no value" in exports, in any letter case; whether the import knows them is not public.
    package static func isNullWord(_ field: Span<UInt8>) -> Bool {
        guard (1...6).contains(field.count) else { return false }
        // Nearly all values begin like none of them.
        switch field[0] {
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "#"), UInt8(ascii: "("), UInt8(ascii: "\\"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "<"), 0xE2:
            break
        default: return false
        }
        for word in nullWords where matches(field, word) { return true }
        return false
    }

    private static let nullWords: [StaticString] = [
        "na", "n/a", "#n/a", "null", "(null)", "[null]", "<null>", "<na>", "nil", "none", "nan", "\\n", "-", "--", ".", "?", "–", "—", "−",
    ]
}
