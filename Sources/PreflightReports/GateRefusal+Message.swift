import ImportProfiles
package import Preflight
import SafeText

extension GateRefusal {
    /// The refusal as a clause without a full stop. Made of our own words and numbers only, so safe to print.
    package var message: String { message(ofRows: nil) }

    /// - Parameter rowCount: The number of rows in the file, to be shown with the number that would be skipped.
    func message(ofRows rowCount: Int?) -> String {
        switch self {
        case .finding(let kind, let count):
            "\(kind.code) \(kind.slug)" + (count == 1 ? "" : " (\(count.grouped) times)")
        case .predictedSkips(let rows, let allowed, let isUpperBound):
            "\(Self.text(rows, of: rowCount, isUpperBound: isUpperBound)) would be skipped, \(allowed.grouped) allowed"
        case .incomplete:
            "not all of the file was checked"
        }
    }

    /// `2 rows` if both bounds are equal, else `5 to 9 rows`; `up to 9 rows` if none is certain, `at least 5 rows` if only certain ones count.
    private static func text(_ rows: Bounds, of rowCount: Int?, isUpperBound: Bool) -> String {
        let number =
            if rows.min == rows.max {
                rows.max.grouped
            } else if !isUpperBound {
                "at least \(rows.min.grouped)"
            } else {
                (rows.min == 0 ? "up to " : "\(rows.min.grouped) to ") + rows.max.grouped
            }
        if let rowCount { return "\(number) of \(rowCount.counted("row"))" }
        let isOne = (isUpperBound ? rows.max : rows.min) == 1
        return "\(number) \(isOne ? "row" : "rows")"
    }

    /// The refusals, with one for each kind of finding instead of one for each column.
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
        // The findings say why.
        return merged.filter { $0 != .incomplete } + merged.filter { $0 == .incomplete }
    }

    /// All reasons in one line, safe to print.
    package static func message(of refusals: [GateRefusal]) -> String {
        merged(refusals).map(\.message).joined(separator: "; ")
    }
}
