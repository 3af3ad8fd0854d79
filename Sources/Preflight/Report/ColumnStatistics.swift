package import ImportProfiles
package import SafeText
package import ValueFormats

/// What a column holds, counted over all rows that have the right number of fields.
///
/// It depends only on these rows, not on their order or on how they were read.
package struct ColumnStatistics: Sendable, Equatable {
    /// How many different values there are.
    package struct Distinct: Sendable, Equatable {
        package var count: Int
        /// Whether each was counted; otherwise the count is an estimate with a standard error of 2.3 % (see `DistinctSketch`).
        package var isExact: Bool

        package init(count: Int, isExact: Bool) {
            (self.count, self.isExact) = (count, isExact)
        }
    }

    /// The values that look the same, see `ValueLook`.
    package struct Mask: Sendable, Equatable {
        package var text: String
        package var count: Int
        /// One of the values; not the first one. `nil` where values are not shown.
        package var example: VisibleText?

        package init(text: String, count: Int, example: VisibleText?) {
            (self.text, self.count, self.example) = (text, count, example)
        }
    }

    /// The values that are numbers, as they are written: a multiplier or percent sign changes nothing.
    package struct Numbers: Sendable, Equatable {
        package var count: Int
        package var smallest: ExactDecimal
        package var largest: ExactDecimal
        /// `nil` if it has more digits than can be held.
        package var sum: ExactDecimal?
        /// The sum without the signs of the numbers.
        package var magnitude: ExactDecimal?

        package init(count: Int, smallest: ExactDecimal, largest: ExactDecimal, sum: ExactDecimal?, magnitude: ExactDecimal?) {
            (self.count, self.smallest, self.largest, self.sum) = (count, smallest, largest, sum)
            self.magnitude = magnitude
        }
    }

    /// The values that are dates under the profile.
    package struct Dates: Sendable, Equatable {
        package var first: Expectation.Day
        package var last: Expectation.Day

        package init(first: Expectation.Day, last: Expectation.Day) {
            (self.first, self.last) = (first, last)
        }
    }

    package var column: ColumnReference
    /// The type that the profile gives the column, or else the one that was inferred.
    package var type: String?
    package var rowCount: Int
    /// Fields that are empty or, under a profile, hold a word for no value.
    package var emptyCount: Int
    package var distinct: Distinct
    /// The most frequent first, then by their texts.
    package var masks: [Mask]
    /// Values whose masks are not listed.
    package var otherMasks: Int
    package var numbers: Numbers?
    package var dates: Dates?
    /// Characters of the longest value; of a very long one, those that are kept.
    package var longest: Int

    /// How often each value occurs, by a hash that is the same in every run: only of texts, and only where there are few different ones.
    package var valueCounts: [UInt64: Int] = [:]

    package var valueCount: Int { rowCount - emptyCount }
}
