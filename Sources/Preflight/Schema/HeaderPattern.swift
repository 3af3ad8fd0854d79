import ByteSpans
import CSVTokenizer
import SafeText

/// Recognizes the header when it comes again, by its names: quoted or not, in whatever letter case, with blanks around them, after a byte order mark,
/// with other spaces or invisible characters inside, with letters composed or decomposed.
struct HeaderPattern: Sendable {
    /// The first name as it is, but without letter case: where it stands at the end of another row.
    private let first: [UInt8]
    /// All names without quotes, surrounding blanks and letter case.
    private let names: [[UInt8]]
    /// How rows begin that may be the header, but for a byte order mark; ``mayBegin(_:delimiter:quote:)`` tells most others that begin so.
    let beginnings: [CaselessBytes]
    /// The row as it is, and with all names quoted or none.
    let rows: [[UInt8]]
    /// The bytes of the longest of them.
    private let longestRow: Int
    private let hasBlankName: Bool
    /// The first byte of the first name without letter case; 0 where it is blank.
    private let firstLetter: UInt8
    /// The first name in lower case, where it is nothing but letters and digits of ASCII; empty for any other.
    private let plainFirst: [UInt8]
    private let hasQuoteInFirst: Bool
    /// The first two names: they tell most other rows without a copy.
    private let caseless: [CaselessBytes]
    private let isSecondASCII: Bool

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Parameter row: the bytes of the header.
    /// - Returns: `nil` where all names are blank.
    init?(_ row: [UInt8], names columnNames: [ColumnName], delimiter: UInt8, quote: UInt8) {
        names = columnNames.map { Self.isFolded($0.bytes) ? $0.bytes : Self.folded($0.bytes.span) }
        guard let name = columnNames.first?.bytes, names.contains(where: { !$0.isEmpty }) else { return nil }
        first = Self.lowercased(name.span)
        // There may be a million names.
        var (plain, quoted): ([UInt8], [UInt8]) = ([], [])
        for (index, name) in columnNames.enumerated() {
            if index > 0 {
                plain.append(delimiter)
                quoted.append(delimiter)
            }
            plain += name.bytes
            quoted += Self.quoted(name.bytes, quote)
        }
        rows = [row, plain, quoted]
        longestRow = max(row.count, quoted.count)
        hasBlankName = names.contains { $0.isEmpty }
        firstLetter = names[0].first ?? 0
        plainFirst = names[0].allSatisfy(Self.isPlain) ? names[0] : []
        hasQuoteInFirst = name.contains(quote)
        caseless = columnNames.prefix(2).map { CaselessBytes(Array(Self.trimmed($0.bytes.span))) }
        isSecondASCII = columnNames.count > 1 && columnNames[1].bytes.allSatisfy { $0 < 0x80 }
        let trimmed = Array(Self.trimmed(name.span))
        beginnings = Self.beginnings(trimmed, delimiter: delimiter, quote: quote)
    }

    /// - Parameter name: the first name without blanks around it.
    private static func beginnings(_ name: [UInt8], delimiter: UInt8, quote: UInt8) -> [CaselessBytes] {
        let steady = steadyBeginning(name)
        var beginnings = [
            name.isEmpty ? CaselessBytes(exactly: [delimiter]) : CaselessBytes(steady),
            CaselessBytes(Array(quoted(steady, quote).dropLast(name.isEmpty ? 0 : 1))),
        ]
        if let other = otherFirstLetter(name) {
            beginnings += [CaselessBytes(other), CaselessBytes([quote] + other)]
        } else if delimiter != tab {
            beginnings.append(CaselessBytes(exactly: [tab]))
        }
        return beginnings + blankBeginnings(quote: quote)
    }

    /// How rows begin that have blanks before the first name, or nothing but blanks and quotes in their fields.
    static func blankBeginnings(quote: UInt8) -> [CaselessBytes] {
        [CaselessBytes(exactly: [blank]), CaselessBytes(oneOf: 0xC2, 0xE2), CaselessBytes([quote], oneOf: blank, quote)]
    }

    /// What a name begins with in each of its spellings: up to a space, which may be another one, and up to a letter that may have its mark in a code
    /// point of its own.
    private static func steadyBeginning(_ name: [UInt8]) -> [UInt8] {
        guard let end = name.firstIndex(where: { $0 == blank || $0 >= 0x80 }), end > 1 else { return name }
        return Array(name[..<(name[end] == blank ? end : end - 1)])
    }

    /// The bytes of the first letter where it is composed and the name has it decomposed, or the other way round.
    private static func otherFirstLetter(_ name: [UInt8]) -> [UInt8]? {
        guard name.prefix(2).contains(where: { $0 >= 0x80 }), let letter = String(decoding: name, as: UTF8.self).first else { return nil }
        let own = Array(String(letter).utf8)
        if letter.unicodeScalars.count > 1 {
            let composed = Array(Lookalike.usualSpelling(of: String(letter)).utf8)
            return composed == own ? nil : composed
        }
        for base in "AEIOUCNSZYRDTLGKHJWaeioucnszyrdtlgkhjw".unicodeScalars {
            for mark in marks {
                let pair = String(String.UnicodeScalarView([base, mark]))
                if pair.first == letter { return Array(pair.utf8) }
            }
        }
        return nil
    }

    /// The marks of European letters: grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, double acute, caron, cedilla, ogonek.
    private static let marks: [Unicode.Scalar] = [
        "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{30A}", "\u{30B}", "\u{30C}", "\u{327}",
        "\u{328}",
    ]

    private static let blank = UInt8(ascii: " ")
    private static let tab = UInt8(ascii: "\t")

    private static func quoted(_ name: [UInt8], _ quote: UInt8) -> [UInt8] {
        if !name.contains(quote) { return [quote] + name + [quote] }
        return [quote] + name.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    /// Whether a name is surely the same when it is folded.
    private static func isFolded(_ name: [UInt8]) -> Bool {
        guard let first = name.first, let last = name.last, !isBlank(first), !isBlank(last) else { return name.isEmpty }
        return name.allSatisfy { $0 < 0x80 && lowercased($0) == $0 }
    }

    /// The header as it is.
    var bytes: [UInt8] { rows[0] }

    /// Whether a row is the header but for the quotes around all names.
    func isSpelledAlike(_ row: Span<UInt8>) -> Bool {
        rows.contains { row.elementsEqual($0) }
    }

    func isMarked(_ row: Span<UInt8>) -> Bool { row.starts(with: Self.mark) }

    /// Whether a row begins with the first name, whatever stands around it.
    func mayBegin(_ row: Span<UInt8>, delimiter: UInt8, quote: UInt8) -> Bool {
        var rest = row.starts(with: Self.mark) ? row.dropFirst(Self.mark.count) : row
        // A delimiter that is a blank is text in quotes.
        if Self.isBlank(delimiter), rest.first == quote { return true }
        // A quote in a name is written twice.
        if hasQuoteInFirst { return true }
        rest = Self.skippingBlanks(rest, delimiter: delimiter, quote: quote)
        switch caseless[0].likeness(to: rest) {
        case .other: return false
        case .undecided: return true
        case .equal(let count):
            let after = Self.skippingBlanks(rest.dropFirst(count), delimiter: delimiter, quote: quote)
            return after.first.map { $0 == delimiter || $0 >= 0x80 } ?? true
        }
    }

    @_lifetime(copy text)
    private static func skippingBlanks(
        _ text: Span<UInt8>, delimiter: UInt8, quote: UInt8
    ) -> Span<UInt8> {
        var rest = text
        while let byte = rest.first, byte != delimiter {
            let count = byte == quote ? 1 : blankCount(rest)
            if count == 0 { break }
            rest = rest.dropFirst(count)
        }
        return rest
    }

    /// Whether a row surely does not begin with the first name: its first letter or sign is another. Far quicker than to compare the names.
    func beginsOtherwise(at start: Int, of batch: borrowing RowBatch, quote: UInt8) -> Bool {
        guard firstLetter != quote, firstLetter > 0, firstLetter < 0x80 else { return false }
        let bytes = batch.bytes
        var place = start
        if place &+ 2 < bytes.count, bytes[place] == 0xEF, bytes[place &+ 1] == 0xBB, bytes[place &+ 2] == 0xBF { place &+= 3 }
        while place < bytes.count, Self.isBlank(bytes[place]) || bytes[place] == quote { place &+= 1 }
        guard place &+ 1 < bytes.count else { return false }
        let (byte, next) = (bytes[place], bytes[place &+ 1])
        switch byte {
        case ..<0x80: return Self.lowercased(byte) != firstLetter || goesOnOtherwise(bytes, place)
        // What is neither a letter nor passed over. Controls are up to U+009F; U+00A0 is a space, U+00AD the soft hyphen.
        case 0xC2: return next > 0x9F && next != 0xA0 && next != 0xAD
        // Spaces, hyphens and what cannot be seen are below U+2080; U+212A is the Kelvin sign.
        case 0xE2: return next & 0xFE != 0x80 && next != 0x84
        // Another character may be this letter in another case, or be passed over.
        default: return false
        }
    }

    /// Whether a row whose first letter is that of the first name has another letter or digit in it, or one more: `Key12` is not `Key`.
    private func goesOnOtherwise(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        if plainFirst.isEmpty { return false }
        var place = start &+ 1
        for index in 1..<plainFirst.count {
            guard place < bytes.count, Self.isPlain(bytes[place]) else { return false }
            if Self.lowercased(bytes[place]) != plainFirst[index] { return true }
            place &+= 1
        }
        return place < bytes.count && Self.isPlain(bytes[place])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercased(byte))
    }

    /// Whether a row has as many fields as one with the header at its end.
    func mayBeJoined(fieldCount: Int) -> Bool { fieldCount == 2 * names.count - 1 }

    /// Whether a row of a batch is the header. A row of another width is, where at least two names, none of them blank, are the first of its names.
    func matches(_ row: Int, of batch: borrowing RowBatch, decoder: FieldDecoder, quote: UInt8) -> Bool {
        let fields = batch.fields(ofRow: row)
        guard fields.count == batch.fieldCount(ofRow: row), batch.bytes(ofRow: row) != nil else { return false }
        let compared = min(fields.count, names.count)
        if fields.count != names.count, compared < 2 || names[..<compared].contains(where: { $0.isEmpty }) { return false }
        // The second first: what the first says is what such rows have in common.
        if compared > 1, !decoder.withText(of: fields.lowerBound + 1, in: batch, { mayBeSecond($0) }) { return false }
        for (field, name) in zip(fields, names).dropFirst() {
            if !decoder.withText(of: field, in: batch, { Self.isEqual($0, name) }) { return false }
        }
        return decoder.withText(of: fields.lowerBound, in: batch) { isFirst($0, quote: quote) }
    }

    /// Whether the texts of a row are the names.
    func matches(_ cells: [[UInt8]]) -> Bool {
        cells.count == names.count
            && zip(cells, names).allSatisfy { cell, name in
                Self.isEqual(cell.span, name)
            }
    }

    /// How a row that is not the header, letter by letter, still has its names.
    enum Likeness {
        /// With other signs between the words: `posting_date` for `Posting Date`.
        case spelledOtherwise
        case inAnotherOrder
    }

    /// Tells rows of about the header's length that may be ``likeness(of:)``; most others end here.
    func mayResemble(byteCount: Int) -> Bool {
        let (own, slack) = (rows[0].count, 2 * names.count + 8)
        return byteCount <= 2 * own + slack && own <= 2 * byteCount + slack
    }

    /// How the texts of a row resemble the names; `nil` if they are not the names. Two names in another order may be values.
    func likeness(of cells: [[UInt8]]) -> Likeness? {
        guard cells.count == names.count, names.count > 1, !hasBlankName else { return nil }
        if cells.contains(where: { $0.contains { $0 < 0x20 && $0 != Self.tab } }) { return nil }
        let own = names.map { Self.words(of: $0) }
        let others = cells.map { Self.words(of: $0) }
        guard !own.contains(""), !others.contains("") else { return nil }
        if own == others { return .spelledOtherwise }
        let set = Set(own)
        return names.count > 2 && set.count == own.count && set == Set(others) ? .inAnotherOrder : nil
    }

    /// A name as it is seen, without letter case, with a space for each of the signs that programs write between words.
    private static func words(of name: [UInt8]) -> String {
        let text = Lookalike.appearance(of: String(decoding: name, as: UTF8.self)).lowercased()
        return text.split { " _-./".contains($0) }.joined(separator: " ")
    }

    /// Other letters than those of ASCII may have another number of bytes in the other case.
    private func mayBeSecond(_ text: Span<UInt8>) -> Bool {
        guard isSecondASCII, text.allSatisfy({ $0 < 0x80 }) else { return true }
        let text = Self.trimmed(text)
        return text.count == caseless[1].bits.count && caseless[1].matchCount(in: text) != nil
    }

    /// Whether a row that the delimiter does not cut is the header with another delimiter.
    func matchesUncut(_ row: Int, of batch: borrowing RowBatch, delimiter: UInt8, quote: UInt8) -> Bool {
        let fields = batch.fields(ofRow: row)
        guard fields.count == 1, batch.fieldCount(ofRow: row) == 1, names.count > 1, !hasBlankName,
            let bytes = batch.bytes(ofRow: row), bytes.count <= longestRow + Self.mark.count + 2 * names.count
        else { return false }
        let row = Array(bytes)
        return DialectDetector.candidates.contains { other in
            guard other != delimiter else { return false }
            let cells = row.split(separator: other, omittingEmptySubsequences: false)
            guard cells.count == names.count, let first = cells.first else { return false }
            return isFirst(first.span, quote: quote)
                && zip(cells, names).dropFirst().allSatisfy { Self.isEqual(Self.unquoted($0.span, quote), $1) }
        }
    }

    /// Where the header begins in a row that is a data row and the header, joined without a line end between them.
    func joint(_ row: Int, of batch: borrowing RowBatch, decoder: FieldDecoder, quote: UInt8) -> Int? {
        let fields = batch.fields(ofRow: row)
        let width = names.count
        guard width > 1, fields.count == 2 * width - 1, batch.fieldCount(ofRow: row) == fields.count, batch.bytes(ofRow: row) != nil,
            !hasBlankName
        else { return nil }
        for (field, name) in zip(fields[(fields.lowerBound + width)...], names.dropFirst()) {
            if !decoder.withText(of: field, in: batch, { Self.isEqual($0, name) }) { return nil }
        }
        let range = batch.range(ofField: fields.lowerBound + width - 1)
        var end = range.upperBound
        let isQuoted = end > range.lowerBound && batch.bytes[end - 1] == quote
        if isQuoted { end -= 1 }
        var start = end - first.count
        guard start >= range.lowerBound, Self.isLowercased(batch.bytes[start..<end], as: first) else { return nil }
        if isQuoted {
            start -= 1
            guard start >= range.lowerBound, batch.bytes[start] == quote else { return nil }
        }
        let mark = start - Self.mark.count
        return mark >= range.lowerBound && batch.bytes[mark..<start].elementsEqual(Self.mark) ? mark : start
    }

    private static func isLowercased(_ text: Span<UInt8>, as name: [UInt8]) -> Bool {
        text.count == name.count && text.indices.allSatisfy { lowercased(text[$0]) == name[$0] }
    }

    /// Whether a text is the first name, perhaps after a byte order mark, and then perhaps in quotes.
    private func isFirst(_ text: Span<UInt8>, quote: UInt8) -> Bool {
        let isMarked = text.starts(with: Self.mark)
        return Self.isEqual(Self.unquoted(isMarked ? text.dropFirst(Self.mark.count) : text, quote), names[0])
    }

    @_lifetime(copy text)
    private static func unquoted(_ text: Span<UInt8>, _ quote: UInt8) -> Span<UInt8> {
        text.count > 1 && text.first == quote && text.last == quote ? text.dropFirst().dropLast() : text
    }

    private static func isEqual(_ text: Span<UInt8>, _ name: [UInt8]) -> Bool {
        // A letter has at most three times as many bytes in the other case.
        text.count * 3 >= name.count && folded(text) == name
    }

    /// Without surrounding blanks, no-break spaces among them.
    @_lifetime(copy text)
    private static func trimmed(_ text: Span<UInt8>) -> Span<UInt8> {
        var text = text
        while let last = text.last {
            if isBlank(last) {
                text = text.dropLast()
            } else if last == 0xA0, text.dropLast().last == 0xC2 {
                text = text.dropLast(2)
            } else {
                break
            }
        }
        while case let count = blankCount(text), count > 0 { text = text.dropFirst(count) }
        return text
    }

    /// Whether a text is nothing but blanks, no-break spaces among them.
    static func isBlank(_ text: Span<UInt8>) -> Bool { trimmed(text).isEmpty }

    /// How many bytes the blank or no-break space has that a text begins with; 0 where it begins with neither.
    @inline(__always)
    private static func blankCount(_ text: Span<UInt8>) -> Int {
        guard let byte = text.first else { return 0 }
        if isBlank(byte) { return 1 }
        return byte == 0xC2 && text.dropFirst().first == 0xA0 ? 2 : 0
    }

    /// Without letter case and surrounding blanks.
    private static func folded(_ text: Span<UInt8>) -> [UInt8] {
        var name = lowercased(trimmed(text))
        if name.contains(where: { $0 >= 0x80 }) {
            let string = String(decoding: name, as: UTF8.self)
            // What is not UTF-8 has no letters that are known.
            if string.utf8.elementsEqual(name) { name = Array(Lookalike.usualSpelling(of: string.lowercased()).utf8) }
            // The sigma at the end of a word is one with the others.
            for place in name.indices.dropLast() where name[place] == 0xCF && name[place + 1] == 0x82 { name[place + 1] = 0x83 }
        }
        return name
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == blank || byte == tab }

    private static func lowercased(_ text: Span<UInt8>) -> [UInt8] { Array(text).map { lowercased($0) } }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte }
}

extension CaselessBytes {
    fileprivate enum Likeness {
        /// A text begins with these bytes, which are so many.
        case equal(Int)
        /// It begins with others.
        case other
        /// Where they differ first, one of them is not ASCII: other spaces, invisible characters, letters that are composed or not.
        case undecided
    }

    @inline(__always)
    fileprivate func likeness(to text: Span<UInt8>) -> Likeness {
        let count = bits.count
        for index in 0..<min(text.count, count) {
            let byte = text[index]
            if byte & masks[index] != bits[index] { return (byte | bits[index]) < 0x80 ? .other : .undecided }
        }
        return text.count < count ? .other : .equal(count)
    }
}
