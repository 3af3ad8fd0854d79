import ImportProfiles
import Preflight
package import SafeText

extension Reconciliation.Entry {
    /// One sentence, safe to print.
    ///
    /// - Parameter isEstimate: whether there was no profile: then nothing is called predicted.
    package func words(isEstimate: Bool) -> String {
        let verb = isEstimate ? "estimated" : "predicted"
        let reportedWords = reported.map { "\($0.grouped) reported" } ?? "the report has no readable count"
        guard let predicted else { return "\(place): \(reportedWords), none \(verb)." }
        return "\(place): \(verb) \(Reconciliation.words(predicted)), \(reportedWords)\(remark(verb))."
    }

    /// The column and the reason.
    fileprivate var place: String {
        columnName.map { "Column \($0.shown), \(reason.shown)" } ?? "\(reason.shown) (the report names no column)"
    }

    private func remark(_ verb: String) -> String {
        switch verdict {
        case .asPredicted: ", as \(verb)"
        case .fewer: ": fewer"
        case .more: ": more than \(verb)"
        case .unpredicted: ": not \(verb)"
        case .unreadable: ""
        }
    }

    /// The entry as the report writes it, with the whole name of the column.
    package var json: JSONValue {
        .members([
            "column": columnName.map { .string($0.text) } ?? .null, "reason": .string(reason.rawValue),
            "predicted": predicted.map { .members(["min": .int($0.min), "max": .int($0.max)]) } ?? .null,
            "reported": reported.map { .int($0) } ?? .null, "verdict": .string(verdict.rawValue),
            "index": columnIndex.map { .int($0) } ?? .null,
        ])
    }
}

extension Reconciliation {
    /// What the import skipped, and which of the two it breaks, if any: the limit or the prediction. One sentence or two, safe to print.
    public var summary: String {
        guard hasDetail else { return "The server sent no detailed report, so it is unknown whether rows were skipped." }
        guard let reported = rows.reported else { return "The server's report has no readable number of skipped rows." }
        let were = "\(reported.grouped) \(reported == 1 ? "row was" : "rows were") skipped"
        if rows.isOverLimit { return "\(were), over the limit of \(rows.allowed.grouped)\(comparison)." }
        if isEstimate { return were + (reported > 0 ? ", \(rows.allowed.grouped) allowed" : "") + " (no profile, so no prediction)." }
        let predicted = "\(Self.words(rows.predicted)) predicted"
        switch rows.verdict {
        case .fewer:
            return
                "\(were), not as predicted: \(predicted). The import loaded rows that fail under the profile, so the profile does not match "
                + "the import configuration."
        case .more: return "\(were), more than predicted: \(predicted)."
        case .asPredicted, .unpredicted, .unreadable: break
        }
        let bad = entries.filter(\.verdict.isBad)
        guard let first = bad.first else {
            let bounds = rows.predicted.min == rows.predicted.max ? "" : " (\(Self.words(rows.predicted)))"
            return "\(were), as predicted\(bounds)" + (reported > 0 ? ", \(rows.allowed.grouped) allowed." : ".")
        }
        let more = bad.count > 1 ? " And \(bad.count - 1) more \(bad.count == 2 ? "difference" : "differences")." : ""
        return "\(were), not as predicted by column. \(first.words(isEstimate: false))\(more)"
    }

    /// How the number compares with the prediction.
    private var comparison: String {
        if isEstimate { return " (no profile, so no prediction)" }
        let predicted = "; \(Self.words(rows.predicted)) predicted"
        return switch rows.verdict {
        case .more: predicted + ", so more than predicted"
        case .fewer: predicted + ", so fewer than predicted"
        case .asPredicted, .unpredicted, .unreadable: predicted
        }
    }

    /// The whole comparison in sentences, the rows first. Safe to print.
    package var words: [String] {
        guard hasDetail else { return [summary] }
        return [rowWords] + entries.map { $0.words(isEstimate: isEstimate) }
    }

    private var rowWords: String {
        let basis = isEstimate ? "estimated \(Self.words(rows.predicted)) (no profile)" : "predicted \(Self.words(rows.predicted))"
        guard let reported = rows.reported else { return "Skipped rows: \(basis); the report has no readable number." }
        var remarks: [String] = []
        if rows.isOverLimit { remarks.append(", over the limit of \(rows.allowed.grouped)") }
        switch rows.verdict {
        case .more: remarks.append(", more than \(isEstimate ? "estimated" : "predicted")")
        case .fewer where isEstimate: remarks.append(", fewer than estimated")
        case .fewer: remarks.append(": fewer, so the import loaded rows that fail under the profile")
        case .asPredicted, .unpredicted, .unreadable: break
        }
        return "Skipped rows: \(basis), \(reported.grouped) reported\(remarks.joined())."
    }

    /// One object per column and reason. The rows come last, as an entry without a reason.
    package var json: JSONValue {
        guard hasDetail else { return .array([]) }
        let total = JSONValue.members([
            "column": .null, "reason": .null,
            "predicted": .members(["min": .int(rows.predicted.min), "max": .int(rows.predicted.max)]),
            "reported": rows.reported.map { .int($0) } ?? .null, "verdict": .string(rows.verdict.rawValue), "index": .null,
        ])
        return .array(entries.map(\.json) + [total])
    }

    static func words(_ bounds: Bounds) -> String {
        bounds.min == bounds.max ? bounds.min.grouped : "\(bounds.min.grouped) to \(bounds.max.grouped)"
    }
}
