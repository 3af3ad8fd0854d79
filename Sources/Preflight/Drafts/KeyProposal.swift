import ImportProfiles
import SafeText

/// A set of columns whose values together differ in every row of every file.
package struct KeyProposal: Sendable {
    /// Names.
    package let columns: [String]
    /// Whether chance alone would hardly have done it: otherwise someone has to say that it is the key.
    package let isSure: Bool
    /// What was counted; safe to print.
    package let note: String

    /// Rows from which on a single column that differs in each of them is no chance.
    private static let fewestRows = 20
    /// Rows that chance would have let repeat another.
    private static let fewestExpected = 10.0
    /// The worst rank of a column that is a key by its name or its looks.
    private static let lastRankOfID = 2

    /// - Parameters:
    ///   - searches: of each file, over the same columns.
    ///   - names: of these columns.
    init?(_ searches: [KeySearch], names: [String]) {
        guard let first = searches.first else { return nil }
        let common = first.candidates.filter { candidate in
            searches.allSatisfy { search in search.candidates.contains { $0.members == candidate.members } }
        }
        func rank(_ candidate: KeySearch.Candidate) -> Int { candidate.members.reduce(0) { $0 + first.columns[$1].rank } }
        guard let best = common.first else { return nil }
        let rows = searches.map(\.rowCount)
        let total = rows.reduce(0, +)
        guard total > 1 else { return nil }
        columns = best.members.map { names[$0] }
        let rivals = common.dropFirst().filter { rank($0) == rank(best) }
        let expected = searches.reduce(0.0) { sum, search in
            sum + (search.candidates.first { $0.members == best.members }?.expectedRepeats ?? 0)
        }
        if best.members.count == 1 {
            isSure = rank(best) <= Self.lastRankOfID && total >= Self.fewestRows && rivals.isEmpty
        } else {
            isSure = expected >= Self.fewestExpected && rivals.isEmpty
        }
        var words = "different in all \(total.counted("row"))"
        if searches.count > 1 { words += " of each of \(searches.count) files" }
        if best.members.count > 1 {
            let chance = Int(expected.rounded())
            words += "; unrelated columns would repeat \(chance > 0 ? "about \(chance.counted("pair"))" : "no pair") of rows"
        }
        if !rivals.isEmpty {
            words += "; so \(rivals.count == 1 ? "is" : "are") " + rivals.prefix(3).map { YAMLText.list($0.members.map { names[$0] }) }.joined(separator: ", ")
        }
        note = words
    }
}
