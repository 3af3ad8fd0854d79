package import ValueFormats

/// How a pivoted file is read: the profile's columns are keys, and each other column of the file holds the values of one period.
package struct Pivot: Sendable, Equatable {
    /// What the values of all period columns must be; its name is empty.
    package var values: ColumnProfile
    /// How the header names a period; `nil` for the forms of Pigment's period items (`PeriodName`).
    package var periods: DateFormat?

    package init(values: ColumnProfile = ColumnProfile(name: "", type: .number), periods: DateFormat? = nil) {
        self.values = values
        self.periods = periods
    }
}
