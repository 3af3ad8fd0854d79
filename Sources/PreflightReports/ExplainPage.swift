public import ImportProfiles
import Preflight

/// The pages of the finding codes, as `preflight explain` prints them, and their table. Both are drawn from the catalogue.
public enum ExplainPage {
    /// The page of one code in Markdown that reads well as plain text; the last line has its line end.
    public static func text(for code: FindingCode) -> String {
        let entry = code.entry
        return """
            # \(code.rawValue) \(entry.slug)

            \(entry.title).

            Severity: \(entry.severity.rawValue)
            Predicted skip reason: \(entry.predicts?.rawValue ?? "none")

            ## Why it matters

            \(entry.why)

            ## What to do

            \(entry.help)

            ## At the gate

            \(gateText(entry))\(exceptionText(entry))

            """
    }

    /// All codes as a Markdown table; the last line has its line end.
    public static func catalogueTable() -> String {
        let rows = FindingCode.catalogue.map { entry in
            "| \(entry.code.rawValue) | \(entry.slug) | \(entry.severity.rawValue) | \(entry.title) |\n"
        }
        return "| code | slug | severity | title |\n| --- | --- | --- | --- |\n" + rows.joined()
    }

    private static func gateText(_ entry: CatalogueEntry) -> String {
        switch (entry.severity, entry.predicts != nil) {
        case (.error, true):
            """
            It does not block by itself. Rows with such a value count as predicted skips, and the gate closes when they are more than \
            --max-skipped (0 unless set).
            """
        case (_, true):
            """
            It does not block by itself. Rows with such a value count towards the upper bound of the predicted skips, which the gate \
            compares with --max-skipped (0 unless set). With --allow-uncertain the gate compares the lower bound, in which \
            they are not counted.
            """
        case (.error, false):
            "It blocks: nothing is sent while the file has such a finding."
        case (.warning, false):
            "It does not block, unless the gate is set to --fail-on warning."
        case (.note, false):
            "It never blocks."
        }
    }

    private static func exceptionText(_ entry: CatalogueEntry) -> String {
        entry.predicts == .missingItemSkipsRow ? " That holds unless on-missing in the profile says that the row stays." : ""
    }
}
