public import Preflight

/// The server's report on one import, read leniently: unknown keys, reasons and statuses are kept or ignored, a value of the wrong
/// kind counts as absent, and nothing in it can end the process.
///
/// Names of columns and reasons are whole, as they are compared with what was predicted; all other text is escaped and cut. Of errors and
/// samples the first few are kept; the counts beside them are exact unless the report ``isCut``.
public struct StatusDocument: Sendable, Equatable {
    /// Where the import stands.
    public enum Status: Sendable, Equatable {
        case inProgress
        case completed
        case failed
        /// Something this version does not know, or nothing at all. Not an end.
        case unknown(String)

        /// As the server writes it.
        public var text: String {
            switch self {
            case .inProgress: "InProgress"
            case .completed: "Completed"
            case .failed: "Failed"
            case .unknown(let text): text
            }
        }
    }

    /// One entry of `errorsDetails`: to print, never to switch on.
    public struct ErrorDetail: Sendable, Equatable {
        public var name: String
        public var description: String

        public init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// What was skipped for one reason in one source column, over all blocks.
    public struct Skipped: Sendable, Equatable {
        /// `nil` where the server names none.
        public var columnName: ColumnName?
        public var reason: SkipReason
        /// Per cell or per row: not documented. `nil` where it is no count.
        public var count: Int?
        /// The first few offending values.
        public var samples: [String]

        public init(columnName: ColumnName?, reason: SkipReason, count: Int?, samples: [String] = []) {
            self.columnName = columnName
            self.reason = reason
            self.count = count
            self.samples = samples
        }
    }

    /// Counts over the whole import; `nil` where the report has none.
    public struct Counts: Sendable, Equatable {
        public var inserted: Int?
        public var updated: Int?
        public var deleted: Int?
        public var skipped: Int?

        public init(inserted: Int? = nil, updated: Int? = nil, deleted: Int? = nil, skipped: Int? = nil) {
            self.inserted = inserted
            self.updated = updated
            self.deleted = deleted
            self.skipped = skipped
        }
    }

    /// The detailed report, where the server sent one.
    public struct Detail: Sendable, Equatable {
        public var blockType: String
        public var counts: Counts
        /// In the server's order.
        public var skipped: [Skipped]
        /// Dimension items that the import created.
        public var createdItems: Int

        public init(blockType: String = "", counts: Counts = Counts(), skipped: [Skipped] = [], createdItems: Int = 0) {
            self.blockType = blockType
            self.counts = counts
            self.skipped = skipped
            self.createdItems = createdItems
        }
    }

    /// The most errors that are kept.
    public static let shownErrors = 20
    /// The most samples kept of one entry.
    public static let shownSamples = 5

    /// `nil` when it is absent or no UUID.
    public var importID: ImportID?
    public var status: Status
    /// As the server writes it; clocks differ, so nothing is computed from it.
    public var createdAt: String?
    public var completedAt: String?
    /// The first ``shownErrors`` of them.
    public var errors: [ErrorDetail]
    /// All errors, those not kept included; where the report is cut, those before the cut.
    public var errorCount: Int
    /// `nil` also where the report is cut.
    public var detail: Detail?
    /// Whether the report was longer than is read: it holds what came before the cut.
    public var isCut: Bool

    public init(
        importID: ImportID? = nil, status: Status, createdAt: String? = nil, completedAt: String? = nil, errors: [ErrorDetail] = [],
        errorCount: Int? = nil, detail: Detail? = nil, isCut: Bool = false
    ) {
        self.importID = importID
        self.status = status
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.errors = errors
        self.errorCount = errorCount ?? errors.count
        self.detail = detail
        self.isCut = isCut
    }
}
