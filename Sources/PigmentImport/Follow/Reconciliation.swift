public import Preflight

/// What the import skipped, held against what was predicted.
///
/// Cells and rows are kept apart: the report's `count` of one column and reason is compared with the predicted cells of that column
/// (whether it counts cells or rows is not documented: assumed cells), `summary.skippedCount` with the predicted rows.
public struct Reconciliation: Sendable, Equatable {
    /// How a reported count compares with its prediction.
    public enum Verdict: String, Sendable, CaseIterable {
        case asPredicted = "as-predicted"
        /// For rows: the import took rows that should surely have been skipped, so the profile is no mirror of it. For one column it
        /// proves nothing: a row with two bad cells may be reported under one of them (whether cells or rows are counted is not public).
        case fewer
        case more
        /// Nothing was predicted for this column and reason.
        case unpredicted = "unpredicted-reason"
        /// The report has no readable count.
        case unreadable

        /// Whether more was skipped in a column than anybody expected, or nobody knows.
        public var isBad: Bool {
            switch self {
            case .asPredicted, .fewer: false
            case .more, .unpredicted, .unreadable: true
            }
        }
    }

    /// One column and reason.
    public struct Entry: Sendable, Equatable {
        /// `nil` where the report names none.
        public var columnName: String?
        public var reason: SkipReason
        /// `nil` where nothing was predicted.
        public var predicted: Bounds?
        public var reported: Int?
        public var verdict: Verdict

        public init(columnName: String?, reason: SkipReason, predicted: Bounds?, reported: Int?, verdict: Verdict) {
            self.columnName = columnName
            self.reason = reason
            self.predicted = predicted
            self.reported = reported
            self.verdict = verdict
        }
    }

    /// The skipped rows of the whole import.
    public struct Rows: Sendable, Equatable {
        public var predicted: Bounds
        /// `nil` where the report has no readable number.
        public var reported: Int?
        /// The most that the limit allows.
        public var allowed: Int
        public var verdict: Verdict

        /// More rows were skipped than the limit allows.
        public var isOverLimit: Bool { (reported ?? 0) > allowed }
    }

    /// Predicted ones in the prediction's order, then those that nobody predicted in the report's order.
    public let entries: [Entry]
    /// The comparison of whole rows.
    public let rows: Rows
    /// Whether the prediction rests on a profile. Estimates alone make nothing unacceptable: only the limit does.
    public let isEstimate: Bool
    /// Whether the server sent a detailed report. Without one nothing can be confirmed.
    public let hasDetail: Bool

    /// - Parameters:
    ///   - rowCount: data rows of the file, which a limit in per cent refers to.
    ///   - document: the report of a completed import.
    public init(prediction: Prediction, rowCount: Int, limit: SkipLimit, document: StatusDocument) {
        isEstimate = prediction.basis == .inferred
        hasDetail = document.detail != nil
        entries = document.detail.map { Self.entries(prediction.columns, $0.skipped) } ?? []
        let reported = document.detail?.counts.skipped
        rows = Rows(
            predicted: prediction.skippedRows, reported: reported, allowed: limit.allowedRows(of: rowCount),
            verdict: Self.verdict(predicted: prediction.skippedRows, reported: reported))
    }

    /// Whether what was skipped, if anything, is within the limit and as predicted.
    public var isAcceptable: Bool {
        guard hasDetail, rows.reported != nil, !rows.isOverLimit else { return false }
        return isEstimate || (!rows.verdict.isBad && rows.verdict != .fewer && !entries.contains { $0.verdict.isBad })
    }

    /// ``ExitClass/done`` or ``ExitClass/skipped``.
    public var exit: ExitClass { isAcceptable ? .done : .skipped }

    // MARK: - Matching

    private static func entries(_ predictions: [Prediction.ColumnPrediction], _ reports: [StatusDocument.Skipped]) -> [Entry] {
        var open = reports.map { Optional($0) }
        var result: [Entry] = []
        var unnamed: [Prediction.ColumnPrediction] = []
        for prediction in predictions {
            let place = open.firstIndex { $0?.columnName == prediction.column.name && $0?.reason == prediction.reason }
            guard let place, let report = open[place] else {
                unnamed.append(prediction)
                continue
            }
            open[place] = nil
            result.append(entry(prediction.column.name, prediction.reason, prediction.cells, report.count))
        }
        result += withoutColumn(unnamed, &open)
        result += open.compactMap { report in
            report.map { Entry(columnName: $0.columnName, reason: $0.reason, predicted: nil, reported: $0.count, verdict: unpredicted($0)) }
        }
        return result
    }

    /// A report without a column name stands for all columns of its reason that no other report names.
    private static func withoutColumn(
        _ predictions: [Prediction.ColumnPrediction], _ open: inout [StatusDocument.Skipped?]
    ) -> [Entry] {
        var result: [Entry] = []
        var summed: Set<SkipReason> = []
        for prediction in predictions where !summed.contains(prediction.reason) {
            guard let place = open.firstIndex(where: { $0?.columnName == nil && $0?.reason == prediction.reason }), let report = open[place]
            else {
                result.append(entry(prediction.column.name, prediction.reason, prediction.cells, 0))
                continue
            }
            open[place] = nil
            summed.insert(prediction.reason)
            let bounds = predictions.filter { $0.reason == prediction.reason }.reduce(Bounds.zero) { sum, next in
                Bounds(min: sum.min + next.cells.min, max: sum.max + next.cells.max)
            }
            result.append(entry(nil, prediction.reason, bounds, report.count))
        }
        return result
    }

    private static func entry(_ columnName: String?, _ reason: SkipReason, _ predicted: Bounds, _ reported: Int?) -> Entry {
        Entry(
            columnName: columnName, reason: reason, predicted: predicted, reported: reported,
            verdict: verdict(predicted: predicted, reported: reported))
    }

    private static func unpredicted(_ report: StatusDocument.Skipped) -> Verdict {
        switch report.count {
        case nil: .unreadable
        case 0?: .asPredicted
        default: .unpredicted
        }
    }

    private static func verdict(predicted: Bounds, reported: Int?) -> Verdict {
        guard let reported else { return .unreadable }
        return reported < predicted.min ? .fewer : reported > predicted.max ? .more : .asPredicted
    }
}
