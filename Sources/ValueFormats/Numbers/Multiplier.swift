import SafeText

/// What an import configuration multiplies the numbers of a column by. Which values parse does not depend on it.
package struct Multiplier: Sendable, Equatable {
    /// As a profile writes it: one of `words`, or a positive number such as `1000` or `0.01`.
    package let text: String

    /// The words of a profile. That the configuration offers each of them is assumed; `thousand` is documented.
    package static let words = ["thousand", "million", "billion", "trillion"]

    /// Digits of the longest number that is taken.
    private static let mostDigits = 28

    /// - Returns: `nil` unless `text` is one of `words` or digits with at most one point between them, at least one digit not 0.
    package init?(_ text: String) {
        guard Self.words.contains(text) || Self.isPositiveNumber(text) else { return nil }
        self.text = text
    }

    private static func isPositiveNumber(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(ASCII.isDigit) }) else { return false }
        return text.utf8.count <= mostDigits && text.utf8.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    }
}
