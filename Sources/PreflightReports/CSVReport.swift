import Preflight

extension ReportFormat {
    /// A list for spreadsheets. While a file is checked `CellList` writes it, with every cell; from a report alone the places that it has.
    package static let csv = ReportFormat(
        name: "csv",
        summary:
            "Every cell and row with a finding, for spreadsheets: line, row, column, value, code, reason, and the value as it should be written.",
        beginning: CellLine(path: "").header(hasMark: false)
    ) { result, progress in
        progress.isFirst = false
        switch result {
        case .judged(let file): return CellLine(path: file.report.input.path).examples(of: file.report)
        case .unreadable(let path, let message, _): return CellLine(path: path).unreadable(message)
        }
    }
}
