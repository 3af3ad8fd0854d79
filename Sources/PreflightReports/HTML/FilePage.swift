import ByteSources
import ImportProfiles
import Preflight
import SafeText
import ValueFormats

/// What the page says about one file, as the templates want it: texts that are not escaped, and parts that are HTML already.
struct FilePage {
    let file: FileReport
    private let budget: Int
    var report: Report { file.report }

    init(_ file: FileReport, budget: Int) {
        self.file = file
        self.budget = budget
    }

    var context: [String: Any] {
        let wasSending = file.outcome != nil || file.push != nil
        let isGood = wasSending ? file.exit.status == 0 : file.refusals.isEmpty
        let strip = PositionStrip(report)?.html(budget: Self.stripBytes) ?? ""
        let left = budget - strip.utf8.count
        let (findings, columns) = (cards(findingCards, left / 2), cards(columnCards, left / 2))
        return [
            "path": ReportWords.name(report.input.path), "state": state(isGood), "stateClass": isGood ? "good" : "bad",
            "verdict": wasSending ? file.exit.reason : sentence, "facts": facts, "tiles": tiles,
            "account": account, "strip": strip,
            "incomplete": !report.isComplete,
            "findings": findings.html, "findingsMore": findings.left > 0 ? "\(findings.left.counted("more finding"))" : "",
            "hasFindings": !report.findings.isEmpty,
            "columns": columns.html, "columnsMore": columns.left > 0 ? "\(columns.left.counted("more column"))" : "",
            "hasColumns": !columns.html.isEmpty,
            "skips": skips, "hasSkips": !report.prediction.columns.isEmpty, "skipsTitle": isSure ? "Predicted skips" : "Estimated skips",
            "basis": basis, "reconciliation": reconciliation, "hasReconciliation": !reconciliation.isEmpty, "samples": samples,
            "hasSamples": !samples.isEmpty,
        ]
    }

    /// Bytes of the strip of positions.
    private static let stripBytes = 80_000

    private var isSure: Bool { report.prediction.basis == .profile }

    /// A word for the whole run.
    private func state(_ isGood: Bool) -> String {
        if file.outcome != nil { return isGood ? "done" : "look at it" }
        if file.push != nil, !isGood { return "not sent" }
        return file.refusals.isEmpty ? "passed" : "blocked"
    }

    private var sentence: String {
        if file.refusals.isEmpty { return "The file passes the gate." }
        return "The file does not pass the gate: \(GateRefusal.message(of: file.refusals))."
    }

    /// Cards in order, as long as they fit.
    private func cards(_ cards: [() -> String], _ budget: Int) -> (html: String, left: Int) {
        let (html, count) = HTMLReport.fitting(cards.lazy.map { $0() }, budget)
        return (html, cards.count - count)
    }

    // MARK: The beginning

    private var facts: String {
        let input = report.input
        if let kind = input.notJudged { return "\(ByteCount(input.decompressedBytes)), \(kind) (not checked)" }
        var facts = ["\(ByteCount(input.decompressedBytes))"]
        if input.compression == .gzip { facts[0] += " (\(ByteCount(input.bytes)) as gzip)" }
        facts.append("encoding \(report.encoding.rawValue)" + (input.hasByteOrderMark ? " with byte order mark" : ""))
        facts.append("delimiter \"\(VisibleText([input.dialect.delimiter]).text)\" (\(input.dialect.origin.rawValue))")
        let ends = [("LF", input.lineEnds.lf), ("CRLF", input.lineEnds.crlf), ("lone CR", input.lineEnds.cr)].filter { $0.1 > 0 }
        if !ends.isEmpty { facts.append("line ends " + ends.map { "\($0.1.grouped) \($0.0)" }.joined(separator: " and ")) }
        if !input.dialect.hasHeader { facts.append("no header row") }
        return facts.joined(separator: ", ")
    }

    private var tiles: [[String: Any]] {
        let totals = report.totals
        func tile(_ number: String, _ label: String, _ style: String = "") -> [String: Any] {
            ["number": number, "label": label, "style": style]
        }
        return [
            tile(totals.rows.grouped, totals.rows == 1 ? "row" : "rows"),
            tile(totals.columns.grouped, totals.columns == 1 ? "column" : "columns"),
            tile(ReportWords.bounds(report.prediction.skippedRows), isSure ? "rows predicted to be skipped" : "rows that may be skipped"),
            tile(totals.errors.grouped, totals.errors == 1 ? "error" : "errors", totals.errors > 0 ? "error" : ""),
            tile(totals.warnings.grouped, totals.warnings == 1 ? "warning" : "warnings", totals.warnings > 0 ? "warning" : ""),
            tile(totals.notes.grouped, totals.notes == 1 ? "note" : "notes"),
        ]
    }

    /// What the lines of the file are.
    private var account: String {
        guard report.lineAccount.total > 0, report.input.notJudged == nil else { return "" }
        return ReportWords.lines(report) + "."
    }

    // MARK: Skips

    private var basis: String {
        if isSure {
            return
                "Assumed: a cell that cannot be read drops its whole row. Higher bounds include values for which Pigment's rule is not public."
        }
        return "No profile: types are inferred from the values. Estimates never block."
    }

    static let mostSkips = 30
    private static let longestSample = 120

    private var skips: [[String: Any]] {
        report.prediction.columns.prefix(Self.mostSkips).map { column in
            [
                "column": ReportWords.column(column.column), "cells": ReportWords.bounds(column.cells), "reason": column.reason.shown,
                "samples": column.samples.prefix(2).map { ["text": Self.clipped($0)] },
            ]
        }
    }

    static func clipped(_ text: String) -> String {
        text.count > longestSample ? text.prefix(longestSample) + "…" : text
    }

    // MARK: Findings

    private var findingCards: [() -> String] {
        FindingGroup.groups(of: report.findings).flatMap { group in
            group.entries.map { entry in { HTMLReport.render("finding", card(entry)) } }
        }
    }

    private func card(_ entry: FindingGroup.Entry) -> [String: Any] {
        let finding = entry.finding
        let more = ReportWords.more(finding)
        return [
            "code": finding.code, "slug": finding.kind.slug, "severity": finding.severity.rawValue,
            "column": finding.column.map(ReportWords.column) ?? "", "message": ReportWords.message(finding, report),
            "twins": entry.twins.isEmpty ? "" : "also in \(entry.twins.count.counted("more column"))",
            "count": finding.count.counted("time"), "rows": finding.rows > 0 ? "in \(finding.rows.counted("row"))" : "",
            "why": finding.kind.why, "help": finding.help, "isOpen": finding.severity == .error,
            "examples": finding.kind.showsPlaces ? finding.examples.map(example) : [],
            "hasExamples": finding.kind.showsPlaces && !finding.examples.isEmpty,
            "more": more > 0 ? "and \(more.grouped) more" : "",
        ]
    }

    private func example(_ example: Finding.Example) -> [String: Any] {
        var context: [String: Any] = [
            "place": ReportWords.place(example.place), "value": example.value?.text ?? "", "hasValue": example.value != nil,
            "reason": [example.reason, example.first.map { "first in line \($0.line)" }].compactMap { $0 }.joined(separator: ", "),
        ]
        if let excerpt = example.excerpt {
            let characters = Array(excerpt.text)
            let start = min(excerpt.caretOffset, characters.count)
            let end = min(start + excerpt.caretLength, characters.count)
            context["hasExcerpt"] = true
            context["before"] = String(characters[..<start])
            context["marked"] = String(characters[start..<end])
            context["after"] = String(characters[end...])
        }
        return context
    }

    // MARK: Columns

    /// Columns that something can be said about, in their order.
    private var columnCards: [() -> String] {
        let advice = Dictionary(report.prediction.advice.map { ($0.column.index, $0) }) { first, _ in first }
        let evidence = Dictionary(report.prediction.evidence.map { ($0.column.index, $0) }) { first, _ in first }
        let skips = Dictionary(grouping: report.prediction.columns) { $0.column.index }
        let columns = Set(advice.values.map(\.column)).union(evidence.values.map(\.column)).union(report.prediction.columns.map(\.column))
        return columns.sorted { $0.index < $1.index }.map { column in
            { HTMLReport.render("column", card(column, advice[column.index], evidence[column.index], skips[column.index] ?? [])) }
        }
    }

    private func card(
        _ column: ColumnReference, _ advice: ColumnAdvice?, _ evidence: ColumnEvidence?, _ skips: [Prediction.ColumnPrediction]
    ) -> [String: Any] {
        let bars = advice.map(shapes) ?? evidence.map(parts) ?? []
        return [
            "index": column.index, "name": column.name.shown, "hasName": !column.name.isEmpty,
            "type": evidence?.type?.label ?? "", "empty": evidence.map(emptyShare) ?? "",
            "skips": skips.map {
                ["cells": ReportWords.bounds($0.cells), "noun": $0.cells.max == 1 ? "cell" : "cells", "reason": $0.reason.shown]
            },
            "shapes": bars, "hasShapes": !bars.isEmpty, "settings": advice.map(settings) ?? [],
            "settingsTitle": advice.map(settingsTitle) ?? "",
            "slice": advice?.slice.map(slice) ?? "",
        ]
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
        let empty = evidence.parts.reduce(0) { $1.formats.contains(.empty) ? $0 + $1.count : $0 }
        let total = evidence.parts.reduce(0) { $0 + $1.count }
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
