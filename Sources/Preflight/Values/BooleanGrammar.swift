/// Which spellings are booleans: `TRUE` and `FALSE` as documented; the usual others are doubtful.
enum BooleanGrammar {
    /// - Parameter field: not empty.
    static func judge(_ field: UnsafeRawBufferPointer) -> Judgement {
        if isExact(field, "TRUE") || isExact(field, "FALSE") { return .parses }
        let text = Blanks.trim(field)
        if text.isEmpty { return .doubtful(.blanksOnly) }
        for word in otherSpellings where ASCIIWords.matches(text, word) {
            let isExactInside = isExact(text, "TRUE") || isExact(text, "FALSE")
            return .doubtful(isExactInside ? .surroundingBlanks : .otherBoolean)
        }
        if text[0] == UInt8(ascii: "#"), !ASCIIWords.isNullWord(text) { return .fails(.spreadsheetError) }
        return .fails(ASCIIWords.isNullWord(text) ? .nullWord : .notABoolean)
    }

    private static let otherSpellings: [StaticString] = [
        "true", "false", "yes", "no", "y", "n", "t", "f", "1", "0", "on", "off",
    ]

    private static func isExact(_ field: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        field.count == word.utf8CodeUnitCount && field.elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: field.count))
    }
}
