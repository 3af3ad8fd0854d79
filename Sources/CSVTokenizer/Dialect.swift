/// Which bytes separate and quote fields. Rows end at LF or CRLF; a quote inside a quoted field is doubled (RFC 4180).
public struct Dialect: Sendable, Equatable {
    /// The byte between fields.
    public let delimiter: UInt8
    /// The byte around fields that hold delimiters, line ends or quotes.
    public let quote: UInt8

    /// - Precondition: the two bytes differ, are ASCII, and neither is NUL, CR or LF.
    public init(delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")) {
        precondition(Self.isAllowed(delimiter) && Self.isAllowed(quote) && delimiter != quote, "not a dialect")
        self.delimiter = delimiter
        self.quote = quote
    }

    /// Whether a byte may be a delimiter or a quote at all.
    public static func isAllowed(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != 0 && byte != UInt8(ascii: "\r") && byte != UInt8(ascii: "\n")
    }
}
