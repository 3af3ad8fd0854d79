extension HumanReport {
    /// What the import would skip, by column. An estimate (no profile) never reads like a prediction.
    func predictionLines(_ report: Report) -> [String] {
        let prediction = report.prediction
        let (heading, basis) =
            switch prediction.basis {
            case .profile: ("Prediction", "types from the profile")
            case .inferred: ("Estimate", "no profile: types inferred from the values")
            }
        if prediction.columns.isEmpty {
            // Of a file without rows (empty, UTF-16) nothing is predicted: "none" would sound like a promise.
            if report.totals.rows == 0 { return [] }
            let part = report.isComplete ? "" : " of the part that was read"
            return ["\(heading) (\(basis)): no cell\(part) would be skipped."]
        }
        var lines = [style.paint("\(heading) (\(basis)):", .strong)]
        for column in prediction.columns {
            let samples = column.samples.isEmpty ? "" : ", for instance " + column.samples.map { "\"\($0)\"" }.joined(separator: ", ")
            lines.append("  \(columnText(column.column)): \(fateText(column))\(samples)")
        }
        let rows = report.totals.rows.counted("row")
        lines.append(
            "  \(capitalized(boundsText(prediction.skippedRows))) of \(rows) would be skipped, if one skipped cell drops its row (assumed)."
        )
        if prediction.basis == .profile, prediction.columns.contains(where: { $0.cells.min < $0.cells.max }) {
            lines.append("  The higher counts include values of which it is not public how Pigment reads them.")
        }
        if prediction.basis == .inferred {
            lines.append("  An estimate never blocks; describe the columns in a profile (-p PROFILE) for a prediction.")
        }
        return lines
    }

    /// A bound in words, with the noun left to the caller: `none`, `12`, `up to 12`, `between 3 and 12`.
    func boundsText(_ bounds: Bounds) -> String {
        if bounds.max == 0 { return "none" }
        if bounds.min == bounds.max { return bounds.max.grouped }
        if bounds.min == 0 { return "up to \(bounds.max.grouped)" }
        return "between \(bounds.min.grouped) and \(bounds.max.grouped)"
    }

    private func fateText(_ column: Prediction.ColumnPrediction) -> String {
        let cells = column.cells.max == 0 ? "no cell" : "\(boundsText(column.cells)) \(column.cells.max == 1 ? "cell" : "cells")"
        // The row stays under this reason (assumed): nothing is skipped.
        let fate = column.reason == .missingItemUsesDefault ? "replaced by a default or blank, reported" : "skipped"
        return "\(cells) would be \(fate) as \(VisibleText(column.reason.rawValue).text)"
    }

    private func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
