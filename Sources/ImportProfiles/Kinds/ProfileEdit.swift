import SafeText
import ValueFormats

/// A column's profile with one setting changed.
package struct ProfileEdit: Sendable {
    /// The setting in a few words, safe to print.
    package let words: String
    package let column: ColumnProfile
    package let rule: ValueRule

    init(_ words: String, _ column: ColumnProfile, _ change: (inout ColumnProfile) -> Void = { _ in }) {
        var column = column
        change(&column)
        self.words = words
        self.column = column
        rule = ValueRule(column: column)
    }

    /// The setting that is most easily mistaken for this one: the other decimal separator, or the added date pattern with day and month
    /// exchanged; `nil` where there is none.
    package func rival(instead profile: ColumnProfile) -> (reading: AlternativeFormat, edit: ProfileEdit)? {
        column.type.kind.rival(of: self, instead: profile)
    }
}

/// The settings that are tried for a column; among those that leave the same number of failures an earlier one is preferred.
package enum ProfileEdits {
    /// Those that do not depend on what the column holds.
    package static func usual(for column: ColumnProfile) -> [ProfileEdit] {
        column.type.kind.usualEdits(of: column)
    }

    /// Those that what the column holds suggests.
    ///
    /// - Parameter values: that fail or may fail, one of each mask, the most frequent first.
    package static func suggested(for column: ColumnProfile, by values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        if column.type.kind.codes == nil { return [] }
        // A column that must have values has none under these words.
        return (column.isRequired ? [] : nullWords(column, values)) + column.type.kind.suggestedEdits(of: column, by: values)
    }

    /// All words for no value that the column has, in one setting, and in another also the errors of formulas, which mean more than a
    /// missing value.
    private static func nullWords(_ column: ColumnProfile, _ values: [ArraySlice<UInt8>]) -> [ProfileEdit] {
        var words: [String] = []
        var errors: [String] = []
        for value in values where value.count <= 24 {
            let (isError, isNull) = (FormulaError.matches(value.span), ASCII.isNullWord(value.span))
            guard isError || isNull, let word = String(validating: value, as: UTF8.self) else { continue }
            if isError { errors.append(word) } else { words.append(word) }
        }
        func change(_ added: [String]) -> [ProfileEdit] {
            guard !added.isEmpty, added.count <= 16 else { return [] }
            let shown = added.map { "\"\(VisibleText($0).text)\"" }.joined(separator: ", ")
            return [ProfileEdit("null \(shown)", column) { $0.nullWords += added }]
        }
        return change(words) + (errors.isEmpty ? [] : change(words + errors))
    }
}
