package import ValueFormats

/// What was found in the cells of one column.
package struct CellAnswer: Sendable {
    /// Cells, and those that are not empty.
    package var cells = 0
    package var filled = 0
    /// By rule, in the order of their first cells.
    package var groups: [[CellGroup]]
    /// By sample.
    package var samples: [SampleFinding]
    /// The texts and what the first rule makes of each, in the order of their first cells; only where they were asked for. Of one that loads the
    /// outcome neither fails nor has doubts.
    package var texts: [CellGroup] = []
    /// Whether there are more texts than are counted.
    package var areTextsCut = false
    /// What the selected cells have in common, in another column.
    package var slice: FailureSlice?
    /// The cells that the test selects: see ``CellQuestion/test``.
    package var selectedCount = 0
    /// Of them, those in a row where the test of no earlier question selects one.
    package var selectedFirst = 0
    var placeOfText: [[UInt8]: Int] = [:]
    /// Before the last batch: what was found, by sort.
    var sorts: [FoundSort] = []
    private var placeOfSort: [CellSorter.Sort: Int] = [:]

    /// Values that are alike in everything that is asked.
    struct FoundSort: Sendable {
        var sort: CellSorter.Sort
        var group = CellGroup(outcome: .init())
        /// The first cells, whatever their texts.
        var places: [FoundCell] = []
    }

    init(ruleCount: Int, samples: [SampleText]) {
        groups = Array(repeating: [], count: ruleCount)
        self.samples = samples.map { SampleFinding(sample: $0) }
    }

    mutating func place(of sort: CellSorter.Sort) -> Int {
        if let known = placeOfSort[sort] { return known }
        placeOfSort[sort] = sorts.count
        sorts.append(FoundSort(sort: sort))
        return sorts.count - 1
    }

    /// By sample that was found, the values that it may be, at least one: a cell with one of them was skipped.
    package var located: [[[UInt8]]] { samples.map(\.values).filter { !$0.isEmpty } }

    /// Puts together what was found by sort. The order is that of the first cells, however the file was cut.
    mutating func finish() {
        sorts.sort { ($0.group.first.first?.byteOffset ?? 0) < ($1.group.first.first?.byteOffset ?? 0) }
        for found in sorts {
            for (rule, outcome) in found.sort.outcomes.enumerated() {
                guard let outcome else { continue }
                let place = groups[rule].firstIndex { $0.outcome == outcome } ?? groups[rule].count
                if place == groups[rule].count { groups[rule].append(CellGroup(outcome: outcome)) }
                groups[rule][place].count += found.group.count
                groups[rule][place].first += found.group.first
            }
            for match in found.sort.matches { samples[match.sample].add(match.likeness, found.group.count, found.places) }
        }
        for rule in groups.indices {
            for place in groups[rule].indices {
                groups[rule][place].first = Self.first(groups[rule][place].first, most: CellGroup.mostFirst)
            }
        }
        for place in samples.indices {
            samples[place].first = Self.first(samples[place].first, most: SampleFinding.mostFirst)
            for kind in samples[place].like.indices {
                samples[place].like[kind].first = Self.first(samples[place].like[kind].first, most: SampleFinding.mostFirst)
            }
        }
        (sorts, placeOfSort, placeOfText) = ([], [:], [:])
    }

    private static func first(_ cells: [FoundCell], most: Int) -> [FoundCell] {
        Array(cells.sorted { $0.byteOffset < $1.byteOffset }.prefix(most))
    }
}

/// Cells that a rule judges alike.
package struct CellGroup: Sendable {
    /// Either it fails for sure, or it has these doubts.
    package struct Outcome: Sendable, Hashable {
        package var fails = false
        package var doubts: DoubtSet = []

        package init(fails: Bool = false, doubts: DoubtSet = []) {
            self.fails = fails
            self.doubts = doubts
        }
    }

    package var outcome: Outcome
    package var count = 0
    /// The first cells of different texts.
    package var first: [FoundCell] = []

    /// As many as a report has samples.
    package static let mostFirst = 10

    init(outcome: Outcome) {
        self.outcome = outcome
    }

    /// Adds what follows in the file.
    mutating func add(_ count: Int, _ cells: [FoundCell]) {
        self.count += count
        for cell in cells where first.count < Self.mostFirst && !first.contains(where: { $0.value == cell.value }) { first.append(cell) }
    }
}

/// A cell, where it is, and the beginning of its text.
package struct FoundCell: Sendable, Equatable {
    /// At most ``mostBytes`` of them.
    package var value: [UInt8]
    /// Record number, from 1.
    package var row: Int
    /// Physical line of the cell, from 1.
    package var line: Int
    /// In the decompressed file, from 0.
    package var byteOffset: Int

    package static let mostBytes = 256

    package init(value: [UInt8], row: Int, line: Int, byteOffset: Int) {
        self.value = value
        self.row = row
        self.line = line
        self.byteOffset = byteOffset
    }
}

/// Where a sample is in the file.
package struct SampleFinding: Sendable {
    /// How a cell is the sample in another spelling. In the order of preference.
    package enum Likeness: Int, Sendable, CaseIterable {
        /// But for spaces, quotes, escapes or letter case.
        case spacing
        /// It is the beginning of the cell.
        case beginning
        /// The same digits in the same order.
        case digits
        /// The same numbers in another order, as those of a date.
        case parts
    }

    package var sample: SampleText
    /// Cells with exactly these bytes; of a cut sample, those that begin with them.
    package var count = 0
    /// The first of them.
    package var first: [FoundCell] = []
    /// By likeness.
    package var like = Likeness.allCases.map { _ in Like() }

    package struct Like: Sendable {
        package var count = 0
        package var first: [FoundCell] = []

        /// The value of all of them; `nil` where they may differ.
        var onlyValue: [UInt8]? {
            guard let value = first.first?.value, count == first.count, value.count < FoundCell.mostBytes else { return nil }
            return first.allSatisfy { $0.value == value } ? value : nil
        }
    }

    static let mostFirst = 3

    package init(sample: SampleText) {
        self.sample = sample
    }

    /// Whether it was copied from a screen, which shows no spaces around a value: a cell with some may be meant as well as one without.
    package var isFromScreen = false

    /// The values that the sample may be, at least one of which was skipped; none where no cell has it, and where not all of them are known.
    package var values: [[UInt8]] {
        guard count > 0 else {
            // A cut sample may be the beginning of different values.
            guard let (likeness, found) = nearest, [.spacing, .beginning].contains(likeness) else { return [] }
            return found.onlyValue.map { [$0] } ?? []
        }
        if sample.isCut { return Like(count: count, first: first).onlyValue.map { [$0] } ?? [] }
        let spaced = like[Likeness.spacing.rawValue]
        guard isFromScreen, spaced.count > 0 else { return [sample.bytes] }
        guard spaced.count == spaced.first.count else { return [] }
        return [sample.bytes] + Set(spaced.first.map(\.value)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether no cell has it in any spelling, although it was not made unreadable.
    package var isLost: Bool { count == 0 && nearest == nil && !sample.isRedacted }

    fileprivate mutating func add(_ likeness: Likeness?, _ count: Int, _ cells: [FoundCell]) {
        guard let likeness else {
            self.count += count
            first += cells
            return
        }
        like[likeness.rawValue].count += count
        like[likeness.rawValue].first += cells
    }

    /// The best likeness with a cell, where no cell has exactly the bytes.
    package var nearest: (likeness: Likeness, found: Like)? {
        guard count == 0 else { return nil }
        return Likeness.allCases.lazy.map { ($0, like[$0.rawValue]) }.first { $0.1.count > 0 }
    }
}
