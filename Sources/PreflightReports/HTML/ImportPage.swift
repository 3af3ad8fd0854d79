import SafeText

/// The page about an import where the run has read no file.
enum ImportPage {
    static func text(_ result: ImportResult) -> String {
        let skips = result.skips
        let left = skips.count - ImportResult.mostSkips
        let context: [String: Any] = [
            "state": result.state, "stateClass": result.isGood ? "good" : "bad", "name": result.name, "verdict": result.closing,
            "tiles": result.totals.map { ["number": $0.number, "label": "rows \($0.label)"] }, "hasTiles": !result.totals.isEmpty,
            "title": ImportMarkdown.title(result), "isCompared": result.isCompared, "hasSkips": !skips.isEmpty,
            "skips": skips.prefix(ImportResult.mostSkips).map { skip in
                [
                    "column": skip.column, "reason": skip.reason, "reported": skip.reported, "isCompared": result.isCompared,
                    "predicted": skip.predicted, "verdict": skip.verdict, "samples": skip.samples.map { ["text": $0] as [String: Any] },
                ] as [String: Any]
            },
            "left": left > 0 ? left.counted("more column or reason", "more columns or reasons") : "",
            "lines": result.facts.map { ["text": $0] as [String: Any] }, "hasLines": !result.facts.isEmpty,
        ]
        return HTMLReport.beginning + HTMLReport.render("import", context) + HTMLReport.end
    }
}
