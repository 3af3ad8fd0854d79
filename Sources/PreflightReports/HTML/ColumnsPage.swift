import ImportProfiles
package import Preflight
import SafeText

/// What the columns of a file hold, as one page to look at: the cards of the report.
package enum ColumnsPage {
    /// What is kept for the frame of the page.
    private static let frameBytes = 60_000

    /// - Parameter report: with statistics.
    package static func html(_ report: Report) -> String {
        let file = FileReport(
            report: report, refusals: [], policy: GatePolicy(), style: .plain, exit: ExitSummary(status: 0, reason: ""))
        let budget = HTMLReport.mostBytes - frameBytes
        let cards = FilePage(file, budget: budget).columnCards
        let (html, count) = HTMLReport.fitting(cards.lazy.map { $0() }, budget)
        let totals = report.totals
        let left = totals.columns - count
        let context: [String: Any] = [
            "path": ReportWords.name(report.input.path), "incomplete": !report.isComplete, "columns": html,
            "facts": "\(totals.rows.counted("row")), \(totals.columns.counted("column")), \(ByteCount(report.input.decompressedBytes))",
            "columnsMore": left > 0 ? left.counted("more column") : "",
        ]
        return HTMLReport.beginning + HTMLReport.render("columns", context) + HTMLReport.end
    }
}

extension HTMLTemplates {
    static let columns = """
        <main>
        <header class="verdict good">
        <p class="state">columns</p>
        <h1>{{path}}</h1>
        <p class="facts">{{facts}}</p>
        {{#incomplete}}<p class="facts"><strong>Not all of the file was read: the numbers are about the part that was.</strong></p>
        {{/incomplete}}
        </header>
        <section aria-label="Columns">
        <div class="cards">
        {{{columns}}}</div>
        {{#columnsMore}}<p>and {{columnsMore}}: see <code>preflight columns --format json</code>.</p>{{/columnsMore}}
        </section>
        </main>

        """
}
