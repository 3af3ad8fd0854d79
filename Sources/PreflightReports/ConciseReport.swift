import ImportProfiles
package import Preflight
import SafeText

/// One line an example, for editors, CI logs and `grep`: `file:line:field: severity CODE title (column): "value"`.
///
/// Line and field are left out where there is no such place. A finding with more occurrences than examples adds `file: CODE (column) and
/// N more`, a refusal that is about no finding adds `file: gate: sentence`. Never coloured; numbers ungrouped; nothing at all for a file
/// with nothing to say of.
package enum ConciseReport {
    /// The lines, each with its line end.
    package static func text(for report: Report, refusals: [GateRefusal]) -> String {
        var lines: [String] = []
        let path = report.input.path
        for finding in report.findings {
            let statement = statement(finding, hasHeader: report.input.dialect.hasHeader)
            lines += finding.examples.map { line(statement, $0, path: path) }
            if finding.examples.isEmpty { lines.append("\(path): \(statement)") }
            // A finding without an example has one line all the same, which stands for its first occurrence.
            let more = finding.count - max(1, finding.examples.count)
            if more > 0 { lines.append("\(path): \(finding.code)\(columnSuffix(finding)) and \(more) more") }
        }
        for refusal in refusals {
            if case .finding = refusal { continue }
            lines.append("\(path): gate: \(refusal.sentence)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func line(_ statement: String, _ example: Finding.Example, path: String) -> String {
        let field = example.place.column.map { ":\($0)" } ?? ""
        let value = example.value.map { ": \"\($0.text)\"" } ?? ""
        return "\(path):\(example.place.line)\(field): \(statement)\(value)"
    }

    private static func statement(_ finding: Finding, hasHeader: Bool) -> String {
        let title = finding.kind.title(hasHeader: hasHeader)
        return "\(finding.severity.rawValue) \(finding.code) \(title)\(columnSuffix(finding))"
    }

    private static func columnSuffix(_ finding: Finding) -> String {
        guard let column = finding.column, !column.name.isEmpty else { return "" }
        return " (\(column.name.shown))"
    }
}

extension ReportFormat {
    /// One line for each example.
    public static let concise = ReportFormat(
        name: "concise",
        summary: "One line per example, `file:line:field: severity code title (column): \"value\"`, for editors and `grep`.",
        outcome: .status
    ) { result in
        guard case .judged(let file) = result else { return "" }
        return ConciseReport.text(for: file.report, refusals: file.refusals)
    }
}
