import ByteSpans
import CSVTokenizer
import ValueFormats

/// How much the cells look like values under one delimiter, while other delimiters cut the rows as well.
///
/// A number or a date is certainly one value, and so is a text; a text with other delimiters in it is probably several values, and counts as so
/// many. A delimiter that a space follows belongs to prose (`Doe, John`), and one in quotes is meant. No one types a tab into a cell: a row
/// in which one is left is not cut at all.
struct CellLook {
    private let delimiter: UInt8
    private let rivals: [UInt8]
    private let quote: UInt8
    private var rowCount = 0
    /// Of the cells and, in those that are probably several values, of these.
    private var valueCount = 0
    /// Ten for a number or date, nine for a text, one for a text that is probably several values.
    private var points = 0

    /// The first row of a file is its header: it counts only where nothing follows it.
    private static let mostRows = 100

    init(delimiter: UInt8, rivals: [UInt8], quote: UInt8) {
        self.delimiter = delimiter
        self.rivals = rivals.filter { $0 != delimiter }
        self.quote = quote
    }

    /// From 0 to 1.
    var share: Double { valueCount == 0 ? 1 : Double(points) / Double(10 * valueCount) }

    /// - Returns: whether more rows are wanted.
    mutating func add(_ row: Int, of batch: borrowing RowBatch) -> Bool {
        if rowCount == 1 { (points, valueCount) = (0, 0) }
        rowCount += 1
        var rowPoints = 0
        var isCut = true
        for field in batch.fields(ofRow: row) {
            let cell = batch.bytes[batch.range(ofField: field)]
            let (points, values, hasTab) = look(at: cell)
            valueCount += values
            rowPoints += points
            if hasTab { isCut = false }
        }
        if isCut { points += rowPoints }
        return rowCount < Self.mostRows
    }

    /// Points, how many values the cell probably is, and whether a tab is left in it.
    private func look(at cell: Span<UInt8>) -> (points: Int, values: Int, hasTab: Bool) {
        if cell.count > 1, cell[0] == quote, cell[cell.count - 1] == quote { return (9, 1, false) }
        var (rivalCount, isProse, hasTab) = (0, true, false)
        for index in cell.indices where rivals.contains(cell[index]) {
            rivalCount += 1
            if cell[index] == UInt8(ascii: "\t") { hasTab = true }
            if index + 1 == cell.count || cell[index + 1] != UInt8(ascii: " ") { isProse = false }
        }
        if !FormatSet.formats(of: cell).contains(.text) { return (10, 1, hasTab) }
        return isProse ? (9, 1, hasTab) : (1, 1 + rivalCount, hasTab)
    }
}
