import ImportProfiles
import Preflight
import SafeText

/// What became of an import.
extension FilePage {
    /// Predicted against reported, after an import.
    var reconciliation: [[String: Any]] {
        guard case .array(let entries)? = file.reconciliation else { return [] }
        return entries.prefix(Self.mostSkips).map { entry in
            func text(_ value: JSONValue?) -> String {
                switch value {
                case .string(let text)?: VisibleText(text).text
                case .int(let number)?: number.grouped
                case .object?: bounds(value)
                default: ""
                }
            }
            func bounds(_ value: JSONValue?) -> String {
                guard case .int(let least)? = value?["min"], case .int(let most)? = value?["max"] else { return "" }
                return ReportWords.bounds(Bounds(min: least, max: most))
            }
            // The rows of all columns come without a reason.
            let isTotal = entry["reason"] == .null
            return [
                "column": isTotal ? "skipped rows" : text(entry["column"]), "reason": text(entry["reason"]),
                "predicted": text(entry["predicted"]), "reported": text(entry["reported"]), "verdict": text(entry["verdict"]),
            ]
        }
    }

    private static let mostSamples = 5

    /// The samples of the server, and where the report has the same value.
    var samples: [[String: Any]] {
        guard case .array(let entries)? = file.outcome?["skipped"] else { return [] }
        return entries.prefix(Self.mostSkips).flatMap { entry -> [[String: Any]] in
            guard case .array(let samples)? = entry["samples"] else { return [] }
            let name = if case .string(let text)? = entry["column"] { text } else { "" }
            return samples.prefix(Self.mostSamples).compactMap { sample in
                guard case .string(let text) = sample else { return nil }
                return [
                    "column": VisibleText(name).text, "value": Self.clipped(VisibleText(text, limit: 200).text),
                    "found": place(of: text, column: name) ?? "not among the first places of the findings; preflight diagnose finds it",
                ]
            }
        }
    }

    private func place(of sample: String, column name: String) -> String? {
        let findings = report.findings.filter { $0.column.map { name.isEmpty || $0.name.text == name } ?? false }
        let example = findings.lazy.flatMap(\.examples).first { $0.value?.text == sample }
        return example.map { "first at \(ReportWords.place($0.place))" }
    }
}
