import ImportProfiles
import Preflight
import ValueFormats

/// What several columns have in common: an import configuration has one setting for all of them more often than the same one in each by chance,
/// and reads the spellings of one type alike.
///
/// ```
///   Jan 26   300 cells   decimal "."      or every value          ┐
///   Feb 26   300 cells   decimal "."      or every value          ├ decimal "." is supposed once, not three times
///   Mar 26   296 cells   decimal "."                              ┘
/// ```
enum SharedCause {
    /// Of a doubt that is settled otherwise in another column of the type.
    private static let contradiction = 4.0
    /// Of a doubt that is rejected in another column of the type, too, and was counted there.
    private static let repeatedRejection = -1.5

    /// Orders the explanations of columns that were skipped for values, each by what is known of the others.
    static func weigh(_ entries: inout [Diagnosis.Entry]) {
        let open = entries.indices.filter {
            entries[$0].reported.reason == .parsingError && entries[$0].reported.count != 0
                && entries[$0].explanations.first?.isExact == true
        }
        guard open.count > 1 else { return }
        shareSettings(&entries, open)
        shareDoubts(&entries, open)
        for index in open { entries[index].sort() }
    }

    /// A setting that explains several columns costs as much as in one of them.
    private static func shareSettings(_ entries: inout [Diagnosis.Entry], _ open: [Int]) {
        var columns: [[String]: Set<Int>] = [:]
        for index in open {
            for explanation in entries[index].explanations where explanation.isExact && explanation.kind == .configuration {
                for setting in explanation.settings { columns[setting, default: []].insert(index) }
            }
        }
        for index in open {
            for place in entries[index].explanations.indices where entries[index].explanations[place].kind == .configuration {
                let explanation = entries[index].explanations[place]
                let shared = explanation.settings.max { (columns[$0]?.count ?? 0, $1.count) < (columns[$1]?.count ?? 0, $0.count) }
                guard explanation.isExact, let shared, let count = columns[shared]?.count, count > 1 else { continue }
                let sharing = ExplanationCost.settings(Double(shared.count)) * Double(count - 1) / Double(count)
                entries[index].explanations[place].shared = shared
                entries[index].explanations[place].sharing = sharing
                entries[index].explanations[place].cost -= sharing
            }
        }
    }

    private static func shareDoubts(_ entries: inout [Diagnosis.Entry], _ open: [Int]) {
        // What is settled is evidence for the others, not they for it.
        let known = open.compactMap { index -> (index: Int, type: ColumnType?, rejected: DoubtSet, accepted: DoubtSet)? in
            guard let settled = entries[index].settled, settled.certainty == .certain, settled.equals.isEmpty else { return nil }
            return (index, settled.columns.first?.type, settled.rejected, settled.accepted)
        }
        for index in open where !known.contains(where: { $0.index == index }) {
            for place in entries[index].explanations.indices where entries[index].explanations[place].isExact {
                let explanation = entries[index].explanations[place]
                let alike = known.filter { $0.type == explanation.columns.first?.type }
                let rejected = alike.reduce(DoubtSet()) { $0.union($1.rejected) }
                let accepted = alike.reduce(DoubtSet()) { $0.union($1.accepted) }.subtracting(rejected)
                let contradicted = explanation.rejected.intersection(accepted).union(explanation.accepted.intersection(rejected))
                let repeated = explanation.accepted.isEmpty ? DoubtSet() : explanation.rejected.intersection(rejected)
                entries[index].explanations[place].cost +=
                    contradiction * Double(contradicted.count) + repeatedRejection * Double(repeated.count)
            }
        }
    }
}
