/// The different values of a column, each with its count, in the rows that have the right number of fields; empty fields are left out.
package struct ColumnValues: Sendable, Equatable {
    /// A value without its quotes.
    package struct Value: Sendable, Equatable {
        package var text: [UInt8]
        package var count: Int

        package init(text: [UInt8], count: Int) { (self.text, self.count) = (text, count) }
    }

    /// By their bytes; `nil` if there are many.
    package var values: [Value]?
    /// The most that are counted one by one.
    package var limit: Int
    /// `nil` if there are too many that are no plain numbers.
    package var summary: ValueSummary?

    package init(values: [Value]?, limit: Int, summary: ValueSummary? = nil) {
        (self.values, self.limit, self.summary) = (values, limit, summary)
    }
}
