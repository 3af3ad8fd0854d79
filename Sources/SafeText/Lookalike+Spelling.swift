/// One spelling for all that differ only in what cannot be seen.
extension Lookalike {
    /// The usual spelling of a text: the same bytes for all texts that a person cannot tell apart.
    ///
    /// Stricter than ``appearance(of:)``, which links what was meant: quotes, dashes and full-width letters can be seen and stay. What changes:
    ///
    ///     spaces of any kind         one plain space, none at the ends
    ///     invisible characters       removed, unless the writing of a script needs them
    ///     hyphens U+2010, U+2011     "-"
    ///     letters with marks         one code point, where there is one
    ///     letters of other scripts   the letter of ASCII that looks the same
    package static func usualSpelling(of text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        let kept = scalars.indices.lazy.compactMap { usual(scalars, at: $0) }
        // A letter may have its marks in one code point before or after it is replaced.
        var letters = String.UnicodeScalarView()
        // One after the other: the generic way to make a text of scalars looks types up when it runs first.
        for scalar in composed(String(withPlainSpaces(kept))) { letters.append(usualLetter(scalar)) }
        return String(composed(String(letters)))
    }

    /// Whether a text certainly is its own usual spelling: visible ASCII, single spaces, and the letters of the commonest blocks.
    package static func isUsual(_ text: Span<UInt8>) -> Bool {
        var index = 0
        var isAfterSpace = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: " ") {
                if isAfterSpace || index == 0 { return false }
                isAfterSpace = true
                index += 1
                continue
            }
            isAfterSpace = false
            let length = lengthOfUsualCharacter(text, at: index)
            if length == 0 { return false }
            index += length
        }
        return !isAfterSpace
    }

    /// - Returns: 0 for a character that needs a closer look.
    private static func lengthOfUsualCharacter(_ text: Span<UInt8>, at index: Int) -> Int {
        func rest(_ distance: Int) -> UInt32? {
            guard index + distance < text.count, text[index + distance] & 0xC0 == 0x80 else { return nil }
            return UInt32(text[index + distance] & 0x3F)
        }
        let first = text[index]
        switch first {
        case 0x21...0x7E: return 1
        case 0xC2: return usualSigns.contains(UInt32(index + 1 < text.count ? text[index + 1] : 0)) ? 2 : 0
        case 0xC3...0xC5: return rest(1) == nil ? 0 : 2
        case 0xE2:
            guard let second = rest(1), let third = rest(2) else { return 0 }
            return usualSigns.contains(0x2000 | second << 6 | third) ? 3 : 0
        case 0xE3...0xED:
            guard let second = rest(1), let third = rest(2) else { return 0 }
            return usualBlocks.contains { $0.contains(UInt32(first & 0x0F) << 12 | second << 6 | third) } ? 3 : 0
        default: return 0
        }
    }

    /// Chinese characters, Hangul syllables, kana.
    private static let usualBlocks: [ClosedRange<UInt32>] = [0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x3041...0x3096, 0x30A1...0x30FC]

    /// Signs of texts that stay what they are: § ° « » £ © ® ± – — ‘ ’ “ ” „ • … €.
    private static let usualSigns: [UInt32] = [
        0xA7, 0xB0, 0xAB, 0xBB, 0xA3, 0xA9, 0xAE, 0xB1, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x20AC,
    ]

    private static func usual(_ scalars: [Unicode.Scalar], at index: Int) -> Unicode.Scalar? {
        let scalar = scalars[index]
        if (0x21...0x7E).contains(scalar.value) || isPlainLetter(scalar) { return scalar }
        if scalar == "\u{2010}" || scalar == "\u{2011}" { return "-" }
        let seen = appearance(of: scalar)
        if seen == " " { return " " }
        return seen != nil || joins(scalars, at: index) ? scalar : nil
    }

    private static func usualLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.value < 0x80 ? scalar : usualLetters[scalar] ?? scalar
    }

    private static let usualLetters = lookalikes.filter { $0.properties.isAlphabetic && $1.properties.isAlphabetic }

    // MARK: Letters with marks

    /// The text with each letter and its marks as one code point, where there is one.
    static func composed(_ text: some StringProtocol) -> String.UnicodeScalarView {
        // The first mark is U+0300.
        let needsLook = text.unicodeScalars.contains { $0.value >= 0x300 && !isPlainLetter($0) && !isUncomposed($0) }
        guard needsLook else { return String(text).unicodeScalars }
        var shown = String.UnicodeScalarView()
        for character in text {
            let scalars = character.unicodeScalars
            if let only = scalars.first, scalars.count == 1, only.value < 0x300 || isPlainLetter(only) {
                shown.append(only)
            } else if let one = compositions[character] ?? syllable(scalars) {
                shown.append(one)
            } else {
                shown.append(contentsOf: scalars)
            }
        }
        return shown
    }

    /// Punctuation, symbols, Chinese characters and Hangul syllables: none is a mark, or another spelling of a letter.
    private static func isUncomposed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2000...0x20CF, 0x2190...0x2FFF, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
        default: false
        }
    }

    /// Letters of Latin, Greek and Cyrillic that are no other spelling of a code point. Most texts beyond ASCII have nothing else.
    private static func isPlainLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0xC0...0x24F).contains(scalar.value) || (0x388...0x52F).contains(scalar.value) && !(0x483...0x489).contains(scalar.value)
    }

    /// Characters are equal if they are canonically equivalent, so that a letter with its marks finds the code point for both. Of several the first.
    private static let compositions: [Character: Unicode.Scalar] = {
        let blocks: [ClosedRange<UInt32>] = [0xC0...0x24F, 0x370...0x52F, 0x622...0x6D3, 0x1E00...0x1FFF, 0x3041...0x30FE]
        var table: [Character: Unicode.Scalar] = [:]
        for scalar in blocks.joined().lazy.compactMap({ Unicode.Scalar($0) }) where table[Character(scalar)] == nil {
            table[Character(scalar)] = scalar
        }
        return table
    }()

    /// The Hangul syllable that consonants and vowels make: see chapter 3.12 of the Unicode standard.
    private static func syllable(_ letters: Character.UnicodeScalarView) -> Unicode.Scalar? {
        let codes = letters.map(\.value)
        guard (2...3).contains(codes.count), (0x1100...0x1112).contains(codes[0]), (0x1161...0x1175).contains(codes[1]),
            codes.count == 2 || (0x11A8...0x11C2).contains(codes[2])
        else { return nil }
        return Unicode.Scalar(0xAC00 + ((codes[0] - 0x1100) * 21 + codes[1] - 0x1161) * 28 + (codes.count == 3 ? codes[2] - 0x11A7 : 0))
    }
}
