package import SafeText

/// The page about an import's skipped rows, made from the document of `diagnose` for machines: what was reported and predicted, where the samples are,
/// and why.
package struct DiagnosisPage {
    private let document: DiagnosisDocument

    /// - Parameter document: as `diagnosis-v1.schema.json` describes it.
    package init(_ document: JSONValue) {
        self.document = DiagnosisDocument(value: document)
    }

    /// The whole page.
    package var text: String {
        HTMLReport.beginning + HTMLReport.render("diagnosis", context) + HTMLReport.end
    }

    /// Bytes of the parts that grow with the number of columns.
    private static let partBytes = 70_000

    private var context: [String: Any] {
        let entries = document.entries
        let shown = entries.prefix(DiagnosisDocument.mostEntries)
        let table = HTMLReport.fitting(shown.map { HTMLReport.render("diagnosis-row", row($0)) }, Self.partBytes)
        let causes = HTMLReport.fitting(shown.map { HTMLReport.render("cause", cause($0)) }, 2 * Self.partBytes)
        let left = entries.count - min(table.count, causes.count)
        return [
            "state": document.isExplained ? "explained" : "not explained", "stateClass": document.isExplained ? "good" : "bad",
            "path": document.path, "verdict": document.headline, "facts": document.facts,
            "tiles": document.totals.map { ["number": $0.number, "label": $0.label] },
            "rows": table.html, "hasRows": !entries.isEmpty, "causes": causes.html,
            "left": left > 0 ? left.counted("more column or reason", "more columns or reasons") : "",
            "signs": document.signs.map { ["text": $0] }, "skippedRows": document.hasSkippedRows ? "some" : "",
            "refusals": document.refusals.map { ["text": $0] }, "written": document.written.map { ["text": $0] },
        ]
    }

    private func row(_ entry: DiagnosisDocument.Entry) -> [String: Any] {
        [
            "column": entry.column, "reason": entry.reason, "reported": entry.value.number("reported"),
            "predicted": entry.value.bounds("predicted"), "verdict": entry.verdict,
        ]
    }

    /// Why, and where.
    private func cause(_ entry: DiagnosisDocument.Entry) -> [String: Any] {
        let (explanations, samples, cells) = (entry.explanations, entry.samples, entry.cells)
        let moreSamples = samples.count - DiagnosisDocument.mostSamples
        let moreCells = entry.cellsLeft
        return [
            "column": entry.column, "reason": entry.reason,
            "explanations": explanations.prefix(DiagnosisDocument.mostExplanations).map { explanation in
                [
                    "certainty": DiagnosisDocument.certainty(explanation), "words": explanation.text("words", limit: 1_500),
                    "line": explanation.text("profileLine", limit: 2_000), "equal": explanation.text("equalWords", limit: 1_500),
                ]
            },
            "nothing": explanations.isEmpty ? "Nothing that was tried explains it." : "",
            "samples": samples.prefix(DiagnosisDocument.mostSamples).map {
                ["value": DiagnosisDocument.shown($0, "text"), "found": DiagnosisDocument.found($0)]
            },
            "hasSamples": !samples.isEmpty, "moreSamples": moreSamples > 0 ? "and \(moreSamples.counted("more sample"))" : "",
            "cells": cells.prefix(DiagnosisDocument.mostCells).map {
                ["place": DiagnosisDocument.place($0), "value": DiagnosisDocument.shown($0, "value")]
            },
            "hasCells": !cells.isEmpty, "cellsTitle": entry.cellsTitle,
            "moreCells": moreCells > 0 ? "and \(moreCells.counted("more cell"))" : "",
        ]
    }
}
