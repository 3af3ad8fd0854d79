import ValueFormats

/// Kinds of values that may be unlike their column and are seldom most of it: of these the rows are noted, so that rows can be counted in which
/// any column has one.
///
/// Plain numbers, ISO dates and empty fields are none: nearly all values are such, and noting their rows would cost as much as judging them.
enum OddValue: UInt8, CaseIterable {
    /// A word for no value.
    case nullWord
    case spreadsheetError
    /// A formula, or an apostrophe before a value.
    case decorated
    case text
    case boolean
    /// A number with more than digits and separators.
    case number
    /// A date that is not an ISO one, a period, a time.
    case other

    static let count = allCases.count

    /// - Returns: `nil` for values that are not odd.
    init?(_ formats: FormatSet) {
        if formats == .text {
            self = .text
        } else if formats == .empty || formats == .isoDate {
            return nil
        } else if formats.contains(.text) {
            self = .decorated
        } else if formats.contains(.nullWord) {
            self = .nullWord
        } else if formats.contains(.spreadsheetError) {
            self = .spreadsheetError
        } else if !formats.isDisjoint(with: .numbers) {
            if formats.isSubset(of: Self.plain) { return nil }
            self = .number
        } else {
            self = formats.isDisjoint(with: [.boolean, .otherBoolean]) ? .other : .boolean
        }
    }

    private static let plain = FormatSet.numbers.union([.leadingZeros, .serialDay])
}
