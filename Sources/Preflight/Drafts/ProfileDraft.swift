import CSVTokenizer
import ImportProfiles
import SafeText

/// A profile written from what a file holds: a line for each column, with the evidence above it. What the values leave open is asked, not guessed.
package struct ProfileDraft {
    /// YAML with comments and a final line end.
    package let text: String

    /// - Parameters:
    ///   - reading: of the whole file.
    ///   - source: name of the file, for a comment.
    package init(_ reading: DraftReading, source: String) {
        let report = reading.report
        var lines = [
            "# Draft from \(VisibleText(source, limit: 200).text): \(report.totals.rows.counted("row")), "
                + "\(report.totals.columns.counted("column")).",
            "# Comments show the values found in each column. The import configuration decides, not the file: compare them.",
        ]
        if let note = reading.encodingNote { lines.append("# Encoding: \(note). Use --transcode to send it as UTF-8.") }
        lines += ["version: 1", "dialect: " + YAMLText.map(Self.dialectEntries(report)), "columns:"]
        lines += Self.columnLines(report).map { "  " + $0 }
        lines += ["extra-columns: warn", "gate: {max-skipped: 0}"]
        text = lines.map { $0 + "\n" }.joined()
    }

    private static func dialectEntries(_ report: Report) -> [(key: String, value: String)] {
        let dialect = report.input.dialect
        var entries: [(key: String, value: String)] = []
        if report.encoding != .utf8 { entries.append(("encoding", report.encoding.rawValue)) }
        // With one column the delimiter is unknown, unless it was given.
        if report.totals.columns > 1 || dialect.origin != .detected {
            entries.append(("delimiter", YAMLText.scalar(String(Unicode.Scalar(dialect.delimiter)))))
        }
        if dialect.quote != UInt8(ascii: "\"") { entries.append(("quote", YAMLText.scalar(String(Unicode.Scalar(dialect.quote))))) }
        entries.append(("header", dialect.hasHeader ? "1" : "0"))
        return entries
    }

    private static func columnLines(_ report: Report) -> [String] {
        let names = report.input.columnNames.map(\.bytes)
        let hasHeader = report.input.dialect.hasHeader
        let evidence = report.prediction.evidence
        let count = hasHeader ? names.count : report.totals.columns
        var lines: [String] = []
        var known: Set<[UInt8]> = []
        for index in 0..<count {
            let name = hasHeader ? String(decoding: names[index], as: UTF8.self) : "column-\(index + 1)"
            if HeaderCheck.isBlank(Array(name.utf8)) {
                lines.append("# column \(index + 1) has no name in the header")
            } else if !known.insert(Array(name.utf8)).inserted {
                lines.append("# column \(index + 1) has the same name as another: \(YAMLText.shown(name))")
            } else if index < evidence.count {
                lines += ColumnDraft(evidence[index], name: name).lines
            } else {
                lines.append("# not examined: a draft examines the first \(evidence.count.grouped) columns")
                lines.append(UndecidedColumn.line(name: name))
            }
        }
        let more = report.totals.columns - count
        if more > 0 { lines.append("# and \(more.counted("column")) more without a name: the header is too long") }
        return lines
    }
}
