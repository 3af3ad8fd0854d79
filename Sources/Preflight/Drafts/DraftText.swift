import ImportProfiles
import SafeText
import ValueFormats

// Values that a draft looks at one by one are arrays: they are few, and outlive the batch that they came from.

extension ValueRule {
    func judge(text: [UInt8]) -> Judgement { judge(text.span) }
}

extension AmountReader {
    func amount(text: [UInt8]) -> ExactDecimal? { amount(text.span) }
}

extension DatePattern {
    /// The day of a value that surely is a date under the pattern.
    func day(text: [UInt8]) -> Expectation.Day? {
        var matcher = DatePatternMatcher(text.span)
        guard matcher.judge(self).verdict == .parses else { return nil }
        return Expectation.Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day)
    }
}

extension FormatSet {
    static func formats(text: [UInt8]) -> FormatSet { formats(of: text.span) }
}

extension BooleanWords {
    static func meaning(text: [UInt8]) -> Bool? { meaning(of: text.span) }
}

extension ASCII {
    static func isNullWord(text: [UInt8]) -> Bool { isNullWord(text.span) }
}
