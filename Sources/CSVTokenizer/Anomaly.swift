/// An oddity that the tokenizer noted while it went on. Never an error: the rows around it are yielded all the same.
public struct Anomaly: Sendable, Equatable {
    /// What is odd.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A quote inside a field that did not begin with one.
        case strayQuote
        /// Anything other than a delimiter or line end after a closing quote.
        case textAfterClosingQuote
        /// The input ends inside a quoted field, or goes on like rows as far as a row may go.
        case unclosedQuote
        /// CR outside quotes that no LF follows: text, not a row end.
        case loneCarriageReturn
        /// A quote that opens a field and closes in a later row.
        case runawayQuote
    }

    /// What is odd.
    public var kind: Kind
    /// Offset in the tokenized stream of the byte that shows it: the quote, the first byte of the text, the opening quote, the CR.
    public var byteOffset: Int
    /// Physical line of that byte; lines count from 1, every LF ends one.
    public var line: Int
    /// Index of the field in the batch (see ``RowBatch/fields(ofRow:)``).
    public var field: Int
    /// Lone carriage returns: how many in this field. Unclosed and runaway quotes: how many line ends the field
    /// swallowed, or would have. Else 1. All anomalies of
    /// one kind beyond `RowBatch.Limits.fields` of a row are one, with the sum of their counts.
    public var count: Int
    /// Unclosed and runaway quotes that were taken as text: physical line of the first later row that has as many fields as the first row of
    /// the stream; `nil` where none was seen.
    public var wholeLine: Int?
}
