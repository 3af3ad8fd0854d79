import ImportProfiles
import Preflight
import ValueFormats

/// Says of a selected cell why it was skipped, as the explanation has it.
struct RowReason {
    private let parts: [(test: CellTest, words: String)]

    /// - Parameter entries: those of one column.
    init(_ entries: [Diagnosis.Entry], isSuperset: Bool) {
        parts = entries.flatMap { entry in
            (isSuperset ? entry.explanations : entry.settled.map { [$0] } ?? []).map { ($0.test, Self.context($0, entry)) }
        }
    }

    func words(for value: [UInt8]) -> String {
        guard let part = parts.first(where: { $0.test.selects(value.span) }) else { return "a sample of the import's report" }
        guard case .rejected(let rule, _) = part.test else { return part.words }
        let reason = rule.judge(value.span).reason
        return reason == .none ? part.words : part.words.isEmpty ? reason.text : "\(reason.text) (\(part.words))"
    }

    private static func context(_ explanation: Explanation, _ entry: Diagnosis.Entry) -> String {
        switch explanation.kind {
        case .asPredicted, .doubts: ""
        case .configuration: "under \(explanation.settings.first?.joined(separator: " and ") ?? "another setting")"
        case .items: "item is missing from Pigment"
        case .everyValue: "the configuration reads the column as another type"
        case .emptyCells: "empty"
        case .samples: "a sample of the import's report"
        }
    }
}
