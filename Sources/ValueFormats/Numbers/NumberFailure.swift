import ByteSpans
import SafeText

/// Finds out why a text is not a number: slow, and used only for values that no format reads.
package enum NumberFailure {
    /// Words that some importers load as blank, or as a number that is none; `nil` for anything else.
    package static func doubt(about text: Span<UInt8>) -> Doubt? {
        isNotFinite(text) ? .notFinite : FormulaError.doubt(about: text)
    }

    private static func isNotFinite(_ text: Span<UInt8>) -> Bool {
        let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
        let start = isSigned ? 1 : 0
        guard text.count > start else { return false }
        // Nearly all values begin like none of the words.
        switch text[start] {
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "i"), UInt8(ascii: "I"), 0xE2: break
        default: return false
        }
        let unsigned = text[start...]
        return ASCII.matches(unsigned, "nan") || ASCII.matches(unsigned, "inf") || ASCII.matches(unsigned, "infinity")
            || ASCII.matches(unsigned, "∞")
    }

    /// The judgement of a value that has a character which no number has, whatever its format: most wrong values are such.
    ///
    /// - Parameter field: not empty.
    /// - Returns: `nil` for values that only a closer look tells from numbers.
    package static func judgement(ofText field: Span<UInt8>) -> Judgement? {
        // Neither blanks around it nor an apostrophe before it.
        guard 0x21...0x7E ~= field[0], 0x21...0x7E ~= field[field.count - 1], field[0] != UInt8(ascii: "'") else { return nil }
        let shape = Shape(field)
        guard shape.isASCII, shape.hasStranger else { return nil }
        if SpreadsheetFormula.matches(field) { return .fails(.formula) }
        if let word = doubt(about: field) { return .doubtful(word) }
        if FormulaError.matches(field) { return .fails(.spreadsheetError) }
        return .fails(reason(for: shape, percentSign: field[field.count - 1] == UInt8(ascii: "%")))
    }

    /// - Parameter text: not empty, without surrounding spaces, not a number in the format.
    package static func reason(for text: Span<UInt8>, isPercent: Bool) -> JudgementReason {
        if FormulaError.matches(text) { return .spreadsheetError }
        if followsApostrophe(text) { return .leadingApostrophe }
        if SpreadsheetFormula.matches(text) { return .formula }
        let percentSign = NumberParser.percentSignLength(atEndOf: text)
        if percentSign > 0 {
            let number = Shape(text.dropLast(percentSign))
            if isPercent { return reason(for: number, percentSign: false) }
            if number.digits > 0, number.others == 0 { return .percentSign }
        }
        return reason(for: Shape(text), percentSign: false)
    }

    private static func reason(for shape: Shape, percentSign: Bool) -> JudgementReason {
        guard shape.digits > 0 else { return .notANumber }
        if shape.others == 0 { return .foreignSeparator }
        if percentSign, shape.others == 1 { return .percentSign }
        return shape.isTextOnOneSide ? .unnamedText : .notANumber
    }

    /// Whether a text is an apostrophe, straight or another, and a number: spreadsheets take that for text.
    private static func followsApostrophe(_ text: Span<UInt8>) -> Bool {
        let isOpening = text.starts(with: [0xE2, 0x80, 0x98])
        let length = text[0] == UInt8(ascii: "'") ? 1 : isOpening ? 3 : NumberDigits.otherApostropheLength(in: text, at: 0)
        guard length > 0 else { return false }
        let number = text.dropFirst(length)
        guard let first = number.first, ASCII.isDigit(first) || "+-.,=".utf8.contains(first) else { return false }
        let shape = Shape(number)
        return shape.digits > 0 && shape.others == 0
    }

    /// A count of the characters by what they can be in some number.
    private struct Shape {
        var digits = 0
        /// Bytes that are neither digit nor separator nor sign.
        var others = 0
        /// Whether the others are all at the beginning or all at the end.
        var isTextOnOneSide: Bool { runsOfOthers == 1 && (beginsWithOther || endsWithOther) }
        private var runsOfOthers = 0
        private var beginsWithOther = false
        private var endsWithOther = false
        private(set) var isASCII = true
        /// Whether some character is in no number, whatever its format has around the digits and between them. Of ASCII only.
        private(set) var hasStranger = false

        init(_ text: Span<UInt8>) {
            var index = 0
            var previousWasOther = false
            while index < text.count {
                // Most wrong values come here, byte by byte: the index is below the count, and there are 128 sorts.
                let byte = unsafe text[unchecked: index]
                var length = 1
                var sort = unsafe Self.sorts.bytes[unchecked: Int(byte & 0x7F)]
                if byte >= 0x80 {
                    isASCII = false
                    let blank = Whitespace.leadingLength(of: text, at: index, before: text.count)
                    (sort, length) = blank > 0 ? (Self.blank, blank) : (Self.other, 1)
                }
                if sort <= Self.part {
                    if sort == Self.digit { digits &+= 1 }
                    previousWasOther = false
                } else if sort >= Self.other {
                    // A space continues what was before it: "5 EUR net" is one text.
                    others &+= 1
                    if index == 0 { beginsWithOther = true }
                    if !previousWasOther { runsOfOthers &+= 1 }
                    previousWasOther = true
                    if sort == Self.stranger { hasStranger = true }
                }
                index &+= length
            }
            endsWithOther = previousWasOther
        }

        // Sorts of ASCII characters, in an order that the loop above knows.
        private static let digit = UInt8(ascii: "0")
        /// Separators and signs.
        private static let part = UInt8(ascii: "1")
        private static let blank = UInt8(ascii: "2")
        /// Parentheses, a percent sign, the mark of an exponent, and what groups digits.
        private static let other = UInt8(ascii: "3")
        /// In no number.
        private static let stranger = UInt8(ascii: "4")

        /// The sort of each, 32 a line. A string literal is memory that is never set up or counted, unlike an array.
        private static let sorts: StaticString = """
            44444444422222444444444444444444\
            24444341334111140000000000444444\
            44444344444444444444444444444443\
            34444344444444444444444444444444
            """
    }
}
