import ImportProfiles
import SafeText
import ValueFormats

// Values that a draft looks at one by one are arrays: they are few, and outlive the batch that they came from.

extension ValueRule {
    func judge(text: [UInt8]) -> Judgement { text.withUnsafeBytes { judge($0) } }
}

extension AmountReader {
    func amount(text: [UInt8]) -> ExactDecimal? { text.withUnsafeBytes { amount($0) } }
}

extension DatePattern {
    /// The day of a value that surely is a date under the pattern.
    func day(text: [UInt8]) -> Expectation.Day? {
        text.withUnsafeBytes { bytes in
            var matcher = DatePatternMatcher(bytes)
            guard matcher.judge(self).verdict == .parses else { return nil }
            return Expectation.Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day)
        }
    }
}

extension FormatSet {
    static func formats(text: [UInt8]) -> FormatSet { text.withUnsafeBytes { formats(of: $0) } }
}

extension BooleanWords {
    static func meaning(text: [UInt8]) -> Bool? { text.withUnsafeBytes { meaning(of: $0) } }
}

extension ASCII {
    static func isNullWord(text: [UInt8]) -> Bool { text.withUnsafeBytes { isNullWord($0) } }
}
