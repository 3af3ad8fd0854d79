import ImportProfiles
import SafeText
import ValueFormats

/// Rewrites dates into the first pattern of a format.
struct DateRepair {
    private let pattern: DatePattern

    init(_ format: DateFormat) {
        pattern = format.patterns[0]
    }

    /// A date without a time.
    private struct Day: Hashable {
        var year: Int
        var month: Int
        var day: Int
    }

    private static let dayFirst = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy"].compactMap { DatePattern($0) }
    private static let monthFirst = ["M/d/yyyy", "M.d.yyyy", "M-d-yyyy"].compactMap { DatePattern($0) }
    /// No other pattern reads as another day what one of these reads.
    private static let single = [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d. MMMM yyyy", "MMM d, yyyy",
        "MMMM d, yyyy",
    ].compactMap { DatePattern($0) }
    private static let midnight = [" 00:00:00.000", " 00:00:00", "T00:00:00", "T00:00:00Z", " 00:00", " 0:00", " 0:00:00", " 12:00:00 AM"]

    private static func day(_ value: [UInt8], _ patterns: [DatePattern]) -> Day? {
        for pattern in patterns {
            var matcher = DatePatternMatcher(value.span)
            guard matcher.judge(pattern).verdict == .parses else { continue }
            return Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day)
        }
        return nil
    }

    /// A date at midnight is a date.
    private static func withoutMidnight(_ value: [UInt8]) -> [UInt8] {
        for time in midnight where value.count > time.utf8.count && value.suffix(time.utf8.count).elementsEqual(time.utf8) {
            return Array(value.dropLast(time.utf8.count))
        }
        return value
    }

    /// - Parameter isRepairable: whether a value that reads in one way says how others are read.
    static func count(_ value: [UInt8], in tally: inout ReadingTally, isRepairable: () -> Bool) {
        let value = withoutMidnight(value)
        let (first, second) = (day(value, dayFirst), day(value, monthFirst))
        if let first, let second {
            if first != second { tally.both += 1 }
        } else if first != nil || second != nil, isRepairable() {
            if first != nil { tally.first += 1 } else { tally.second += 1 }
        }
    }

    /// - Parameter value: without spaces around it.
    func repaired(_ value: [UInt8], _ tally: ReadingTally?) -> ValueRepair.Result? {
        let value = pattern.hasTime ? value : Self.withoutMidnight(value)
        if let day = Self.day(value, Self.single) { return written(day).map { ValueRepair.Result(text: $0, isSafe: true) } }
        let (first, second) = (Self.day(value, Self.dayFirst), Self.day(value, Self.monthFirst))
        var isSafe = true
        let day: Day
        switch (first, second) {
        case (let first?, let second?) where first != second:
            if let isFirst = tally?.isFirst {
                day = isFirst ? first : second
            } else if let tally, tally.first != tally.second {
                (day, isSafe) = (tally.first > tally.second ? first : second, false)
            } else if let isDayFirst = pattern.isDayFirst {
                (day, isSafe) = (isDayFirst ? first : second, false)
            } else {
                return nil
            }
        case (let only?, _), (nil, let only?): day = only
        case (nil, nil): return nil
        }
        return written(day).map { ValueRepair.Result(text: $0, isSafe: isSafe) }
    }

    /// A date that parses, and whose day and month are in the other order in all dates that show an order.
    func reread(_ value: [UInt8], isDayFirst: Bool) -> ValueRepair.Result? {
        guard let own = pattern.isDayFirst, own != isDayFirst,
            let day = Self.day(value, isDayFirst ? Self.dayFirst : Self.monthFirst)
        else { return nil }
        return written(day).map { ValueRepair.Result(text: $0, isSafe: true) }
    }

    /// - Returns: `nil` where the pattern does not hold the day, or holds a time.
    private func written(_ day: Day) -> [UInt8]? {
        var text: [UInt8] = []
        var parts: Set<DatePattern.Part> = []
        for element in pattern.elements {
            switch element {
            case .number(let part, let digits, _):
                let number: Int
                switch part {
                case .year: number = day.year
                case .month: number = day.month
                case .day: number = day.day
                case .hour24, .hour12, .minute, .second, .fraction: return nil
                }
                if part == .year, digits != 4 { return nil }
                parts.insert(part)
                let digitText = String(number)
                text += Array(repeating: UInt8(ascii: "0"), count: max(0, digits - digitText.utf8.count)) + Array(digitText.utf8)
            case .monthName(let isFull):
                parts.insert(.month)
                let name = EnglishNames.months[day.month - 1].description
                let shown = name.prefix(1).uppercased() + name.dropFirst()
                text += Array((isFull ? shown : String(shown.prefix(3))).utf8)
            case .literal(let byte): text.append(byte)
            case .weekdayName, .designator, .offset: return nil
            }
        }
        return parts == [.year, .month, .day] ? text : nil
    }
}
