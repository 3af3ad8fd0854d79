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
        if let best = advice.settings.first {
            lines = [subject + "\(best.words): \(adviceText(advice.cells)) → \(adviceText(best.cells))", "      \(best.profileLine)"]
        } else if !advice.wereSettingsTried {
            lines = [subject + "\(adviceText(advice.cells)); the column has too many kinds of values to try other settings."]
            if advice.shapes.isEmpty { lines.append("      Such a column usually holds text.") }
        } else {
            lines = [subject + "\(adviceText(advice.cells)), and no single setting leaves fewer."]
        }
        if advice.settings.count > 1 {
            let others = advice.settings.dropFirst().map { "\($0.words) (→ \(adviceText($0.cells)))" }
            lines.append("      or " + others.joined(separator: ", or "))
        }
        if !advice.shapes.isEmpty { lines.append("      values: " + shapesText(advice)) }
        if let slice = advice.slice { lines.append("      " + sliceText(slice)) }
        return lines
    }

    /// `58 like "42.857,56" (99.999,99), 2 like "n/a"`.
    private func shapesText(_ advice: ColumnAdvice) -> String {
        var words = advice.shapes.map { shape in
            let text = shape.text == shape.value ? "" : " (\(shape.text.text))"
            return "\(shape.count.grouped) like \"\(shape.value.text)\"\(text)"
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
