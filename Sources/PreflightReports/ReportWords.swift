import ImportProfiles
import Preflight
import SafeText

/// Words that several formats share. All are safe to print; none is escaped for a format.
enum ReportWords {
    /// `blocked: 3 rows would be skipped, 0 allowed` or `passed: 12 rows, 1 warning`.
    static func verdict(_ report: Report, _ refusals: [GateRefusal]) -> String {
        if !refusals.isEmpty { return "blocked: " + GateRefusal.message(of: refusals) }
        let warnings = report.totals.warnings
        return "passed: \(report.totals.rows) \(report.totals.rows == 1 ? "row" : "rows")"
            + (warnings == 0 ? "" : ", \(warnings) \(warnings == 1 ? "warning" : "warnings")")
    }

    /// What the lines of a file are: `12 lines: 1 of the header + 11 of 10 rows (1 of them inside quoted fields)`.
    static func lines(_ report: Report) -> String {
        let (lines, rows) = (report.lineAccount, report.totals.rows)
        var parts = lines.header > 0 ? ["\(lines.header.grouped) of the header"] : []
        if lines.passedOver > 0 { parts.append("\(lines.passedOver.grouped) passed over before it") }
        if lines.blank > 0 { parts.append("\(lines.blank.grouped) blank") }
        let inside = lines.ofRows - rows
        parts.append(
            inside > 0
                ? "\(lines.ofRows.grouped) of \(rows.counted("row")) (\(inside.grouped) inside quoted fields)"
                : "\(lines.ofRows.grouped) of rows")
        let end = lines.addsUp(rows: rows) ? "" : ", which does not add up to \(rows.counted("row"))"
        return "\(lines.total.counted("line")): \(parts.joined(separator: " + "))\(end)"
    }

    /// The control totals that hold: `3 control totals hold: rows = 1000, …`; `nil` if there is none.
    static func expectations(_ report: Report) -> String? {
        let held = report.expectations.filter { $0.holds == true }
        guard !held.isEmpty else { return nil }
        let shown = held.prefix(shownTotals).map {
            "\(VisibleText($0.expectation.quantity.key).text) = \($0.found ?? $0.expectation.wanted.text)"
        }
        let more = held.count - shown.count
        return (held.count == 1 ? "1 control total holds: " : "\(held.count.grouped) control totals hold: ") + shown.joined(separator: ", ")
            + (more > 0 ? " and \(more.grouped) more" : "")
    }

    private static let shownTotals = 5

    /// The file as people know it.
    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// `column 3 "Amount"`; without a header a column has no name.
    static func column(_ column: ColumnReference) -> String {
        "column \(column.index)" + (column.name.isEmpty ? "" : " \"\(column.name.shown)\"")
    }

    /// What was found, without the column.
    static func message(_ finding: Finding, _ report: Report) -> String {
        finding.message.isEmpty ? finding.title(hasHeader: report.input.dialect.hasHeader) : finding.message
    }

    /// What was found and where: `column 3 "Amount": 60 values cannot be read as numbers`.
    static func statement(_ finding: Finding, _ report: Report) -> String {
        (finding.column.map { column($0) + ": " } ?? "") + message(finding, report)
    }

    /// `line 5, row 4, byte 90`.
    static func place(_ place: Place) -> String {
        let row = place.row.map { $0 == 0 ? ", header" : ", row \($0)" } ?? ""
        return "line \(place.line)\(row), byte \(place.byteOffset)"
    }

    /// `line 5, row 4, byte 90: "n/a" (not a number)`.
    static func example(_ example: Finding.Example) -> String {
        let value = example.value.map { ": \"\($0.text)\"" } ?? ""
        let reason = example.reason.map { " (\($0))" } ?? ""
        return place(example.place) + value + reason
    }

    /// `none`, `12`, `up to 12` or `3 to 12`.
    static func bounds(_ bounds: Bounds) -> String {
        if bounds.max == 0 { return "none" }
        if bounds.min == bounds.max { return bounds.max.grouped }
        return bounds.min == 0 ? "up to \(bounds.max.grouped)" : "\(bounds.min.grouped) to \(bounds.max.grouped)"
    }

    /// Occurrences that are not among the examples.
    static func more(_ finding: Finding) -> Int { max(0, finding.count - max(1, finding.examples.count)) }

    /// What identifies each finding over runs: not its places, which move with every edit of the file. 16 hexadecimal digits each, all different.
    static func fingerprints(_ report: Report) -> [String] {
        var occurrences: [[String]: Int] = [:]
        return report.findings.map { finding in
            let column = finding.column.map { $0.name.isEmpty ? "\($0.index)" : $0.name.text } ?? ""
            let parts = [report.input.path, finding.code, column, finding.severity.rawValue]
            defer { occurrences[parts, default: 0] += 1 }
            return fingerprint(parts + [occurrences[parts].map(String.init) ?? ""])
        }
    }

    /// FNV-1a.
    static func fingerprint(_ parts: [String]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in parts.joined(separator: "\u{0}").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The path as a URI reference (RFC 3986): absolute paths as `file:` URIs.
    static func uri(_ path: String) -> String {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF")
        var text = path.hasPrefix("/") ? "file://" : ""
        for byte in (path == "-" ? "stdin" : path).utf8 {
            text += unreserved.contains(byte) ? String(Unicode.Scalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
        return text
    }
}
