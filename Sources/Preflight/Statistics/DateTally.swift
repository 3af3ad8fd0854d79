import ByteSpans
package import ImportProfiles
package import SafeText
import ValueFormats

/// The first and the last day of a column of dates.
struct DateTally {
    private let patterns: [DatePattern]
    private var bounds: (first: Expectation.Day, last: Expectation.Day)?

    init(_ format: DateFormat) { patterns = format.patterns }

    mutating func add(_ value: Span<UInt8>) {
        for pattern in patterns {
            var matcher = DatePatternMatcher(value)
            guard matcher.judge(pattern).verdict == .parses else { continue }
            return note(Expectation.Day(year: matcher.date.year, month: matcher.date.month, day: matcher.date.day))
        }
    }

    private mutating func note(_ day: Expectation.Day) {
        guard let bounds else { return bounds = (day, day) }
        self.bounds = (min(bounds.first, day), max(bounds.last, day))
    }

    mutating func merge(_ other: DateTally) {
        guard let theirs = other.bounds else { return }
        note(theirs.first)
        note(theirs.last)
    }

    /// `nil` without a date.
    var dates: ColumnStatistics.Dates? { bounds.map { ColumnStatistics.Dates(first: $0.first, last: $0.last) } }
}

extension DateTally: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.optional(&bounds, blank: (.blank, .blank)) { coder, bounds in
            coder(&bounds.first)
            coder(&bounds.last)
        }
    }
}

extension Expectation.Day: CodedValue {
    package static var blank: Expectation.Day { Expectation.Day(year: 0, month: 0, day: 0) }

    package mutating func code(_ coder: inout StateCoder) {
        coder(&year)
        coder(&month)
        coder(&day)
    }
}
