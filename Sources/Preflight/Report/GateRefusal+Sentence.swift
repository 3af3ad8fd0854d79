extension GateRefusal {
    /// The refusal as one sentence with a full stop. Made of our own words and numbers only, so safe to print.
    public var sentence: String {
        switch self {
        case .finding(let code, let count):
            "\(code.rawValue) \(code.entry.slug): \(count.counted("occurrence"))."
        case .predictedSkips(let rows, let allowed, let isUpperBound):
            "\(isUpperBound ? "Up to" : "At least") \(rows.counted("row")) would be skipped (predicted), \(allowed.grouped) allowed."
        case .incomplete:
            "Not all of the file was judged."
        }
    }

    /// The refusals with the findings of one code, on several columns, made one.
    package static func merged(_ refusals: [GateRefusal]) -> [GateRefusal] {
        var merged: [GateRefusal] = []
        for refusal in refusals {
            guard case .finding(let code, let count) = refusal,
                let index = merged.firstIndex(where: { if case .finding(code, _) = $0 { true } else { false } }),
                case .finding(_, let earlier) = merged[index]
            else {
                merged.append(refusal)
                continue
            }
            merged[index] = .finding(code, count: earlier + count)
        }
        return merged
    }
}
