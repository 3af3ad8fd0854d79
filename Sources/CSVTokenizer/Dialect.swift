/// Which bytes separate and quote fields. Rows end at LF or CRLF; a quote inside a quoted field is doubled (RFC 4180).
///
/// There is no dialect in which the two bytes are equal, or in which one of them could end a row: ``init(delimiter:quote:)`` returns `nil`.
public struct Dialect: Sendable, Equatable {
    /// The byte between fields.
    public let delimiter: UInt8
    /// The byte around fields that hold delimiters, line ends or quotes.
    public let quote: UInt8

    /// Comma and double quote, as in RFC 4180.
    public init() {
        delimiter = UInt8(ascii: ",")
        quote = UInt8(ascii: "\"")
    }

    /// A dialect of these bytes; `nil` if they are equal, or if one of them is not ASCII, NUL, CR or LF.
    public init?(delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")) {
        guard Self.isAllowed(delimiter), Self.isAllowed(quote), delimiter != quote else { return nil }
        self.delimiter = delimiter
        self.quote = quote
    }

    /// Whether a byte may be a delimiter or a quote at all: ASCII other than NUL, CR and LF.
    public static func isAllowed(_ byte: UInt8) -> Bool {
        byte < 0x80 && byte != 0 && byte != UInt8(ascii: "\r") && byte != UInt8(ascii: "\n")
    }
}
