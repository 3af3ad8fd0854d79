/// A profile written from what a file holds: a line for each column, with the evidence above it. What the values leave open is asked, not guessed.
public struct ProfileDraft {
    /// YAML with comments and a final line end.
    public let text: String

    /// - Parameters:
    ///   - report: of a check without a profile.
    ///   - names: of the columns, as the header has them; empty without a header.
    ///   - source: name of the file, for a comment.
    public init(_ report: Report, names: [String], source: String) {
        let dialect = report.input.dialect
        var lines = [
            "# Draft from \(VisibleText(source, limit: 200).text): \(report.totals.rows.counted("row")), "
                + "\(report.totals.columns.counted("column")).",
            "# Above each line stands what the file holds. The import configuration decides, not the file: compare them.",
            "version: 1",
        ]
        var settings = ["delimiter: \(YAMLText.scalar(String(Unicode.Scalar(dialect.delimiter))))"]
        if report.encoding != .utf8 { settings.insert("encoding: \(report.encoding.rawValue)", at: 0) }
        if dialect.quote != UInt8(ascii: "\"") { settings.append("quote: \(YAMLText.scalar(String(Unicode.Scalar(dialect.quote))))") }
        settings.append("header: \(dialect.hasHeader ? 1 : 0)")
        lines.append("dialect: {\(settings.joined(separator: ", "))}")
        lines.append("columns:")
        var known: Set<[UInt8]> = []
        for evidence in report.prediction.evidence {
            let index = evidence.column.index
            let name = dialect.hasHeader ? (index <= names.count ? names[index - 1] : "") : "column-\(index)"
            if name.unicodeScalars.allSatisfy({ $0.properties.isWhitespace }) {
                lines.append("  # column \(index) has no name in the header")
            } else if !known.insert(Array(name.utf8)).inserted {
                lines.append("  # column \(index) has the name of another: \(NodeReader.quoted(name))")
            } else {
                lines += ColumnDraft(evidence, name: name).lines.map { "  " + $0 }
            }
        }
        let more = report.totals.columns - report.prediction.evidence.count
        if more > 0 { lines.append("  # and \(more.counted("column")) more, which were not looked at") }
        lines += ["extra-columns: warn", "gate: {max-skipped: 0}"]
        text = lines.map { $0 + "\n" }.joined()
    }
}
