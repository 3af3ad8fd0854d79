import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension HumanReport {
    /// Columns of one kind that are shown with their first places.
    private static let columnsInFull = 5
    /// Columns after these that get one line each; further ones are counted.
    private static let columnsInBrief = 20
    /// Doubts that are named with their counts; the rest is counted.
    private static let shownDoubts = 6
    /// The help of a finding that needs no fix.
    private static let nothingToDo = "Nothing to do."
    /// Columns with the same finding that are named.
    private static let namedTwins = 3

    /// The findings of one kind: the columns, the first places with reasons, what another format would change, and the fix.
    func blockLines(_ group: FindingGroup, _ report: Report, advice: inout [ColumnAdvice]) -> [String] {
        let first = group.first
        let label = "\(first.severity.rawValue)[\(first.code)]"
        if first.severity == .note, !showsAll { return noteLines(group, label: label, report) }
        var lines: [String] = []
        let isFutile = first.kind.comparesSettings && isFutile(group, advice)
        if group.entries.count == 1 {
            lines += paragraph(label, ink: TextStyle.Ink(first.severity), indent: 0, heading(group.entries[0], report))
            lines += entryLines(group.entries[0], report, isFutile: isFutile, indent: 2, advice: &advice)
        } else {
            let columns = group.entries.reduce(0) { $0 + ($1.finding.column == nil ? 0 : 1 + $1.twins.count) }
            var heading = WrappedText(title(first, report))
            if columns > 1 { heading.add("(\(columns.counted("column")))") }
            lines += paragraph(label, ink: TextStyle.Ink(first.severity), indent: 0, heading)
            for entry in group.entries.prefix(shown(Self.columnsInFull)) {
                lines += paragraph("", ink: .quiet, indent: 2, self.heading(entry, report))
                lines += entryLines(entry, report, isFutile: isFutile, indent: 4, advice: &advice)
            }
            lines += briefLines(group.entries.dropFirst(shown(Self.columnsInFull)), report)
        }
        if showsAll { lines += paragraph("why:", ink: .quiet, indent: 2, WrappedText(first.kind.why)) }
        return lines + (isFutile ? correctionLines(group) : fixLines(first))
    }

    /// A note takes one line, or as many as its text needs.
    private func noteLines(_ group: FindingGroup, label: String, _ report: Report) -> [String] {
        var text = heading(group.entries[0], report)
        let more = group.entries.count - 1
        if more > 0 { text.add("(and \(more.counted("more column")))") }
        return paragraph(label, ink: .note, indent: 0, text)
    }

    private func title(_ finding: Finding, _ report: Report) -> String {
        finding.title(hasHeader: report.input.dialect.hasHeader)
    }

    /// `"Amount": 3 values cannot be read as numbers, also in "Total"`.
    private func heading(_ entry: FindingGroup.Entry, _ report: Report) -> WrappedText {
        let finding = entry.finding
        let message = finding.message.isEmpty ? title(finding, report) : hasReasons(finding) ? finding.briefMessage : finding.message
        guard let column = finding.column else { return WrappedText(message) }
        var text = WrappedText()
        text.add(whole: columnText(column) + ":")
        text.add(message + (entry.twins.isEmpty ? "" : ","))
        if !entry.twins.isEmpty { text.add("also in \(twinsText(entry.twins))") }
        return text
    }

    /// Whether the lines of the places show the reasons, so that the heading need not list them.
    private func hasReasons(_ finding: Finding) -> Bool {
        !showsAll && finding.listsValues && !finding.briefMessage.isEmpty && finding.examples.allSatisfy { $0.reason != nil }
    }

    private func twinsText(_ twins: [ColumnReference]) -> String {
        let named = twins.prefix(shown(Self.namedTwins)).map(Self.nameText).joined(separator: ", ")
        let more = twins.count - min(twins.count, shown(Self.namedTwins))
        return more > 0 ? "\(named) and \(more.counted("more column"))" : named
    }

    /// `column 3 "Amount"`; without a header a column has no name.
    func columnText(_ column: ColumnReference) -> String {
        "column \(column.index)" + (column.name.isEmpty ? "" : " \"\(Self.clipped(column.name.shown, to: style.width / 2))\"")
    }

    private func entryLines(
        _ entry: FindingGroup.Entry, _ report: Report, isFutile: Bool, indent: Int, advice: inout [ColumnAdvice]
    ) -> [String] {
        let finding = entry.finding
        var lines = placeLines(finding, indent: indent) + doubtLines(finding.doubts, indent: indent)
        guard let column = finding.column else { return lines }
        lines += effectLines(column, finding, report, indent: indent)
        if !finding.isStructural, let index = advice.firstIndex(where: { $0.column == column }) {
            lines += adviceLines(advice.remove(at: index), in: finding, isFutile: isFutile, indent: indent)
        }
        // Advice is shown once, not again for the other columns with the same finding.
        if !showsAll { advice.removeAll { entry.twins.contains($0.column) } }
        return lines
    }

    /// `doubts: 80 trailing-sign, 3 irregular-grouping`: the names that a profile's "assume" has.
    private func doubtLines(_ counts: DoubtCounts, indent: Int) -> [String] {
        let entries = counts.entries
        if entries.isEmpty { return [] }
        if entries.count == 1, counts.otherCount == 0 {
            let names = entries[0].doubts.doubts.map(\.name)
            let text = WrappedText(names.joined(separator: " with "))
            return paragraph(names.count == 1 ? "doubt:" : "doubts:", ink: .quiet, indent: indent, text)
        }
        var text = WrappedText()
        let listed = entries.prefix(shown(Self.shownDoubts))
        let more = entries.dropFirst(listed.count).reduce(counts.otherCount) { $0 + $1.count }
        for (index, entry) in listed.enumerated() {
            let names = entry.doubts.doubts.map(\.name).joined(separator: " with ")
            text.add("\(entry.count.grouped) \(names)" + (index + 1 < listed.count || more > 0 ? "," : ""))
        }
        if more > 0 { text.add(more.counted("other")) }
        return paragraph("doubts:", ink: .quiet, indent: indent, text)
    }

    private func briefLines(_ entries: ArraySlice<FindingGroup.Entry>, _ report: Report) -> [String] {
        var lines: [String] = []
        for entry in entries.prefix(Self.columnsInBrief) {
            var text = heading(entry, report)
            if let line = entry.finding.examples.first?.place.line { text.add("(from line \(line))") }
            lines += paragraph("", ink: .quiet, indent: 2, text)
        }
        let more = entries.count - min(entries.count, Self.columnsInBrief)
        return more > 0 ? lines + ["  and \(more.counted("more column"))"] : lines
    }

    /// Whether other settings were tried for all columns of the group, and none reads more values.
    private func isFutile(_ group: FindingGroup, _ advice: [ColumnAdvice]) -> Bool {
        group.entries.allSatisfy { entry in
            advice.contains { $0.column == entry.finding.column && $0.settings.isEmpty && $0.wereSettingsTried }
        }
    }

    /// What to do where no setting helps.
    private func correctionLines(_ group: FindingGroup) -> [String] {
        let values = group.entries.reduce(0) { $0 + $1.finding.count } == 1 ? "the value" : "the values"
        let text = "Correct \(values) in the file: no other setting would read more (tested on all rows)."
        return paragraph("fix:", ink: .quiet, indent: 2, WrappedText(text))
    }

    /// The fix. A command, recognized by its placeholder `FILE`, is never broken and ends its line, so that it can be pasted.
    private func fixLines(_ finding: Finding) -> [String] {
        if finding.help.isEmpty || finding.help == Self.nothingToDo { return [] }
        let (prose, command, rest) = separated(finding.help)
        var lines = paragraph("fix:", ink: .quiet, indent: 2, WrappedText(prose))
        guard let command else { return lines }
        let last = lines[lines.count - 1]
        // The label is painted in the first line only.
        let width = lines.count == 1 ? Self.spaces(7).count + prose.count : last.count
        if rest.isEmpty, width + 1 + command.count <= proseWidth {
            lines[lines.count - 1] = last + " " + command
        } else {
            lines.append(Self.spaces(Self.hanging) + command)
        }
        return rest.isEmpty
            ? lines
            : lines
                + WrappedText(rest).lines(first: proseWidth - Self.hanging, room: proseWidth - Self.hanging).map {
                    Self.spaces(Self.hanging) + $0
                }
    }

    /// The text up to its last colon, the command after it, if it is one, and the sentence after that.
    private func separated(_ text: String) -> (prose: String, command: String?, rest: String) {
        guard let colon = text.ranges(of: ": ").last, text[colon.upperBound...].contains(" FILE") else { return (text, nil, "") }
        let tail = text[colon.upperBound...]
        let stop = tail.firstRange(of: ". ")
        return (
            String(text[..<colon.lowerBound]) + ":", String(tail[..<(stop?.lowerBound ?? tail.endIndex)]),
            stop.map { String(tail[$0.upperBound...]) } ?? ""
        )
    }
}
