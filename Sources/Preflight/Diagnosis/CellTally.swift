import ByteSpans
import CSVTokenizer
import ValueFormats

/// What one question finds in the cells of one batch.
struct CellTally {
    /// The beginning of a text, and where it is.
    private struct Seen {
        var row: Int
        var field: Int
        var value: [UInt8]
    }

    /// What is done with a cell of one sort.
    private struct Work: OptionSet {
        let rawValue: UInt8
        static let count = Work(rawValue: 1)
        static let keepFirst = Work(rawValue: 2)
        static let keepPlace = Work(rawValue: 4)
        static let select = Work(rawValue: 8)
    }

    /// Of one sort of values.
    private struct Count {
        var cells = 0
        /// The first cells of different texts.
        var first: [Seen] = []
        /// The first cells, whatever their texts; only of sorts that are samples.
        var places: [Seen] = []
    }

    let question: CellQuestion
    let sorter: CellSorter
    let lookup: SampleLookup
    let kernel: Kernel
    let quote: UInt8
    /// Whether the test selects empty cells.
    let selectsEmpty: Bool
    private let memory = ShortTextTable(bits: 12, repeating: Remembered())
    /// What the kernel writes for a tile of rows.
    /// The separator that the kernel takes for the decimal one: a guess, which makes no difference to what is found.
    var plainDecimal = UInt8(ascii: ".")
    /// Counts the batches: what was kept in an earlier one is not kept in the next.
    private var batchNumber: UInt32 = 0
    var cells = 0
    var filled = 0
    /// By number of the sort.
    private var counts: [Count] = []
    private var cellCounts: [Int] = []
    /// In a batch that has none yet, and what is left of it.
    private var works: [Work] = []
    private var openWorks: [Work] = []
    private var texts = TextTable()
    /// By entry of the table.
    private var textCounts: [(outcome: CellGroup.Outcome, cells: Int, first: Seen)] = []
    /// Rows whose cell the test selects.
    private(set) var selected = BitSet()

    init(_ question: CellQuestion, lookup: SampleLookup, kernel: Kernel, quote: UInt8) {
        self.question = question
        self.lookup = lookup
        self.kernel = kernel
        self.quote = quote
        selectsEmpty = question.test?.selects(Span()) ?? false
        sorter = CellSorter(question, lookup: lookup)
    }

    mutating func begin() {
        batchNumber &+= 1
        (cells, filled) = (0, 0)
        for sort in cellCounts.indices where cellCounts[sort] > 0 {
            cellCounts[sort] = 0
            counts[sort] = Count()
            openWorks[sort] = works[sort]
        }
        selected.removeAll()
        texts.removeAll()
        textCounts.removeAll(keepingCapacity: true)
    }

    /// Counts the cells of the question's column.
    ///
    /// - Parameters:
    ///   - batch: The batch, with its index.
    ///   - rows: tells which of them have cells.
    ///   - width: Fields of these rows.
    ///   - decoder: takes off quotes.
    mutating func read(_ batch: borrowing RowBatch, _ rows: BatchRows, width: Int, _ decoder: FieldDecoder) {
        let isSteady = batch.isSteady
        let isWhole = rows.blank.isEmpty && rows.ragged.isEmpty
        let column = question.column
        if isSteady, !batch.isThinned {
            guard column <= width else { return }
            // Between rows of other widths all fields follow one another.
            var others = rows.blank
            others.formUnion(rows.ragged)
            if let header = rows.header { others.insert(header) }
            for stretch in others.gaps(below: batch.rowCount) { readEven(batch, rows: stretch, width: width, decoder) }
            return
        }
        for row in 0..<batch.rowCount {
            if row == rows.header || !isWhole && (rows.blank.contains(row) || rows.ragged.contains(row)) { continue }
            let fields = batch.fields(ofRow: row)
            guard column <= (isSteady ? fields.count : batch.steadyFieldCount(ofRow: row)) else { continue }
            let field = fields.lowerBound &+ column &- 1
            decoder.withText(of: field, in: batch) { add($0, field: field, row: row) }
        }
    }

    @inline(__always)
    mutating func add(_ value: Span<UInt8>, field: Int, row: Int) {
        cells &+= 1
        if value.isEmpty {
            if selectsEmpty { selected.insert(row) }
            return
        }
        filled &+= 1
        guard let key = ShortText(value, column: 0) else {
            let sort = sort(of: value)
            if question.countsTexts { _ = count(value, sort: sort, field: field, row: row) }
            return add(value, sort: sort, isNew: true, field: field, row: row)
        }
        let place = memory.place(of: key)
        if memory[place].key != key { memory[place] = Remembered(key: key, sort: Int32(truncatingIfNeeded: sort(of: value))) }
        let sort = Int(memory[place].sort)
        if question.countsTexts { count(value, rememberedAt: place, sort: sort, field: field, row: row) }
        if openWorks[sort].isEmpty { return }
        let isNew = memory[place].batchNumber != batchNumber
        memory[place].batchNumber = batchNumber
        add(value, sort: sort, isNew: isNew, field: field, row: row)
    }

    /// - Returns: a sort for which there is a count.
    private mutating func sort(of value: Span<UInt8>) -> Int {
        let sort = sorter.sort(of: value)
        while counts.count < sorter.sorts.count {
            works.append(work(for: sorter.sorts[counts.count]))
            openWorks.append(works[counts.count])
            cellCounts.append(0)
            counts.append(Count())
        }
        return sort
    }

    private func work(for sort: CellSorter.Sort) -> Work {
        if sort.isQuiet { return [] }
        var work: Work = [.count, .keepFirst]
        if !sort.matches.isEmpty { work.insert(.keepPlace) }
        if sort.isSelected { work.insert(.select) }
        return work
    }

    /// - Parameter isNew: whether the text may not be among those that are kept.
    @inline(__always)
    private mutating func add(_ value: Span<UInt8>, sort: Int, isNew: Bool, field: Int, row: Int) {
        let work = openWorks[sort]
        if work.isEmpty { return }
        cellCounts[sort] &+= 1
        if work != .count { addMore(value, sort: sort, work, isNew: isNew, field: field, row: row) }
    }

    @inline(never)
    private mutating func addMore(_ value: Span<UInt8>, sort: Int, _ work: Work, isNew: Bool, field: Int, row: Int) {
        if isNew, work.contains(.keepFirst) {
            Self.keep(value, field: field, row: row, in: &counts[sort].first)
            if counts[sort].first.count == CellGroup.mostFirst { openWorks[sort].remove(.keepFirst) }
        }
        if work.contains(.keepPlace) {
            counts[sort].places.append(Seen(row: row, field: field, value: Array(value.prefix(FoundCell.mostBytes))))
            if counts[sort].places.count == SampleFinding.mostFirst { openWorks[sort].remove(.keepPlace) }
        }
        if work.contains(.select) { selected.insert(row) }
    }

    /// Keeps the first cell of each text.
    private static func keep(_ value: Span<UInt8>, field: Int, row: Int, in list: inout [Seen]) {
        let text = value.prefix(FoundCell.mostBytes)
        if list.contains(where: { $0.value.span.hasSameBytes(as: text) }) { return }
        list.append(Seen(row: row, field: field, value: Array(text)))
    }

    /// Counts the text of a short value, which is looked up once in a batch.
    private mutating func count(_ value: Span<UInt8>, rememberedAt place: Int, sort: Int, field: Int, row: Int) {
        if memory[place].textBatchNumber == batchNumber, memory[place].text >= 0 {
            textCounts[Int(memory[place].text)].cells &+= 1
            return
        }
        memory[place].textBatchNumber = batchNumber
        memory[place].text = Int32(truncatingIfNeeded: count(value, sort: sort, field: field, row: row) ?? -1)
    }

    /// - Returns: the number of the text; `nil` where there are too many.
    private mutating func count(_ value: Span<UInt8>, sort: Int, field: Int, row: Int) -> Int? {
        let hash = texts.hash(of: value, column: 0)
        if let known = texts.find(value, hash: hash, column: 0) {
            textCounts[known].cells += 1
            return known
        }
        guard textCounts.count <= CellScan.mostTexts else { return nil }
        _ = texts.insert(value, hash: hash, column: 0)
        let outcome = sorter.sorts[sort].outcomes.first ?? nil
        textCounts.append((outcome ?? .init(), 1, Seen(row: row, field: field, value: Array(value))))
        return textCounts.count - 1
    }

    /// Whether values of a sort only have to be counted in the rest of the batch, or not even that.
    func isOnlyCounted(sort: Int) -> Bool { sort >= 0 && sort < openWorks.count && Work.count.isSuperset(of: openWorks[sort]) }

    /// Whether values of a sort only have to be counted in the rest of the batch, or counted and selected.
    func isOnlySelected(sort: Int) -> Bool {
        sort >= 0 && sort < openWorks.count && ([.count, .select] as Work).isSuperset(of: openWorks[sort])
    }

    /// Whether values of a sort are selected.
    func selects(sort: Int) -> Bool { openWorks[sort].contains(.select) }

    /// Notes rows after those that were selected before, each with a cell whose sort is selected.
    @inline(__always)
    mutating func select(rows: Range<Int>) { selected.insert(rows) }

    /// Counts values of a sort for which ``isOnlyCounted(sort:)`` or ``isOnlySelected(sort:)`` holds.
    mutating func add(_ count: Int, ofSort sort: Int) {
        if !openWorks[sort].isEmpty { cellCounts[sort] += count }
    }

    // MARK: The answer

    /// Adds what was found to the answer.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - selectedFirst: selected cells that no earlier question of the row selects.
    ///   - cell: tells where a cell is: its field, its row and its text.
    func give(to answer: inout CellAnswer, selectedFirst: Int, _ cell: (Int, Int, [UInt8]) -> FoundCell) {
        answer.cells += cells
        answer.filled += filled
        answer.selectedCount += selected.count
        answer.selectedFirst += selectedFirst
        for sort in cellCounts.indices where cellCounts[sort] > 0 {
            let place = answer.place(of: sorter.sorts[sort])
            let wantsFirst = answer.sorts[place].group.first.count < CellGroup.mostFirst
            let first = wantsFirst ? counts[sort].first.map { cell($0.field, $0.row, $0.value) } : []
            answer.sorts[place].group.add(cellCounts[sort], first)
            let room = SampleFinding.mostFirst - answer.sorts[place].places.count
            answer.sorts[place].places += counts[sort].places.prefix(max(0, room)).map { cell($0.field, $0.row, $0.value) }
        }
        giveTexts(to: &answer, cell)
    }

    private func giveTexts(to answer: inout CellAnswer, _ cell: (Int, Int, [UInt8]) -> FoundCell) {
        for (index, count) in textCounts.enumerated() {
            let text = Array(texts.text(of: index))
            if let known = answer.placeOfText[text] {
                answer.texts[known].count += count.cells
            } else if answer.texts.count < CellScan.mostTexts {
                answer.placeOfText[text] = answer.texts.count
                var new = CellGroup(outcome: count.outcome)
                new.add(count.cells, [cell(count.first.field, count.first.row, text)])
                answer.texts.append(new)
            } else {
                answer.areTextsCut = true
            }
        }
    }
}

/// Short values with their sort, remembered until another takes their place: a column has few different dates or words.
private struct Remembered {
    var key = ShortText()
    var sort: Int32 = 0
    /// The last batch that has the value.
    var batchNumber: UInt32 = 0
    /// The number of its text in the last batch that counted it; -1 for none.
    var text: Int32 = -1
    var textBatchNumber: UInt32 = 0
}
