import ImportProfiles
package import Preflight
import SafeText

extension GateRefusal {
    /// The refusal as one sentence with a full stop. Made of our own words and numbers only, so safe to print.
    package var sentence: String {
        switch self {
        case .finding(let kind, let count):
            "\(kind.code) \(kind.slug): \(count.counted("occurrence"))."
        case .predictedSkips(let rows, let allowed, let isUpperBound):
            "\(Self.text(rows, isUpperBound: isUpperBound)) would be skipped (predicted), \(allowed.grouped) allowed."
        case .incomplete:
            "Not all of the file was judged."
        }
    }

    /// `2 rows` where all of them surely are, else `5 to 9 rows`; `Up to 9 rows` where none is sure, `At least 5 rows` where only the sure ones
    /// count.
    private static func text(_ rows: Bounds, isUpperBound: Bool) -> String {
        if rows.min == rows.max { return rows.max.counted("row") }
        if !isUpperBound { return "At least \(rows.min.counted("row"))" }
        return rows.min == 0 ? "Up to \(rows.max.counted("row"))" : "\(rows.min.grouped) to \(rows.max.counted("row"))"
    }

    /// The refusals with the findings of one kind, on several columns, made one.
    package static func merged(_ refusals: [GateRefusal]) -> [GateRefusal] {
        var merged: [GateRefusal] = []
        for refusal in refusals {
            guard case .finding(let kind, let count) = refusal,
                let index = merged.firstIndex(where: { if case .finding(kind, _) = $0 { true } else { false } }),
                case .finding(_, let earlier) = merged[index]
            else {
                merged.append(refusal)
                continue
            }
            merged[index] = .finding(kind, count: earlier + count)
        }
        return merged
    }
}
