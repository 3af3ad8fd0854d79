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

    /// Appends a line.
    ///
    /// - Parameters:
    ///   - column: see ``name(_:)``.
    ///   - value: safe to print.
    ///   - cause: see ``cause(code:reason:)``.
    ///   - suggested: safe to print; `nil` for none.
    func append(
        row: Int?, line: Int?, column: [UInt8], value: String, cause: [UInt8], suggested: String? = nil, to bytes: inout [UInt8]
    ) {
        if let line { Self.append(line, to: &bytes) }
        bytes.append(separatorByte)
        if let row { Self.append(row, to: &bytes) }
        bytes.append(separatorByte)
        bytes += column
        bytes.append(separatorByte)
        SpreadsheetCell.append(value, to: &bytes)
        bytes.append(separatorByte)
        bytes += cause
        bytes.append(separatorByte)
        if let suggested { SpreadsheetCell.append(suggested, to: &bytes) }
        if let path {
            bytes.append(separatorByte)
            SpreadsheetCell.append(path, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private var separatorByte: UInt8 { separator.utf8.first ?? UInt8(ascii: ",") }

    /// - Parameter number: not negative.
    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = number
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// The name of a column as a quoted field.
    static func name(_ column: ColumnReference?) -> [UInt8] {
        var bytes: [UInt8] = []
        SpreadsheetCell.append(column.map { $0.name.isEmpty ? "column \($0.index)" : $0.name.shown } ?? "", to: &bytes)
        return bytes
    }

    /// A code and a reason as two fields.
    func cause(code: String, reason: String) -> [UInt8] {
        var bytes = Array(code.utf8)
        bytes.append(separatorByte)
        SpreadsheetCell.append(reason, to: &bytes)
        return bytes
    }

    private func text(
        row: Int?, line: Int?, column: ColumnReference?, value: String, code: String, reason: String
    ) -> String {
        var bytes: [UInt8] = []
        append(
            row: row, line: line, column: Self.name(column), value: value, cause: cause(code: code, reason: reason), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
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
