import ByteSpans

/// What stands for another character in a text that was escaped for another format than CSV: `&amp;`, `\u00e9`, `%20`.
package struct TextEscape: Sendable, Equatable {
    /// The format that a text was escaped for.
    package enum Format: UInt8, Sendable, CaseIterable {
        /// `&amp;`, `&#39;`, `&eacute;`
        case html
        /// `\u00e9`, `\n`, `\'`
        case backslash
        /// `%20`, `%C3%A9`
        case address
        /// `_x000D_`, as names and texts are in Office files and in SharePoint.
        case office
        /// `<U+00E9>`, as R prints what it cannot encode.
        case codePoint
        /// `=?utf-8?Q?Caf=C3=A9?=`
        case mail
    }

    package let format: Format
    /// In the text, in bytes.
    package let range: Range<Int>
    /// What it stands for; empty for a word of email, which is encoded as a whole.
    package let meaning: String

    /// Bytes of an entity of HTML, with the signs around its name.
    package static let longestEntity = 10

    /// Whether a text is an entity of HTML, such as `&amp;`.
    package static func isEntity(_ text: Span<UInt8>) -> Bool { Escapes.entity(text, at: 0)?.range == 0..<text.count }
}

/// A text that was escaped for another format, and by a mistake not unescaped again: it would load with the escapes in it.
///
/// What is not taken for one: an address, a path, markup and JSON, whose escapes are meant, and an entity that is all of the text. A backslash before
/// `n`, `r` or `t` may be part of a path, a pattern or a formula of LaTeX, so it counts only in a text of several words.
package struct EscapedText: Sendable, Equatable {
    /// The first escape.
    package private(set) var first: TextEscape?
    /// Whether there is markup: entities are meant in it, and in its neighbours.
    package private(set) var hasMarkup = false
    /// Whether some backslash escapes nothing, as in paths and patterns.
    package private(set) var hasOtherBackslash = false

    private var isPath = false
    private var isData = false
    private var isAddress = false
    private var hasSpace = false
    /// The first escape that counts only if nothing speaks against it.
    private var weak: TextEscape?

    /// A longer text is looked at up to here.
    private static let mostBytes = 4 << 10

    /// - Parameter field: UTF-8, without quotes.
    package init(_ field: Span<UInt8>) {
        let text = field.prefix(Self.mostBytes)
        lookAround(text)
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "&"): index = takeEntity(text, at: index)
            case UInt8(ascii: "\\"): index = takeBackslash(text, at: index)
            case UInt8(ascii: "%"): index = takePercent(text, at: index)
            case UInt8(ascii: "_"): index = take(Escapes.office(text, at: index), at: index)
            case UInt8(ascii: "<"): index = take(Escapes.codePoint(text, at: index), at: index)
            case UInt8(ascii: "="): index = take(Escapes.mail(text, at: index), at: index)
            default: index += 1
            }
        }
        if first == nil, let weak, hasSpace, !hasOtherBackslash { first = weak }
    }

    /// Finds out what else the text may be.
    private mutating func lookAround(_ text: Span<UInt8>) {
        guard let start = text.first else { return }
        let trimmed = Whitespace.trim(text)
        isData = trimmed.first == UInt8(ascii: "{") || trimmed.first == UInt8(ascii: "[")
        isPath = start == UInt8(ascii: "\\") && text.count > 1 && text[1] == start
        isAddress = ASCII.begins(text, at: 0, with: "www.")
        for index in text.indices {
            let next = index + 1 < text.count ? text[index + 1] : 0
            switch text[index] {
            case UInt8(ascii: " "): hasSpace = true
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "@"): isAddress = true
            case UInt8(ascii: ":"): isPath = isPath || next == UInt8(ascii: "\\")
            case UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "^"):
                hasOtherBackslash = hasOtherBackslash || next == UInt8(ascii: "\\")
            case UInt8(ascii: "<"):
                let isTag = Escapes.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
                if isTag, Escapes.codePoint(text, at: index) == nil { hasMarkup = true }
            default: break
            }
        }
    }

    private mutating func take(_ escape: TextEscape?, at index: Int) -> Int {
        guard let escape else { return index + 1 }
        if first == nil, !isData { first = escape }
        return escape.range.upperBound
    }

    private mutating func takeEntity(_ text: Span<UInt8>, at index: Int) -> Int {
        guard !hasMarkup, let entity = Escapes.entity(text, at: index) else { return index + 1 }
        // A web page has a no-break space in a cell that is empty; any other entity alone may be what the column is about.
        if entity.range == 0..<text.count, entity.meaning != "\u{A0}" { return entity.range.upperBound }
        return take(entity, at: index)
    }

    private mutating func takeBackslash(_ text: Span<UInt8>, at index: Int) -> Int {
        if isPath {
            hasOtherBackslash = true
            return text.count
        }
        guard index + 1 < text.count else {
            hasOtherBackslash = true
            return text.count
        }
        if let character = Escapes.unicode(text, at: index) { return take(character, at: index) }
        let next = text[index + 1]
        let range = index..<(index + 2)
        let isInText = index > 0 && Escapes.mayEndSentence(text[index - 1])
        switch next {
        case UInt8(ascii: "r")
        where isInText && !isData && index + 3 < text.count && text[index + 2] == UInt8(ascii: "\\") && text[index + 3] == UInt8(ascii: "n"):
            return take(TextEscape(format: .backslash, range: index..<(index + 4), meaning: "\n"), at: index)
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            let meaning = next == UInt8(ascii: "n") ? "\n" : next == UInt8(ascii: "r") ? "\r" : "\t"
            if weak == nil, isInText, !isData { weak = TextEscape(format: .backslash, range: range, meaning: meaning) }
        case UInt8(ascii: "'"):
            let isInWord = isInText && index + 2 < text.count && Escapes.isLetter(text[index - 1]) && Escapes.isLetter(text[index + 2])
            if isInWord { return take(TextEscape(format: .backslash, range: range, meaning: "'"), at: index) }
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"),
            UInt8(ascii: "\n"):
            break
        default: hasOtherBackslash = true
        }
        return range.upperBound
    }

    /// Addresses have no spaces, and neither has what was escaped for one.
    private mutating func takePercent(_ text: Span<UInt8>, at index: Int) -> Int {
        guard !isAddress, !hasSpace, let character = Escapes.percent(text, at: index) else { return index + 1 }
        if character.meaning == " " {
            let end = character.range.upperBound
            guard index > 0, Escapes.isLetter(text[index - 1]) || text[index - 1] >= 0x80, end < text.count, Escapes.isWord(text[end])
            else { return end }
        }
        return take(character, at: index)
    }
}

/// The grammar of single escapes.
private enum Escapes {
    static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || ASCII.isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "%") }

    /// Whether a line may end after a byte: not where a command of LaTeX or a pattern begins.
    static func mayEndSentence(_ byte: UInt8) -> Bool { isWord(byte) || ".,:;!?)\"'".utf8.contains(byte) }

    /// The number that hexadecimal digits write; `nil` if any of the bytes is none.
    private static func value(_ text: Span<UInt8>, _ range: Range<Int>, radix: UInt32 = 16) -> UInt32? {
        guard range.upperBound <= text.count, !range.isEmpty else { return nil }
        var value: UInt32 = 0
        for index in range {
            let byte = text[index]
            let digit: UInt32
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                digit = UInt32((byte | 0x20) - UInt8(ascii: "a")) + 10
            default: return nil
            }
            if digit >= radix { return nil }
            value = value * radix + digit
        }
        return value
    }

    private static func escape(_ format: TextEscape.Format, _ range: Range<Int>, _ value: UInt32?) -> TextEscape? {
        guard let value, value > 0 else { return nil }
        // Half of a pair of UTF-16 is escaped, too.
        let meaning = Unicode.Scalar(value).map { String(Character($0)) } ?? "\u{FFFD}"
        return TextEscape(format: format, range: range, meaning: meaning)
    }

    /// `\u00e9`
    static func unicode(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        guard start + 6 <= text.count, text[start + 1] == UInt8(ascii: "u") else { return nil }
        return escape(.backslash, start..<(start + 6), value(text, (start + 2)..<(start + 6)))
    }

    /// `<U+00E9>`
    static func codePoint(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        guard start + 8 <= text.count, text[start + 1] == UInt8(ascii: "U"), text[start + 2] == UInt8(ascii: "+"),
            text[start + 7] == UInt8(ascii: ">")
        else { return nil }
        return escape(.codePoint, start..<(start + 8), value(text, (start + 3)..<(start + 7)))
    }

    /// `_x0020_`
    static func office(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        guard start + 7 <= text.count, text[start + 1] == UInt8(ascii: "x"), text[start + 6] == UInt8(ascii: "_") else { return nil }
        return escape(.office, start..<(start + 7), value(text, (start + 2)..<(start + 6)))
    }

    /// `=?utf-8?Q?…?=`
    static func mail(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        guard start + 2 < text.count, text[start + 1] == UInt8(ascii: "?") else { return nil }
        let mark = UInt8(ascii: "?")
        var marks: [Int] = []
        for index in (start + 2)..<text.count where text[index] == mark {
            marks.append(index)
            if marks.count == 3 { break }
        }
        guard marks.count == 3, marks[0] > start + 2, marks[1] == marks[0] + 2, "QqBb".utf8.contains(text[marks[0] + 1]),
            marks[2] + 1 < text.count,
            text[marks[2] + 1] == UInt8(ascii: "=")
        else { return nil }
        return TextEscape(format: .mail, range: start..<(marks[1] + 1), meaning: "")
    }

    /// `%20`, or all bytes of a character beyond ASCII: `%C3%A9`.
    static func percent(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        func byte(_ index: Int) -> UInt8? {
            guard index < text.count, text[index] == UInt8(ascii: "%") else { return nil }
            return value(text, (index + 1)..<(index + 3)).map { UInt8($0) }
        }
        guard let lead = byte(start) else { return nil }
        if lead == UInt8(ascii: " ") { return TextEscape(format: .address, range: start..<(start + 3), meaning: " ") }
        let count = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0
        var bytes = [lead]
        while bytes.count < count, let next = byte(start + 3 * bytes.count), next & 0xC0 == 0x80 { bytes.append(next) }
        guard count > 0, bytes.count == count, let meaning = String(validating: bytes, as: UTF8.self) else { return nil }
        return TextEscape(format: .address, range: start..<(start + 3 * count), meaning: meaning)
    }

    // MARK: Entities of HTML

    /// `&amp;`, `&#39;`, `&#x27;`
    static func entity(_ text: Span<UInt8>, at start: Int) -> TextEscape? {
        let most = min(text.count, start + TextEscape.longestEntity)
        guard start + 3 < text.count, let end = ((start + 2)..<most).first(where: { text[$0] == UInt8(ascii: ";") }) else { return nil }
        let range = start..<(end + 1)
        if text[start + 1] == UInt8(ascii: "#") {
            let isHexadecimal = text[start + 2] | 0x20 == UInt8(ascii: "x")
            return escape(.html, range, value(text, (start + (isHexadecimal ? 3 : 2))..<end, radix: isHexadecimal ? 16 : 10))
        }
        let name = String(decoding: Array(text[(start + 1)..<end]), as: UTF8.self)
        return names[name].map { TextEscape(format: .html, range: range, meaning: $0) }
    }

    /// Those of Latin-1 from U+00A0 on, and what else programs write.
    private static let names: [String: String] = {
        let latin = """
            nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 \
            ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
            ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring \
            aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
            uuml yacute thorn yuml
            """
        var names = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "euro": "€", "ndash": "–", "mdash": "—", "lsquo": "‘",
            "rsquo": "’",
            "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "hellip": "…", "bull": "•", "trade": "™", "lsaquo": "‹", "rsaquo": "›",
            "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}",
            "minus": "−",
        ]
        for (offset, name) in latin.split(separator: " ").enumerated() {
            names[String(name)] = Unicode.Scalar(0xA0 + UInt32(offset)).map { String(Character($0)) }
        }
        return names
    }()
}
