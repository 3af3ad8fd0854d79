import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Columns that are told; the rest is counted.
    private static let advisedColumns = 10

    /// What one changed setting would leave of the failures, with the line to paste. Nothing without a failure.
    func adviceLines(_ advice: [ColumnAdvice]) -> [String] {
        guard !advice.isEmpty else { return [] }
        var lines = [style.paint("Other settings, counted on every row:", .strong)]
        for column in advice.prefix(shown(Self.advisedColumns)) { lines += adviceLines(column) }
        let more = advice.count - min(advice.count, shown(Self.advisedColumns))
        if more > 0 { lines.append("  and \(more.counted("more column"))") }
        return lines
    }

    private func adviceLines(_ advice: ColumnAdvice) -> [String] {
        let subject = "  \(columnText(advice.column)): "
        var lines: [String] = []
        if advice.openSettings > 0 {
            lines = openLines(advice)
        } else if let best = advice.settings.first {
            lines = [subject + "\(best.words): \(adviceText(advice.cells)) → \(adviceText(best.cells))", "      \(best.profileLine)"]
        } else if !advice.wereSettingsTried {
            lines = [subject + "\(adviceText(advice.cells)); the column has too many kinds of values to try other settings."]
            if advice.shapes.isEmpty { lines.append("      Such a column usually holds text.") }
        } else {
            lines = [subject + "\(adviceText(advice.cells)), and no single setting leaves fewer."]
        }
        if advice.settings.count > max(1, advice.openSettings) {
            let others = advice.settings.dropFirst(max(1, advice.openSettings)).map { "\($0.words) (→ \(adviceText($0.cells)))" }
            lines.append("      or " + others.joined(separator: ", or "))
        }
        if advice.formulaErrors > 0 {
            let verb = advice.formulaErrors == 1 ? " is the error" : " are errors"
            lines.append(
                "      \(advice.formulaErrors.grouped)\(verb) of a formula: the export contains broken formulas. Correct them in the source;"
            )
            lines.append("      under \"null\" they would load as blanks.")
        }
        if !advice.shapes.isEmpty { lines.append("      values: " + shapesText(advice)) }
        if let slice = advice.slice { lines.append("      " + sliceText(slice)) }
        return lines
    }

    /// Settings between which the values do not decide.
    private func openLines(_ advice: ColumnAdvice) -> [String] {
        let values = advice.openCells.counted("value") + (advice.openCells == 1 ? " reads" : " read")
        var lines = ["  \(columnText(advice.column)): open question, \(values) differently. Choose with someone who knows the data:"]
        for setting in advice.settings.prefix(advice.openSettings) {
            lines.append("      \(setting.words): \(adviceText(advice.cells)) → \(adviceText(setting.cells))")
            lines.append("          \(setting.profileLine)")
        }
        return lines
    }

    /// `58 like "42.857,56" (9…9.999,99; 9…9: any number of digits), 2 like "n/a"`.
    private func shapesText(_ advice: ColumnAdvice) -> String {
        var words = advice.shapes.map { shape in
            let text = shape.text == shape.value ? "" : " (\(shape.text.text))"
            return "\(shape.count.grouped) like \"\(shape.value.text)\"\(text)"
        }
        if let first = words.firstIndex(where: { $0.hasSuffix(")") && $0.contains(ColumnAdvice.anyDigits) }) {
            words[first] = String(words[first].dropLast()) + "; \(ColumnAdvice.anyDigits): any number of digits)"
        }
        if advice.otherShapes > 0 { words.append("\(advice.otherShapes.counted("other"))") }
        return words.joined(separator: ", ")
    }

    private func sliceText(_ slice: FailureSlice) -> String {
        let value = slice.value.text.isEmpty ? "empty" : "\"\(slice.value.text)\""
        let share = slice.baseShare < 0.01 ? "less than 1 %" : "about \(Int((slice.baseShare * 100).rounded())) %"
        return "\(slice.covered.grouped) of these \(slice.failures.grouped) stand in rows where \(columnText(slice.column)) is \(value)"
            + " (\(share) of all rows)."
    }

    /// Cells that fail, with those that may: `3`, `3 to 7`, `up to 7`.
    private func adviceText(_ cells: Bounds) -> String {
        if cells.min == 0, cells.max > 0 { return "up to \(cells.max.grouped)" }
        return cells.min == cells.max ? cells.max.grouped : "\(cells.min.grouped) to \(cells.max.grouped)"
    }
}
