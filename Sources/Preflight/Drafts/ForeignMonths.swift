import ImportProfiles
import SafeText

/// Columns in a row whose names look like months in another language than English: the periods of a pivoted file, or columns of their own.
package struct ForeignMonths: Sendable {
    private let count: Int
    private let first: String
    private let last: String

    init(_ columns: ArraySlice<FeedColumn>) {
        (count, first, last) = (columns.count, YAMLText.shown(columns.first?.name ?? ""), YAMLText.shown(columns.last?.name ?? ""))
    }

    /// Safe to print.
    package var question: String { "Are \(first) to \(last) the periods of a pivoted file?" }

    package var facts: [String] {
        [
            "\(count.grouped) columns look like months in another language. An import reads English names and numbers; others are not documented."
        ]
    }

    private static let remedy = "Name them in English (Jan 26) or in numbers (2026-01), and draft the profile again."

    /// Comments of a draft.
    func lines(arePeriods: Bool?) -> [String] {
        switch arePeriods {
        case true?: ["# \(first) to \(last) are periods. \(facts[0])", "# \(Self.remedy)"]
        case false?: []
        case nil: ["# ? \(question) \(facts[0])", "# If they are: \(Self.remedy)"]
        }
    }
}
