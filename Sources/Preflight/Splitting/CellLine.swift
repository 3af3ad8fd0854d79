import SafeText

/// A line of the list of cells with findings: see ``CellList``.
package struct CellLine {
    package var separator = ","
    /// The file, if the lines of several are to be told apart; safe to print.
    package var path: String?

    package init(separator: String = ",", path: String? = nil) {
        self.separator = separator
        self.path = path
    }

    /// The first line.
    package func header(hasMark: Bool) -> String {
        let names = ["line", "row", "column", "value", "code", "reason", "suggested"] + (path == nil ? [] : ["file"])
        return (hasMark ? "\u{FEFF}" : "") + names.joined(separator: separator) + "\n"
    }

    /// - Parameters:
    ///   - value: safe to print.
    ///   - suggested: likewise; `nil` for none.
    func text(
        row: Int?, line: Int?, column: ColumnReference?, value: String, code: String, reason: String, suggested: String? = nil
    ) -> String {
        let name = column.map { $0.name.isEmpty ? "column \($0.index)" : $0.name.shown } ?? ""
        var fields = [
            line.map(String.init) ?? "", row.map(String.init) ?? "", SpreadsheetCell.field(name), SpreadsheetCell.field(value), code,
            SpreadsheetCell.field(reason), suggested.map(SpreadsheetCell.field) ?? "",
        ]
        if let path { fields.append(SpreadsheetCell.field(path)) }
        return fields.joined(separator: separator) + "\n"
    }

    /// The places that a report has of its findings.
    ///
    /// - Parameter kinds: whose occurrences were listed.
    package func examples(of report: Report, except kinds: Set<FindingKind> = []) -> String {
        var text = ""
        for finding in report.findings where !kinds.contains(finding.kind) {
            let title = finding.kind.title(hasHeader: report.input.dialect.hasHeader)
            if finding.examples.isEmpty {
                text += self.text(row: nil, line: nil, column: finding.column, value: "", code: finding.code, reason: title)
            }
            for example in finding.examples {
                text += self.text(
                    row: example.place.row, line: example.place.line, column: finding.column, value: example.value?.text ?? "",
                    code: finding.code, reason: example.reason ?? title)
            }
        }
        return text
    }

    /// A file that could not be read.
    package func unreadable(_ message: String) -> String {
        text(row: nil, line: nil, column: nil, value: "", code: "", reason: message)
    }
}
