/// A set of doubts: a bit for each.
package struct DoubtSet: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(_ doubt: Doubt) {
        rawValue = 1 << UInt64(doubt.rawValue)
    }

    package init(_ doubts: some Sequence<Doubt>) {
        rawValue = doubts.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    }

    package func contains(_ doubt: Doubt) -> Bool { rawValue >> UInt64(doubt.rawValue) & 1 != 0 }

    package mutating func insert(_ doubt: Doubt) { self = DoubtSet(rawValue: rawValue | 1 << UInt64(doubt.rawValue)) }

    package var count: Int { rawValue.nonzeroBitCount }

    /// In the order of the list.
    package var doubts: [Doubt] { Doubt.allCases.filter(contains) }

    /// Those that numbers can have, whole or not.
    package static let numbers = DoubtSet([
        .leadingBlank, .trailingBlank, .blanksOnly, .nullWord, .errorValue, .notFinite, .exponent, .plusSign, .otherMinus, .trailingSign,
        .signBeforePrefix, .parentheses, .innerBlank, .missingPrefix, .missingSuffix, .missingPercentSign, .affixSpelling,
        .irregularGrouping,
        .groupAfterDecimal, .otherGroupSeparator, .missingLeadingDigit, .missingTrailingDigit, .foreignDigits, .tooManyDigits,
    ])
    /// Those that whole numbers can have.
    package static let integers = numbers.union(DoubtSet(.decimalsInInteger))
    package static let dates = DoubtSet([
        .leadingBlank, .trailingBlank, .blanksOnly, .nullWord, .errorValue, .shortDay, .shortMonth, .shortTime, .twoDigitYear,
        .fourDigitYear, .otherDateSeparator, .nameLength, .foreignName, .fractionLength, .offsetSpelling, .timePart, .missingTime,
        .unusualTime, .wrongWeekday, .swappedDayMonth, .isoDate, .serialDay, .foreignDigits,
    ])
    package static let booleans = DoubtSet([
        .leadingBlank, .trailingBlank, .blanksOnly, .nullWord, .errorValue, .booleanCase, .booleanDigit, .otherBoolean, .unknownWord,
    ])
    package static let items = DoubtSet([.leadingBlank, .trailingBlank, .blanksOnly, .itemCase, .itemBlank])
}
