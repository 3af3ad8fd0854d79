import ByteSpans
import CSVTokenizer
import SafeText

/// Finds what the rows of selected cells have in common: how many of them, and of the other rows, have the values that the first one has.
struct SliceSearch {
    private static let mostColumns = 32
    /// Fewer cells say nothing.
    private static let fewestCells = 20
    /// After so many cells a column in which half of them differ is no longer compared.
    private static let decidingCells = 1 << 12
    /// Of rows after the first ones, one in so many is compared.
    private static let (firstRows, step) = (2_000, 101)

    private let own: Int
    private let width: Int
    private let decoder: FieldDecoder
    /// By column, from the first selected row; empty before it.
    private var texts: [[UInt8]] = []
    private var matches: [Int] = []
    /// Indices of the columns that are compared.
    private var open: [Int] = []
    private var cells = 0
    /// The same in a part of all rows.
    private var rowMatches: [Int] = []
    private var rowCount = 0

    init(width: Int, own: Int, quote: UInt8) {
        self.own = own
        self.width = min(width, Self.mostColumns)
        decoder = FieldDecoder(quote: quote)
    }

    /// Whether there is a column that the rows may have in common.
    var isOpen: Bool { !open.isEmpty }

    /// Rows with a selected cell.
    mutating func add(_ rows: BitSet, _ batch: borrowing RowBatch) {
        if !texts.isEmpty, open.isEmpty {
            cells += rows.count
            return
        }
        for row in rows { add(row: row, batch) }
    }

    private mutating func add(row: Int, _ batch: borrowing RowBatch) {
        if texts.isEmpty {
            for column in 0..<width { texts.append(text(row, column, batch)) }
            matches = Array(repeating: 0, count: width)
            rowMatches = matches
            open = (0..<width).filter { $0 != own && !texts[$0].isEmpty }
        }
        cells += 1
        for column in open where has(row, column, batch) { matches[column] += 1 }
        if cells == Self.decidingCells { open.removeAll { matches[$0] * 2 < cells } }
    }

    /// Calls `body` with each of the rows that are compared.
    static func forEachCompared(_ rows: BatchRows, _ body: (Int) -> Void) {
        if rows.blank.isEmpty, rows.ragged.isEmpty {
            // The header is the first row.
            let offset = rows.firstNumber - (rows.header == nil ? 0 : 1)
            var number = compared(after: rows.firstNumber - 1)
            while number - offset < rows.count {
                body(number - offset)
                number = compared(after: number)
            }
            return
        }
        var whole = rows.wholeRows
        while let row = whole.next() {
            if row.number == compared(after: row.number - 1) { body(row.index) }
        }
    }

    /// The number of the next row that is compared.
    private static func compared(after number: Int) -> Int { number < firstRows ? number + 1 : (number / step + 1) * step }

    /// A row that is compared.
    mutating func compare(row: Int, _ batch: borrowing RowBatch) {
        guard !open.isEmpty else { return }
        rowCount += 1
        for column in open where has(row, column, batch) { rowMatches[column] += 1 }
    }

    /// What nearly all have in common, where it is rarer in the other rows.
    func slice(names: [ColumnName]) -> FailureSlice? {
        guard cells >= Self.fewestCells, rowCount > 0 else { return nil }
        let telling = open.filter { column in
            let share = Double(matches[column]) / Double(cells)
            return share >= 0.9 && share >= 2 * Double(rowMatches[column]) / Double(rowCount)
        }
        guard let best = telling.max(by: { matches[$0] < matches[$1] }) else { return nil }
        return FailureSlice(
            column: ColumnReference(index: best + 1, name: best < names.count ? names[best] : ""), value: VisibleText(texts[best]),
            covered: matches[best], failures: cells, baseShare: Double(rowMatches[best]) / Double(rowCount))
    }

    private func text(_ row: Int, _ column: Int, _ batch: borrowing RowBatch) -> [UInt8] {
        guard let field = Self.field(row, column, batch) else { return [] }
        return decoder.withText(of: field, in: batch) { Array($0.prefix(FoundCell.mostBytes)) }
    }

    private func has(_ row: Int, _ column: Int, _ batch: borrowing RowBatch) -> Bool {
        guard let field = Self.field(row, column, batch) else { return false }
        let wanted = texts[column]
        return decoder.withText(of: field, in: batch) { $0.count == wanted.count && $0.elementsEqual(wanted) }
    }

    private static func field(_ row: Int, _ column: Int, _ batch: borrowing RowBatch) -> Int? {
        let fields = batch.fields(ofRow: row)
        let count = batch.isSteady ? fields.count : batch.steadyFieldCount(ofRow: row)
        return column < count ? fields.lowerBound + column : nil
    }
}
