/// UTF-8 that was read as Windows-1252 and encoded once more, or several times: `Ã©` for `é`.
package struct EncodedTwice: Sendable, Equatable {
    /// How many characters are encoded twice, and where the first of them begins.
    package let count: Int
    package let byteOffset: Int
    /// The text as it was meant.
    package private(set) var repaired: String
    /// How often it was encoded: 2 or more.
    package private(set) var times = 2

    /// - Parameter bytes: UTF-8.
    /// - Returns: `nil` if no two or more characters are the bytes of one that texts have.
    package init?(_ bytes: some Sequence<UInt8>) {
        self.init(once: bytes)
        while times < Self.mostTimes, let again = EncodedTwice(once: Array(repaired.utf8)) {
            repaired = again.repaired
            times += 1
        }
    }

    private static let mostTimes = 6

    private init?(once bytes: some Sequence<UInt8>) {
        let text = Array(bytes)
        guard let first = Self.firstOffset(in: text.span) else { return nil }
        var (count, repaired, index) = (0, Array(text[..<first]), first)
        while index < text.count {
            if let found = Self.character(in: text.span, at: index) {
                count += 1
                repaired += Array(String(found.scalar).utf8)
                index += found.byteCount
            } else {
                repaired.append(text[index])
                index += 1
            }
        }
        (self.count, byteOffset, self.repaired) = (count, first, String(decoding: repaired, as: UTF8.self))
    }

    /// Where the first character begins that is encoded twice. Each value of a file may have one: allocates nothing.
    package static func firstOffset(in text: Span<UInt8>) -> Int? {
        for index in text.indices where text[index] == lead && character(in: text, at: index) != nil { return index }
        return nil
    }

    /// The first byte of U+00C2 to U+00F4, which are the first bytes of a character.
    private static let lead: UInt8 = 0xC3

    /// The character whose bytes are the characters from a place on.
    private static func character(
        in text: Span<UInt8>, at index: Int
    ) -> (scalar: Unicode.Scalar, byteCount: Int)? {
        guard index + 1 < text.count, text[index] == lead, 0x82...0xB4 ~= text[index + 1] else { return nil }
        let first = text[index + 1] &+ 0x40
        let (others, least): (Int, UInt32) = first < 0xE0 ? (1, 0x80) : first < 0xF0 ? (2, 0x800) : (3, 0x1_0000)
        var (value, end) = (UInt32(first) & 0x3F >> UInt32(others), index + 2)
        for _ in 0..<others {
            guard let (byte, length) = byte(in: text, at: end), byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
            end += length
        }
        guard value >= least, isUsual(value), let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, end - index)
    }

    /// The byte from 80 on that a character has in Windows-1252, or in the tables that leave the places in between to themselves; and how many
    /// bytes the character has.
    private static func byte(in text: Span<UInt8>, at index: Int) -> (byte: UInt8, length: Int)? {
        func isContinued(_ place: Int) -> Bool { place < text.count && text[place] & 0xC0 == 0x80 }
        guard isContinued(index + 1) else { return nil }
        let low = UInt16(text[index + 1] & 0x3F)
        switch text[index] {
        case 0xC2, 0xC3: return (text[index] << 6 | UInt8(low), 2)
        case 0xC4...0xDF: return windows1252(UInt16(text[index] & 0x1F) << 6 | low).map { ($0, 2) }
        case 0xE2 where isContinued(index + 2): return windows1252(0x2000 | low << 6 | UInt16(text[index + 2] & 0x3F)).map { ($0, 3) }
        default: return nil
        }
    }

    private static func windows1252(_ character: UInt16) -> UInt8? {
        windows1252.firstIndex(of: character).map { 0x80 + UInt8($0) }
    }

    /// From 80 on, 0 where there is none.
    private static let windows1252: [UInt16] = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ".unicodeScalars.map { $0 == "?" ? 0 : UInt16($0.value) }

    /// Letters and signs of texts. Other pairs are meant: `É»` ends a quotation.
    private static func isUsual(_ value: UInt32) -> Bool {
        switch value {
        case 0xA0...0x17F, 0x192, 0x2C6, 0x2DC, 0x386...0x3CE, 0x400...0x45F, 0x490...0x491, 0x2010...0x2044, 0x20AC, 0x2116, 0x2122,
            0x3000...0x30FF,
            0x4E00...0x9FFF,
            0xAC00...0xD7A3, 0xFEFF, 0x1F300...0x1FAFF:
            true
        default: false
        }
    }
}
