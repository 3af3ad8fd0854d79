/// How a file is to be read and judged. What is `nil` comes from the profile, then from the file itself, then from the default.
public struct CheckOptions: Sendable {
    public var profile: Profile?
    /// Byte between fields. Must be allowed (`Dialect.isAllowed`) and differ from the quote: a check with anything else traps.
    public var delimiter: UInt8?
    /// Byte around fields, under the same condition.
    public var quote: UInt8?
    /// Whether the first row names the columns.
    public var hasHeader: Bool?
    /// Examples kept of each finding, from 0.
    public var samples: Int {
        didSet { samples = max(0, samples) }
    }
    /// Bytes judged at a time, from 1 to 2^30. Has no influence on the report.
    public var chunkByteCount: Int {
        didSet { chunkByteCount = Self.clamped(chunkByteCount) }
    }

    public init(
        profile: Profile? = nil, delimiter: UInt8? = nil, quote: UInt8? = nil, hasHeader: Bool? = nil, samples: Int = 3,
        chunkByteCount: Int = 512 << 10
    ) {
        self.profile = profile
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.samples = max(0, samples)
        self.chunkByteCount = Self.clamped(chunkByteCount)
    }

    private static func clamped(_ count: Int) -> Int {
        min(max(count, 1), 1 << 30)
    }
}
