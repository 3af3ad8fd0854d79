import ByteSources
import ImportProfiles
import Preflight
import SafeText

/// A report in GitHub Flavored Markdown, for summaries of CI runs, tickets and mails.
enum MarkdownReport {
    /// Findings in the table and in detail; further ones are counted.
    private static let mostFindings = 50

    static func entry(_ result: FileResult, _ progress: inout ReportStream.Progress) -> String {
        let separator = progress.isFirst ? "" : "\n"
        progress.isFirst = false
        switch result {
        case .judged(let file): return separator + text(file)
        case .unreadable(let path, let message, _):
            return "\(separator)# \(code(ReportWords.name(path))): unreadable\n\n\(escaped(message))\n"
        }
    }

    private static func text(_ file: FileReport) -> String {
        let report = file.report
        let isBlocked = !file.refusals.isEmpty
        var text = "# \(code(ReportWords.name(report.input.path))): \(isBlocked ? "blocked" : "passed")\n\n"
        text += escaped(sentence(file)) + "\n\n"
        text += facts(report)
        if !report.prediction.columns.isEmpty { text += "\n" + predictionTable(report.prediction) }
        let findings = FindingGroup.groups(of: report.findings).flatMap { group in group.entries.map(\.finding) }
        guard !findings.isEmpty else { return text }
        text += "\n## Findings\n\n" + table(findings, report)
        for finding in findings.prefix(mostFindings) where finding.severity > .note { text += "\n" + detail(finding, report) }
        if findings.count > mostFindings { text += "\nand \((findings.count - mostFindings).counted("more finding"))\n" }
        return text
    }

    /// After a push what became of it, else what the gate says.
    private static func sentence(_ file: FileReport) -> String {
        if file.outcome != nil || file.push != nil { return file.exit.reason }
        let verdict = ReportWords.verdict(file.report, file.refusals)
        return verdict.prefix(1).uppercased() + verdict.dropFirst() + "."
    }

    private static func facts(_ report: Report) -> String {
        let totals = report.totals
        var facts = [
            "\(ByteCount(report.input.decompressedBytes))", totals.rows.counted("row"), totals.columns.counted("column"),
            totals.errors.counted("error"), totals.warnings.counted("warning"), totals.notes.counted("note"),
        ]
        if !report.isComplete { facts.append("**not all of the file was checked**") }
        return facts.joined(separator: ", ") + "\n"
    }

    private static func predictionTable(_ prediction: Prediction) -> String {
        let isSure = prediction.basis == .profile
        var text = "## \(isSure ? "Predicted" : "Estimated") skips\n\n"
        text += "\(ReportWords.bounds(prediction.skippedRows)) of the rows "
        text +=
            isSure
            ? "(assuming that a cell that cannot be read drops its row).\n\n" : "may be skipped (no profile: types are inferred).\n\n"
        text += "| column | cells | reason | for example |\n| --- | ---: | --- | --- |\n"
        for column in prediction.columns.prefix(mostFindings) {
            let samples = column.samples.map(code).joined(separator: ", ")
            text +=
                "| \(cell(ReportWords.column(column.column))) | \(ReportWords.bounds(column.cells)) | \(cell(column.reason.shown)) | \(samples) |\n"
        }
        let more = prediction.columns.count - mostFindings
        return more > 0 ? text + "\nand \(more.counted("more column"))\n" : text
    }

    private static func table(_ findings: [Finding], _ report: Report) -> String {
        let head = "| severity | code | rows | finding | first place |\n| --- | --- | ---: | --- | --- |\n"
        let rows = findings.prefix(mostFindings).map { finding in
            let place = finding.kind.showsPlaces ? finding.examples.first.map { ReportWords.place($0.place) } ?? "" : ""
            return "| \(finding.severity.rawValue) | \(finding.code) | \(finding.rows > 0 ? finding.rows.grouped : "") | "
                + "\(cell(ReportWords.statement(finding, report))) | \(place) |\n"
        }
        return head + rows.joined()
    }

    private static func detail(_ finding: Finding, _ report: Report) -> String {
        let column = finding.column.map { ": " + ReportWords.column($0) } ?? ""
        var text = "### \(finding.code) \(finding.kind.slug)\(escaped(column))\n\n"
        text += escaped("\(ReportWords.message(finding, report)). \(finding.kind.why)") + "\n"
        if !finding.help.isEmpty { text += "\n**What to do:** \(escaped(finding.help))\n" }
        if finding.kind.showsPlaces, !finding.examples.isEmpty {
            text += "\n"
            for example in finding.examples {
                let value = example.value.map { ": " + code($0.text) } ?? ""
                let reason = example.reason.map { " (\(escaped($0)))" } ?? ""
                text += "- \(ReportWords.place(example.place))\(value)\(reason)\n"
            }
            let more = ReportWords.more(finding)
            if more > 0 { text += "- and \(more.grouped) more\n" }
        }
        if let advice = report.prediction.advice.first(where: { $0.column == finding.column }), finding.predicts != nil {
            text += self.advice(advice)
        }
        return text
    }

    private static func advice(_ advice: ColumnAdvice) -> String {
        guard !advice.settings.isEmpty else { return "" }
        let isOpen = advice.openSettings > 0
        let settings = isOpen ? Array(advice.settings.prefix(advice.openSettings)) : [advice.settings[0]]
        var text = isOpen ? "\nSeveral formats fit; ask someone who knows the data:\n" : "\nAnother format reads more:\n"
        for setting in settings {
            text += "\n\(escaped(setting.words)): \(ReportWords.bounds(advice.cells)) → \(ReportWords.bounds(setting.cells))\n\n"
            text += block(setting.profileLine)
        }
        return text
    }

    // MARK: Escaping

    /// Text in which nothing is markup.
    static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", ">", "$": "\\\(character)"
            // No mention, and below no address that a renderer makes a link of.
            case "@": "&#64;"
            default: String(character)
            }
        }.joined().replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
    }

    /// For a cell of a table, in which a line end would end the row.
    static func cell(_ text: String) -> String { escaped(text.replacing("\n", with: " ")) }

    /// A code span around any text: its fence is longer than every run of backticks. A bar would end a cell of a table even in a code span.
    static func code(_ text: String) -> String {
        let run = longestRun(in: text)
        let fence = String(repeating: "`", count: run + 1)
        let pad = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") || text.isEmpty ? " " : ""
        return fence + pad + text.replacing("|", with: "\\|") + pad + fence
    }

    static func block(_ text: String) -> String {
        let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
        return "\(fence)yaml\n\(text)\n\(fence)\n"
    }

    private static func longestRun(in text: String) -> Int {
        var (longest, run) = (0, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

extension ReportFormat {
    /// GitHub Flavored Markdown.
    package static let markdown = ReportFormat(
        name: "markdown", summary: "GitHub Flavored Markdown, for summaries of CI runs, tickets and mails.",
        importText: ImportMarkdown.text, entry: MarkdownReport.entry)
}
