import ImportProfiles
import Preflight
import ValueFormats

/// Looks for the items in which the list of a profile and that of Pigment differ: as few as make the reported number.
///
/// ```
///   text   cells  profile   reported: 67 of which FR03 is a sample
///   FR09      17  lacks it  ┐
///   ES01       9  lacks it  ├ 30 predicted
///   UK01       4  lacks it  ┘
///   FR03      54  has it      30 + 54 (FR03 was deleted) - 17 (FR09 was added) = 67
/// ```
struct ListDifferences {
    /// A text of the column.
    private struct Text {
        var value: [UInt8]
        var cells: Int
        var first: FoundCell
        /// Whether the list of the profile has it.
        var isListed: Bool
        var isSample: Bool
        /// Its place among all texts of the answer.
        var index: Int
    }

    private let texts: [Text]
    private let reported: Int
    private let sampleCount: Int
    private let hasUnknownSample: Bool

    /// Texts and cells up to which any number of added items is looked for.
    private static let (mostTexts, mostCells) = (200, 200_000)
    /// Explanations that are kept.
    private static let mostExplanations = 100

    /// - Returns: `nil` where the texts are not all known.
    init?(_ answer: CellAnswer, rule: ValueRule, reported: Int) {
        guard !answer.areTextsCut, reported > 0 else { return nil }
        let located = answer.located
        // One that may be several texts says nothing here.
        let samples = Set(located.filter { $0.count == 1 }.map { $0[0] })
        texts = answer.texts.enumerated().compactMap { index, group in
            guard let first = group.first.first, group.outcome.doubts.isEmpty || samples.contains(first.value) else { return nil }
            let isListed = rule.judge(first.value.span).verdict != .fails
            return Text(
                value: first.value, cells: group.count, first: first, isListed: isListed, isSample: samples.contains(first.value),
                index: index)
        }
        self.reported = reported
        sampleCount = located.count
        hasUnknownSample = samples.count < located.count
    }

    /// Items that were added to Pigment since, and those that were deleted there; by place in ``texts``.
    private struct Difference {
        var added: [Int] = []
        var deleted: [Int] = []
    }

    /// The best first.
    var explanations: [Explanation] {
        let sure = Difference(deleted: texts.indices.filter { texts[$0].isListed && texts[$0].isSample })
        let missing = texts.indices.filter { !texts[$0].isListed }
        let open = missing.filter { !texts[$0].isSample }
        let others = texts.indices.filter { texts[$0].isListed && !texts[$0].isSample }
        let gap = reported - cells(of: missing) - cells(of: sure.deleted)
        var found: [Difference] = []
        // What the prediction comes to without any difference is no difference.
        if gap == 0, !sure.deleted.isEmpty { found = [sure] }
        if found.isEmpty { found = single(sure, open: open, others: others, gap: gap) }
        if found.isEmpty { found = pair(sure, open: open, others: others, gap: gap) }
        if found.isEmpty, let chosen = anyNumber(open, gap: -gap) { found = [Difference(added: chosen, deleted: sure.deleted)] }
        if !found.isEmpty { return found.prefix(Self.mostExplanations).map { explanation($0) }.sorted { $0.cost < $1.cost } }
        // The samples at least say something.
        return sure.deleted.isEmpty ? [] : [explanation(sure)]
    }

    private func cells(of places: [Int]) -> Int { places.reduce(0) { $0 + texts[$1].cells } }

    /// One item more.
    private func single(_ sure: Difference, open: [Int], others: [Int], gap: Int) -> [Difference] {
        open.filter { texts[$0].cells == -gap }.map { Difference(added: [$0], deleted: sure.deleted) }
            + others.filter { texts[$0].cells == gap }.map { Difference(deleted: sure.deleted + [$0]) }
    }

    /// Two more: both added, both deleted, or one of each.
    private func pair(_ sure: Difference, open: [Int], others: [Int], gap: Int) -> [Difference] {
        // An item that was added takes its cells off.
        let changes = open.map { (place: $0, cells: -texts[$0].cells) } + others.map { (place: $0, cells: texts[$0].cells) }
        let byCells = Dictionary(grouping: changes.indices) { changes[$0].cells }
        var found: [Difference] = []
        for (index, change) in changes.enumerated() {
            for other in byCells[gap - change.cells] ?? [] where other > index {
                let both = [index, other].map { changes[$0] }
                found.append(
                    Difference(
                        added: both.filter { $0.cells < 0 }.map(\.place), deleted: sure.deleted + both.filter { $0.cells > 0 }.map(\.place))
                )
                if found.count == Self.mostExplanations { return found }
            }
        }
        return found
    }

    /// Of more, only where one choice alone makes the number.
    private func anyNumber(_ open: [Int], gap: Int) -> [Int]? {
        guard gap > 0, gap <= Self.mostCells, open.count <= Self.mostTexts else { return nil }
        return Self.onlyChoice(open.map { texts[$0].cells }, making: gap).map { chosen in chosen.sorted().map { open[$0] } }
    }

    private func explanation(_ difference: Difference) -> Explanation {
        let skipped = texts.indices.filter { place in
            texts[place].isListed ? difference.deleted.contains(place) : !difference.added.contains(place)
        }
        let first = skipped.map { texts[$0].first }.sorted { $0.byteOffset < $1.byteOffset }
        let cells = cells(of: skipped)
        var explanation = Explanation(
            kind: .items, cells: cells, samples: sampleCount, isExact: cells == reported,
            test: .texts(Set(skipped.map { texts[$0].value })),
            first: Array(first.prefix(CellGroup.mostShown)))
        func items(_ places: [Int]) -> [Explanation.CountedItem] {
            places.map { Explanation.CountedItem(name: texts[$0].value, cells: texts[$0].cells) }
        }
        (explanation.addedItems, explanation.deletedItems) = (items(difference.added), items(difference.deleted))
        explanation.telling = first
        explanation.selection = .masks(skipped.map { texts[$0].index })
        explanation.cost = ExplanationCost.items(difference.added.count + difference.deleted.count)
        let samples = Set(texts.filter(\.isSample).map(\.value))
        if !hasUnknownSample, !first.prefix(sampleCount).allSatisfy({ samples.contains($0.value) }) {
            explanation.cost += ExplanationCost.samples(sampleCount, of: first.count)
        }
        if !explanation.isExact { explanation.cost += 1000 }
        return explanation
    }

    /// The numbers that together make a sum; `nil` where none do, or more than one choice does.
    static func onlyChoice(_ numbers: [Int], making sum: Int) -> Set<Int>? {
        // How many choices of the first numbers make each sum, up to two.
        var ways = [[UInt8]]()
        var row = [UInt8](repeating: 0, count: sum + 1)
        row[0] = 1
        ways.append(row)
        for number in numbers {
            var next = row
            if number <= sum { for total in number...sum { next[total] = min(2, row[total] + row[total - number]) } }
            row = next
            ways.append(row)
        }
        guard row[sum] == 1 else { return nil }
        var chosen: Set<Int> = []
        var total = sum
        for index in numbers.indices.reversed() where ways[index][total] == 0 {
            chosen.insert(index)
            total -= numbers[index]
        }
        return chosen
    }
}
