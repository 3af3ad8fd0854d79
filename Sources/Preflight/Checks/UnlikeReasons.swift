import SafeText
import ValueFormats

/// Why values do not fit the type of their column, where their formats say it: in the words that are used under a profile.
enum UnlikeReasons {
    /// - Parameter formats: of the values that do not fit, those of the first ones first.
    /// - Returns: a few words for each reason, after a colon; empty where none is known.
    static func words(_ formats: [FormatSet]) -> String {
        var (words, areAll) = ([String](), true)
        for set in formats {
            let own = reasons.filter { set.contains($0.format) }.map(\.reason.text)
            if own.isEmpty { areAll = false }
            for word in own where !words.contains(word) { words.append(word) }
        }
        if words.isEmpty { return "" }
        let others = areAll && words.count <= most ? "" : ", among others"
        return ": \(words.prefix(most).joined(separator: ", "))\(others)"
    }

    private static let most = 3

    private static let reasons: [(format: FormatSet, reason: JudgementReason)] = [
        (.formula, .formula), (.leadingApostrophe, .leadingApostrophe), (.spreadsheetError, .spreadsheetError),
        (.trailingSign, .trailingSign),
        (.parentheses, .parentheses), (.exponent, .exponent), (.otherMinusSign, .otherMinusSign), (.foreignDigits, .foreignDigits),
        (.signBeforeCurrency, .signBeforePrefix), (.illFormedGroups, .illFormedGrouping), (.bareSeparator, .bareDecimalSeparator),
        (.plusSign, .plusSign), (.innerBlanks, .innerBlanks), (.surroundingBlanks, .surroundingBlanks),
    ]
}
