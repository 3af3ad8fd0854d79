import SafeText

/// Finds out why a text is not a number: slow, and used only for values that no format reads.
package enum NumberFailure {
    /// Words that some importers load as blank, or as a number that is none; `nil` for anything else.
    package static func doubt(about text: UnsafeRawBufferPointer) -> Doubt? {
        let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
        let unsigned = isSigned ? UnsafeRawBufferPointer(rebasing: text[1...]) : text
        for word in ["nan", "inf", "infinity", "∞"] as [StaticString] where ASCII.matches(unsigned, word) { return .notFinite }
        return FormulaError.doubt(about: text)
    }

    /// - Parameter text: not empty, without surrounding spaces, not a number in the format.
    package static func reason(for text: UnsafeRawBufferPointer, isPercent: Bool) -> JudgementReason {
        if FormulaError.matches(text) { return .spreadsheetError }
        if followsApostrophe(text) { return .leadingApostrophe }
        let hasPercent = text[text.count - 1] == UInt8(ascii: "%")
        let shape = Shape(isPercent && hasPercent ? UnsafeRawBufferPointer(rebasing: text.dropLast()) : text)
        guard shape.digits > 0 else { return .notANumber }
        if shape.others == 0 { return .foreignSeparator }
        if !isPercent, shape.others == 1, hasPercent { return .percentSign }
        return shape.isTextOnOneSide ? .unnamedText : .notANumber
    }

    /// Whether a text is an apostrophe, straight or typographic, and a number: spreadsheets take that for text.
    private static func followsApostrophe(_ text: UnsafeRawBufferPointer) -> Bool {
        let isStraight = text[0] == UInt8(ascii: "'")
        guard isStraight || text.starts(with: [0xE2, 0x80, 0x99]) else { return false }
        let number = text.dropFirst(isStraight ? 1 : 3)
        guard let first = number.first, ASCII.isDigit(first) || "+-.,=".utf8.contains(first) else { return false }
        let shape = Shape(UnsafeRawBufferPointer(rebasing: number))
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

        init(_ text: UnsafeRawBufferPointer) {
            var index = 0
            var previousWasOther = false
            while index < text.count {
                let byte = text[index]
                // Most are ASCII.
                var length = byte < 0x80 ? 0 : Whitespace.leadingLength(of: text, at: index, before: text.count)
                if byte == 0x20 || (0x09...0x0D).contains(byte) { length = 1 }
                var isOther = false
                if length > 0 {
                    // A space continues what was before it: "5 EUR net" is one text.
                    isOther = previousWasOther
                } else {
                    length = 1
                    switch byte {
                    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
                    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
                    default:
                        isOther = true
                        others += 1
                        if index == 0 { beginsWithOther = true }
                    }
                }
                if isOther, !previousWasOther { runsOfOthers += 1 }
                previousWasOther = isOther
                index += length
            }
            endsWithOther = previousWasOther
        }
    }
}
