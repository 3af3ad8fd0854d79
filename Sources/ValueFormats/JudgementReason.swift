/// Why a value does not simply parse.
public enum JudgementReason: UInt8, Sendable, Hashable, CaseIterable {
    case none

    // Any type
    case surroundingBlanks
    case blanksOnly
    case nullWord
    case spreadsheetError

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
    case illFormedGrouping
    case bareDecimalSeparator
    case repeatedDecimalSeparator
    case groupBehindDecimal
    case otherGroupSeparator
    case otherAffix
    case foreignSeparator
    case foreignDigits
    case tooManyDigits
    case decimalsInWholeNumber

    // Dates
    case notADate
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

    /// A few words that complete "the value is doubtful (or fails): …". Empty for ``none``.
    public var text: String {
        switch self {
        case .none: ""
        case .surroundingBlanks: "surrounding blanks"
        case .blanksOnly: "nothing but blanks"
        case .nullWord: "a word for \"no value\" that the profile does not list under \"null\""
        case .spreadsheetError: "a formula error: the export contains broken formulas"
        case .notANumber: "no number"
        case .notFinite: "infinite or not a number"
        case .exponent: "exponent"
        case .plusSign: "plus sign"
        case .otherMinusSign: "a minus sign that is not the ASCII \"-\""
        case .trailingSign: "sign after the digits"
        case .signBeforePrefix: "sign before the prefix"
        case .parentheses: "parentheses for a negative number"
        case .innerBlanks: "blanks beside the sign, prefix or suffix"
        case .missingPrefix: "the format's prefix is missing"
        case .missingSuffix: "the format's suffix is missing"
        case .unnamedText: "text around the number that the format does not name"
        case .percentSign: "percent sign without \"percent: true\""
        case .illFormedGrouping: "ill-formed grouping"
        case .bareDecimalSeparator: "no digit on one side of the decimal separator"
        case .repeatedDecimalSeparator: "more than one decimal separator"
        case .groupBehindDecimal: "group separator after the decimal separator"
        case .otherGroupSeparator: "another character between the digits than the format's group separator"
        case .otherAffix: "a prefix or suffix in another spelling than the format's"
        case .foreignSeparator: "a separator that the format does not have"
        case .foreignDigits: "digits other than 0 to 9"
        case .tooManyDigits: "more digits than a number surely holds"
        case .decimalsInWholeNumber: "decimals in a whole number"
        case .notADate: "no date in the pattern's form"
        case .noSuchDay: "no such day"
        case .swappedDayAndMonth: "no such month; a date if day and month are swapped"
        case .noSuchTime: "no such time"
        case .unusualTime: "24:00, a leap second, or hours over 12 on a twelve-hour clock"
        case .wrongWeekday: "the date is another day of the week"
        case .oneDigit: "one digit where the pattern has two"
        case .twoDigitYear: "two-digit year where the pattern has four"
        case .fourDigitYear: "four-digit year where the pattern has two"
        case .otherSeparators: "other separators than the pattern's"
        case .otherNameLength: "a month or day name in another length than the pattern's"
        case .foreignName: "a name that is not an English month or day"
        case .otherFraction: "another number of fraction digits than the pattern's"
        case .otherOffset: "a time offset in another form than the pattern's"
        case .timePart: "a time part that the pattern does not have"
        case .missingTime: "the pattern's time part is missing"
        case .isoDate: "an ISO date under another pattern"
        case .serialDay: "looks like a spreadsheet's serial day number"
        case .notABoolean: "neither TRUE nor FALSE"
        case .otherBoolean: "other boolean spelling"
        case .unknownWord: "a word that may mean true or false in some language"
        case .unknownItem: "unknown item"
        case .itemCaseOrBlanks: "differs from a known item only by case or surrounding blanks"
        }
    }
}
