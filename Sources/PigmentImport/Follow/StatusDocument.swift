package import Preflight

/// The server's report on one import, read leniently: unknown keys, reasons and statuses are kept or ignored, a value of the wrong
/// kind counts as absent, and nothing in it can end the process.
///
/// Names of columns and reasons are whole, as they are compared with what was predicted; all other text is escaped and cut. Of errors and
/// samples the first few are kept; the counts beside them are exact unless the report `isCut`.
public struct StatusDocument: Sendable, Equatable {
    /// The state of the import.
    public enum Status: Sendable, Equatable {
        case inProgress
        case completed
        case failed
        /// Something this version does not know, or nothing at all. Not an end.
        case unknown(String)

        /// As the server writes it.
        package var text: String {
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
        /// The kind of error, as the server names it.
        public var name: String
        /// What the server says about it.
        public var description: String

        package init(name: String, description: String) {
            self.name = name
            self.description = description
        }
    }

    /// What was skipped for one reason in one source column, over all blocks.
    package struct Skipped: Sendable, Equatable {
        /// `nil` where the server names none.
        package var columnName: ColumnName?
        /// Why it was skipped.
        package var reason: SkipReason
        /// Per cell or per row: not documented. `nil` where it is not a count.
        package var count: Int?
        /// The first few offending values.
        package var samples: [String]
        /// The same and more of them, as they are: to be compared, never to be printed.
        package var texts: [SampleText] = []

        package init(columnName: ColumnName?, reason: SkipReason, count: Int?, samples: [String] = []) {
            self.columnName = columnName
            self.reason = reason
            self.count = count
            self.samples = samples
        }
    }

    /// Counts over the whole import; `nil` where the report has none.
    public struct Counts: Sendable, Equatable {
        /// Rows inserted; `nil` where the server does not say.
        public var inserted: Int?
        /// Rows updated.
        public var updated: Int?
        /// Rows deleted.
        public var deleted: Int?
        /// Rows skipped.
        public var skipped: Int?

        package init(inserted: Int? = nil, updated: Int? = nil, deleted: Int? = nil, skipped: Int? = nil) {
            self.inserted = inserted
            self.updated = updated
            self.deleted = deleted
            self.skipped = skipped
        }
    }

    /// The detailed report, where the server sent one.
    public struct Detail: Sendable, Equatable {
        package var blockType: String
        /// What became of the rows.
        public var counts: Counts
        /// In the server's order.
        package var skipped: [Skipped]
        /// Dimension items that the import created.
        package var createdItems: Int

        package init(blockType: String = "", counts: Counts = Counts(), skipped: [Skipped] = [], createdItems: Int = 0) {
            self.blockType = blockType
            self.counts = counts
            self.skipped = skipped
            self.createdItems = createdItems
        }
    }

    /// The most errors that are kept.
    package static let shownErrors = 20
    /// The most samples kept of one entry.
    package static let shownSamples = 5
    /// The most samples of one entry that are compared with the file.
    package static let mostTexts = 20

    /// `nil` when it is absent or no UUID.
    public var importID: ImportID?
    /// How far the import is.
    public var status: Status
    /// As the server writes it; clocks differ, so nothing is computed from it.
    package var createdAt: String?
    package var completedAt: String?
    /// The first `shownErrors` of them.
    public var errors: [ErrorDetail]
    /// All errors, those not kept included; where the report is cut, those before the cut.
    package var errorCount: Int
    /// `nil` also where the report is cut.
    public var detail: Detail?
    /// Whether the report was longer than is read: it holds what came before the cut.
    package var isCut: Bool

    package init(
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
