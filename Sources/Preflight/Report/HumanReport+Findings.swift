extension HumanReport {
    /// One finding: what, where, the first places, what to do.
    func findingLines(_ finding: Finding) -> [String] {
        let entry = finding.code.entry
        let label = style.paint("\(finding.severity.rawValue) \(finding.code.rawValue)", TextStyle.Ink(finding.severity))
        var lines = ["\(label) \(entry.slug): \(style.paint(entry.title, .strong))"]
        let extent = [finding.column.map(columnText), extentText(finding)].compactMap(\.self).joined(separator: ": ")
        if !extent.isEmpty { lines.append("  " + extent) }
        if finding.message != entry.title { lines += indented(finding.message) }
        for example in finding.examples { lines += exampleLines(example, isInColumn: finding.column != nil) }
        let more = finding.count - finding.examples.count
        if more > 0, !finding.examples.isEmpty { lines.append("    and \(more.grouped) more") }
        if !finding.help.isEmpty { lines += indented("\(style.paint("help:", .quiet)) \(finding.help)") }
        return lines
    }

    /// `column 3 "Amount"`; a column that the file lacks has no number, one without a header no name.
    func columnText(_ column: ColumnReference) -> String {
        let number = column.index > 0 ? " \(column.index)" : ""
        let name = column.name.isEmpty ? "" : " \"\(column.name)\""
        return "column\(number)\(name)"
    }

    /// How often; `nil` where the finding itself says it: once, about the file as a whole.
    private func extentText(_ finding: Finding) -> String? {
        if finding.rows == 0 { return finding.count == 1 ? nil : finding.count.counted("occurrence") }
        if finding.rows == finding.count { return finding.rows.counted("row") }
        return "\(finding.count.counted("occurrence")) in \(finding.rows.counted("row"))"
    }

    private func exampleLines(_ example: Finding.Example, isInColumn: Bool) -> [String] {
        var heading = "    " + placeText(example.place, isInColumn: isInColumn)
        // Under a caret the value is seen in its line, unless it is too long to be seen whole.
        if let value = example.value, example.excerpt == nil || value.isCut {
            heading += ": \"\(value.text)\""
            if value.isCut { heading += " (\(value.byteCount.counted("byte")))" }
        }
        guard let excerpt = example.excerpt else { return [heading] }
        let bar = style.paint("|", .quiet)
        return [heading, "      \(bar) \(excerpt.text)", "      \(bar) \(caretLine(excerpt))"]
    }

    private func placeText(_ place: Place, isInColumn: Bool) -> String {
        var parts = ["line \(place.line)"]
        switch place.row {
        case nil: break
        case 0?: parts.append("header")
        case let row?: parts.append("row \(row)")
        }
        if let column = place.column, !isInColumn { parts.append("column \(column)") }
        parts.append("byte \(place.byteOffset)")
        return parts.joined(separator: ", ")
    }

    private func caretLine(_ excerpt: Finding.Excerpt) -> String {
        let before = excerpt.text.prefix(excerpt.caretOffset)
        let marked = excerpt.text.dropFirst(excerpt.caretOffset).prefix(excerpt.caretLength)
        // Past the end of the line (an end of file) the caret stands behind the last character.
        let width = max(1, TerminalWidth.columns(of: marked))
        return String(repeating: " ", count: TerminalWidth.columns(of: before)) + style.paint(String(repeating: "^", count: width), .error)
    }

    private func indented(_ text: String) -> [String] {
        text.split(separator: "\n").map { "  " + $0 }
    }
}
