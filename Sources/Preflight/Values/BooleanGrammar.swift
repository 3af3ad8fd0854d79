/// Which spellings are booleans: `TRUE` and `FALSE` as documented, and those that the column's format names; the usual others are doubtful.
struct BooleanGrammar: Sendable {
    private let spellings: [[UInt8]]

    init(_ format: BooleanFormat) {
        spellings = (format.trueSpellings + format.falseSpellings).map { Array($0.utf8) }
    }

    /// - Parameter field: not empty.
    func judge(_ field: UnsafeRawBufferPointer) -> Judgement {
        if isSpelling(field) { return .parses }
        let text = Blanks.trim(field)
        if text.isEmpty { return .doubtful(.blanksOnly) }
        if isSpelling(text) { return .doubtful(.surroundingBlanks) }
        for word in Self.otherSpellings where ASCIIWords.matches(text, word) { return .doubtful(.otherBoolean) }
        if text[0] == UInt8(ascii: "#"), !ASCIIWords.isNullWord(text) { return .fails(.spreadsheetError) }
        return .fails(ASCIIWords.isNullWord(text) ? .nullWord : .notABoolean)
    }

    private func isSpelling(_ text: UnsafeRawBufferPointer) -> Bool {
        if Self.isExact(text, "TRUE") || Self.isExact(text, "FALSE") { return true }
        for spelling in spellings where spelling.count == text.count && spelling.elementsEqual(text) { return true }
        return false
    }

    private static let otherSpellings: [StaticString] = [
        "true", "false", "yes", "no", "y", "n", "t", "f", "1", "0", "on", "off",
    ]

    private static func isExact(_ field: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        field.count == word.utf8CodeUnitCount && field.elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: field.count))
    }
}
