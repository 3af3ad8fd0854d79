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
        let findings = cards(findingCards, left / 2)
        let columns = cards(columnCards, left - findings.html.utf8.count)
        return [
            "path": ReportWords.name(report.input.path), "state": state(isGood), "stateClass": isGood ? "good" : "bad",
            "verdict": wasSending ? file.exit.reason : sentence, "facts": facts, "tiles": tiles,
            "account": account, "strip": strip,
            "incomplete": !report.isComplete,
            "findings": findings.html, "findingsMore": findings.left > 0 ? "\(findings.left.counted("more finding"))" : "",
            "hasFindings": !report.findings.isEmpty,
            "columns": columns.html, "columnsMore": columns.left > 0 ? "\(columns.left.counted("more column"))" : "",
            "columnsNote": columnsNote,
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
}
