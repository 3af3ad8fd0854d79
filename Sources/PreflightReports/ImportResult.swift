package import SafeText

/// What is known of an import where the run has read no file: the result of `status` and `trigger`.
package struct ImportResult: Sendable {
    /// The import for a title: its ID where it has one. Safe to print.
    package var name: String
    /// How it ended, in one line for people, with the exit status. Safe to print.
    package var closing: String
    /// What else is known, a sentence each. Safe to print.
    package var lines: [String]
    /// Those of them that no table has.
    package var facts: [String]
    /// The document for machines.
    package var document: JSONValue
    package var exit: ExitSummary

    package init(name: String, closing: String, lines: [String], facts: [String], document: JSONValue, exit: ExitSummary) {
        self.name = name
        self.closing = closing
        self.lines = lines
        self.facts = facts
        self.document = document
        self.exit = exit
    }

    var isGood: Bool { exit.status == 0 }

    /// The word of the server for its state, or what stands for it.
    var state: String {
        let status = document["outcome"]?.text("status") ?? ""
        return status.isEmpty ? "no status" : status
    }

    /// What was skipped in one column for one reason.
    struct Skip {
        var column: String
        var reason: String
        /// Empty without a prediction.
        var predicted: String
        var reported: String
        /// Empty without a prediction.
        var verdict: String
        var samples: [String]
    }

    /// Rows of the table that are shown; what is left out is counted.
    static let mostSkips = 50
    private static let mostSamples = 5

    /// What was skipped, compared with the prediction where the ledger has one.
    var skips: [Skip] {
        let reported = document["outcome"]?.list("skipped") ?? []
        guard let compared = reconciliation else {
            return reported.map { entry in
                Skip(
                    column: Self.column(entry), reason: entry.text("reason"), predicted: "", reported: entry.number("count"), verdict: "",
                    samples: Self.samples(entry))
            }
        }
        return compared.map { entry in
            // The rows of all columns come without a reason.
            let isTotal = entry["reason"] == .null
            let own = reported.first { $0["column"] == entry["column"] && $0["reason"] == entry["reason"] }
            return Skip(
                column: isTotal ? "skipped rows" : Self.column(entry), reason: entry.text("reason"), predicted: entry.bounds("predicted"),
                reported: entry.number("reported"), verdict: entry.text("verdict"), samples: own.map(Self.samples) ?? [])
        }
    }

    /// Whether there was a prediction to compare with.
    var isCompared: Bool { reconciliation != nil }

    private var reconciliation: [JSONValue]? {
        let entries = document["ledger"]?.list("reconciliation") ?? []
        return entries.isEmpty ? nil : entries
    }

    /// Numbers of rows with what they count.
    var totals: [(number: String, label: String)] {
        let counts = document["outcome"]?["counts"] ?? .null
        return ["inserted", "updated", "deleted", "skipped"].map { (counts.number($0), $0) }.filter { !$0.0.isEmpty }
    }

    private static func column(_ entry: JSONValue) -> String {
        let name = entry.text("column")
        return name.isEmpty ? "no column named" : name
    }

    private static func samples(_ entry: JSONValue) -> [String] {
        entry.list("samples").prefix(mostSamples).compactMap {
            if case .string(let text) = $0 { VisibleText(text, limit: 200).text } else { nil }
        }
    }
}
