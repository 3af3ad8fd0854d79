import SafeText
import ValueFormats

/// Dates, with or without a time.
enum DateKind: ValueKind {
    static let name = "date"
    static let codes: KindCodes? = KindCodes(fails: "PF403", doubtful: "PF413", readsTwoWays: "PF602")
    static let doubts = DoubtSet.dates

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { DateParser(column.date, assuming: column.assume) }

    static func quickTest(for column: ColumnProfile) -> QuickTest? { .date(column.date.patterns[0]) }

    static func maskForm(for column: ColumnProfile) -> ValueMask.Form? { .date }

    static func judgesByOutline(_ column: ColumnProfile) -> Bool { column.date.patterns.allSatisfy(\.setsNumbersOff) }

    /// Year, month and day.
    static func reading(of value: Span<UInt8>, under column: ColumnProfile) -> [UInt8] {
        for pattern in column.date.patterns {
            var matcher = DatePatternMatcher(value)
            guard matcher.judge(pattern).verdict == .parses else { continue }
            return [UInt8(matcher.date.year / 256), UInt8(matcher.date.year % 256), UInt8(matcher.date.month), UInt8(matcher.date.day)]
        }
        return []
    }

    // MARK: Day and month exchanged

    static func alternative(to column: ColumnProfile) -> AlternativeFormat.Change? {
        column.date.patterns.count == 1 ? alternative(to: column, pattern: 0) : nil
    }

    /// - Parameter index: of the pattern in which day and month are exchanged.
    static func alternative(to column: ColumnProfile, pattern index: Int) -> AlternativeFormat.Change? {
        let own = column.date.patterns[index]
        guard own.isYearLast, let swapped = own.swapped else { return nil }
        var changed = column
        changed.date.patterns[index] = swapped
        return AlternativeFormat.Change(
            column: changed, words: (own.text, swapped.text),
            difference: OrderDifference(pattern: own, earlierPatterns: column.date.patterns[..<index]))
    }

    private struct OrderDifference: ReadingDifference {
        /// As the profile has it, and those that come before it.
        let pattern: DatePattern
        let earlierPatterns: ArraySlice<DatePattern>

        func isRead(differently value: Span<UInt8>) -> Bool {
            if earlierPatterns.contains(where: { DatePatternMatcher.date(value, $0) != nil }) { return false }
            return DatePatternMatcher.date(value, pattern).map { $0.day != $0.month } ?? false
        }
    }
}

extension ColumnType {
    package static let date = ColumnType(DateKind.self)
}
