package import SafeText

/// The page about an import's skipped rows, made from the document of `diagnose` for machines: what was reported and predicted, where the samples are,
/// and why.
package struct DiagnosisPage {
    private let document: JSONValue

    /// - Parameter document: as `diagnosis-v1.schema.json` describes it.
    package init(_ document: JSONValue) {
        self.document = document
    }

    /// The whole page.
    package var text: String {
        HTMLReport.beginning + HTMLReport.render("diagnosis", context) + HTMLReport.end
    }

    private static let mostEntries = 40
    private static let mostSamples = 20
    private static let mostPlaces = 10
    private static let longest = 200
    /// Bytes of the parts that grow with the number of columns.
    private static let partBytes = 70_000

    private var entries: [JSONValue] { Self.list(document["entries"]) }

    private var context: [String: Any] {
        let isExplained = document["isExplained"] == .bool(true)
        let file = document["file"] ?? .null
        let table = HTMLReport.fitting(entries.prefix(Self.mostEntries).map { HTMLReport.render("diagnosis-row", row($0)) }, Self.partBytes)
        let causes = HTMLReport.fitting(entries.prefix(Self.mostEntries).map { HTMLReport.render("cause", cause($0)) }, 2 * Self.partBytes)
        let left = entries.count - min(table.count, causes.count)
        return [
            "state": isExplained ? "explained" : "not explained", "stateClass": isExplained ? "good" : "bad",
            "path": Self.text(file["path"]), "verdict": Self.text(document["headline"], limit: 2_000), "facts": facts(file), "tiles": tiles,
            "rows": table.html, "hasRows": !entries.isEmpty, "causes": causes.html,
            "left": left > 0 ? left.counted("more column or reason", "more columns or reasons") : "",
            "signs": Self.list(document["otherFileSigns"]).prefix(10).map { ["text": Self.text($0, limit: 400)] },
            "skippedRows": Self.integer(document["report"]?["skippedRows"]) == 0 ? "" : "some",
            "refusals": Self.list(document["rowRefusals"]).prefix(10).map { ["text": Self.text($0, limit: 400)] },
            "written": Self.list(document["written"]).map { ["text": Self.written($0)] },
        ]
    }

    private func facts(_ file: JSONValue) -> String {
        let identity =
            switch file["pushed"] {
            case .string("same")?: "this is the file that was pushed"
            case .string("other")?: "this is not the file that was pushed"
            default: "not known whether this is the file that was pushed"
            }
        let basis = document["basis"] == .string("inferred") ? "no profile: formats are inferred" : ""
        let id = Self.text(document["report"]?["importId"])
        return [id.isEmpty ? "" : "import \(id)", "SHA-256 \(Self.text(file["sha256"]))", identity, basis].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    private var tiles: [[String: Any]] {
        let skipped = document["report"]?["skippedRows"]
        let tiles = [
            (Self.number(document["file"]?["rows"]), "rows in the file"), (Self.number(skipped), "skipped rows reported"),
            (Self.bounds(document["predictedRows"]), "skipped rows predicted"),
        ]
        return tiles.filter { !$0.0.isEmpty }.map { ["number": $0.0, "label": $0.1] }
    }

    // MARK: Parts

    private func row(_ entry: JSONValue) -> [String: Any] {
        [
            "column": Self.column(entry), "reason": Self.text(entry["reason"]), "reported": Self.number(entry["reported"]),
            "predicted": Self.bounds(entry["predicted"]), "verdict": Self.text(entry["verdict"]),
        ]
    }

    /// Why, and where.
    private func cause(_ entry: JSONValue) -> [String: Any] {
        let all = Self.list(entry["explanations"])
        // What came as predicted needs no other explanation.
        let explanations = entry["isExplained"] == .bool(true) && all.first?["kind"] == .string("as-predicted") ? Array(all.prefix(1)) : all
        let samples = Self.list(entry["samples"])
        // Whose cells are known.
        let first = explanations.first.flatMap { $0["isExact"] == .bool(true) ? $0 : nil }
        let cells = Self.list(first?["first"])
        let more = (Self.integer(first?["cells"]) ?? 0) - cells.count
        return [
            "column": Self.column(entry), "reason": Self.text(entry["reason"]),
            "explanations": explanations.prefix(5).map { explanation in
                [
                    "certainty": explanation["isExact"] == .bool(true) ? Self.text(explanation["certainty"]) : "comes near",
                    "words": Self.text(explanation["words"], limit: 1_500), "line": Self.text(explanation["profileLine"], limit: 2_000),
                ]
            },
            "nothing": explanations.isEmpty ? "Nothing that was tried explains it." : "",
            "samples": samples.prefix(Self.mostSamples).map(sample), "hasSamples": !samples.isEmpty,
            "moreSamples": samples.count > Self.mostSamples ? "and \((samples.count - Self.mostSamples).counted("more sample"))" : "",
            "cells": cells.prefix(Self.mostPlaces).map { ["place": Self.place($0), "value": Self.text($0["value"], limit: Self.longest)] },
            "hasCells": !cells.isEmpty,
            "cellsTitle": entry["isExplained"] == .bool(true) ? "These cells were skipped" : "Cells that this explanation selects",
            "moreCells": more > 0 ? "and \(more.counted("more cell"))" : "",
        ]
    }

    private func sample(_ sample: JSONValue) -> [String: Any] {
        let places = { (list: JSONValue?) in Self.list(list).prefix(3).map(Self.place).joined(separator: "; ") }
        let count = Self.integer(sample["count"]) ?? 0
        let like = Self.integer(sample["likeCount"]) ?? 0
        let found =
            count > 0
            ? "\(count.counted("cell")), first at \(places(sample["first"]))"
            : like > 0
                ? "not as it is; \(like.counted("cell")) in another spelling, first at \(places(sample["likeFirst"]))"
                : "occurs nowhere in the column"
        return ["value": Self.text(sample["text"], limit: Self.longest), "found": found]
    }

    private static func written(_ file: JSONValue) -> String {
        let count = integer(file["rows"]).map { $0.counted("row") } ?? integer(file["cells"]).map { $0.counted("cell") } ?? ""
        return "\(count) written to \(text(file["path"]))"
    }

    // MARK: Values of the document

    private static func column(_ entry: JSONValue) -> String {
        let name = text(entry["column"])
        if !name.isEmpty { return name }
        return integer(entry["index"]).map { "column \($0)" } ?? "no column named"
    }

    private static func place(_ cell: JSONValue) -> String {
        let numbers = ["line", "row"].compactMap { key in integer(cell[key]).map { "\(key) \($0)" } }
        return (numbers + [integer(cell["byteOffset"]).map { "byte \($0)" } ?? ""]).filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] { if case .array(let list)? = value { list } else { [] } }

    private static func integer(_ value: JSONValue?) -> Int? { if case .int(let number)? = value { number } else { nil } }

    private static func number(_ value: JSONValue?) -> String { integer(value).map(\.grouped) ?? "" }

    private static func bounds(_ value: JSONValue?) -> String {
        guard let least = integer(value?["min"]), let most = integer(value?["max"]) else { return "" }
        return least == most ? most.grouped : "\(least.grouped) to \(most.grouped)"
    }

    /// Safe to print, and cut.
    private static func text(_ value: JSONValue?, limit: Int = 200) -> String {
        if case .string(let text)? = value { VisibleText(text, limit: limit).text } else { "" }
    }
}

extension Int {
    /// The number with its noun, for plurals of several words.
    fileprivate func counted(_ singular: String, _ plural: String) -> String { "\(grouped) \(self == 1 ? singular : plural)" }
}
