/// How the dates of a column are written: one pattern, or several; for each value the pattern that fits best counts.
package struct DateFormat: Sendable, Equatable {
    /// Never empty.
    package var patterns: [DatePattern]
    /// The years that the dates are of, at most a century; `nil` if any may be meant.
    package var years: ClosedRange<Int>?

    /// - Precondition: `patterns` is not empty.
    package init(_ patterns: [DatePattern], years: ClosedRange<Int>? = nil) {
        precondition(!patterns.isEmpty, "a date format has at least one pattern")
        self.patterns = patterns
        self.years = years
    }

    /// The year that two digits mean where no range of years says it: as in .NET, 50 to 99 are of the last century (that Pigment reads them so is
    /// assumed).
    package static func assumedYear(_ twoDigits: Int) -> Int { twoDigits < 50 ? 2000 + twoDigits : 1900 + twoDigits }

    /// `yyyy-MM-dd`, the format where a profile names none.
    package static let iso = DateFormat([.iso])
}
