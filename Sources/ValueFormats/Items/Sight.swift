import ByteSpans
import SafeText

/// What a person sees of a text, to be held against a whole list.
struct Sight {
    private let text: String
    private let bytes: [UInt8]
    private let isPlain: Bool
    /// The first and the last character that are seen, where no other code points than these can be seen as the text.
    private let ends: (first: UInt32, last: UInt32)?

    init(_ value: [UInt8]) {
        isPlain = !Lookalike.mayDeceive(value.span)
        text = Lookalike.appearance(of: String(decoding: value, as: UTF8.self))
        bytes = Array(text.utf8)
        let scalars = text.unicodeScalars
        let isSettled = scalars.allSatisfy { scalar in Self.settled.contains { $0.contains(scalar.value) } }
        ends = scalars.first.flatMap { first in scalars.last.flatMap { isSettled ? (first.value, $0.value) : nil } }
    }

    /// Whether the two look the same, and one has other characters than those that are seen.
    @inline(__always)
    func isSame(_ item: Span<UInt8>) -> Bool {
        !beginsOrEndsOtherwise(item) && hasAppearance(of: item)
    }

    private func hasAppearance(of item: Span<UInt8>) -> Bool {
        if !Lookalike.mayDeceive(item) { return !isPlain && bytes.span.hasSameBytes(as: item) }
        return Lookalike.appearance(of: String(decoding: item, as: UTF8.self)) == text
    }

    /// Whether an item surely is seen as another text, as most of a list are.
    @inline(__always)
    private func beginsOrEndsOtherwise(_ item: Span<UInt8>) -> Bool {
        guard let ends else { return false }
        if let first = Self.firstSeen(of: item), first != ends.first { return true }
        // No mark changes the last one, and none is made of another.
        guard let last = item.last, 0x21...0x7E ~= last else { return false }
        return UInt32(last) != ends.last
    }

    /// The characters that have one spelling only, and are nothing that joins another one: ASCII, letters of Latin, Greek and Cyrillic, Chinese
    /// characters and Hangul syllables.
    private static let settled: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0xC0...0x24F, 0x391...0x3CE, 0x400...0x482, 0x48A...0x52F, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
    ]

    /// What the first character of an item is seen as, where the next one is no mark that may change it; `nil` where that takes a closer look.
    @inline(__always)
    private static func firstSeen(of item: Span<UInt8>) -> UInt32? {
        guard let first = item.first else { return nil }
        let (length, seen): (Int, UInt32)
        switch first {
        case 0x21...0x7E: (length, seen) = (1, UInt32(first))
        case 0xC3...0xC8, 0xCE...0xD1:
            guard item.count >= 2, item[1] & 0xC0 == 0x80 else { return nil }
            (length, seen) = (2, seenLetters[Int(first & 0x1F) << 6 | Int(item[1] & 0x3F)])
        case 0xE4...0xE9:
            guard item.count >= 3, item[1] & 0xC0 == 0x80, item[2] & 0xC0 == 0x80 else { return nil }
            (length, seen) = (3, UInt32(first & 0x0F) << 12 | UInt32(item[1] & 0x3F) << 6 | UInt32(item[2] & 0x3F))
        default: return nil
        }
        guard seen != 0, length == item.count || beginsNoMark(item[length]) else { return nil }
        return seen
    }

    /// Whether a byte begins a character that stands by itself: of ASCII, a letter of Latin or Cyrillic, a Chinese character.
    @inline(__always)
    private static func beginsNoMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20...0x7E, 0xC3...0xC8, 0xD0...0xD1, 0xE4...0xE9: true
        default: false
        }
    }

    /// What the letters of two bytes are seen as, by code point; 0 where they are no letter with one spelling, or cannot be seen.
    private static let seenLetters: [UInt32] = (0..<0x800).map { (code: UInt32) in
        guard code >= 0x80, settled.contains(where: { $0.contains(code) }), let scalar = Unicode.Scalar(code),
            let seen = Lookalike.appearance(of: scalar), seen != " "
        else { return 0 }
        return seen.value
    }
}
