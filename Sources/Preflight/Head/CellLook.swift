import CSVTokenizer
import ValueFormats

/// How much the cells look like values under one delimiter, while other delimiters cut the rows as well.
///
/// A number or a date is certainly one value, and so is a text; a text with another delimiter in it is probably two values. A delimiter that
/// a space follows belongs to prose (`Doe, John`), and one in quotes is meant.
struct CellLook {
    private let delimiter: UInt8
    private let rivals: [UInt8]
    private let quote: UInt8
    private var rowCount = 0
    private var cellCount = 0
    /// Ten for a number or date, nine for a text.
    private var points = 0

    /// The first row of a file is its header: it counts only where nothing follows it.
    private static let mostRows = 100

    init(delimiter: UInt8, rivals: [UInt8], quote: UInt8) {
        self.delimiter = delimiter
        self.rivals = rivals.filter { $0 != delimiter }
        self.quote = quote
    }

    /// From 0 to 1.
    var share: Double { cellCount == 0 ? 1 : Double(points) / Double(10 * cellCount) }

    /// - Returns: whether more rows are wanted.
    mutating func add(_ row: Int, of batch: borrowing RowBatch) -> Bool {
        if rowCount == 1 { (points, cellCount) = (0, 0) }
        rowCount += 1
        for field in batch.fields(ofRow: row) {
            cellCount += 1
            points += self.points(UnsafeRawBufferPointer(rebasing: batch.bytes[batch.range(ofField: field)]))
        }
        return rowCount < Self.mostRows
    }

    private func points(_ cell: UnsafeRawBufferPointer) -> Int {
        if cell.count > 1, cell[0] == quote, cell[cell.count - 1] == quote { return 9 }
        guard let place = cell.firstIndex(where: rivals.contains) else { return FormatSet.formats(of: cell) == .text ? 9 : 10 }
        if FormatSet.formats(of: cell) != .text { return 10 }
        let isProse = cell[place...].indices.allSatisfy { index in
            !rivals.contains(cell[index]) || (index + 1 < cell.count && cell[index + 1] == UInt8(ascii: " "))
        }
        return isProse ? 9 : 0
    }
}
