/// The reading of a column's values that is most easily mistaken for the profile's: the other separator for decimals, or day and month in the
/// other order.
struct OtherReading: Sendable {
    /// The format in a few words, as the profile has it and the other way.
    let words: (own: String, other: String)
    private let own: ValueRule
    private let other: ValueRule
    /// For dates: as the profile has it.
    private let pattern: DatePattern?

    /// - Returns: `nil` for columns whose values can be read one way only.
    init?(_ column: ColumnProfile) {
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
        case .date:
            guard column.date.patterns.count == 1, column.date.patterns[0].isYearLast, let swapped = column.date.patterns[0].swapped else {
                return nil
            }
            changed.date = DateFormat([swapped])
            words = (column.date.patterns[0].text, swapped.text)
            pattern = column.date.patterns[0]
        case .integer, .boolean, .dimension, .text: return nil
        }
        own = ValueRule(column: column)
        other = ValueRule(column: changed)
    }

    /// What one value says on how the column is to be read.
    enum Evidence {
        /// Read both ways, to different values.
        case both
        /// Read as the profile says, not the other way.
        case own
        /// Not read as the profile says, but the other way.
        case other
        /// The same both ways, or neither.
        case none
    }

    func evidence(of value: UnsafeRawBufferPointer) -> Evidence {
        let (isOwn, isOther) = (own.judge(value).verdict == .parses, other.judge(value).verdict == .parses)
        guard isOwn, isOther else { return isOwn ? .own : isOther ? .other : .none }
        guard let pattern else {
            // A number is another one if the separator is there.
            let hasSeparator = value.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            return hasSeparator ? .both : .none
        }
        return DateReader.date(value, pattern).map { $0.day != $0.month } ?? false ? .both : .none
    }
}
