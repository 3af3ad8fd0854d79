/// A spelling that some importers accept and others reject: Pigment's rule for it is not published.
///
/// Each has a stable name, by which reports count it, `explain` describes it, and a profile settles it. A value can have several: it is
/// accepted only if all of them are, and rejected if any is (assumed).
///
/// The raw value is the doubt's bit in a ``DoubtSet`` and means nothing outside a run. At most 48: see ``Judgement``.
package enum Doubt: UInt8, Sendable, Hashable, CaseIterable {
    // Any type
    case leadingBlank
    case trailingBlank
    case blanksOnly
    case nullWord
    case errorValue

    // Numbers
    case notFinite
    case exponent
    case plusSign
    case otherMinus
    case trailingSign
    case signBeforePrefix
    case parentheses
    case innerBlank
    case missingPrefix
    case missingSuffix
    case missingPercentSign
    case affixSpelling
    case irregularGrouping
    case groupAfterDecimal
    case otherGroupSeparator
    case missingLeadingDigit
    case missingTrailingDigit
    case foreignDigits
    case tooManyDigits
    case decimalsInInteger

    // Dates
    case shortDay
    case shortMonth
    case shortTime
    case twoDigitYear
    case fourDigitYear
    case otherDateSeparator
    case nameLength
    case foreignName
    case fractionLength
    case offsetSpelling
    case timePart
    case missingTime
    case unusualTime
    case wrongWeekday
    case swappedDayMonth
    case isoDate
    case serialDay

    // Booleans
    case booleanCase
    case booleanDigit
    case otherBoolean
    case unknownWord

    // Dimension items
    case itemCase
    case itemBlank

    /// In kebab case, as profiles and reports have it. Stable for ever, never reused.
    package var name: String { facts.name }

    /// What the spelling is, in one sentence with its full stop.
    package var sentence: String { facts.sentence }

    /// Such a value, and in words the format it is written for.
    package var example: String { facts.example }

    /// The reason that a judgement gives for it.
    package var reason: JudgementReason { Self.reasons[Int(rawValue)] }

    /// By raw value: each doubtful value asks for it.
    private static let reasons = allCases.map(\.facts.reason)

    /// The doubt with this name, if there is one.
    package init?(name: String) {
        guard let doubt = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = doubt
    }

    private struct Facts {
        var name: String
        var sentence: String
        var example: String
        var reason: JudgementReason

        init(_ name: String, _ sentence: String, _ example: String, _ reason: JudgementReason) {
            (self.name, self.sentence, self.example, self.reason) = (name, sentence, example, reason)
        }
    }

    private var facts: Facts {
        switch self {
        case .leadingBlank: Facts("leading-blank", "The value begins with spaces.", "\" 12\"", .surroundingBlanks)
        case .trailingBlank: Facts("trailing-blank", "The value ends with spaces.", "\"12 \"", .surroundingBlanks)
        case .blanksOnly: Facts("blanks-only", "The value consists of spaces.", "\"   \"", .blanksOnly)
        case .nullWord: Facts("null-word", "The word means \"no value\", but the profile does not list it under `null`.", "n/a", .nullWord)
        case .errorValue:
            Facts(
                "error-value", "The value is a spreadsheet's error for \"not available\", which may load as blank.", "#N/A",
                .spreadsheetError)
        case .notFinite: Facts("not-finite", "The value is infinity or NaN.", "NaN", .notFinite)
        case .exponent: Facts("exponent", "The number is written with an exponent.", "1.5E+03", .exponent)
        case .plusSign: Facts("plus-sign", "The number begins with a plus sign.", "+12", .plusSign)
        case .otherMinus: Facts("other-minus", "The minus sign is not ASCII \"-\", but a dash or U+2212.", "−12", .otherMinusSign)
        case .trailingSign: Facts("trailing-sign", "The sign follows the digits.", "12-", .trailingSign)
        case .signBeforePrefix: Facts("sign-before-prefix", "The sign precedes the prefix of the format.", "-$12", .signBeforePrefix)
        case .parentheses: Facts("parentheses", "Parentheses mark a negative number.", "(12)", .parentheses)
        case .innerBlank: Facts("inner-blank", "Spaces separate the digits from the sign, the prefix or the suffix.", "- 12", .innerBlanks)
        case .missingPrefix: Facts("missing-prefix", "The prefix of the format is missing.", "12 with prefix \"$\"", .missingPrefix)
        case .missingSuffix: Facts("missing-suffix", "The suffix of the format is missing.", "12 with suffix \"€\"", .missingSuffix)
        case .missingPercentSign:
            Facts(
                "missing-percent-sign", "A number below 1 has no percent sign in a column of percentages: it may be meant as a share of 1.",
                "0.2 with percent: true", .missingPercentSign)
        case .affixSpelling:
            Facts(
                "affix-spelling",
                "The prefix, suffix or percent sign is written differently from the format's: in letter case or spaces, or with characters that look alike.",
                "12 eur with suffix \" EUR\"",
                .otherAffix)
        case .irregularGrouping:
            Facts("irregular-grouping", "The groups of digits do not have three digits each.", "12,34,567", .illFormedGrouping)
        case .groupAfterDecimal:
            Facts("group-after-decimal", "A thousands separator follows the decimal separator.", "1.234,567", .groupBehindDecimal)
        case .otherGroupSeparator:
            Facts(
                "other-group-separator",
                "A character other than the format's separators separates thousands, or one that looks like the decimal separator the decimals.",
                "1_234",
                .otherGroupSeparator)
        case .missingLeadingDigit:
            Facts("missing-leading-digit", "No digit precedes the decimal separator.", ".5", .bareDecimalSeparator)
        case .missingTrailingDigit:
            Facts("missing-trailing-digit", "No digit follows the decimal separator.", "5.", .bareDecimalSeparator)
        case .foreignDigits: Facts("foreign-digits", "The digits are not 0 to 9, but those of another script.", "１２", .foreignDigits)
        case .tooManyDigits:
            Facts(
                "too-many-digits", "The number has more digits than a decimal type surely holds.", "a number of 30 digits", .tooManyDigits)
        case .decimalsInInteger:
            Facts("decimals-in-integer", "A whole number has decimals, which may be cut off.", "12.5 as integer", .decimalsInWholeNumber)
        case .shortDay: Facts("short-day", "The day has one digit where the pattern has two.", "7/03/2026 with dd/MM/yyyy", .oneDigit)
        case .shortMonth: Facts("short-month", "The month has one digit where the pattern has two.", "07/3/2026 with dd/MM/yyyy", .oneDigit)
        case .shortTime:
            Facts(
                "short-time", "Hours, minutes or seconds have one digit where the pattern has two.",
                "2026-03-07 9:05 with yyyy-MM-dd HH:mm", .oneDigit)
        case .twoDigitYear:
            Facts("two-digit-year", "The year has two digits where the pattern has four.", "07/03/26 with dd/MM/yyyy", .twoDigitYear)
        case .fourDigitYear:
            Facts("four-digit-year", "The year has four digits where the pattern has two.", "07/03/2026 with dd/MM/yy", .fourDigitYear)
        case .otherDateSeparator:
            Facts("other-date-separator", "The separators are not the pattern's.", "07-03-2026 with dd/MM/yyyy", .otherSeparators)
        case .nameLength:
            Facts(
                "name-length", "The name of a month or day is longer or shorter than in the pattern.", "7 March 26 with d MMM yy",
                .otherNameLength)
        case .foreignName: Facts("foreign-name", "The name of a month or day is not English.", "7 März 2026 with d MMMM yyyy", .foreignName)
        case .fractionLength:
            Facts(
                "fraction-length", "The fraction of a second has more or fewer digits than the pattern.", "09:05:01.25 with HH:mm:ss.fff",
                .otherFraction)
        case .offsetSpelling:
            Facts("offset-spelling", "The time offset is written differently from the pattern's.", "+0100 with zzz", .otherOffset)
        case .timePart:
            Facts("time-part", "The value has a time that the pattern does not have.", "2026-03-07 00:00:00 with yyyy-MM-dd", .timePart)
        case .missingTime: Facts("missing-time", "The time of the pattern is missing.", "2026-03-07 with yyyy-MM-dd HH:mm", .missingTime)
        case .unusualTime:
            Facts("unusual-time", "The time is 24:00, a leap second, or past 12 on a twelve-hour clock.", "2026-03-07 24:00", .unusualTime)
        case .wrongWeekday:
            Facts("wrong-weekday", "The weekday does not match the date.", "Mon 07/03/2026 with ddd dd/MM/yyyy", .wrongWeekday)
        case .swappedDayMonth:
            Facts(
                "swapped-day-month", "The date is valid only if day and month are swapped.", "03/27/2026 with dd/MM/yyyy",
                .swappedDayAndMonth)
        case .isoDate: Facts("iso-date", "The date is in ISO format, but the pattern is different.", "2026-03-07 with dd/MM/yyyy", .isoDate)
        case .serialDay: Facts("serial-day", "The value looks like a spreadsheet's serial day number.", "46088", .serialDay)
        case .booleanCase: Facts("boolean-case", "TRUE or FALSE is written in other letter case.", "true", .otherBoolean)
        case .booleanDigit: Facts("boolean-digit", "A digit stands for true or false.", "1", .otherBoolean)
        case .otherBoolean: Facts("other-boolean", "A word other than TRUE and FALSE stands for true or false.", "yes", .otherBoolean)
        case .unknownWord: Facts("unknown-word", "A word may mean true or false in some language.", "perhaps", .unknownWord)
        case .itemCase:
            Facts("item-case", "The value differs from a known item in letter case.", "fr01 for the item FR01", .itemCaseOrBlanks)
        case .itemBlank:
            Facts("item-blank", "A known item has spaces around it that the value lacks.", "FR01 for the item \"FR01 \"", .itemCaseOrBlanks)
        }
    }
}
