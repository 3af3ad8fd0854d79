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

    /// Rows from which on a key is proposed, and from which on a single column with the name of an ID is one: in fewer, a customer may come once.
    private static let fewestRows = (proposed: 10, sure: 100)
    /// Rows that chance would have let repeat another.
    private static let fewestExpected = 10.0
    /// Different whole numbers without a telling name are a key only if they fill at least this part of their range: amounts leave more room.
    private static let leastShareOfRange = 0.1

    /// - Parameters:
    ///   - searches: of each file, over the same columns.
    ///   - names: of these columns.
    ///   - ranges: from the smallest to the largest number of these columns, where they are whole numbers.
    init?(_ searches: [KeySearch], names: [String], ranges: [Double?]) {
        guard let first = searches.first else { return nil }
        func rank(_ candidate: KeySearch.Candidate) -> Int { candidate.members.reduce(0) { $0 + first.columns[$1].rank } }
        let common = first.candidates.filter { candidate in
            guard searches.allSatisfy({ search in search.candidates.contains { $0.members == candidate.members } }) else { return false }
            guard first.isWeak(candidate), let range = ranges[candidate.members[0]] else { return true }
            return Double(first.rowCount) >= Self.leastShareOfRange * range
        }
        guard let best = common.first(where: { !first.isWeak($0) }) ?? common.first else { return nil }
        let rows = searches.map(\.rowCount)
        let total = rows.reduce(0, +)
        guard total >= Self.fewestRows.proposed else { return nil }
        columns = best.members.map { names[$0] }
        let rivals = common.filter { $0.members != best.members && rank($0) == rank(best) }
        let expected = searches.reduce(0.0) { sum, search in
            sum + (search.candidates.first { $0.members == best.members }?.expectedRepeats ?? 0)
        }
        if best.members.count == 1 {
            isSure = rank(best) == 0 && total >= Self.fewestRows.sure && rivals.isEmpty
        } else {
            isSure = expected >= Self.fewestExpected && rivals.isEmpty
        }
        var words = "different in all \(total.counted("row"))"
        if searches.count > 1 { words += " of each of \(searches.count) files" }
        if !rivals.isEmpty {
            words +=
                "; so \(rivals.count == 1 ? "is" : "are") "
                + rivals.prefix(3).map { YAMLText.list($0.members.map { names[$0] }) }.joined(separator: ", ")
        }
        note = words
    }
}
