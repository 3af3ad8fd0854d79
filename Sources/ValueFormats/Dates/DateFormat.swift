/// How the dates of a column are written: one pattern, or several; for each value the pattern that fits best counts.
package struct DateFormat: Sendable, Equatable {
    /// Never empty.
    package var patterns: [DatePattern]

    /// - Precondition: `patterns` is not empty.
    package init(_ patterns: [DatePattern]) {
        precondition(!patterns.isEmpty, "a date format has at least one pattern")
        self.patterns = patterns
    }

    /// `yyyy-MM-dd`, the format where a profile names none.
    package static let iso = DateFormat([.iso])
}
