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
        let text = String(decoding: Array(bytes), as: UTF8.self)
        let scalars = Array(text.unicodeScalars)
        var (count, first, offset) = (0, 0, 0)
        var repaired = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let found = Self.character(in: scalars, at: index)
            if found != nil {
                if count == 0 { first = offset }
                count += 1
            }
            let length = found?.length ?? 1
            repaired.append(found?.scalar ?? scalars[index])
            for scalar in scalars[index..<(index + length)] { offset += UTF8.width(scalar) }
            index += length
        }
        guard count > 0 else { return nil }
        (self.count, byteOffset, self.repaired) = (count, first, String(repaired))
    }

    /// The character whose bytes are the characters from a place on.
    private static func character(in scalars: [Unicode.Scalar], at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        let first = scalars[index].value
        guard (0xC2...0xF4).contains(first) else { return nil }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + length <= scalars.count else { return nil }
        var bytes = [UInt8(first)]
        for scalar in scalars[(index + 1)..<(index + length)] {
            guard let byte = byte(of: scalar), byte & 0xC0 == 0x80 else { return nil }
            bytes.append(byte)
        }
        guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first, isUsual(scalar.value) else {
            return nil
        }
        return (scalar, length)
    }

    /// The byte from 80 on that a character has in Windows-1252, or in the tables that leave the places in between to themselves.
    private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if (0x80...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
        return windows1252[scalar]
    }

    private static let windows1252: [Unicode.Scalar: UInt8] = {
        let text = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ"
        return Dictionary(uniqueKeysWithValues: zip(text.unicodeScalars, UInt8(0x80)...0x9F).filter { $0.0 != "?" }.map { ($0, $1) })
    }()

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
