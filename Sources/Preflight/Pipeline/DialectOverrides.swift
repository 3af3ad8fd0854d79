import CSVTokenizer
import ImportProfiles

/// The delimiter and the quote of a file, as far as they are known. What is left out comes from the profile, then from the file itself.
///
/// The two can never be the same byte: ``init(delimiter:quote:)`` returns `nil`, and where a profile contradicts them it yields.
public struct DialectOverrides: Sendable, Equatable {
    /// The byte between fields; `nil` if it is to be found out.
    package let delimiter: UInt8?
    /// The byte around fields; `nil` if it is to be found out.
    package let quote: UInt8?

    /// Nothing is known.
    public static let none = DialectOverrides()

    private init() {
        delimiter = nil
        quote = nil
    }

    /// What is known of a file; `nil` if `delimiter` is `quote`, or the usual `"` without a `quote`, or if one of them cannot be part of a
    /// dialect (`Dialect.isAllowed`).
    public init?(delimiter: UInt8? = nil, quote: UInt8? = nil) {
        guard (delimiter.map(Dialect.isAllowed) ?? true) && (quote.map(Dialect.isAllowed) ?? true) else { return nil }
        guard delimiter == nil || delimiter != quote ?? Self.usualQuote else { return nil }
        self.delimiter = delimiter
        self.quote = quote
    }

    private static let usualQuote = UInt8(ascii: "\"")

    /// With what `profile` says where these say nothing, unless it contradicts them: then it is left out.
    func completed(by profile: Profile.Dialect?) -> DialectOverrides {
        guard let profile else { return self }
        return DialectOverrides(delimiter: delimiter ?? profile.delimiter, quote: quote ?? profile.quote)
            ?? DialectOverrides(delimiter: delimiter, quote: quote ?? profile.quote)
            ?? self
    }
}
