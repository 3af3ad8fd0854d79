import CSVTokenizer
import ImportProfiles
import ValueFormats

/// What one question finds in the cells of one batch.
struct CellTally {
    /// A cell that the test selects.
    struct Hit {
        var row: Int32
        var field: Int32
        var question: Int32
    }

    /// The beginning of a text, and where it is.
    private struct Seen {
        var row: Int
        var field: Int
        var value: [UInt8]
    }

    private struct Group {
        var outcome: CellGroup.Outcome
        var count = 0
        var first: [Seen] = []
    }

    private struct Places {
        var count = 0
        var first: [Seen] = []
    }

    private let question: CellQuestion
    private let lookup: SampleLookup
    private let noSamples: Bool
    private var quiet = QuietValues()
    private var cells = 0
    private var filled = 0
    private var groups: [[Group]]
    private var exact: [Places]
    private var like: [[Places]]
    private var texts = TextTable()
    /// By entry of the table.
    private var textGroups: [Group] = []
    private var selectedCells: [Seen] = []
    var selected = 0
    /// Of them, those that no earlier question of the row selects.
    var selectedFirst = 0

    init(_ question: CellQuestion, lookup: SampleLookup) {
        self.question = question
        self.lookup = lookup
        noSamples = lookup.isEmpty
        groups = question.rules.map { _ in [] }
        exact = question.samples.map { _ in Places() }
        like = question.samples.map { _ in SampleFinding.Likeness.allCases.map { _ in Places() } }
    }

    mutating func removeAll() {
        (cells, filled, selected, selectedFirst) = (0, 0, 0, 0)
        selectedCells.removeAll(keepingCapacity: true)
        for index in groups.indices { groups[index].removeAll(keepingCapacity: true) }
        for index in exact.indices {
            exact[index] = Places()
            for kind in like[index].indices { like[index][kind] = Places() }
        }
        texts.removeAll()
        textGroups.removeAll(keepingCapacity: true)
    }

    /// - Returns: whether the test selects the cell.
    @inline(__always)
    mutating func add(_ value: UnsafeRawBufferPointer, field: Int, row: Int) -> Bool {
        cells &+= 1
        if value.isEmpty { return false }
        filled &+= 1
        let mark = QuietValues.Mark(value)
        if let mark, quiet.contains(mark) { return false }
        var isNoted = false
        for index in question.rules.indices {
            let judgement = question.rules[index].judge(value)
            if judgement.verdict == .parses || judgement.verdict == .empty { continue }
            isNoted = true
            let outcome = CellGroup.Outcome(
                fails: judgement.verdict == .fails, doubts: judgement.verdict == .fails ? [] : judgement.doubts)
            note(outcome, rule: index, value, field: field, row: row)
            if index == 0, question.countsTexts { count(value, outcome, field: field, row: row) }
        }
        if !noSamples, look(at: value, field: field, row: row) { isNoted = true }
        guard let test = question.test, test.selects(value) else {
            if !isNoted, let mark { quiet.insert(mark) }
            return false
        }
        if selectedCells.count < CellGroup.mostFirst { Self.keep(value, field: field, row: row, in: &selectedCells) }
        return true
    }

    private mutating func note(
        _ outcome: CellGroup.Outcome, rule: Int, _ value: UnsafeRawBufferPointer, field: Int, row: Int
    ) {
        var place = 0
        while place < groups[rule].count, groups[rule][place].outcome != outcome { place += 1 }
        if place == groups[rule].count { groups[rule].append(Group(outcome: outcome)) }
        groups[rule][place].count &+= 1
        if groups[rule][place].first.count < CellGroup.mostFirst {
            Self.keep(value, field: field, row: row, in: &groups[rule][place].first)
        }
    }

    /// Keeps the first cell of each text.
    private static func keep(_ value: UnsafeRawBufferPointer, field: Int, row: Int, in list: inout [Seen]) {
        let text = value.prefix(FoundCell.mostBytes)
        if list.contains(where: { $0.value.elementsEqual(text) }) { return }
        list.append(Seen(row: row, field: field, value: Array(text)))
    }

    private mutating func count(_ value: UnsafeRawBufferPointer, _ outcome: CellGroup.Outcome, field: Int, row: Int) {
        let hash = texts.hash(of: value, column: 0)
        if let known = texts.find(value, hash: hash, column: 0) {
            textGroups[known].count += 1
        } else if textGroups.count <= CellScan.mostTexts {
            _ = texts.insert(value, hash: hash, column: 0)
            textGroups.append(Group(outcome: outcome, count: 1, first: [Seen(row: row, field: field, value: Array(value))]))
        }
    }

    /// - Returns: whether the value is like any sample.
    private mutating func look(at value: UnsafeRawBufferPointer, field: Int, row: Int) -> Bool {
        var isFound = false
        func note(_ places: inout Places) {
            places.count += 1
            guard places.first.count < SampleFinding.mostFirst else { return }
            places.first.append(Seen(row: row, field: field, value: Array(value.prefix(FoundCell.mostBytes))))
        }
        lookup.forEachMatch(value) { sample, likeness in
            if let likeness { note(&like[sample][likeness.rawValue]) } else { note(&exact[sample]) }
            isFound = true
        }
        return isFound
    }

    /// Adds what was found to the answer.
    ///
    /// - Parameter cell: tells where a cell is: its field, its row and its text.
    func give(to answer: inout CellAnswer, _ cell: (Int, Int, [UInt8]) -> FoundCell) {
        func found(_ seen: [Seen], wanted: Int) -> [FoundCell] { wanted > 0 ? seen.map { cell($0.field, $0.row, $0.value) } : [] }
        answer.cells += cells
        answer.filled += filled
        for (rule, list) in groups.enumerated() {
            for group in list {
                let place = Self.place(of: group.outcome, in: &answer.groups[rule])
                let room = CellGroup.mostFirst - answer.groups[rule][place].first.count
                answer.groups[rule][place].add(group.count, found(group.first, wanted: room))
            }
        }
        for index in exact.indices {
            let room = SampleFinding.mostFirst - answer.samples[index].first.count
            answer.samples[index].count += exact[index].count
            answer.samples[index].first += found(exact[index].first, wanted: room).prefix(max(0, room))
            for kind in like[index].indices {
                let room = SampleFinding.mostFirst - answer.samples[index].like[kind].first.count
                answer.samples[index].like[kind].count += like[index][kind].count
                answer.samples[index].like[kind].first += found(like[index][kind].first, wanted: room).prefix(max(0, room))
            }
        }
        giveTexts(to: &answer, cell)
        answer.selected.add(selected, found(selectedCells, wanted: CellGroup.mostFirst - answer.selected.first.count))
        answer.selectedFirst += selectedFirst
    }

    private static func place(of outcome: CellGroup.Outcome, in groups: inout [CellGroup]) -> Int {
        if let known = groups.firstIndex(where: { $0.outcome == outcome }) { return known }
        groups.append(CellGroup(outcome: outcome))
        return groups.count - 1
    }

    private func giveTexts(to answer: inout CellAnswer, _ cell: (Int, Int, [UInt8]) -> FoundCell) {
        for (index, group) in textGroups.enumerated() {
            let text = Array(texts.text(of: index))
            if let known = answer.placeOfText[text] {
                answer.texts[known].count += group.count
            } else if answer.texts.count < CellScan.mostTexts {
                answer.placeOfText[text] = answer.texts.count
                var new = CellGroup(outcome: group.outcome)
                let seen = group.first[0]
                new.add(group.count, [cell(seen.field, seen.row, text)])
                answer.texts.append(new)
            } else {
                answer.areTextsCut = true
            }
        }
    }
}

/// Short values of which nothing is to be noted, remembered until another takes their place: a column has few different dates or words, and what
/// is made of a value depends on its bytes alone.
private struct QuietValues {
    /// All bytes of a value of at most 16, and how many there are.
    struct Mark: Equatable {
        let low: UInt64
        let high: UInt64

        /// - Parameter value: not empty.
        @inline(__always)
        init?(_ value: UnsafeRawBufferPointer) {
            // The length takes the place of the last byte.
            guard value.count < 16 else { return nil }
            var (low, high) = (UInt64(0), UInt64(0))
            for index in 0..<min(8, value.count) { low |= UInt64(value[index]) << UInt64(8 * index) }
            if value.count > 8 { for index in 8..<value.count { high |= UInt64(value[index]) << UInt64(8 * (index - 8)) } }
            self.low = low
            self.high = high | UInt64(value.count) << 56
        }

        @inline(__always)
        var place: Int {
            let hash = (low ^ high &* 0x9E37_79B9_7F4A_7C15) &* 0xA076_1D64_78BD_642F
            return Int(truncatingIfNeeded: hash >> 52)
        }
    }

    private var marks: [Mark?] = Array(repeating: nil, count: 1 << 12)

    @inline(__always)
    func contains(_ mark: Mark) -> Bool { marks[mark.place] == mark }

    @inline(__always)
    mutating func insert(_ mark: Mark) { marks[mark.place] = mark }
}
