import ImportProfiles
import ValueFormats

/// What the values of a column say about how its numbers or dates are written, where that can be read in two ways.
package struct ReadingTally: Sendable, Equatable {
    /// Values that can be read in the first way only: with a decimal point, or the day first.
    var first = 0
    /// The same of the other way: with a decimal comma, or the month first.
    var second = 0
    /// Values that are something else each way.
    var both = 0
    /// Currencies that the format does not name, the first two.
    var currencies: [String] = []

    package init() {}

    /// Whether the values leave one way, and which; `nil` where they leave both.
    var isFirst: Bool? {
        if first > 0, second == 0 { return true }
        if second > 0, first == 0 { return false }
        return nil
    }

    mutating func note(currency: String?) {
        guard let currency = currency.map({ Self.codes[$0] ?? $0.uppercased() }) else { return }
        if currencies.count < 2, !currencies.contains(currency) { currencies.append(currency) }
    }

    /// Signs that stand for one code in most files.
    private static let codes = ["€": "EUR", "$": "USD", "£": "GBP", "US$": "USD"]
}
