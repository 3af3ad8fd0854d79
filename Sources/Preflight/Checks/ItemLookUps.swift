import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// The first few unknown items of each column, for which the closest item of the list is named at the end.
struct ItemLookUps {
    /// An unknown item whose closest item is to be named in the message.
    private struct LookUp {
        let column: Int
        let value: [UInt8]
        /// Its number among the examined unknown items, from 1.
        var place: Int

        /// Identifies the remark in the log.
        var subject: String { "\(column) " + value.map { String($0) }.joined(separator: " ") }
    }

    /// The most unknown items of a column that are looked up: each may take as long as reading the list.
    private static let most = 3
    /// The values of a column that are examined for them.
    private static let mostSeen = 1_000 * most
    /// The most comparisons of unknown items with listed ones, in all columns: there may be many columns with long lists.
    private static let mostComparisons = 16_000_000

    /// In file order.
    private var lookUps: [LookUp] = []
    // By column: the indexes of its look-ups, whether more are wanted, and how many unknown items were examined for them.
    private var own: [[Int]]
    private var isWanted: [Bool]
    private var seen: [Int]

    init(_ columns: [ColumnPlan.Column]) {
        own = Array(repeating: [], count: columns.count)
        isWanted = columns.map { $0.settings.profile.items != nil }
        seen = Array(repeating: 0, count: columns.count)
    }

    /// Whether values with this judgement are looked at: unknown items, and those that are known but for spaces or letter case.
    func wants(_ verdict: Verdict, column: Int) -> Bool {
        isWanted[column] && (verdict == .fails || verdict == .doubtful)
    }

    /// Keeps a value if it is one of the first few distinct ones.
    ///
    /// - Parameters:
    ///   - verdict: a doubtful item is kept only if it has characters that cannot be seen or look like others: the reason says the rest.
    mutating func add(_ value: [UInt8], _ verdict: Verdict, column: Int, group: Int, log: inout FindingLog) {
        seen[column] += 1
        let lookUp = LookUp(column: column, value: value, place: seen[column])
        if verdict == .fails || Lookalike.mayDeceive(value), keep(lookUp) { log.reserveRemark(about: lookUp.subject, in: group) }
        if own[column].count == Self.most || seen[column] == Self.mostSeen { isWanted[column] = false }
    }

    /// - Returns: whether the item was not kept before.
    @discardableResult
    private mutating func keep(_ lookUp: LookUp) -> Bool {
        if own[lookUp.column].contains(where: { lookUps[$0].value == lookUp.value }) { return false }
        own[lookUp.column].append(lookUps.count)
        lookUps.append(lookUp)
        return true
    }

    /// Adds those of the range after this one.
    mutating func merge(_ later: ItemLookUps) {
        for lookUp in later.lookUps where isWanted[lookUp.column] {
            var lookUp = lookUp
            lookUp.place += seen[lookUp.column]
            if lookUp.place <= Self.mostSeen, own[lookUp.column].count < Self.most { keep(lookUp) }
        }
        for index in seen.indices where isWanted[index] {
            seen[index] += later.seen[index]
            isWanted[index] = seen[index] < Self.mostSeen && own[index].count < Self.most
        }
    }

    /// Suggests the items that were probably meant.
    func nameNearest(_ columns: [ColumnPlan.Column], log: inout FindingLog) {
        let bySubject = Dictionary(lookUps.map { ($0.subject, $0) }) { first, _ in first }
        var comparisonsLeft = Self.mostComparisons
        log.settleRemarks { subject in
            // A range may have reserved remarks for more items than the whole file looks up.
            guard let lookUp = bySubject[subject], let items = columns[lookUp.column].settings.profile.items, comparisonsLeft >= 0
            else { return nil }
            comparisonsLeft -= items.count
            guard comparisonsLeft >= 0, let nearest = NearestItem.find(lookUp.value, in: items) else { return nil }
            let (shown, item) = (VisibleText(lookUp.value).text, VisibleText(nearest.item).text)
            return "\"\(shown)\": closest item is \"\(item)\", \(nearest.difference(of: lookUp.value))"
        }
    }
}
