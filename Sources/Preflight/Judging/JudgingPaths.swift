/// How batches were judged. Has no influence on the report; tests ask whether what they are about was done.
struct JudgingPaths: OptionSet, Sendable {
    let rawValue: UInt16

    /// Without an index of fields: nothing but plain numbers.
    static let plainNumbers = JudgingPaths(rawValue: 1 << 0)
    /// Rows of one width, found by a stride, and rows that differ.
    static let evenRows = JudgingPaths(rawValue: 1 << 1)
    static let unevenRows = JudgingPaths(rawValue: 1 << 2)
    /// Rows judged column by column, in one tile or in several, and rows judged field by field.
    static let columns = JudgingPaths(rawValue: 1 << 3)
    static let tiles = JudgingPaths(rawValue: 1 << 4)
    static let singleRows = JudgingPaths(rawValue: 1 << 5)
    /// What the columns hold, without a profile.
    static let evidence = JudgingPaths(rawValue: 1 << 6)
    /// Keys were read.
    static let keys = JudgingPaths(rawValue: 1 << 7)
    /// The first row lacks bytes.
    static let thinned = JudgingPaths(rawValue: 1 << 8)
    /// Some byte is a NUL or ill-formed, or the tokenizer noted something.
    static let doubted = JudgingPaths(rawValue: 1 << 9)
    /// Columns of numbers among others, and without a profile, told by bits of their fields.
    static let numberBits = JudgingPaths(rawValue: 1 << 10)
    static let formBits = JudgingPaths(rawValue: 1 << 11)
}
