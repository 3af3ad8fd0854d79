public import ByteSources
package import CSVTokenizer
public import ImportProfiles

/// How a file is to be read and judged. What is `nil` comes from the profile, then from the file itself, then from the default.
public struct CheckOptions: Sendable {
    /// What the columns hold; `nil` if it is to be inferred.
    public var profile: Profile?
    /// The delimiter and the quote, as far as they are known.
    public var dialect: DialectOverrides
    /// Whether the first row names the columns.
    public var hasHeader: Bool?
    /// The encoding to read the file as; `nil` leaves it to the profile, else UTF-8. A file that contradicts it has an error for that.
    public var encoding: TextEncoding?
    /// Whether the file is read in the declared encoding whatever its bytes say.
    public var forcesEncoding = false
    /// Whether a file in another encoding is judged as the UTF-8 that is sent in its place.
    public var transcodes = false
    /// Physical lines before the first row.
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
    package var chunkByteCount: Int {
        didSet { chunkByteCount = Self.clamped(chunkByteCount) }
    }

    /// Threads that judge, from 1; `nil` leaves it to the size of the file and the processors. Has no influence on the report.
    public var threadCount: Int? {
        didSet { threadCount = threadCount.map { max(1, $0) } }
    }
    /// How bytes are looked at; must be available here. Has no influence on the report.
    package var kernel: Kernel

    /// Bytes at the beginning that the dialect is detected from; tests lower it.
    var headByteCount = FileHead.byteCount

    /// Of the rows that are kept whole; tests lower them.
    var rowLimits = RowBatch.Limits()

    /// Bytes of memory that the profile's keys may take together; more go to temporary files. Has no influence on the report.
    public var keyMemory = usualKeyMemory

    /// Whether the prediction keeps the masks of the columns, so that other settings can be tried on them: see ``ColumnMasks``.
    package var keepsMasks = false

    /// Whether the report says where in the file the findings of each kind are: see ``PositionMap``. Values are then counted one by one.
    package var mapsPositions = false

    /// Whether ranges tell every cell and row with a finding: see ``StoredCells``. Values are then counted one by one.
    package var listsCells = false

    /// Whether the report says what each column holds: see ``ColumnStatistics``.
    package var countsColumns = false

    /// Whether the report has the different values of the columns, as far as they are few: see ``ColumnValues``.
    var countsValues = false

    /// The earlier files that the file is compared with; `nil` for none. Needs ``countsColumns``.
    package var drift: DriftReference?

    /// Which findings count, and how much; `nil` leaves it to the profile.
    package var findingRules: FindingRules?

    /// Those of the options, or else of the profile.
    var rules: FindingRules { findingRules ?? profile?.rules ?? FindingRules() }

    /// Control totals beside those of the profile, which they override.
    package var expectations: [Expectation] = []

    /// Computes the SHA-256 digest of the file as it is stored; needed if a control total is one.
    package var storedDigest: (any StreamDigest)?

    /// Those of the profile and the options.
    package var allExpectations: [Expectation] {
        var all = profile?.expectations ?? []
        all.override(with: expectations)
        return all
    }

    package static let usualChunkByteCount = 512 << 10

    package static let usualKeyMemory = KeyIndex.usualMemory

    /// How to read and check a file.
    ///
    /// - Parameters:
    ///   - profile: What the columns hold; `nil` if it is to be inferred.
    ///   - dialect: The delimiter and the quote, as far as they are known.
    ///   - hasHeader: Whether the first row names the columns; `nil` leaves it to the profile, else there is one.
    ///   - samples: Examples kept of each finding, from 0.
    ///   - threadCount: Threads that judge; `nil` leaves it to the size of the file and the processors.
    public init(
        profile: Profile? = nil, dialect: DialectOverrides = .none, hasHeader: Bool? = nil, samples: Int = 3, threadCount: Int? = nil
    ) {
        self.init(
            profile: profile, dialect: dialect, hasHeader: hasHeader, samples: samples, chunkByteCount: Self.usualChunkByteCount,
            threadCount: threadCount)
    }

    package init(
        profile: Profile? = nil, dialect: DialectOverrides = .none, hasHeader: Bool? = nil, samples: Int = 3, chunkByteCount: Int,
        threadCount: Int? = nil, kernel: Kernel = .best
    ) {
        self.profile = profile
        self.dialect = dialect
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
