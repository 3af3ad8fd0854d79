import ImportProfiles
import Preflight
import SafeText

extension HumanReport {
    /// Rows of the table; further ones are counted.
    private static let tableRows = 5
    /// The fewest columns for what was found; with fewer, the places are left out.
    private static let leastRoom = 24

    /// A row of the table.
    private struct Row {
        var severity: Severity
        var code: String
        var extent: String
        var what: String
        var place: String
    }

    /// Errors and warnings at a glance, if there is more than one.
    func summaryLines(_ groups: [FindingGroup], _ report: Report) -> [String] {
        let serious = groups.filter { $0.first.severity > .note }
        let rows = serious.flatMap { group in group.entries.map { row($0, report) } }
        guard rows.count > 1 else { return [] }
        let shownRows = rows.prefix(shown(Self.tableRows))
        var lines = tableLines(Array(shownRows))
        let more = rows.count - shownRows.count
        let notes = groups.count - serious.count
        let rest = [more > 0 ? more.counted("more finding") : "", notes > 0 ? notes.counted("note") : ""].filter { !$0.isEmpty }
        if !rest.isEmpty { lines.append("  and " + rest.joined(separator: ", ")) }
        return lines
    }

    private func tableLines(_ rows: [Row]) -> [String] {
        func widest(_ text: (Row) -> String) -> Int { rows.map { TerminalWidth.columns(of: text($0)) }.max() ?? 0 }
        let (severity, extent, place) = (widest(\.severity.rawValue), widest(\.extent), widest(\.place))
        let fixed = 2 + severity + 2 + extent + 2
        let code = 1 + 5
        // In a narrow terminal first the codes are left out, which the blocks repeat, then the places.
        let room = style.width - fixed - widest(\.what)
        let showsCodes = room >= code + (place > 0 ? 2 + place : 0)
        let showsPlaces = place > 0 && (room >= 2 + place || style.width - fixed - 2 - place >= Self.leastRoom)
        let what = min(style.width - fixed - (showsCodes ? code : 0) - (showsPlaces ? 2 + place : 0), widest(\.what))
        return rows.map { row in
            let label = style.paint(Self.padded(row.severity.rawValue, to: severity), TextStyle.Ink(row.severity))
            let count = Self.spaces(extent - row.extent.count) + row.extent
            let text = Self.clippedAtWord(row.what, to: what)
            let line = "  \(label)\(showsCodes ? " \(row.code)" : "")  \(count)  "
            if !showsPlaces || row.place.isEmpty { return line + text }
            return line + Self.padded(text, to: what) + "  " + style.paint(row.place, .quiet)
        }
    }

    /// The beginning of the text in at most `width` columns, with `…` after the last whole word where it goes on.
    private static func clippedAtWord(_ text: String, to width: Int) -> String {
        let clipped = clipped(text, to: width)
        guard clipped != text, let space = clipped.lastIndex(of: " ") else { return clipped }
        return clipped[..<space] + "…"
    }

    private func row(_ entry: FindingGroup.Entry, _ report: Report) -> Row {
        let finding = entry.finding
        let title = finding.title(hasHeader: report.input.dialect.hasHeader)
        let more = entry.twins.isEmpty ? "" : " and \(entry.twins.count.counted("more column"))"
        let what = finding.column.map { "\(Self.nameText($0))\(more): \(title)" } ?? title
        return Row(
            severity: finding.severity, code: finding.code, extent: extentText(finding), what: what, place: placeText(finding))
    }

    private func extentText(_ finding: Finding) -> String {
        if finding.rows > 0 { return finding.rows.counted("row") }
        guard let place = finding.examples.first?.place, finding.kind.showsPlaces else { return "file" }
        if place.row == 0 { return "header" }
        return finding.count == 1 ? "once" : finding.count.counted("time")
    }

    private func placeText(_ finding: Finding) -> String {
        guard finding.kind.showsPlaces, let first = finding.examples.first?.place.line else { return "" }
        var lines: [Int] = []
        for example in finding.examples where example.place.line != lines.last { lines.append(example.place.line) }
        if finding.count > finding.examples.count || lines.count > 3 { return "from line \(first)" }
        return lines.count == 1 ? "line \(first)" : "lines " + lines.map(String.init).joined(separator: ", ")
    }

    /// `"Amount"`, or `column 3` if it has no name.
    static func nameText(_ column: ColumnReference) -> String {
        column.name.isEmpty ? "column \(column.index)" : "\"\(column.name.shown)\""
    }
}
