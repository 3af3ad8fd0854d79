/// The formats that a value fits, one bit each: `12` is an integer and a number under either decimal separator, `1,234` is a grouped number
/// and one with decimals, `3/4/2026` is a day in March and in April.
///
/// A column's exact counts per distinct set are all that type inference needs.
public struct FormatSet: OptionSet, Sendable, Hashable {
    public var rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The field has no byte.
    public static let empty = FormatSet(rawValue: 1 << 0)
    /// A usual word for "no value": `NA`, `N/A`, `NULL`, `\N`, `NaN`, `none`, `-`, … It fits no type.
    public static let nullWord = FormatSet(rawValue: 1 << 1)
    /// None of the other formats.
    public static let text = FormatSet(rawValue: 1 << 2)
    /// `true` or `false` in any letter case.
    public static let boolean = FormatSet(rawValue: 1 << 3)

    /// `-12`
    public static let integer = FormatSet(rawValue: 1 << 4)
    /// Says of a number that it begins with a 0 and another digit, as ids and postal codes do.
    public static let leadingZeros = FormatSet(rawValue: 1 << 5)
    /// `1234.5`
    public static let decimalPoint = FormatSet(rawValue: 1 << 6)
    /// `1234,5`
    public static let decimalComma = FormatSet(rawValue: 1 << 7)
    /// `1,234.5`
    public static let groupedByComma = FormatSet(rawValue: 1 << 8)
    /// `1.234,5`
    public static let groupedByPoint = FormatSet(rawValue: 1 << 9)
    /// `1 234,5`
    public static let groupedBySpaceDecimalComma = FormatSet(rawValue: 1 << 10)
    /// `1 234.5`
    public static let groupedBySpaceDecimalPoint = FormatSet(rawValue: 1 << 11)
    /// `1'234.5`
    public static let groupedByApostrophe = FormatSet(rawValue: 1 << 12)

    /// `2026-01-31`
    public static let isoDate = FormatSet(rawValue: 1 << 13)
    /// `2026-01-31T10:00:00Z`, also with a space for the `T` and without or with another offset.
    public static let isoDateTime = FormatSet(rawValue: 1 << 14)
    /// `2026/1/31`
    public static let yearFirstSlash = FormatSet(rawValue: 1 << 15)
    /// `2026.1.31`
    public static let yearFirstPoint = FormatSet(rawValue: 1 << 16)
    /// `31/1/2026`
    public static let dayFirstSlash = FormatSet(rawValue: 1 << 17)
    /// `31-1-2026`
    public static let dayFirstDash = FormatSet(rawValue: 1 << 18)
    /// `31.1.2026`
    public static let dayFirstPoint = FormatSet(rawValue: 1 << 19)
    /// `1/31/2026`
    public static let monthFirstSlash = FormatSet(rawValue: 1 << 20)
    /// `1-31-2026`
    public static let monthFirstDash = FormatSet(rawValue: 1 << 21)
    /// `1.31.2026`
    public static let monthFirstPoint = FormatSet(rawValue: 1 << 22)
    /// `31/1/26`
    public static let dayFirstSlashShortYear = FormatSet(rawValue: 1 << 23)
    /// `1/31/26`
    public static let monthFirstSlashShortYear = FormatSet(rawValue: 1 << 24)

    static let numbers: FormatSet = [
        .integer, .leadingZeros, .decimalPoint, .decimalComma, .groupedByComma, .groupedByPoint, .groupedBySpaceDecimalComma,
        .groupedBySpaceDecimalPoint, .groupedByApostrophe,
    ]
}
