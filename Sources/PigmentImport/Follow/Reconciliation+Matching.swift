import ImportProfiles
import Preflight
import SafeText

extension Reconciliation {
    /// Finds for each prediction the report that speaks of the same column and reason.
    struct Matching {
        /// What joins them: never a text for people, which may be alike for different columns.
        private struct Key: Hashable {
            /// `nil` where a column has no name, or a report names none.
            var name: ColumnName?
            var reason: SkipReason
        }

        /// All columns of one name: the report cannot tell them apart.
        private struct Predicted {
            var key: Key
            /// `nil` for more than one column.
            var index: Int?
            var cells: Bounds
        }

        private var predictions: [Predicted] = []
        private var reports: [StatusDocument.Skipped?]
        private var placeOfReport: [Key: Int] = [:]

        init(_ columns: [Prediction.ColumnPrediction], _ skipped: [StatusDocument.Skipped]) {
            var placeOfPrediction: [Key: Int] = [:]
            for column in columns {
                let key = Key(name: column.column.name.isEmpty ? nil : column.column.name, reason: column.reason)
                if key.name != nil, let place = placeOfPrediction[key] {
                    predictions[place].index = nil
                    predictions[place].cells = Self.sum(predictions[place].cells, column.cells)
                } else {
                    placeOfPrediction[key] = predictions.count
                    predictions.append(Predicted(key: key, index: column.column.index, cells: column.cells))
                }
            }
            reports = skipped
            for (place, report) in skipped.enumerated() {
                let key = Key(name: report.columnName, reason: report.reason)
                if placeOfReport[key] == nil { placeOfReport[key] = place }
            }
        }

        mutating func entries() -> [Entry] {
            var result: [Entry] = []
            var unnamed: [Predicted] = []
            for prediction in predictions {
                guard prediction.key.name != nil, let report = takeReport(prediction.key) else {
                    unnamed.append(prediction)
                    continue
                }
                result.append(Self.entry(prediction, reported: report.count))
            }
            result += withoutColumn(unnamed)
            result += reports.compactMap { report in
                report.map {
                    Entry(columnName: $0.columnName, reason: $0.reason, predicted: nil, reported: $0.count, verdict: Self.unpredicted($0))
                }
            }
            return result
        }

        private mutating func takeReport(_ key: Key) -> StatusDocument.Skipped? {
            guard let place = placeOfReport[key], let report = reports[place] else { return nil }
            reports[place] = nil
            return report
        }

        /// A report without a column name covers all columns of its reason that no other report names.
        private mutating func withoutColumn(_ predictions: [Predicted]) -> [Entry] {
            var result: [Entry] = []
            var summed: Set<SkipReason> = []
            for prediction in predictions where !summed.contains(prediction.key.reason) {
                guard let report = takeReport(Key(name: nil, reason: prediction.key.reason)) else {
                    result.append(Self.entry(prediction, reported: 0))
                    continue
                }
                summed.insert(prediction.key.reason)
                let together = predictions.filter { $0.key.reason == prediction.key.reason }
                let sum = Predicted(
                    key: Key(name: nil, reason: prediction.key.reason), index: together.count == 1 ? together[0].index : nil,
                    cells: together.reduce(.zero) { Self.sum($0, $1.cells) })
                result.append(Self.entry(sum, reported: report.count))
            }
            return result
        }

        private static func entry(_ prediction: Predicted, reported: Int?) -> Entry {
            Entry(
                columnIndex: prediction.index, columnName: prediction.key.name, reason: prediction.key.reason, predicted: prediction.cells,
                reported: reported, verdict: verdict(predicted: prediction.cells, reported: reported))
        }

        private static func unpredicted(_ report: StatusDocument.Skipped) -> Verdict {
            switch report.count {
            case nil: .unreadable
            case 0?: .asPredicted
            default: .unpredicted
            }
        }

        static func verdict(predicted: Bounds, reported: Int?) -> Verdict {
            guard let reported else { return .unreadable }
            return reported < predicted.min ? .fewer : reported > predicted.max ? .more : .asPredicted
        }

        private static func sum(_ left: Bounds, _ right: Bounds) -> Bounds {
            Bounds(min: left.min + right.min, max: left.max + right.max)
        }
    }
}
