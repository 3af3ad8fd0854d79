import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Columns that are named; the rest is counted.
    private static let shownColumns = 25

    /// What the import would skip, by column. An estimate (no profile) never reads like a prediction.
    func predictionLines(_ report: Report) -> [String] {
        let prediction = report.prediction
        // Nothing was predicted then: "none" would sound like a promise.
        if report.isSplitAtWrongDelimiter { return [] }
        let (kind, basis) =
            switch prediction.basis {
            case .profile: ("Predicted", "types from the profile")
            case .inferred: ("Estimated", "no profile: types inferred from the values")
            }
        var part = report.isComplete ? "" : " in the part that was read"
        if prediction.basis == .inferred, report.totals.columns > Prediction.mostEstimatedColumns {
            part += " in the first \(Prediction.mostEstimatedColumns.grouped) columns"
        }
        let heading = "\(kind) skips\(part) (\(basis)):"
        if prediction.columns.isEmpty {
            // Of a file without rows (empty, UTF-16) nothing is predicted: "none" would sound like a promise.
            return report.totals.rows == 0 ? [] : [heading + " none."]
        }
        var lines = [style.paint(heading, .strong)]
        lines += prediction.columns.prefix(shown(Self.shownColumns)).map { "  \(columnText($0.column)): \(fateText($0))" }
        let more = prediction.columns.count - min(prediction.columns.count, shown(Self.shownColumns))
        if more > 0 { lines.append("  and \(more.counted("more column"))") }
        let rows = report.totals.rows.counted("row")
        if let estimated = prediction.estimatedRows, estimated.min < estimated.max {
            lines.append("  \(capitalized(boundsText(estimated))) of \(rows) have such a value.")
        }
        lines.append(
            "  \(capitalized(boundsText(prediction.skippedRows))) of \(rows) would be skipped, if one skipped cell drops its row (assumed)."
        )
        if prediction.basis == .profile, prediction.columns.contains(where: { $0.cells.min < $0.cells.max }) {
            lines.append("  The higher counts include values of which it is not public how Pigment reads them.")
        }
        return lines
    }

    /// A bound in words, with the noun left to the caller: `none`, `12`, `up to 12`, `3 to 12`.
    func boundsText(_ bounds: Bounds) -> String {
        if bounds.max == 0 { return "none" }
        if bounds.min == bounds.max { return bounds.max.grouped }
        if bounds.min == 0 { return "up to \(bounds.max.grouped)" }
        return "\(bounds.min.grouped) to \(bounds.max.grouped)"
    }

    private func fateText(_ column: Prediction.ColumnPrediction) -> String {
        let cells = "\(boundsText(column.cells)) \(column.cells.max == 1 ? "cell" : "cells")"
        // The row stays under this reason (assumed): nothing is skipped.
        let fate = column.reason == .missingItemUsesDefault ? "with a default or blank item instead (assumed), reported" : ""
        let samples = column.samples.isEmpty ? "" : ", for instance " + column.samples.map { "\"\($0)\"" }.joined(separator: ", ")
        return [cells, fate, "as \(column.reason.shown)"].filter { !$0.isEmpty }.joined(separator: " ") + samples
    }

    private func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
