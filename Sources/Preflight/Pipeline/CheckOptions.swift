public import ByteSources
public import CSVTokenizer
public import ImportProfiles

/// How a file is to be read and judged. What is `nil` comes from the profile, then from the file itself, then from the default.
public struct CheckOptions: Sendable {
    public var profile: Profile?
    /// Byte between fields. Must be allowed (`Dialect.isAllowed`) and differ from the quote: a check with anything else traps.
    public var delimiter: UInt8?
    /// Byte around fields, under the same condition.
    public var quote: UInt8?
    /// Whether the first row names the columns.
    public var hasHeader: Bool?
    /// The encoding to read the file as; `nil` leaves it to the profile, else UTF-8. A file that contradicts it has an error for that.
    public var encoding: TextEncoding?
    /// Whether the file is read in the declared encoding whatever its bytes say.
    public var forcesEncoding = false
    /// Whether a file in another encoding is judged as the UTF-8 that is sent in its place.
    public var transcodes = false
    /// Physical lines in front of the first row.
    public var skippedLines = 0
    /// Bytes that compressed content may have; beyond them it is not read on. `nil` for any number.
    public var maxContentBytes: Int?
    /// Examples kept of each finding, from 0.
    public var samples: Int {
        didSet { samples = max(0, samples) }
    }
    /// Whether the examples of a finding are of different rows.
    var samplesDifferInRow = false
    /// Bytes judged at a time, from 1 to 2^30; unless it is more than ``usualChunkByteCount``, less with many threads. Does not affect the report.
    public var chunkByteCount: Int {
        didSet { chunkByteCount = Self.clamped(chunkByteCount) }
    }

    /// Threads that judge, from 1; `nil` leaves it to the size of the file and the processors. Has no influence on the report.
    public var threadCount: Int? {
        didSet { threadCount = threadCount.map { max(1, $0) } }
    }
    /// How bytes are looked at; must be available here. Has no influence on the report.
    public var kernel: Kernel

    /// Bytes of the beginning that the dialect is told by; tests lower it.
    var headByteCount = FileHead.byteCount

    /// Of the rows that are kept whole; tests lower them.
    var rowLimits = RowBatch.Limits()

    /// Bytes of memory that the profile's keys may take together; more go to temporary files. Has no influence on the report.
    public var keyMemory = usualKeyMemory

    /// Whether the different values of each column are counted, while they are few: only without a profile. See ``ColumnEvidence``.
    public var countsDistinctValues = false

    public static let usualChunkByteCount = 512 << 10

    public static let usualKeyMemory = KeyIndex.usualMemory

    public init(
        profile: Profile? = nil, delimiter: UInt8? = nil, quote: UInt8? = nil, hasHeader: Bool? = nil, samples: Int = 3,
        chunkByteCount: Int = usualChunkByteCount, threadCount: Int? = nil, kernel: Kernel = .best
    ) {
        self.profile = profile
        self.delimiter = delimiter
        self.quote = quote
        self.hasHeader = hasHeader
        self.samples = max(0, samples)
        self.chunkByteCount = Self.clamped(chunkByteCount)
        self.threadCount = threadCount.map { max(1, $0) }
        self.kernel = kernel
    }

    /// What the options, or else the profile, say that the file's encoding is.
    var declaredEncoding: TextEncoding? { encoding ?? profile?.dialect.encoding }

    private static func clamped(_ count: Int) -> Int {
        min(max(count, 1), 1 << 30)
    }
}
