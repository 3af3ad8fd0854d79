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
    /// Texts that the first rule rejects, in the order of their first cells; only where they were asked for.
    package var texts: [CellGroup] = []
    /// Whether there are more texts than are counted.
    package var areTextsCut = false
    /// What the selected cells have in common, in another column.
    package var slice: FailureSlice?
    var placeOfText: [[UInt8]: Int] = [:]
    /// The cells that the test selects: see ``CellQuestion/test``.
    package var selected = CellGroup(outcome: .init())
    /// Of them, those in a row where the test of no earlier question selects one.
    package var selectedFirst = 0

    init(ruleCount: Int, samples: [SampleText]) {
        groups = Array(repeating: [], count: ruleCount)
        self.samples = samples.map { SampleFinding(sample: $0) }
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

    static let mostFirst = 5

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
        /// But for spaces or quotes around it, or letter case.
        case spacing
        /// The same digits in the same order.
        case digits
        /// The same numbers in another order, as those of a date.
        case parts
    }

    package var sample: SampleText
    /// Cells with exactly these bytes.
    package var count = 0
    /// The first of them.
    package var first: [FoundCell] = []
    /// By likeness.
    package var like = Likeness.allCases.map { _ in Like() }

    package struct Like: Sendable {
        package var count = 0
        package var first: [FoundCell] = []
    }

    static let mostFirst = 3

    package init(sample: SampleText) {
        self.sample = sample
    }

    /// The best likeness with a cell, where no cell has exactly the bytes.
    package var nearest: (likeness: Likeness, found: Like)? {
        guard count == 0 else { return nil }
        return Likeness.allCases.lazy.map { ($0, like[$0.rawValue]) }.first { $0.1.count > 0 }
    }
}
