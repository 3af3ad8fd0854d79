package import SafeText

/// A diagnosis in GitHub Flavored Markdown, for tickets and mails: made from the document of `diagnose` for machines.
package struct DiagnosisMarkdown {
    private let document: DiagnosisDocument

    /// - Parameter document: as `diagnosis-v1.schema.json` describes it.
    package init(_ document: JSONValue) {
        self.document = DiagnosisDocument(value: document)
    }

    /// The whole text.
    package var text: String {
        let entries = document.entries
        var parts = [
            "# \(MarkdownReport.code(ReportWords.name(document.path))): \(document.isExplained ? "explained" : "not explained")\n",
            MarkdownReport.escaped(document.headline) + "\n",
            MarkdownReport.escaped(
                ([document.facts] + document.totals.map { "\($0.number) \($0.label)" }).joined(separator: ", ")) + "\n",
        ]
        parts += document.signs.map { "Possibly another file or configuration: \(MarkdownReport.escaped($0)).\n" }
        parts.append("## Predicted against reported\n")
        parts.append(entries.isEmpty ? "The report names no skipped cells.\n" : table(entries))
        parts += entries.prefix(DiagnosisDocument.mostEntries).flatMap(cause)
        let left = entries.count - DiagnosisDocument.mostEntries
        if left > 0 { parts.append("and \(left.counted("more column or reason", "more columns or reasons"))\n") }
        return (parts + rows).joined(separator: "\n")
    }

    private func table(_ entries: [DiagnosisDocument.Entry]) -> String {
        let head = "| column | reason | predicted | reported | verdict |\n| --- | --- | ---: | ---: | --- |\n"
        let rows = entries.prefix(DiagnosisDocument.mostEntries).map { entry in
            "| \(MarkdownReport.cell(entry.column)) | \(MarkdownReport.cell(entry.reason)) | \(entry.value.bounds("predicted")) "
                + "| \(entry.value.number("reported")) | \(MarkdownReport.cell(entry.verdict)) |\n"
        }
        return head + rows.joined()
    }

    /// Why, and where.
    private func cause(_ entry: DiagnosisDocument.Entry) -> [String] {
        var parts = ["## \(MarkdownReport.escaped("\(entry.column), \(entry.reason)"))\n"]
        let explanations = entry.explanations
        if explanations.isEmpty { parts.append("Nothing that was tried explains it.\n") }
        for explanation in explanations.prefix(DiagnosisDocument.mostExplanations) {
            let words = MarkdownReport.escaped(explanation.text("words", limit: 1_500))
            parts.append("**\(DiagnosisDocument.certainty(explanation))**: \(words)\n")
            let line = explanation.text("profileLine", limit: 2_000)
            if !line.isEmpty { parts.append(MarkdownReport.block(line)) }
            let equal = explanation.text("equalWords", limit: 1_500)
            if !equal.isEmpty { parts.append(MarkdownReport.escaped(equal) + "\n") }
        }
        let samples = entry.samples.map {
            "\(MarkdownReport.code(DiagnosisDocument.shown($0, "text"))): \(MarkdownReport.escaped(DiagnosisDocument.found($0)))"
        }
        parts += Self.list("Samples of the import, and where they are", samples, most: DiagnosisDocument.mostSamples, left: 0)
        let cells = entry.cells.map {
            "\(DiagnosisDocument.place($0)): \(MarkdownReport.code(DiagnosisDocument.shown($0, "value")))"
        }
        return parts + Self.list(entry.cellsTitle, cells, most: DiagnosisDocument.mostCells, left: entry.cellsLeft)
    }

    /// - Parameter left: how many are not in the list.
    private static func list(_ title: String, _ items: [String], most: Int, left: Int) -> [String] {
        guard !items.isEmpty else { return [] }
        let more = max(0, items.count - most) + left
        let lines = items.prefix(most).map { "- \($0)\n" } + (more > 0 ? ["- and \(more.grouped) more\n"] : [])
        return ["\(title):\n", lines.joined()]
    }

    private var rows: [String] {
        guard document.hasSkippedRows else { return [] }
        var parts = ["## The skipped rows\n"]
        parts += document.refusals.map { "Not known exactly: \(MarkdownReport.escaped($0)).\n" }
        if document.refusals.isEmpty { parts.append("They are known: `--retry-file FILE` writes exactly them.\n") }
        return parts + document.written.map { MarkdownReport.escaped($0) + ".\n" }
    }
}
