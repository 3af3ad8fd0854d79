import ImportProfiles
public import Preflight

/// What one rehearsed import did with its rows: the source of the status document's `detailedReport`.
public struct RehearsalResult: Sendable, Equatable {
    package var blockKind: BlockKind
    /// Rows, as in the summary of the server's report.
    package var insertedCount: Int
    package var updatedCount: Int
    package var deletedCount: Int
    /// Rows. Need not be the sum of ``skipped``, whose counts may be cells.
    package var skippedCount: Int
    package var skipped: [Skip]

    /// A result; all counts are zero unless they are given.
    public init(
        blockKind: BlockKind = .list, insertedCount: Int = 0, updatedCount: Int = 0, deletedCount: Int = 0, skippedCount: Int = 0,
        skipped: [Skip] = []
    ) {
        self.blockKind = blockKind
        self.insertedCount = insertedCount
        self.updatedCount = updatedCount
        self.deletedCount = deletedCount
        self.skippedCount = skippedCount
        self.skipped = skipped
    }

    /// The kind of block that an import writes to, in the words of the API.
    public enum BlockKind: String, Sendable {
        case metric = "Metric"
        case list = "List"
    }

    /// What was skipped for one reason in one column.
    public struct Skip: Sendable, Equatable {
        package var reason: SkipReason
        /// The name of the source column; `nil` where the reason belongs to no column.
        package var columnName: String?
        package var count: Int
        /// Some of the offending values.
        package var samples: [String]

        /// What was skipped for one reason.
        ///
        /// - Parameters:
        ///   - reason: Why it was skipped.
        ///   - columnName: The name of the source column; `nil` where the reason belongs to no column.
        ///   - count: How much was skipped: cells, or rows.
        ///   - samples: Some of the offending values.
        public init(reason: SkipReason, columnName: String?, count: Int, samples: [String] = []) {
            self.reason = reason
            self.columnName = columnName
            self.count = count
            self.samples = samples
        }
    }
}
