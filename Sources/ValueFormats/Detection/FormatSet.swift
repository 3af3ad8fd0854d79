/// The formats that a value fits, one bit each: `12` is an integer and a number under either decimal separator, `1,234` is a grouped number
/// and one with decimals, `3/4/2026` is a day in March and in April. Some bits say what else the value has: `$1,234` is a grouped number and
/// one with decimals, with a currency before it.
///
/// A column's exact counts per distinct set are all that type inference needs.
public struct FormatSet: OptionSet, Sendable, Hashable, BitwiseCopyable {
    /// One bit for each format or trait.
    public var rawValue: UInt64

    /// The formats and traits of these bits.
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    private init(bit: Int) {
        rawValue = 1 << UInt64(bit)
    }

    /// The field has no byte.
    package static let empty = FormatSet(bit: 0)
    /// A usual word for "no value": `NA`, `N/A`, `NULL`, `\N`, `NaN`, `none`, `-`, … It fits no type.
    package static let nullWord = FormatSet(bit: 1)
    /// Neither a number, a date, a boolean nor a word for no value.
    package static let text = FormatSet(bit: 2)
    /// `true` or `false` in any letter case.
    package static let boolean = FormatSet(bit: 3)
    /// `yes`, `no`, `y`, `n`, `t`, `f`, `on`, `off` in any letter case.
    package static let otherBoolean = FormatSet(bit: 4)
    /// What Excel writes for a formula that has no value: `#REF!`, `#DIV/0!`, and `####` for a column too narrow.
    package static let spreadsheetError = FormatSet(bit: 5)
    /// `Q1 FY 2026`, `H2 26`, `FY 26`, `Week 1 2026`, and what also is a month: `Jan 26`, `2026-01`.
    package static let period = FormatSet(bit: 6)

    // What a text may be besides.

    /// A formula of a spreadsheet instead of its value: `=SUM(B2:B9)`.
    package static let formula = FormatSet(bit: 7)
    /// `'0012`: an apostrophe before a number, a date or what could be a formula.
    package static let leadingApostrophe = FormatSet(bit: 57)

    // MARK: Numbers

    /// `-12`
    package static let integer = FormatSet(bit: 8)
    /// `1234.5`
    package static let decimalPoint = FormatSet(bit: 9)
    /// `1234,5`
    package static let decimalComma = FormatSet(bit: 10)
    /// `1,234.5`
    package static let groupedByComma = FormatSet(bit: 11)
    /// `1.234,5`
    package static let groupedByPoint = FormatSet(bit: 12)
    /// `1 234,5`
    package static let groupedBySpaceDecimalComma = FormatSet(bit: 13)
    /// `1 234.5`
    package static let groupedBySpaceDecimalPoint = FormatSet(bit: 14)
    /// `1'234.5`
    package static let groupedByApostrophe = FormatSet(bit: 15)

    // What a number has besides.

    /// It begins with a 0 and another digit, as ids and postal codes do.
    package static let leadingZeros = FormatSet(bit: 16)
    /// Groups are separated by a no-break space (U+00A0).
    package static let noBreakSpace = FormatSet(bit: 17)
    /// Groups are separated by a narrow no-break space (U+202F).
    package static let narrowNoBreakSpace = FormatSet(bit: 18)
    /// `1,23,456`: separators, not every three digits.
    package static let illFormedGroups = FormatSet(bit: 19)
    /// `.5` or `5.`
    package static let bareSeparator = FormatSet(bit: 20)
    /// `+5`
    package static let plusSign = FormatSet(bit: 21)
    /// A minus sign other than the usual one: U+2212, an en dash, the full-width one.
    package static let otherMinusSign = FormatSet(bit: 22)
    /// `5-`
    package static let trailingSign = FormatSet(bit: 23)
    /// `(5)`
    package static let parentheses = FormatSet(bit: 24)
    /// `1.5e3`
    package static let exponent = FormatSet(bit: 25)
    /// `1.23E+11`, as Excel shows ids of more than eleven digits: the others are lost.
    package static let mangledID = FormatSet(bit: 26)
    /// Full-width or Arabic-Indic digits.
    package static let foreignDigits = FormatSet(bit: 27)
    /// `5%`
    package static let percent = FormatSet(bit: 28)
    /// `$5`, `EUR 5`
    package static let currencyPrefix = FormatSet(bit: 29)
    /// `5 €`
    package static let currencySuffix = FormatSet(bit: 30)
    /// `- 5`, `5 %`: spaces between a sign, a parenthesis or a percent sign and the digits.
    package static let innerBlanks = FormatSet(bit: 61)
    /// `-$5`: the sign before the currency.
    package static let signBeforeCurrency = FormatSet(bit: 62)
    /// Digits from 20000 to 79999: as Excel counts days, one from 1954 to 2119.
    package static let serialDay = FormatSet(bit: 31)

    // MARK: Dates

    /// `2026-01-31`
    package static let isoDate = FormatSet(bit: 32)
    /// `2026-01-31T10:00:00Z`, also with a space for the `T` and without or with another offset.
    package static let isoDateTime = FormatSet(bit: 33)
    /// `2026/1/31`
    package static let yearFirstSlash = FormatSet(bit: 34)
    /// `2026.1.31`
    package static let yearFirstPoint = FormatSet(bit: 35)
    /// `20260131`, from 1900 to 2099.
    package static let compactDate = FormatSet(bit: 36)
    /// `2026-01`, from 1900 to 2099.
    package static let yearMonth = FormatSet(bit: 37)
    /// `31/1/2026`
    package static let dayFirstSlash = FormatSet(bit: 38)
    /// `31-1-2026`
    package static let dayFirstDash = FormatSet(bit: 39)
    /// `31.1.2026`
    package static let dayFirstPoint = FormatSet(bit: 40)
    /// `1/31/2026`
    package static let monthFirstSlash = FormatSet(bit: 41)
    /// `1-31-2026`
    package static let monthFirstDash = FormatSet(bit: 42)
    /// `1.31.2026`
    package static let monthFirstPoint = FormatSet(bit: 43)
    /// `31/1/26`
    package static let dayFirstSlashShortYear = FormatSet(bit: 44)
    /// `31-1-26`
    package static let dayFirstDashShortYear = FormatSet(bit: 45)
    /// `31.1.26`
    package static let dayFirstPointShortYear = FormatSet(bit: 46)
    /// `1/31/26`
    package static let monthFirstSlashShortYear = FormatSet(bit: 47)
    /// `1-31-26`
    package static let monthFirstDashShortYear = FormatSet(bit: 48)
    /// `1.31.26`
    package static let monthFirstPointShortYear = FormatSet(bit: 49)
    /// `31 Jan 2026`, `31-Jan-26`
    package static let dayMonthName = FormatSet(bit: 50)
    /// `January 31, 2026`
    package static let monthNameDay = FormatSet(bit: 51)
    /// `Jan 26`, `January 2026`
    package static let monthNameYear = FormatSet(bit: 52)
    /// Says of a date with a named month that its year has two digits.
    package static let shortYear = FormatSet(bit: 54)
    /// Says of a date with a year of two digits that they are 30 to 99: 1935 is a year of birth, 2035 the end of a contract.
    package static let distantYear = FormatSet(bit: 55)
    /// Says of another date than an ISO one that a time of day follows: ` 10:00:00 +00:00`.
    package static let timeOfDay = FormatSet(bit: 53)

    /// The value has spaces at its ends, and is a number, a date or a boolean without them.
    package static let surroundingBlanks = FormatSet(bit: 60)

    /// An integer without leading zeros is any of these.
    package static let numbers: FormatSet = [
        .integer, .decimalPoint, .decimalComma, .groupedByComma, .groupedByPoint, .groupedBySpaceDecimalComma,
        .groupedBySpaceDecimalPoint, .groupedByApostrophe,
    ]
    /// Dates and months, in digits or with a name.
    package static let dates: FormatSet = [
        .isoDate, .isoDateTime, .yearFirstSlash, .yearFirstPoint, .compactDate, .yearMonth, .dayFirstSlash, .dayFirstDash, .dayFirstPoint,
        .monthFirstSlash, .monthFirstDash, .monthFirstPoint, .dayMonthName, .monthNameDay, .monthNameYear, shortYears,
    ]
    /// Dates in digits whose year has two.
    package static let shortYears: FormatSet = [
        .dayFirstSlashShortYear, .dayFirstDashShortYear, .dayFirstPointShortYear, .monthFirstSlashShortYear, .monthFirstDashShortYear,
        .monthFirstPointShortYear,
    ]
    /// What a number may have and a profile can name: a column whose values have it is read with it.
    package static let affixes: FormatSet = [.percent, .currencyPrefix, .currencySuffix]
    /// What makes a number doubtful under every profile.
    package static let doubts: FormatSet = [
        .illFormedGroups, .bareSeparator, .plusSign, .otherMinusSign, .trailingSign, .parentheses, .exponent, .foreignDigits,
        .surroundingBlanks, .innerBlanks, .signBeforeCurrency,
    ]
}

extension FormatSet: CustomStringConvertible {
    /// The names of the formats in the set, in the order of their bits; what a report writes.
    package var names: [String] {
        Self.allNames.filter { contains($0.format) }.map(\.name)
    }

    /// The names, separated by spaces.
    public var description: String { names.joined(separator: " ") }

    /// Each bit once.
    package static let allNames: [(format: FormatSet, name: String)] = [
        (.empty, "empty"), (.nullWord, "null-word"), (.text, "text"), (.boolean, "boolean"), (.otherBoolean, "other-boolean"),
        (.spreadsheetError, "spreadsheet-error"), (.period, "period"),
        (.formula, "formula"), (.leadingApostrophe, "leading-apostrophe"),
        (.integer, "integer"), (.decimalPoint, "decimal-point"), (.decimalComma, "decimal-comma"),
        (.groupedByComma, "grouped-by-comma"), (.groupedByPoint, "grouped-by-point"),
        (.groupedBySpaceDecimalComma, "grouped-by-space-decimal-comma"), (.groupedBySpaceDecimalPoint, "grouped-by-space-decimal-point"),
        (.groupedByApostrophe, "grouped-by-apostrophe"),
        (.leadingZeros, "leading-zeros"), (.noBreakSpace, "no-break-space"), (.narrowNoBreakSpace, "narrow-no-break-space"),
        (.illFormedGroups, "ill-formed-groups"), (.bareSeparator, "bare-separator"), (.plusSign, "plus-sign"),
        (.otherMinusSign, "other-minus-sign"), (.trailingSign, "trailing-sign"), (.parentheses, "parentheses"), (.exponent, "exponent"),
        (.mangledID, "mangled-id"), (.foreignDigits, "foreign-digits"), (.percent, "percent"), (.currencyPrefix, "currency-prefix"),
        (.currencySuffix, "currency-suffix"), (.serialDay, "serial-day"),
        (.isoDate, "iso-date"), (.isoDateTime, "iso-date-time"), (.yearFirstSlash, "year-first-slash"),
        (.yearFirstPoint, "year-first-point"), (.compactDate, "compact-date"), (.yearMonth, "year-month"),
        (.dayFirstSlash, "day-first-slash"), (.dayFirstDash, "day-first-dash"), (.dayFirstPoint, "day-first-point"),
        (.monthFirstSlash, "month-first-slash"), (.monthFirstDash, "month-first-dash"), (.monthFirstPoint, "month-first-point"),
        (.dayFirstSlashShortYear, "day-first-slash-short-year"), (.dayFirstDashShortYear, "day-first-dash-short-year"),
        (.dayFirstPointShortYear, "day-first-point-short-year"), (.monthFirstSlashShortYear, "month-first-slash-short-year"),
        (.monthFirstDashShortYear, "month-first-dash-short-year"), (.monthFirstPointShortYear, "month-first-point-short-year"),
        (.dayMonthName, "day-month-name"), (.monthNameDay, "month-name-day"), (.monthNameYear, "month-name-year"),
        (.shortYear, "short-year"), (.distantYear, "distant-year"),
        (.timeOfDay, "time-of-day"), (.surroundingBlanks, "surrounding-blanks"), (.innerBlanks, "inner-blanks"),
        (.signBeforeCurrency, "sign-before-currency"),
    ]
}
