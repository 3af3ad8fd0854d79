import ImportProfiles
package import Preflight
import SafeText

/// One line per example, for editors, CI logs and `grep`: `file:line:column: severity CODE "name": title: "value" (reason)`.
///
/// A finding without a place has no line or column; the column counts characters, as editors do. A finding with more occurrences than examples
/// adds `file: CODE "name": N more`. The last line is the verdict on the file, with the next command. Never coloured; digits are not grouped.
package enum ConciseReport {
    /// The lines, each with its line end.
    package static func text(for report: Report, refusals: [GateRefusal]) -> String {
        var lines: [String] = []
        let path = report.input.path
        for finding in report.findings {
            let statement = statement(finding, hasHeader: report.input.dialect.hasHeader)
            lines += finding.examples.map { line(statement, $0, path: path) }
            if finding.examples.isEmpty { lines.append("\(path): \(statement)") }
            // A finding without examples has a line too, which counts as its first occurrence.
            let more = ReportWords.more(finding)
            if more > 0 { lines.append("\(path): \(finding.code) \(columnPrefix(finding))\(more) more") }
        }
        lines.append("\(path): \(verdict(report, refusals))")
        return lines.map { $0 + "\n" }.joined()
    }

    /// The line about a file that could not be read.
    static func unreadable(path: String, message: String) -> String { "\(path): unreadable: \(message)\n" }

    private static func verdict(_ report: Report, _ refusals: [GateRefusal]) -> String {
        let next = HumanReport.codeToExplain(report, refusals).map { ". Next: preflight explain \($0.code)" } ?? ""
        return ReportWords.verdict(report, refusals) + next
    }

    private static func line(_ statement: String, _ example: Finding.Example, path: String) -> String {
        let column = example.excerpt?.characterColumn.map { ":\($0)" } ?? ""
        let value = example.value.map { ": \"\($0.text)\"" } ?? ""
        let reason = example.reason.map { " (\($0))" } ?? ""
        return "\(path):\(example.place.line)\(column): \(statement)\(value)\(reason)"
    }

    private static func statement(_ finding: Finding, hasHeader: Bool) -> String {
        // Without a place the message has what there is to say.
        let title = finding.examples.isEmpty && !finding.message.isEmpty ? finding.message : finding.title(hasHeader: hasHeader)
        return "\(finding.severity.rawValue) \(finding.code) \(columnPrefix(finding))\(title)"
    }

    private static func columnPrefix(_ finding: Finding) -> String {
        finding.column.map { HumanReport.nameText($0) + ": " } ?? ""
    }
}

extension ReportFormat {
    /// One line for each example.
    public static let concise = ReportFormat(
        name: "concise",
        summary:
            "One line per example, `file:line:column: severity CODE \"name\": title: \"value\" (reason)`, then the verdict: for editors and `grep`.",
        outcome: .status, importText: { $0.closing + "\n" }
    ) { result in
        switch result {
        case .judged(let file): ConciseReport.text(for: file.report, refusals: file.refusals)
        case .unreadable(let path, let message, _): ConciseReport.unreadable(path: path, message: message)
        }
    }
}
