public import ImportProfiles
public import Preflight

/// What the import skipped, held against what was predicted.
///
/// Cells and rows are kept apart: the report's `count` of one column and reason is compared with the predicted cells of that column
/// (whether it counts cells or rows is not documented: assumed cells), `summary.skippedCount` with the predicted rows. Columns are matched
/// by the exact bytes of their names: the report names no numbers.
public struct Reconciliation: Sendable, Equatable {
    /// How a reported count compares with its prediction.
    public enum Verdict: String, Sendable, CaseIterable {
        case asPredicted = "as-predicted"
        /// For rows: the import took rows that should surely have been skipped, so the profile is not a mirror of it. For one column it
        /// proves nothing: a row with two bad cells may be reported under one of them (whether cells or rows are counted is not public).
        case fewer
        case more
        /// Nothing was predicted for this column and reason.
        case unpredicted = "unpredicted-reason"
        /// The report has no readable count.
        case unreadable

        /// Whether more was skipped in a column than expected, or it is unknown.
        package var isBad: Bool {
            switch self {
            case .asPredicted, .fewer: false
            case .more, .unpredicted, .unreadable: true
            }
        }
    }

    /// One column and reason.
    public struct Entry: Sendable, Equatable {
        /// Counts from 1. `nil` where nothing was predicted, or for more than one column.
        package var columnIndex: Int?
        /// `nil` where the report names none.
        public var columnName: ColumnName?
        /// Why cells or rows were skipped.
        public var reason: SkipReason
        /// `nil` where nothing was predicted.
        public var predicted: Bounds?
        /// What the server counted; `nil` if it reported nothing.
        public var reported: Int?
        /// How the two compare.
        public var verdict: Verdict

        package init(
            columnIndex: Int? = nil, columnName: ColumnName?, reason: SkipReason, predicted: Bounds?, reported: Int?, verdict: Verdict
        ) {
            self.columnIndex = columnIndex
            self.columnName = columnName
            self.reason = reason
            self.predicted = predicted
            self.reported = reported
            self.verdict = verdict
        }
    }

    /// The skipped rows of the whole import.
    public struct Rows: Sendable, Equatable {
        /// Rows that were expected to be skipped.
        public var predicted: Bounds
        /// `nil` where the report has no readable number.
        public var reported: Int?
        /// The most that the limit allows.
        public var allowed: Int
        /// How the two compare.
        public var verdict: Verdict

        /// More rows were skipped than the limit allows.
        package var isOverLimit: Bool { (reported ?? 0) > allowed }
    }

    /// Predicted ones in the prediction's order, then those not predicted in the report's order.
    public let entries: [Entry]
    /// The comparison of whole rows.
    public let rows: Rows
    /// Whether the prediction rests on no profile. Estimates alone make nothing unacceptable: only the limit does.
    package let isEstimate: Bool
    /// Whether the server sent a detailed report. Without one nothing can be confirmed.
    package let hasDetail: Bool

    /// - Parameters:
    ///   - prediction: What was predicted before the push.
    ///   - limit: The skipped rows that are acceptable.
    ///   - rowCount: data rows of the file, which a limit in per cent refers to.
    ///   - document: the report of a completed import.
    package init(prediction: Prediction, rowCount: Int, limit: SkipLimit, document: StatusDocument) {
        isEstimate = prediction.basis == .inferred
        hasDetail = document.detail != nil
        var matching = Matching(prediction.columns, document.detail?.skipped ?? [])
        entries = document.detail == nil ? [] : matching.entries()
        let reported = document.detail?.counts.skipped
        rows = Rows(
            predicted: prediction.skippedRows, reported: reported, allowed: limit.allowedRows(of: rowCount),
            verdict: Matching.verdict(predicted: prediction.skippedRows, reported: reported))
    }

    /// A comparison that was made before.
    init(entries: [Entry], rows: Rows, isEstimate: Bool, hasDetail: Bool) {
        self.entries = entries
        self.rows = rows
        self.isEstimate = isEstimate
        self.hasDetail = hasDetail
    }

    /// Whether what was skipped, if anything, is within the limit and as predicted.
    public var isAcceptable: Bool {
        guard hasDetail, rows.reported != nil, !rows.isOverLimit else { return false }
        return isEstimate || (!rows.verdict.isBad && rows.verdict != .fewer && !entries.contains { $0.verdict.isBad })
    }

    /// ``ExitClass/done`` or ``ExitClass/skipped``.
    package var exit: ExitClass { isAcceptable ? .done : .skipped }
}
