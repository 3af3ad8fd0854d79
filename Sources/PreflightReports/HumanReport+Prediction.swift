import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// What the predicted numbers are based on. An estimate (no profile) never reads like a prediction.
    func basisLines(_ report: Report) -> [String] {
        let prediction = report.prediction
        // Nothing was predicted: "no skips" would sound like a promise.
        if report.isSplitAtWrongDelimiter || report.totals.rows == 0 { return [] }
        var text = ""
        switch prediction.basis {
        case .inferred:
            text = "No profile: types are inferred from the values, and estimates never block."
            if report.totals.columns > Prediction.mostEstimatedColumns {
                text += " Only the first \(Prediction.mostEstimatedColumns.grouped) columns are estimated."
            }
            if prediction.skippedRows.max > 0 {
                text +=
                    " \(Self.capitalized(ReportWords.bounds(prediction.skippedRows))) of \(report.totals.rows.counted("row")) may be skipped."
            }
        case .profile:
            if prediction.skippedRows.max == 0 { return [] }
            text = "Predicted skips assume that Pigment drops the whole row."
            if prediction.skippedRows.min < prediction.skippedRows.max {
                text += " The higher number includes values for which Pigment's rule is not public."
            }
        }
        return paragraph("", ink: .quiet, indent: 2, WrappedText(text))
    }

    /// What happens to values that are not in the list of items: they are not reported as `ParsingError`.
    func effectLines(_ column: ColumnReference, _ finding: Finding, _ report: Report, indent: Int) -> [String] {
        // Two findings of the column share the prediction: it is shown with the error.
        guard finding.severity == .error || finding.predicts == nil else { return [] }
        return report.prediction.columns.filter { $0.column == column && $0.reason != .parsingError && !finding.isStructural }.flatMap {
            paragraph("import:", ink: .quiet, indent: indent, fateText($0, withSamples: false))
        }
    }

    /// What the import would skip, by column; only with `-v`, since each block shows its part.
    func predictionLines(_ report: Report) -> [String] {
        let prediction = report.prediction
        if report.isSplitAtWrongDelimiter || prediction.columns.isEmpty { return [] }
        let heading = prediction.basis == .profile ? "Predicted skips:" : "Estimated skips:"
        return [style.paint(heading, .strong)]
            + prediction.columns.flatMap { paragraph("", ink: .quiet, indent: 2, fateText($0, withSamples: true)) }
    }

    private func fateText(_ column: Prediction.ColumnPrediction, withSamples: Bool) -> WrappedText {
        var text = WrappedText()
        if withSamples { text.add(whole: columnText(column.column) + ":") }
        text.add("\(ReportWords.bounds(column.cells)) \(column.cells.max == 1 ? "cell" : "cells")")
        // The row stays under this reason (assumed): nothing is skipped.
        text.add(column.reason == .missingItemUsesDefault ? "loaded with a default or blank item (assumed) and reported as" : "skipped as")
        text.add(whole: column.reason.shown)
        if withSamples, !column.samples.isEmpty {
            text.add("for example")
            for (index, sample) in column.samples.enumerated() {
                text.add(whole: "\"\(sample)\"" + (index + 1 < column.samples.count ? "," : ""))
            }
        }
        return text
    }

    private static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
