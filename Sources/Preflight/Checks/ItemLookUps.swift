import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// The first few unknown items of each column, for which the closest item of the list is named at the end.
struct ItemLookUps {
    /// An unknown item whose closest item is to be named in the message.
    private struct LookUp {
        var column: Int
        var value: [UInt8]
        /// Its number among the examined unknown items, from 1.
        var place: Int
        /// Whether some item looks the same.
        var isLookalike: Bool

        /// Identifies the remark in the log.
        var subject: String { "\(column) " + value.map { String($0) }.joined(separator: " ") }
    }

    /// The most unknown items of a column that are looked up: each may take as long as reading the list. As many again that look like an item: the eye does
    /// not find them, wherever they are.
    private static let most = 3
    /// The values of a column that are examined for both.
    private static let (mostSeen, mostSeenForLookalikes) = (1_000 * most, 20_000)
    /// The most comparisons of unknown items with listed ones, in all columns: there may be many columns with long lists.
    private static let mostComparisons = 16_000_000

    /// In file order.
    private var lookUps: [LookUp] = []
    private var columns: [Column]

    private struct Column {
        let items: ItemSet?
        /// The indexes of its look-ups.
        var plain: [Int] = []
        var lookalikes: [Int] = []
        /// How many unknown items were examined.
        var seen = 0
        /// Made for the first of them.
        var likeness: LookalikeItems?

        var isWanted: Bool {
            items != nil && (wantsPlain || lookalikes.count < ItemLookUps.most && seen < ItemLookUps.mostSeenForLookalikes)
        }
        var wantsPlain: Bool { plain.count < ItemLookUps.most && seen < ItemLookUps.mostSeen }

        /// Whether a look-up at a place is among the first.
        func admits(_ lookUp: LookUp) -> Bool {
            lookUp.isLookalike
                ? lookalikes.count < ItemLookUps.most && lookUp.place <= ItemLookUps.mostSeenForLookalikes
                : plain.count < ItemLookUps.most && lookUp.place <= ItemLookUps.mostSeen
        }
    }

    init(_ columns: [ColumnPlan.Column]) {
        self.columns = columns.map { Column(items: $0.settings.profile.items) }
    }

    /// Whether values with this judgement are looked at: unknown items, and those that are known but for spaces or letter case.
    func wants(_ verdict: Verdict, column: Int) -> Bool {
        columns[column].isWanted && (verdict == .fails || verdict == .doubtful)
    }

    /// Keeps a value if it is one of the first few distinct ones.
    ///
    /// - Parameters:
    ///   - verdict: a doubtful item is kept only if it has characters that cannot be seen or look like others: the reason says the rest.
    mutating func add(_ value: [UInt8], _ verdict: Verdict, column: Int, group: Int, log: inout FindingLog) {
        guard let items = columns[column].items else { return }
        columns[column].seen += 1
        guard verdict == .fails || Lookalike.mayDeceive(value) else { return }
        let likeness = columns[column].likeness ?? LookalikeItems(items)
        columns[column].likeness = likeness
        let lookUp = LookUp(column: column, value: value, place: columns[column].seen, isLookalike: likeness.contain(value))
        if keep(lookUp) { log.reserveRemark(about: lookUp.subject, in: group, comesFirst: lookUp.isLookalike) }
    }

    /// - Returns: whether the item was not kept before.
    @discardableResult
    private mutating func keep(_ lookUp: LookUp) -> Bool {
        let column = columns[lookUp.column]
        guard column.admits(lookUp),
            !(lookUp.isLookalike ? column.lookalikes : column.plain).contains(where: { lookUps[$0].value == lookUp.value })
        else { return false }
        if lookUp.isLookalike {
            columns[lookUp.column].lookalikes.append(lookUps.count)
        } else {
            columns[lookUp.column].plain.append(lookUps.count)
        }
        lookUps.append(lookUp)
        return true
    }

    /// Adds those of the range after this one.
    mutating func merge(_ later: ItemLookUps) {
        for lookUp in later.lookUps {
            var lookUp = lookUp
            lookUp.place += columns[lookUp.column].seen
            keep(lookUp)
        }
        for index in columns.indices where columns[index].isWanted { columns[index].seen += later.columns[index].seen }
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

extension ItemLookUps: CodedState {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&lookUps, blank: LookUp(column: 0, value: [], place: 0, isLookalike: false)) { coder, lookUp in
            coder(&lookUp.column)
            coder(&lookUp.value)
            coder(&lookUp.place)
            coder(&lookUp.isLookalike)
        }
        if lookUps.contains(where: { !columns.indices.contains($0.column) }) { coder.fail() }
        coder.each(&columns) { coder, column in
            coder(&column.plain)
            coder(&column.lookalikes)
            coder(&column.seen)
        }
    }
}
