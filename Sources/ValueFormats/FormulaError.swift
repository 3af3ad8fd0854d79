import ByteSpans
import SafeText

/// The error values that a spreadsheet writes for a broken formula: `#REF!`, `#DIV/0!`, and in other languages `#BEZUG!` or `#NV`.
///
/// They do not mean "no value": an export that contains them has lost a result.
package enum FormulaError {
    private static let longest = 24

    /// - Parameter text: without surrounding spaces.
    package static func matches(_ text: Span<UInt8>) -> Bool {
        guard (2...longest).contains(text.count), text[0] == UInt8(ascii: "#") else { return false }
        let last = text[text.count - 1]
        if last == UInt8(ascii: "!") || last == UInt8(ascii: "?") { return text.count > 2 && isName(text[1..<(text.count - 1)]) }
        if text.count >= 3, text.allSatisfy({ $0 == UInt8(ascii: "#") }) { return true }
        return namesWithoutMark.contains { $0.bytes.hasSameBytes(as: text) }
    }

    /// Of words that some importers load as blank, `#N/A` among them; `nil` for anything else.
    package static func doubt(about text: Span<UInt8>) -> Doubt? {
        if !ASCII.isNullWord(text) { return nil }
        return matches(text) ? .errorValue : .nullWord
    }

    /// Capitals, `/`, `_`, `0` as in `DIV/0`, `¡` and `¿`, letters of other scripts.
    private static func isName(_ text: Span<UInt8>) -> Bool {
        var hasLetter = false
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: hasLetter = true
            case UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "0"): break
            default: return false
            }
        }
        return hasLetter
    }

    /// Those that end like a word: "not available" in the languages of spreadsheets, and states of a calculation.
    private static let namesWithoutMark: [StaticString] = [
        "#N/A", "#n/a", "#NV", "#N/D", "#N/B", "#I/T", "#YOK", "#Н/Д", "#HIÁNYZIK", "#NENÍ_K_DISPOZICI", "#NEDOSTUPNÝ", "#KALK",
        "#GETTING_DATA", "#CALC", "#SPILL", "#LADE_DATEN",
    ]
}
