/// How a file is to be read and judged. What is `nil` comes from the profile, then from the file itself, then from the default.
public struct CheckOptions: Sendable {
    public var profile: Profile?
    /// Byte between fields; see `Dialect.isAllowed`.
    public var delimiter: UInt8?
    /// Byte around fields.
    public var quote: UInt8?
    /// Whether the first row names the columns.
    public var hasHeader: Bool?
    /// Examples kept of each finding.
    public var samples: Int
    /// Bytes judged at a time. Has no influence on the report.
    public var chunkByteCount: Int

    public init(
        profile: Profile? = nil, delimiter: UInt8? = nil, quote: UInt8? = nil, hasHeader: Bool? = nil, samples: Int = 3,
        chunkByteCount: Int = 512 << 10
    ) {
        self.profile = profile
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.samples = samples
        self.chunkByteCount = max(1, chunkByteCount)
    }
}
