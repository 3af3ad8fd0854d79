import SafeText

/// The columns of a row that may be the header of another table: what it has in each, and what the rows above and below have there.
struct NamedColumns {
    enum Kind {
        /// Numbers or dates.
        case values
        case texts
        /// Nothing, or both.
        case mixed
    }

    private let row: PreambleRow
    private let cells: [[UInt8]]
    /// Columns with a word where values are above, and below values again, or texts.
    private let same: [Int]
    private let changed: [Int]
    /// Columns with a word where texts are above and values below.
    private let new: [Int]

    init(above: [Kind], below: [Kind], row: [[UInt8]]) {
        self.row = PreambleRow(row)
        cells = row
        func columns(_ first: Kind, _ second: Kind) -> [Int] {
            row.indices.filter { above[$0] == first && below[$0] == second && !PreambleRow.isBlank(row[$0]) }
        }
        same = columns(.values, .values)
        changed = columns(.values, .texts)
        new = columns(.texts, .values)
    }

    /// Columns with values below.
    var valueCount: Int { same.count + new.count }

    /// - Parameter isAnew: whether a blank line or a title is right above. Without it, only words between values tell, and more than one: a single word may stand
    ///   for a value that is missing.
    func areHeader(isAnew: Bool) -> Bool {
        let isCapital = isAnew && cells.allSatisfy(Self.isCapitalized)
        let first = cells[0]
        guard row.areNames || (row.areWords && (isCapital || isNamed)), isAnew || !TotalWords.contain(first.span) else {
            return false
        }
        let evident = isAnew ? same + changed + new : same
        if !isNamed, !evident.allSatisfy({ TableShape.mayBeUnit(cells[$0]) }) { return false }
        if (same + changed).isEmpty { return false }
        return evident.count > 1 || (isAnew && (isCapital || (isKnown && ColumnWords.occur(in: cells[evident[0]]))))
    }

    /// Whether all cells are words that usually name columns.
    private var isNamed: Bool { row.filled == cells.count && row.isAllKnown }
    private var isKnown: Bool { row.filled == cells.count && row.isKnown }

    private static func isCapitalized(_ cell: [UInt8]) -> Bool {
        cell.first.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || $0 >= 0x80 } ?? false
    }
}
