import ByteSpans

/// A text that looks the same as another and has other characters: some that cannot be seen, composed and decomposed letters, letters of another script.
package struct Lookalike: Sendable, Equatable {
    /// What a person sees: two texts with equal ones look alike. Strings are equal if they are canonically equivalent, so the composition of letters
    /// does not matter.
    package static func appearance(of text: some StringProtocol) -> String {
        String(withPlainSpaces(composed(text).lazy.compactMap { appearance(of: $0) }))
    }

    /// Several spaces look like one, and those at the ends like none.
    static func withPlainSpaces(_ scalars: some Sequence<Unicode.Scalar>) -> String.UnicodeScalarView {
        var shown = String.UnicodeScalarView()
        var hasSpace = false
        for scalar in scalars {
            if scalar == " " {
                hasSpace = true
                continue
            }
            if hasSpace, !shown.isEmpty { shown.append(" ") }
            hasSpace = false
            shown.append(scalar)
        }
        return shown
    }

    /// Whether a text has characters that others could be mistaken for, other than spaces: nothing else needs a look.
    package static func mayDeceive(_ text: [UInt8]) -> Bool { mayDeceive(text.span) }

    /// The same of bytes that are only looked at.
    package static func mayDeceive(_ text: Span<UInt8>) -> Bool {
        text.contains { $0 >= 0x80 || $0 < 0x20 || $0 == 0x7F }
    }

    /// How a text differs from one that looks the same, in words that continue "named so, but": `with a zero width space, U+200B`.
    ///
    /// - Parameters:
    ///   - text: what was found.
    ///   - other: what was expected.
    /// - Returns: `nil` if they do not look the same, or are the same.
    package static func difference(of text: String, from other: String) -> (words: String, byteOffset: Int)? {
        guard !text.utf8.elementsEqual(other.utf8), appearance(of: text) == appearance(of: other) else { return nil }
        var (left, right) = (Array(text.unicodeScalars), Array(other.unicodeScalars))
        var byteOffset = 0
        while let first = left.first, first == right.first {
            byteOffset += UTF8.width(first)
            left.removeFirst()
            right.removeFirst()
        }
        while let last = left.last, last == right.last {
            left.removeLast()
            right.removeLast()
        }
        return (words(text, other, differing: left, right), byteOffset)
    }

    private static func words(_ text: String, _ other: String, differing left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> String {
        // One code point for another that Unicode holds equal: U+212B for U+00C5.
        if text == other, left.count == 1, right.count == 1 { return "with \(name(left[0])), instead of \(name(right[0]))" }
        if text == other {
            let isDecomposed = left.count >= right.count
            let mark = (isDecomposed ? left : right).first { $0.properties.canonicalCombiningClass != .notReordered }
            let code = mark.map { ", with \(name($0))" } ?? ""
            return isDecomposed ? "with decomposed letters\(code)" : "with composed letters, not decomposed ones\(code)"
        }
        if let extra = left.first(where: { appearance(of: $0) == nil }) { return "with an invisible character, \(name(extra))" }
        if let missing = right.first(where: { appearance(of: $0) == nil }) { return "without the invisible character \(name(missing))" }
        for (found, expected) in zip(left, right) where found != expected && appearance(of: found) == appearance(of: expected) {
            return "with \(name(found)), instead of \(name(expected))"
        }
        if let space = left.first(where: { appearance(of: $0) == " " }) {
            return (space == " " ? "with an extra " : "with ") + name(space)
        }
        return right.first { appearance(of: $0) == " " }.map { "without the extra \(name($0))" } ?? "with other characters"
    }

    /// The character by which a text differs from another, where it is one or two and not of ASCII: a ligature, a letter without its dot, a raised digit.
    ///
    /// - Returns: words that continue "named so, but"; `nil` where more differs.
    package static func character(of text: String, unlike other: String) -> String? {
        let (found, expected) = (Array(text.unicodeScalars), Array(other.unicodeScalars))
        guard text != other, found.count < 200, expected.count < 200 else { return nil }
        // Around a name: typographic quotes.
        if found.filter(\.isASCII) == expected, let extra = found.first(where: { !$0.isASCII }) { return "with \(name(extra))" }
        let front = zip(found, expected).prefix { $0 == $1 }.count
        let back = zip(found.dropFirst(front).reversed(), expected.dropFirst(front).reversed()).prefix { $0 == $1 }.count
        let (own, others) = (found[front..<(found.count - back)], expected[front..<(expected.count - back)])
        guard own.count <= 1, others.count <= 3, own.count + others.count > 1, front + back > 0 else { return nil }
        if let scalar = own.first, !scalar.isASCII { return "with \(name(scalar))" }
        guard others.count == 1, let scalar = others.first, !scalar.isASCII else { return nil }
        return "without \(name(scalar))"
    }

    /// What makes a text deceptive by itself: an invisible character, another space than a plain one, letters of two scripts in one word that look like those
    /// of one, or a space at the end.
    package static func deception(in text: String) -> (words: String, byteOffset: Int)? {
        let scalars = Array(text.unicodeScalars)
        var byteOffset = 0
        for (index, scalar) in scalars.enumerated() {
            defer { byteOffset += UTF8.width(scalar) }
            // Control characters are reported wherever they are.
            if appearance(of: scalar) == nil, scalar.properties.generalCategory != .control, !joins(scalars, at: index) {
                return ("with an invisible character, \(name(scalar))", byteOffset)
            }
            // Typed, they are plain spaces. The wide space of East Asia is seen.
            if !scalar.isASCII, scalar.value != 0x3000, scalar.properties.isWhitespace, scalar.properties.generalCategory == .spaceSeparator
            {
                return ("with \(name(scalar)), instead of \(name(" "))", byteOffset)
            }
            if let seen = lookalikes[scalar], seen.properties.isAlphabetic, scalar.properties.isAlphabetic,
                isInLatinWord(scalars, at: index)
            {
                return ("with \(name(scalar)), instead of \(name(seen))", byteOffset)
            }
        }
        guard let last = scalars.last, last == " " else { return nil }
        let end = scalars.count - scalars.reversed().prefix { $0 == " " }.count
        return end > 0 ? ("with a space at the end", scalars[..<end].reduce(0) { $0 + UTF8.width($1) }) : nil
    }

    /// The characters of a value that are not what they look like, each once: of a text that looks like ASCII as a whole. None where the text is written
    /// in another script, or with letters and signs that cannot be mistaken.
    package static func mistakable(in text: String) -> [Unicode.Scalar] {
        var found: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars where !(0x20...0x7E).contains(scalar.value) {
            if let seen = appearance(of: scalar), !seen.isASCII { return [] }
            if !found.contains(scalar) { found.append(scalar) }
        }
        return found
    }

    /// Whether an invisible character belongs to the writing of a script, or to a symbol.
    static func joins(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard [0x200C, 0x200D, 0xFE0E, 0xFE0F].contains(scalars[index].value), index > 0 else { return false }
        return scalars[index - 1].value >= 0x590
    }

    /// Whether the other letters of the word at a place are Latin, at least one of ASCII.
    private static func isInLatinWord(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
        let others = Array(scalars[..<index].reversed().prefix(while: isLetter)) + Array(scalars[(index + 1)...].prefix(while: isLetter))
        return others.contains { $0.isASCII } && others.allSatisfy { $0.value < 0x250 || lookalikes[$0]?.isASCII == true }
    }

    /// `U+200B zero width space`
    package static func name(_ scalar: Unicode.Scalar) -> String {
        var code = String(scalar.value, radix: 16, uppercase: true)
        while code.count < 4 { code = "0" + code }
        let name = controls[scalar.value] ?? scalar.properties.name
        return "U+\(code)" + (name.map { " " + (controls[scalar.value] == nil ? $0.lowercased() : $0) } ?? "")
    }

    /// The usual names of control characters.
    private static let controls: [UInt32: String] = [
        0x00: "NUL", 0x01: "SOH", 0x02: "STX", 0x03: "ETX", 0x04: "EOT", 0x07: "BEL", 0x08: "backspace", 0x09: "tab", 0x0A: "line feed",
        0x0B: "vertical tab", 0x0C: "form feed", 0x0D: "carriage return", 0x0E: "shift out", 0x0F: "shift in",
        0x1A: "Ctrl-Z, the end-of-file sign of DOS", 0x1B: "escape", 0x1C: "file separator", 0x1D: "group separator",
        0x1E: "record separator",
        0x1F: "unit separator", 0x7F: "delete", 0x85: "next line",
    ]

    // MARK: What characters look like

    /// A character as it is seen: another for those that look like it, `nil` for those that cannot be seen.
    package static func appearance(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        if (0x21...0x7E).contains(scalar.value) || scalar == " " { return scalar }
        if let known = lookalikes[scalar] { return known }
        if (0xFF01...0xFF5E).contains(scalar.value) { return Unicode.Scalar(scalar.value - 0xFEE0) }
        let properties = scalar.properties
        if properties.isWhitespace { return " " }
        if properties.isDefaultIgnorableCodePoint || properties.generalCategory == .format || properties.generalCategory == .control {
            return nil
        }
        if properties.generalCategory == .dashPunctuation { return "-" }
        return scalar
    }

    /// Characters that look like one of ASCII in most fonts, from the confusables of Unicode (UTS 39) those that keyboards and programs produce.
    static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
        let groups = [
            "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "I": "ІΙӀ", "J": "ЈͿ", "K": "КΚK", "M": "МΜ", "N": "Ν", "O": "ОΟ",
            "P": "РΡ",
            "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "ҮΥ", "Z": "Ζ", "a": "аɑ", "c": "сϲ", "e": "е", "h": "һ", "i": "іι", "j": "јϳ", "o": "оο",
            "p": "рρ", "s": "ѕ", "x": "хχ", "y": "уγ", "v": "ν", "-": "−", "'": "’‘ʼ′`´٬", "\"": "“”„″", "/": "⁄∕", ".": "․", ",": "‚،٫",
            ":": "∶꞉",
            "*": "∗", "%": "٪﹪",
            "°": "º˚", "µ": "μ", "Ë": "Ё", "ë": "ё", "Ï": "Ї", "ï": "ї",
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (seen, others) in groups {
            for other in others.unicodeScalars { table[other] = seen.unicodeScalars.first }
        }
        return table
    }()
}
