import ImportProfiles
import Preflight
import SafeText
import ValueFormats

extension FilePage {
    /// All that is known of one column.
    private struct Known {
        var advice: ColumnAdvice?
        var evidence: ColumnEvidence?
        var statistics: ColumnStatistics?
        var skips: [Prediction.ColumnPrediction] = []

        /// Whether there is something to look at.
        var isOdd: Bool { advice != nil || !skips.isEmpty }
    }

    /// A card for each column that something is known of: first those with something to look at, then the others, each in the order of the file.
    var columnCards: [() -> String] {
        let known = knownColumns
        return (known.filter { $0.1.isOdd } + known.filter { !$0.1.isOdd }).map { column, known in
            { HTMLReport.render("column", card(column, known)) }
        }
    }

    /// Why the columns are not in the order of the file; empty where they are.
    var columnsNote: String {
        let known = knownColumns
        let oddCount = known.count { $0.1.isOdd }
        if oddCount == 0 || oddCount == known.count || known.prefix(oddCount).allSatisfy({ $0.1.isOdd }) { return "" }
        let odd = oddCount == 1 ? "the column" : "the \(oddCount.grouped) columns"
        return "First \(odd) with values that fail or are in doubt, then the others."
    }

    private var knownColumns: [(ColumnReference, Known)] {
        var columns: [ColumnReference: Known] = [:]
        for statistics in report.columns { columns[statistics.column, default: Known()].statistics = statistics }
        for advice in report.prediction.advice where columns[advice.column]?.advice == nil {
            columns[advice.column, default: Known()].advice = advice
        }
        for evidence in report.prediction.evidence where columns[evidence.column]?.evidence == nil {
            columns[evidence.column, default: Known()].evidence = evidence
        }
        for skips in report.prediction.columns { columns[skips.column, default: Known()].skips.append(skips) }
        return columns.sorted { $0.key.index < $1.key.index }.map { ($0.key, $0.value) }
    }

    private func card(_ column: ColumnReference, _ known: Known) -> [String: Any] {
        let statistics = known.statistics
        let failing = known.advice.map(shapes) ?? known.evidence.map(parts) ?? []
        let looks = statistics.map(looks) ?? []
        return [
            "index": column.index, "name": column.name.shown, "hasName": !column.name.isEmpty,
            "type": known.evidence?.type?.label ?? statistics?.type ?? "",
            "empty": statistics.map { emptyShare($0.emptyCount, of: $0.rowCount) } ?? known.evidence.map(emptyShare) ?? "",
            "facts": statistics.map(ReportWords.facts) ?? "",
            "skips": known.skips.map {
                ["cells": ReportWords.bounds($0.cells), "noun": $0.cells.max == 1 ? "cell" : "cells", "reason": $0.reason.shown]
            },
            "shapes": failing, "hasShapes": !failing.isEmpty,
            "shapesTitle": failing.isEmpty ? "" : known.advice == nil ? "Formats" : "Values that fail or are in doubt",
            "looks": looks, "hasLooks": !looks.isEmpty,
            "settings": known.advice.map(settings) ?? [], "settingsTitle": known.advice.map(settingsTitle) ?? "",
            "slice": known.advice?.slice.map(slice) ?? "",
        ]
    }

    /// Fewer where there are many cards, so that all of them fit.
    private var mostLooks: Int { report.columns.count > 100 ? 2 : 5 }

    /// What the values look like. Where most of them are in no list, none says much.
    private func looks(_ statistics: ColumnStatistics) -> [[String: Any]] {
        let total = statistics.valueCount
        guard total > 0, statistics.otherMasks < total / 2 else { return [] }
        var bars = statistics.masks.prefix(mostLooks).map { mask in
            bar(mask.text, mask.example.map { "for example \"\($0.text)\"" } ?? "", mask.count, of: total)
        }
        let others = statistics.masks.dropFirst(mostLooks).reduce(statistics.otherMasks) { $0 + $1.count }
        if others > 0 { bars.append(bar("others", "", others, of: total)) }
        return bars
    }

    /// The failures by what they look like.
    private func shapes(_ advice: ColumnAdvice) -> [[String: Any]] {
        let total = max(1, advice.shapes.reduce(advice.otherShapes) { $0 + $1.count })
        var bars = advice.shapes.map { bar($0.text.text, "for example \"\($0.value.text)\"", $0.count, of: total) }
        if advice.otherShapes > 0 { bars.append(bar("other values", "", advice.otherShapes, of: total)) }
        return bars
    }

    /// What the values are, without a profile.
    private func parts(_ evidence: ColumnEvidence) -> [[String: Any]] {
        let total = max(1, evidence.parts.reduce(0) { $0 + $1.count })
        return evidence.parts.map { part in
            let example = part.examples.first?.value.map { "for example \"\($0.text)\"" } ?? ""
            // What all of many formats read has one look.
            let names = part.formats.names
            let label = names.count > 3 ? "\(names[0]) (and \(names.count - 1) other formats)" : names.joined(separator: " or ")
            return bar(label, example, part.count, of: total)
        }
    }

    /// How much of a column has no value, without a profile.
    private func emptyShare(_ evidence: ColumnEvidence) -> String {
        emptyShare(
            evidence.parts.reduce(0) { $1.formats.contains(.empty) ? $0 + $1.count : $0 }, of: evidence.parts.reduce(0) { $0 + $1.count })
    }

    private func emptyShare(_ empty: Int, of total: Int) -> String {
        guard total > 0, empty > 0 else { return "" }
        if empty == total { return "all empty" }
        // Neither none nor all of them.
        let tenths = min(999, max(1, empty * 1_000 / total))
        return "\(tenths / 10).\(tenths % 10)% empty"
    }

    private func bar(_ label: String, _ note: String, _ count: Int, of total: Int) -> [String: Any] {
        ["label": label, "note": note, "count": count.grouped, "percent": max(1, count * 100 / total)]
    }

    private func settingsTitle(_ advice: ColumnAdvice) -> String {
        if advice.settings.isEmpty { return "" }
        return advice.openSettings > 0 ? "Several formats fit; ask someone who knows the data" : "Another format reads more"
    }

    private static let longestLine = 2_000

    private func settings(_ advice: ColumnAdvice) -> [[String: Any]] {
        let shown = advice.openSettings > 0 ? advice.settings.prefix(advice.openSettings) : advice.settings.prefix(2)
        return shown.map { setting in
            let isShort = setting.profileLine.utf8.count <= Self.longestLine
            return [
                "words": VisibleText(setting.words, limit: 400).text,
                "change": "\(ReportWords.bounds(advice.cells)) → \(ReportWords.bounds(setting.cells))",
                "line": isShort ? setting.profileLine : "", "isLong": !isShort,
            ]
        }
    }

    private func slice(_ slice: FailureSlice) -> String {
        "\(slice.covered.grouped) of \(slice.failures.grouped) have \(ReportWords.column(slice.column)) = \"\(slice.value.text)\" "
            + "(about \(Int((slice.baseShare * 100).rounded()))% of all rows)"
    }
}
