import SafeText

/// The known item that an unknown one was probably meant to be.
package struct NearestItem: Equatable {
    /// How the two differ, the nearest relation first.
    package enum Relation: Int, CaseIterable {
        /// Only the code points differ: see `Lookalike`.
        case appearance
        case letterCase
        case spaces
        case accents
        case leadingZeros
        case severalOfThese
        case oneEdit

        package var text: String {
            switch self {
            case .appearance: "which looks the same"
            case .letterCase: "different letter case"
            case .spaces: "different spaces"
            case .accents: "different accents"
            case .leadingZeros: "different leading zeros"
            case .severalOfThese: "different case, spaces, accents or zeros"
            case .oneEdit: "one character differs"
            }
        }
    }

    package let item: [UInt8]
    package let relation: Relation

    /// How the value that was looked up differs from the item, in words.
    package func difference(of value: [UInt8]) -> String {
        let found = Lookalike.difference(of: String(decoding: value, as: UTF8.self), from: String(decoding: item, as: UTF8.self))
        return found.map { "which looks the same: the file has it \($0.words)" } ?? relation.text
    }

    /// Looks at every item. Complexity: linear in the items, some 30 ns each; allocates nothing for those that are not near.
    ///
    /// - Returns: `nil` if none is near. Of several the nearest, then the first.
    package static func find(_ value: [UInt8], in items: ItemSet) -> NearestItem? {
        guard !value.isEmpty, value.count <= 200 else { return nil }
        var best: NearestItem?
        let sight = Sight(value)
        for number in 0..<items.count {
            let item = items[number]
            let found: Relation
            if sight.isSame(item) {
                found = .appearance
            } else if Skeleton(value[...], .all).equals(Skeleton(item, .all)) {
                found = relation(value, item)
            } else if best == nil, isOneEdit(value[...], item) {
                found = .oneEdit
            } else {
                continue
            }
            if found.rawValue < best?.relation.rawValue ?? .max { best = NearestItem(item: Array(item), relation: found) }
            if found.rawValue <= Relation.letterCase.rawValue { break }
        }
        return best
    }

    /// What a person sees of a text.
    private struct Sight {
        private let text: String
        private let isPlain: Bool

        init(_ value: [UInt8]) {
            isPlain = !Lookalike.mayDeceive(value)
            text = Lookalike.appearance(of: String(decoding: value, as: UTF8.self))
        }

        /// Whether the two look the same, and one has other characters than those that are seen.
        func isSame(_ item: ArraySlice<UInt8>) -> Bool {
            if !Lookalike.mayDeceive(item.span) { return !isPlain && text.utf8.elementsEqual(item) }
            return Lookalike.appearance(of: String(decoding: item, as: UTF8.self)) == text
        }
    }

    /// Of two texts with the same skeleton.
    private static func relation(_ value: [UInt8], _ item: ArraySlice<UInt8>) -> Relation {
        let single: [(Skeleton.Leniencies, Relation)] = [
            (.letterCase, .letterCase), (.spaces, .spaces), (.accents, .accents), (.zeros, .leadingZeros),
        ]
        for (leniency, relation) in single where Skeleton(value[...], leniency).equals(Skeleton(item, leniency)) { return relation }
        return .severalOfThese
    }

    /// Whether one character was inserted, deleted, replaced, or swapped with its neighbour. A character is a UTF-8 sequence.
    private static func isOneEdit(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        guard abs(left.count - right.count) <= 4 else { return false }
        var (l, r) = (left, right)
        while let first = l.first, first == r.first {
            l = l.dropFirst()
            r = r.dropFirst()
        }
        while let last = l.last, last == r.last {
            l = l.dropLast()
            r = r.dropLast()
        }
        // What differs may begin or end inside a sequence.
        func characters(_ text: ArraySlice<UInt8>) -> Int { text.count { $0 & 0xC0 != 0x80 } }
        let isSwap = l.count == 2 && r.count == 2 && l.elementsEqual(r.reversed())
        return isSwap || (max(l.count, r.count) <= 4 && characters(l) <= 1 && characters(r) <= 1)
    }
}

/// The bytes of a text without what people often mistake: letter case, spaces, accents, zeros before digits.
private struct Skeleton: IteratorProtocol {
    struct Leniencies: OptionSet {
        let rawValue: Int
        static let letterCase = Leniencies(rawValue: 1)
        static let spaces = Leniencies(rawValue: 2)
        static let accents = Leniencies(rawValue: 4)
        static let zeros = Leniencies(rawValue: 8)
        static let all: Leniencies = [.letterCase, .spaces, .accents, .zeros]
    }

    private let text: ArraySlice<UInt8>
    private let leniencies: Leniencies
    private var index: Int
    private var isBehindDigit = false
    private var pending: UInt8?

    init(_ text: ArraySlice<UInt8>, _ leniencies: Leniencies) {
        self.text = text
        self.leniencies = leniencies
        index = text.startIndex
    }

    func equals(_ other: Skeleton) -> Bool {
        var (left, right) = (self, other)
        while let byte = left.next() {
            if right.next() != byte { return false }
        }
        return right.next() == nil
    }

    mutating func next() -> UInt8? {
        if let byte = pending {
            pending = nil
            return byte
        }
        while index < text.endIndex {
            let byte = text[index]
            if leniencies.contains(.spaces) {
                let length = Whitespace.leadingLength(of: text.span, at: index - text.startIndex, before: text.span.count)
                if length > 0 {
                    index += length
                    isBehindDigit = false
                    continue
                }
            }
            index += 1
            if leniencies.contains(.zeros), byte == UInt8(ascii: "0"), !isBehindDigit, index < text.endIndex,
                ASCII.isDigit(text[index])
            {
                continue
            }
            isBehindDigit = ASCII.isDigit(byte)
            if leniencies.contains(.accents) || leniencies.contains(.letterCase), byte >= 0xC3, byte <= 0xC5, index < text.endIndex {
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
        if leniencies.contains(.accents), let base = Self.bases[scalar] {
            return leniencies.contains(.letterCase) ? ASCII.lowercased(base) : base
        }
        let lower = leniencies.contains(.letterCase) ? scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar : scalar
        let bytes = Array(String(lower).utf8)
        pending = bytes.count > 1 ? bytes[1] : nil
        return bytes[0]
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
