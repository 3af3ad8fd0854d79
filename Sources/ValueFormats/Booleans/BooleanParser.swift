import ByteSpans
import SafeText

/// Which spellings are booleans: `TRUE` and `FALSE` as documented, and those that the column's format names.
///
/// Others are doubtful if some importer may know them: a single word of any language, a single character, a word for no value such as `n/a`.
/// Values that no importer reads as a boolean fail: several words, a word with digits, a number of several digits, a date, a broken formula.
package struct BooleanParser: ValueParser {
    private let spellings: WordSet

    package init(_ format: BooleanFormat) {
        spellings = WordSet(format.trueSpellings + format.falseSpellings)
    }

    /// - Parameter field: not empty.
    package func judge(_ field: Span<UInt8>) -> Judgement {
        if isSpelling(field) { return .parses }
        let text = Whitespace.trim(field)
        if text.isEmpty { return .doubtful(.blanksOnly) }
        var noted = NotedDoubts()
        if text.count < field.count {
            noted.noteBlanks(around: text, in: field)
            if isSpelling(text) { return noted.judgement }
        }
        if FormulaError.matches(text), FormulaError.doubt(about: text) == nil { return .fails(.spreadsheetError) }
        if SpreadsheetFormula.matches(text) { return .fails(.formula) }
        guard let doubt = Self.doubt(about: text) else { return .fails(.notABoolean) }
        return Judgement(doubtful: doubt.reason, noted.doubts.union(DoubtSet(doubt)))
    }

    private static func doubt(about text: Span<UInt8>) -> Doubt? {
        if let word = FormulaError.doubt(about: text) { return word }
        if BooleanWords.meaning(of: text) != nil {
            if ASCII.matches(text, "true") || ASCII.matches(text, "false") { return .booleanCase }
            return text.count == 1 && ASCII.isDigit(text[0]) ? .booleanDigit : .otherBoolean
        }
        return isShortWord(text) ? .unknownWord : nil
    }

    package func judgeLong(_ field: Span<UInt8>) -> Judgement { .fails(.notABoolean) }

    private func isSpelling(_ text: Span<UInt8>) -> Bool {
        switch text[0] {
        case UInt8(ascii: "T"): if Self.isExact(text, "TRUE") { return true }
        case UInt8(ascii: "F"): if Self.isExact(text, "FALSE") { return true }
        default: break
        }
        return spellings.contains(text)
    }

    /// Letters and more than that in one language: so many bytes at most.
    private static let longestWord = 16

    /// One character, or letters with nothing between them.
    private static func isShortWord(_ text: Span<UInt8>) -> Bool {
        if text.count == 1 || (text[1] & 0xC0 == 0x80 && text[1...].allSatisfy { $0 & 0xC0 == 0x80 }) { return true }
        return text.count <= longestWord && text.allSatisfy { $0 >= 0x80 || ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    }

    private static func isExact(_ field: Span<UInt8>, _ word: StaticString) -> Bool {
        field.hasSameBytes(as: word.bytes)
    }
}
