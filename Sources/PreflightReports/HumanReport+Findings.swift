import ByteSources
import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Columns of one code that are shown with their first places.
    private static let columnsInFull = 5
    /// With a name of usual length before it, a fact of this length ends at column 100.
    private static let factWidth = 76
    /// Columns after these that get a line each; the rest is counted.
    private static let columnsInBrief = 20

    /// Errors first; findings of one code side by side.
    func groups(_ findings: [Finding]) -> [[Finding]] {
        var groups: [[Finding]] = []
        for finding in Severity.allCases.sorted(by: >).flatMap({ severity in findings.filter { $0.severity == severity } }) {
            if let last = groups.last?.first, last.kind == finding.kind, last.severity == finding.severity, last.help == finding.help {
                groups[groups.count - 1].append(finding)
            } else {
                groups.append([finding])
            }
        }
        return groups
    }

    /// Findings of one code: what, in which columns, their first places; then once why it matters and what to do.
    func groupLines(_ group: [Finding], hasHeader: Bool) -> [String] {
        let first = group[0]
        let kind = first.kind
        let title = kind.title(hasHeader: hasHeader)
        let label = style.paint("\(first.severity.rawValue) \(first.code)", TextStyle.Ink(first.severity))
        // A fact about the file that only adds to the title stands in its place.
        let isInTitle = group.count == 1 && first.column == nil && first.message.hasPrefix(title)
        let columns = group.count { $0.column != nil }
        let extent = columns > 1 ? " (\(columns.counted("column")))" : ""
        var lines = ["\(label) \(kind.slug): \(style.paint(isInTitle ? first.message : title, .strong))\(extent)"]
        for finding in group.prefix(shown(Self.columnsInFull)) {
            if !isInTitle { lines += factLines(finding) }
            lines += placeLines(finding)
        }
        let rest = group.dropFirst(shown(Self.columnsInFull))
        lines += rest.prefix(Self.columnsInBrief).map { finding in
            "  " + subject(finding) + fact(finding) + (finding.examples.first.map { ", first in line \($0.place.line)" } ?? "")
        }
        let more = rest.count - Self.columnsInBrief
        if more > 0 { lines.append("  and \(more.counted("more column"))") }
        return lines + proseLines("why:", kind.why) + proseLines("help:", first.help, isWrapped: kind.isFixed(help: first.help))
    }

    /// `column 3 "Amount"`; without a header a column has no name.
    func columnText(_ column: ColumnReference) -> String {
        "column \(column.index)" + (column.name.isEmpty ? "" : " \"\(column.name.shown)\"")
    }

    /// A long fact is broken at the same words whatever the column is called. One without a column may quote names: it stays on its line.
    private func factLines(_ finding: Finding) -> [String] {
        let isWhole = finding.column == nil && !finding.kind.wrapsMessage
        let room = finding.column == nil ? Self.factWidth + 18 : Self.factWidth
        let pieces = isWhole ? [finding.message] : wrapped(fact(finding), room: room)
        let lines = ["  " + subject(finding) + (pieces.first ?? "")] + pieces.dropFirst().map { "      " + $0 }
        return lines.filter { $0 != "  " }
    }

    private func subject(_ finding: Finding) -> String {
        guard let column = finding.column else { return "" }
        return style.paint(columnText(column), .strong) + (finding.message.isEmpty ? "" : ": ")
    }

    /// Behind the name of a column it is no sentence of its own.
    private func fact(_ finding: Finding) -> String {
        finding.column == nil ? finding.message : finding.message.prefix(1).lowercased() + finding.message.dropFirst()
    }

    private func placeLines(_ finding: Finding) -> [String] {
        if !finding.kind.showsPlaces { return [] }
        let lines = finding.examples.flatMap { exampleLines($0, of: finding) }
        let more = finding.count - finding.examples.count
        return more > 0 && !lines.isEmpty ? lines + ["    and \(more.grouped) more"] : lines
    }

    private func exampleLines(_ example: Finding.Example, of finding: Finding) -> [String] {
        var heading = "    " + placeText(example.place, isInColumn: finding.column != nil)
        // Under a caret the value is seen in its line, unless it is too long to be seen whole.
        if let value = example.value, example.excerpt == nil || value.isCut {
            heading += ": \"\(value.text)\""
            if value.isCut { heading += " (\(value.byteCount.counted("byte")))" }
        }
        guard let excerpt = example.excerpt else { return [heading] }
        let bar = style.paint("|", .quiet)
        return [heading, "      \(bar) \(excerpt.text)", "      \(bar) \(caretLine(excerpt, ink: TextStyle.Ink(finding.severity)))"]
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

    private func caretLine(_ excerpt: Finding.Excerpt, ink: TextStyle.Ink) -> String {
        let before = excerpt.text.prefix(excerpt.caretOffset)
        let marked = excerpt.text.dropFirst(excerpt.caretOffset).prefix(excerpt.caretLength)
        // Past the end of the line (an end of file) the caret stands behind the last character.
        let width = max(1, TerminalWidth.columns(of: marked))
        return String(repeating: " ", count: TerminalWidth.columns(of: before)) + style.paint(String(repeating: "^", count: width), ink)
    }
}
