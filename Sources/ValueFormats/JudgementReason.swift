/// Why a value does not simply parse.
public enum JudgementReason: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
    case none

    // Any type
    case surroundingBlanks
    case blanksOnly
    case nullWord
    case spreadsheetError
    case formula

    // Numbers
    case notANumber
    case notFinite
    case exponent
    case plusSign
    case otherMinusSign
    case trailingSign
    case signBeforePrefix
    case parentheses
    case innerBlanks
    case missingPrefix
    case missingSuffix
    case unnamedText
    case percentSign
    case missingPercentSign
    case illFormedGrouping
    case bareDecimalSeparator
    case repeatedDecimalSeparator
    case groupBehindDecimal
    case otherGroupSeparator
    case otherDecimalSeparator
    case otherAffix
    case otherPercentSign
    case foreignSeparator
    case leadingApostrophe
    case foreignDigits
    case tooManyDigits
    case decimalsInWholeNumber

    // Dates
    case notADate
    case monthInWords
    case noSuchDay
    case swappedDayAndMonth
    case noSuchTime
    case unusualTime
    case wrongWeekday
    case oneDigit
    case twoDigitYear
    case fourDigitYear
    case otherSeparators
    case otherNameLength
    case foreignName
    case otherFraction
    case otherOffset
    case timePart
    case missingTime
    case isoDate
    case serialDay

    // Booleans
    case notABoolean
    case otherBoolean
    case unknownWord

    // Dimension items
    case unknownItem
    case itemCaseOrBlanks
    case itemInvisibles

    /// A few words that complete "the value is doubtful (or fails): …". Empty for ``none``.
    package var text: String {
        switch self {
        case .none: ""
        case .surroundingBlanks: "leading or trailing spaces"
        case .blanksOnly: "only spaces"
        case .nullWord: "means \"no value\", but is not listed under \"null\" in the profile"
        case .spreadsheetError: "spreadsheet error value, from a broken formula"
        case .formula: "formula of a spreadsheet instead of its value"
        case .notANumber: "not a number"
        case .notFinite: "infinity or NaN"
        case .exponent: "exponent"
        case .plusSign: "plus sign"
        case .otherMinusSign: "minus sign other than ASCII \"-\""
        case .trailingSign: "trailing sign, as SAP writes a minus"
        case .signBeforePrefix: "sign before the prefix"
        case .parentheses: "parentheses for a negative number"
        case .innerBlanks: "spaces next to the sign, prefix or suffix"
        case .missingPrefix: "prefix of the format is missing"
        case .missingSuffix: "suffix of the format is missing"
        case .unnamedText: "extra text around the number"
        case .percentSign: "percent sign without \"percent: true\""
        case .missingPercentSign: "number below 1 without a percent sign, may be a share of 1"
        case .illFormedGrouping: "irregular digit grouping"
        case .bareDecimalSeparator: "no digit on one side of the decimal separator"
        case .repeatedDecimalSeparator: "more than one decimal separator"
        case .groupBehindDecimal: "thousands separator after the decimal separator"
        case .otherGroupSeparator: "thousands separator other than the format's"
        case .otherDecimalSeparator: "decimal separator that only looks like the format's"
        case .otherPercentSign: "percent sign other than ASCII \"%\""
        case .otherAffix: "prefix or suffix spelled differently from the format's"
        case .foreignSeparator: "separator that the format does not have"
        case .leadingApostrophe: "apostrophe before the value, as programs write it to stop spreadsheet formulas"
        case .foreignDigits: "digits other than 0 to 9"
        case .tooManyDigits: "so many digits that some may be lost"
        case .decimalsInWholeNumber: "decimals in a whole number"
        case .notADate: "not a date in this pattern"
        case .monthInWords: "a date with the month as a word, in another form than the pattern's"
        case .noSuchDay: "no such day"
        case .swappedDayAndMonth: "no such month; valid if day and month are swapped"
        case .noSuchTime: "no such time"
        case .unusualTime: "24:00, a leap second, or hours over 12 on a twelve-hour clock"
        case .wrongWeekday: "weekday does not match the date"
        case .oneDigit: "one digit where the pattern has two"
        case .twoDigitYear: "two-digit year where the pattern has four"
        case .fourDigitYear: "four-digit year where the pattern has two"
        case .otherSeparators: "separators differ from the pattern's"
        case .otherNameLength: "month or day name is longer or shorter than in the pattern"
        case .foreignName: "month or day name is not English"
        case .otherFraction: "number of fraction digits differs from the pattern's"
        case .otherOffset: "time offset is written differently from the pattern's"
        case .timePart: "time part that the pattern does not have"
        case .missingTime: "time part of the pattern is missing"
        case .isoDate: "ISO date, but the pattern is different"
        case .serialDay: "looks like a spreadsheet's serial day number"
        case .notABoolean: "neither TRUE nor FALSE"
        case .otherBoolean: "boolean spelling other than TRUE and FALSE"
        case .unknownWord: "may mean true or false in some language"
        case .unknownItem: "unknown item"
        case .itemCaseOrBlanks: "differs from a known item only in case or surrounding spaces"
        case .itemInvisibles: "differs from a known item only in invisible characters around it"
        }
    }
}
