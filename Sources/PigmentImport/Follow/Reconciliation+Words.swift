public import Preflight

extension Reconciliation.Entry {
    /// One sentence, safe to print.
    public var words: String {
        let place = columnName.map { "Column \($0), \(reason.rawValue)" } ?? "\(reason.rawValue) (the report names no column)"
        let predictedWords = predicted.map { "predicted \(Reconciliation.words($0))" } ?? "nothing predicted"
        let reportedWords = reported.map { "\($0) reported" } ?? "the report has no readable count"
        return "\(place): \(predictedWords), \(reportedWords)\(remark)."
    }

    private var remark: String {
        switch verdict {
        case .asPredicted: ", as predicted"
        case .fewer: ": fewer"
        case .more: ": more than predicted"
        case .unpredicted: ": unpredicted"
        case .unreadable: ""
        }
    }

    /// The entry as the report writes it.
    public var json: JSONValue {
        .members([
            "column": columnName.map { .string($0) } ?? .null, "reason": .string(reason.rawValue),
            "predicted": predicted.map { .members(["min": .int($0.min), "max": .int($0.max)]) } ?? .null,
            "reported": reported.map { .int($0) } ?? .null, "verdict": .string(verdict.rawValue),
        ])
    }
}

extension Reconciliation {
    /// The whole comparison in sentences, the rows first. Safe to print.
    public var words: [String] {
        guard hasDetail else {
            return ["The server sent no detailed report: whether rows were skipped is not known. Ask again with: preflight status"]
        }
        return [rowWords] + entries.map(\.words)
    }

    private var rowWords: String {
        let basis = isEstimate ? " (estimated without a profile)" : ""
        let predicted = "predicted \(Self.words(rows.predicted))\(basis)"
        guard let reported = rows.reported else { return "Skipped rows: \(predicted); the report has no readable number." }
        let limit =
            rows.isOverLimit
            ? ", over the limit of \(rows.allowed)"
            : rows.verdict == .more
                ? ", more than predicted"
                : rows.verdict == .fewer
                    ? ": fewer, the import took rows that the profile calls wrong" : ""
        return "Skipped rows: \(predicted), \(reported) reported\(limit)."
    }

    /// One object per column and reason. The rows come last, as an entry without a reason.
    public var json: JSONValue {
        guard hasDetail else { return .array([]) }
        let total = JSONValue.members([
            "column": .null, "reason": .null,
            "predicted": .members(["min": .int(rows.predicted.min), "max": .int(rows.predicted.max)]),
            "reported": rows.reported.map { .int($0) } ?? .null, "verdict": .string(rows.verdict.rawValue),
        ])
        return .array(entries.map(\.json) + [total])
    }

    static func words(_ bounds: Bounds) -> String {
        bounds.min == bounds.max ? "\(bounds.min)" : "\(bounds.min) to \(bounds.max)"
    }
}
