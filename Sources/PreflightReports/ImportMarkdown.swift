import SafeText

/// An import in GitHub Flavored Markdown.
enum ImportMarkdown {
    static func text(_ result: ImportResult) -> String {
        var parts = [
            "# \(MarkdownReport.code("import \(result.name)")): \(MarkdownReport.escaped(result.state))\n",
            MarkdownReport.escaped(result.closing) + "\n",
        ]
        let totals = result.totals.map { "\($0.number) \($0.label)" }.joined(separator: ", ")
        if !totals.isEmpty { parts.append("Rows: \(totals)\n") }
        if !result.skips.isEmpty { parts += ["## \(title(result))\n", table(result)] }
        if !result.facts.isEmpty { parts += ["## What is known\n", result.facts.map { "- \(MarkdownReport.escaped($0))\n" }.joined()] }
        return parts.joined(separator: "\n")
    }

    static func title(_ result: ImportResult) -> String { result.isCompared ? "Predicted against reported" : "Reported skips" }

    private static func table(_ result: ImportResult) -> String {
        let isCompared = result.isCompared
        let heads = ["column", "reason"] + (isCompared ? ["predicted"] : []) + ["reported"] + (isCompared ? ["verdict"] : []) + ["samples"]
        let rules = heads.map { $0 == "predicted" || $0 == "reported" ? "---:" : "---" }
        let rows = result.skips.prefix(ImportResult.mostSkips).map { skip in
            let (column, reason) = (MarkdownReport.cell(skip.column), MarkdownReport.cell(skip.reason))
            let samples = skip.samples.map(MarkdownReport.code).joined(separator: ", ")
            return isCompared
                ? [column, reason, skip.predicted, skip.reported, MarkdownReport.cell(skip.verdict), samples]
                : [column, reason, skip.reported, samples]
        }
        let left = result.skips.count - ImportResult.mostSkips
        return ([heads, rules] + rows).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
            + (left > 0 ? "\nand \(left.counted("more column or reason", "more columns or reasons"))\n" : "")
    }
}
