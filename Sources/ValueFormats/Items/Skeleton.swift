import ByteSpans
import SafeText

/// The bytes of a text without what people often mistake: letter case, spaces, accents, zeros before digits.
struct Skeleton {
    struct Leniencies: OptionSet {
        let rawValue: Int
        static let letterCase = Leniencies(rawValue: 1)
        static let spaces = Leniencies(rawValue: 2)
        static let accents = Leniencies(rawValue: 4)
        static let zeros = Leniencies(rawValue: 8)
        static let all: Leniencies = [.letterCase, .spaces, .accents, .zeros]
    }

    private let bytes: [UInt8]
    private let leniencies: Leniencies

    init(_ text: Span<UInt8>, _ leniencies: Leniencies) {
        self.leniencies = leniencies
        var (bytes, reader) = ([UInt8](), Reader(text, leniencies))
        while let byte = reader.next() { bytes.append(byte) }
        self.bytes = bytes
    }

    /// Whether a text has the same skeleton.
    @inline(__always)
    func isThat(of text: Span<UInt8>) -> Bool {
        !(leniencies == .all && beginsOrEndsOtherwise(text)) && hasBytes(of: text)
    }

    /// Whether the first or the last character of a text tells that it has another skeleton under all leniencies, as most of a list do.
    @inline(__always)
    private func beginsOrEndsOtherwise(_ text: Span<UInt8>) -> Bool {
        // No zero, and nothing that takes more than a byte.
        if let first = text.first, 0x31...0x7E ~= first, ASCII.lowercased(first) != bytes.first { return true }
        guard text.count > 1, 0x21...0x7E ~= text[text.count &- 1], text[text.count &- 2] < 0x80 else { return false }
        return ASCII.lowercased(text[text.count &- 1]) != bytes.last
    }

    private func hasBytes(of text: Span<UInt8>) -> Bool {
        var reader = Reader(text, leniencies)
        let bytes = bytes.span
        var index = 0
        while index < bytes.count {
            if reader.next() != bytes[index] { return false }
            index &+= 1
        }
        return reader.next() == nil
    }

    /// Reads the bytes of a skeleton one after the other.
    private struct Reader: ~Escapable {
        private let text: Span<UInt8>
        private let leniencies: Leniencies
        private var index = 0
        private var isBehindDigit = false
        private var pending: UInt8?

        @_lifetime(copy text)
        init(_ text: Span<UInt8>, _ leniencies: Leniencies) {
            self.text = text
            self.leniencies = leniencies
        }

        mutating func next() -> UInt8? {
            if let byte = pending {
                pending = nil
                return byte
            }
            while index < text.count {
                let byte = text[index]
                if leniencies.contains(.spaces) {
                    let length = Whitespace.leadingLength(of: text, at: index, before: text.count)
                    if length > 0 {
                        index += length
                        isBehindDigit = false
                        continue
                    }
                }
                index += 1
                if leniencies.contains(.zeros), byte == UInt8(ascii: "0"), !isBehindDigit, index < text.count, ASCII.isDigit(text[index]) {
                    continue
                }
                isBehindDigit = ASCII.isDigit(byte)
                if leniencies.contains(.accents) || leniencies.contains(.letterCase), byte >= 0xC3, byte <= 0xC5, index < text.count {
                    return letter(byte, text[index])
                }
                return leniencies.contains(.letterCase) ? ASCII.lowercased(byte) : byte
            }
            return nil
        }

        /// A letter of Latin-1 or Latin Extended-A.
        private mutating func letter(_ first: UInt8, _ second: UInt8) -> UInt8 {
            index += 1
            let scalar = Unicode.Scalar(UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F)) ?? "?"
            if leniencies.contains(.accents), let base = Skeleton.bases[scalar] {
                return leniencies.contains(.letterCase) ? ASCII.lowercased(base) : base
            }
            let lower = leniencies.contains(.letterCase) ? scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar : scalar
            let bytes = Array(String(lower).utf8)
            pending = bytes.count > 1 ? bytes[1] : nil
            return bytes[0]
        }
    }

    private static let bases: [Unicode.Scalar: UInt8] = {
        let letters = [
            ("A", "ÀÁÂÃÄÅĀĂĄ"), ("a", "àáâãäåāăą"), ("C", "ÇĆĈĊČ"), ("c", "çćĉċč"), ("D", "ĎĐ"), ("d", "ďđ"), ("E", "ÈÉÊËĒĔĖĘĚ"),
            ("e", "èéêëēĕėęě"), ("G", "ĜĞĠĢ"), ("g", "ĝğġģ"), ("I", "ÌÍÎÏĨĪĬĮİ"), ("i", "ìíîïĩīĭįı"), ("L", "ĹĻĽĿŁ"), ("l", "ĺļľŀł"),
            ("N", "ÑŃŅŇ"), ("n", "ñńņň"), ("O", "ÒÓÔÕÖØŌŎŐ"), ("o", "òóôõöøōŏő"), ("R", "ŔŖŘ"), ("r", "ŕŗř"), ("S", "ŚŜŞŠ"), ("s", "śŝşš"),
            ("T", "ŢŤŦ"), ("t", "ţťŧ"), ("U", "ÙÚÛÜŨŪŬŮŰŲ"), ("u", "ùúûüũūŭůűų"), ("W", "Ŵ"), ("w", "ŵ"), ("Y", "ÝŶŸ"), ("y", "ýÿŷ"),
            ("Z", "ŹŻŽ"), ("z", "źżž"),
        ]
        var bases: [Unicode.Scalar: UInt8] = [:]
        for (base, accented) in letters {
            for scalar in accented.unicodeScalars { bases[scalar] = base.utf8.first }
        }
        return bases
    }()
}
