import ImportProfiles
import PigmentImport
import Preflight
import PreflightReports
import SafeText
import ValueFormats

/// A diagnosis for people: the sentence to forward, then the five answers.
struct DiagnosisText {
    let diagnosis: Diagnosis
    let style: TextStyle
    /// What was written, and what could not be; the last lines.
    let rows: [RowPart]
    /// Whether nothing is left out.
    let showsAll: Bool

    /// A part of what is said about the rows.
    enum RowPart {
        /// Sentences, which are wrapped.
        case words(String)
        /// A command on a line of its own, to be copied.
        case command(ShellCommand)
    }

    private var width: Int { style.width }

    var text: String {
        var lines = wrapped(diagnosis.headline, indent: 0)
        for (title, own) in [
            ("File", fileLines), ("Reported and predicted", tableLines), ("Samples", sampleLines), ("Why", whyLines), ("Rows", rowLines),
            ("Next", nextLines),
        ] where !own.isEmpty {
            lines += ["", style.paint(title, .strong)] + own
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func wrapped(_ text: String, indent: Int, first: String = "") -> [String] {
        let margin = String(repeating: " ", count: indent)
        let lines = PageText.wrapped(text, width: width - indent).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { ($0.offset == 0 && !first.isEmpty ? first : margin) + $0.element }
    }

    private var rowLines: [String] {
        rows.flatMap { part in
            switch part {
            case .words(let words): wrapped(words, indent: 2)
            case .command(let command): ["    \(command)"]
            }
        }
    }

    private var nextLines: [String] { diagnosis.nextSteps.flatMap { wrapped($0, indent: 2) } }

    // MARK: 1

    private var fileLines: [String] {
        let sentence =
            switch diagnosis.identity {
            case .same: "This is the file that was pushed."
            case .other(let sha256):
                "This is not the file that was pushed\(diagnosis.pushedAs.map { ", \($0)" } ?? ""): its SHA-256 was \(sha256)."
            case .unknown: "Not known whether this is the file that was pushed: no record of the push."
            }
        let digest = diagnosis.sha256.map { ", SHA-256 \($0)" } ?? ""
        var lines = wrapped("\(diagnosis.path), \(diagnosis.rows.counted("row"))\(digest)", indent: 2)
        lines += wrapped(sentence, indent: 2)
        if !diagnosis.isComplete {
            lines += wrapped("The file could not be read to its end; the counts cover the part that was read.", indent: 2)
        }
        if diagnosis.isInferred { lines += wrapped("No profile: formats are inferred from the values.", indent: 2) }
        if let obstacle = diagnosis.obstacle {
            lines += wrapped("Not read as it was imported: \(obstacle.code) \(obstacle.words).", indent: 2)
        }
        if diagnosis.obstacle == nil {
            for sign in diagnosis.otherFileSigns { lines += wrapped("Possibly another file or configuration: \(sign).", indent: 2) }
        }
        return lines
    }

    // MARK: 2

    private var tableLines: [String] {
        var rows = [["column", "reason", "reported", "predicted", "verdict"]]
        for entry in diagnosis.entries {
            let bounds = entry.predicted
            rows.append([
                entry.place, entry.reported.reason.shown, entry.reported.count.map { $0.grouped } ?? "?",
                bounds.min == bounds.max ? bounds.min.grouped : "\(bounds.min.grouped) to \(bounds.max.grouped)", verdict(entry),
            ])
        }
        if let skipped = diagnosis.report.counts?.skipped {
            let bounds = diagnosis.predictedRows
            rows.append([
                "(rows)", "all reasons", skipped.grouped,
                bounds.min == bounds.max ? bounds.min.grouped : "\(bounds.min.grouped) to \(bounds.max.grouped)",
                skipped < bounds.min ? "fewer" : skipped > bounds.max ? "more" : "as predicted",
            ])
        }
        guard rows.count > 1 else { return ["  The report names no skipped cells."] }
        let widths = rows[0].indices.map { column in rows.map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: widths[column] - TerminalWidth.columns(of: text))
                return column == 2 || column == 3 ? padding + text : text + padding
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        } + diagnosis.entries.compactMap(nameNote).flatMap { wrapped($0, indent: 2) }
    }

    /// What the report calls a column that the file names otherwise.
    private func nameNote(_ entry: Diagnosis.Entry) -> String? {
        guard let name = entry.reported.columnName, let column = entry.column else { return nil }
        switch entry.match {
        case .loose: return "\"\(name)\" is taken for the column \(column.name)."
        case .bySamples: return "\"\(name)\" is taken for the column \(column.name), which alone has its samples."
        case .exact, .unknown, .unnamed: return nil
        }
    }

    private func verdict(_ entry: Diagnosis.Entry) -> String {
        if case .unknown(let nearest) = entry.match {
            return "no such column" + (nearest.map { "; nearest: \($0)" } ?? "")
        }
        let words =
            switch entry.verdict {
            case .asPredicted: "as predicted"
            case .fewer: "fewer"
            case .more: "more"
            case .unpredicted: "not predicted"
            case .unreadable: "no readable count"
            }
        return entry.isInProfile || diagnosis.isInferred || entry.column == nil ? words : words + "; not in the profile"
    }

    // MARK: 3

    private var sampleLines: [String] {
        diagnosis.entries.flatMap { entry in
            entry.samples.flatMap { sample in
                let text = "\"\(VisibleText(sample.sample.bytes).text)\(sample.sample.isCut ? "…" : "")\""
                return wrapped("\(entry.place)  \(text)  \(words(sample))", indent: 2)
            }
        }
    }

    private func words(_ sample: SampleFinding) -> String {
        if sample.count > 0 { return "\(sample.count.counted("cell")), \(places(sample.first, of: sample.count))" }
        guard let (likeness, found) = sample.nearest else {
            return sample.sample.isRedacted ? "redacted: not looked up" : "occurs nowhere in the column"
        }
        let how =
            switch likeness {
            case .spacing: "with other spaces, quotes, escapes or letter case"
            case .beginning: "begins so"
            case .digits: "with the same digits in another spelling"
            case .parts: "with the same numbers in another order"
            }
        let first = found.first.first.map { ", first \"\(VisibleText($0.value).text)\"" } ?? ""
        if likeness == .beginning {
            return
                "not as it is; \(found.count.counted("cell")) begin\(found.count == 1 ? "s" : "") so, \(places(found.first, of: found.count))"
        }
        return "not as it is; \(found.count.counted("cell")) \(how)\(first), \(places(found.first, of: found.count))"
    }

    private func places(_ cells: [FoundCell], of count: Int) -> String {
        let shown = cells.map { showsAll ? "\($0.line) (row \($0.row), byte \($0.byteOffset))" : "\($0.line)" }
        return (count > shown.count ? "first in " : "in ") + (shown.count == 1 ? "line " : "lines ") + shown.listed
    }

    // MARK: 4

    private var whyLines: [String] {
        diagnosis.entries.flatMap { entry -> [String] in
            if entry.column == nil, diagnosis.obstacle != nil { return [] }
            if !entry.isAboutValues { return wrapped("\(entry.place): \(entry.reasonAlone)", indent: 2) }
            if entry.explanations.isEmpty { return wrapped("\(entry.place): \(entry.nothingFits)", indent: 2) }
            // What came as predicted needs no other explanation, and where nothing was skipped none at all.
            let isPredicted = entry.settled?.kind == .asPredicted
            if entry.reported.count == 0, isPredicted, !showsAll { return [] }
            let shown = entry.explanations.prefix(showsAll ? .max : isPredicted ? 1 : 3)
            var lines = shown.flatMap { explanation -> [String] in
                let rows = explanation.rowWords.map { " \($0)" } ?? ""
                var own = wrapped("\(entry.place): \(label(explanation)). \(explanation.sentence(of: entry))\(rows)", indent: 2)
                if explanation.kind == .configuration, let column = explanation.columns.first {
                    own += ["    profile: \(ProfileWriter.columnLine(for: column))"]
                }
                if let equal = explanation.equalWords { own += wrapped(equal, indent: 4) }
                if showsAll { own += explanation.equals.flatMap { wrapped("or if \($0.brief)", indent: 6) } }
                return own
            }
            let more = entry.explanations.count - shown.count
            if more > 0, !isPredicted { lines.append("  \(entry.place): \(more) more \(more == 1 ? "explanation" : "explanations") (-v)") }
            if entry.settled == nil, let first = entry.explanations.first, first.isExact {
                if let lost = entry.lostWords {
                    return lines + wrapped("\(entry.place): \(lost): check its spelling, and that this is the file.", indent: 2)
                }
                let words =
                    entry.ties.isEmpty ? "less simple explanations fit too, with other cells" : "more than one explanation fits equally"
                lines += wrapped("\(entry.place): \(words). \(entry.deciding?.words ?? Self.decision)", indent: 2)
            }
            return lines
        }
    }

    static let decision = "More of Pigment's sample values would decide it (--sample)."

    private func label(_ explanation: Explanation) -> String {
        if !explanation.isExact { return "Comes near" }
        if explanation.kind == .samples { return "Cause unknown" }
        return switch explanation.certainty {
        case .certain: "Certain"
        case .likely: "Likely"
        case .possible: "Possible"
        }
    }
}
