import SafeText
package import ValueFormats

/// The reading of a column's values that is most easily mistaken for the profile's: the other separator for decimals, or day and month in the
/// other order.
package final class AlternativeFormat: Sendable {
    /// The format in a few words, as the profile has it and the other way.
    package let words: (own: String, other: String)
    /// The column read the other way.
    package let otherColumn: ColumnProfile
    private let own: ValueRule
    private let other: ValueRule
    /// For dates: as the profile has it, and those that come before it.
    private let pattern: DatePattern?
    private let earlierPatterns: ArraySlice<DatePattern>

    /// - Returns: `nil` for columns whose values can be read one way only, and for those with several date patterns.
    package convenience init?(_ column: ColumnProfile) {
        if column.type == .date, column.date.patterns.count != 1 { return nil }
        self.init(column, pattern: 0)
    }

    /// - Parameter index: of the date pattern in which day and month are exchanged.
    package init?(_ column: ColumnProfile, pattern index: Int) {
        var changed = column
        switch column.type {
        case .number:
            let (own, other): (NumberFormat.DecimalSeparator, NumberFormat.DecimalSeparator) =
                column.number.decimal == .point ? (.point, .comma) : (.comma, .point)
            changed.number.decimal = other
            changed.number.group = own == .point ? .point : .comma
            let group = column.number.group.map { " and group \"\($0.rawValue)\"" } ?? ""
            words = ("decimal \"\(own.rawValue)\"\(group)", "decimal \"\(other.rawValue)\" and group \"\(own.rawValue)\"")
            pattern = nil
            earlierPatterns = []
        case .date:
            let own = column.date.patterns[index]
            guard own.isYearLast, let swapped = own.swapped else { return nil }
            changed.date.patterns[index] = swapped
            words = (own.text, swapped.text)
            pattern = own
            earlierPatterns = column.date.patterns[..<index]
        case .integer, .boolean, .dimension, .text: return nil
        }
        otherColumn = changed
        own = ValueRule(column: column)
        other = ValueRule(column: changed)
    }

    package func evidence(of value: UnsafeRawBufferPointer) -> ReadingEvidence {
        let (isOwn, isOther) = (own.judge(value).verdict == .parses, other.judge(value).verdict == .parses)
        guard isOwn, isOther else { return isOwn ? .own : isOther ? .other : .none }
        guard let pattern else { return Self.hasSeparator(value) ? .both : .none }
        if earlierPatterns.contains(where: { DatePatternMatcher.date(value, $0) != nil }) { return .none }
        return DatePatternMatcher.date(value, pattern).map { $0.day != $0.month } ?? false ? .both : .none
    }

    /// Whether a point or comma stands between the digits: a number with one is another number the other way. One in a prefix or suffix makes
    /// no difference.
    private static func hasSeparator(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.firstIndex(where: ASCII.isDigit), let last = value.lastIndex(where: ASCII.isDigit) else {
            return false
        }
        return value[first...last].contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    }
}
