package import ValueFormats

/// The format that is most easily mistaken for a column's: the other separator for decimals, or day and month in the other order.
package final class AlternativeFormat: Sendable {
    /// What a kind says about it.
    package struct Change: Sendable {
        /// The column read the other way.
        package var column: ColumnProfile
        /// The format in a few words, as the profile has it and the other way.
        package var words: (own: String, other: String)
        /// Tells which values that parse both ways are read as different ones.
        package var difference: any ReadingDifference

        package init(column: ColumnProfile, words: (own: String, other: String), difference: any ReadingDifference) {
            self.column = column
            self.words = words
            self.difference = difference
        }
    }

    /// The format in a few words, as the profile has it and the other way.
    package let words: (own: String, other: String)
    /// The column read the other way.
    package let otherColumn: ColumnProfile
    private let own: ValueRule
    private let other: ValueRule
    private let difference: any ReadingDifference

    /// - Returns: `nil` for columns whose values can be read one way only.
    package convenience init?(_ column: ColumnProfile) {
        guard let change = column.type.kind.alternative(to: column) else { return nil }
        self.init(change, to: column)
    }

    package init(_ change: Change, to column: ColumnProfile) {
        words = change.words
        otherColumn = change.column
        difference = change.difference
        own = ValueRule(column: column)
        other = ValueRule(column: change.column)
    }

    /// - Parameter parses: whether the value parses as the profile has it, where that is known.
    package func evidence(of value: Span<UInt8>, parses: Bool? = nil) -> ReadingEvidence {
        let (isOwn, isOther) = (parses ?? own.parses(value), other.parses(value))
        guard isOwn, isOther else { return isOwn ? .own : isOther ? .other : .none }
        return difference.isRead(differently: value) ? .both : .none
    }
}

/// Tells values apart that two formats read as the same from those that they read as different ones.
package protocol ReadingDifference: Sendable {
    /// - Parameter value: parses under both formats.
    func isRead(differently value: Span<UInt8>) -> Bool
}
