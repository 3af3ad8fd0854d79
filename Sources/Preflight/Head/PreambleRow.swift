import SafeText
import ValueFormats

/// The cells of one of the first rows: a header, a line above it, or a row of values.
struct PreambleRow {
    /// Cells up to the last that is not blank.
    let cells: ArraySlice<[UInt8]>
    /// Fields of the row.
    let width: Int
    /// Whether its cells may name columns, whether or not some are alike.
    let areWords: Bool
    let areNames: Bool

    init(_ row: [[UInt8]]) {
        let end = (row.lastIndex { !Self.isBlank($0) } ?? -1) + 1
        cells = row[..<end]
        width = row.count
        areWords = cells.allSatisfy(Self.isName)
        areNames = areWords && Set(cells).count == cells.count
    }

    var filled: Int { cells.count }

    /// Whether its cells may name columns but for blank ones before them: those of the rows' names, or of a margin.
    var areNamesAfterBlank: Bool {
        let names = cells.drop(while: Self.isBlank)
        return names.count > 1 && cells.count - names.count <= 2 && names.allSatisfy(Self.isName) && Set(names).count == names.count
    }

    /// Whether it is a line above a table that is laid out in columns: values among its cells, and blank ones between them.
    var isLaidOut: Bool {
        let inner = cells.drop(while: Self.isBlank)
        return inner.count > 1 && inner.contains(where: Self.isBlank)
            && inner.contains { !Self.isBlank($0) && Self.formats($0).isDisjoint(with: .text) }
    }

    /// Whether most of its fields are blank ones at its end.
    var isPadded: Bool { width > 1 && 2 * filled <= width }

    /// Whether it is a sentence that delimiters cut: a space follows each, and a part of it is no name.
    var isProse: Bool {
        filled > 1 && cells.dropFirst().allSatisfy { $0.first == UInt8(ascii: " ") }
            && cells.contains { cell in
                guard let first = cell.first(where: { $0 != UInt8(ascii: " ") }) else { return true }
                func count(_ byte: UInt8) -> Int { cell.count { $0 == byte } }
                return ASCII.isDigit(first) || count(UInt8(ascii: "(")) != count(UInt8(ascii: ")"))
            }
    }

    /// Whether it may be a line above a header: a title, a pair of a label and its value, or prose.
    func isAbove(_ header: PreambleRow) -> Bool {
        if isProse || filled <= 1 || isTitle(above: header) || isPrompt || isLaidOut { return true }
        if cells.drop(while: Self.isBlank).count <= 1 { return true }
        guard filled < header.filled else { return false }
        return filled == 2 && cells.first.map(Self.isName) ?? false || isAmount && 2 * filled <= header.filled || 2 * filled < header.filled
    }

    /// Whether it is a label, an amount and its currency.
    private var isAmount: Bool {
        let cells = Array(cells)
        return cells.count == 3 && Self.isName(cells[0]) && !Self.formats(cells[1]).isDisjoint(with: .numbers) && Self.isName(cells[2])
    }

    /// Whether rows are labels and their values: a label ends with a colon, is one that exports write above their tables, or the values differ in kind.
    static func arePairs(_ rows: [[[UInt8]]]) -> Bool {
        let pairs = rows.map(PreambleRow.init).filter { $0.filled > 0 }
        guard pairs.allSatisfy({ $0.filled <= 2 && isName($0.cells[0]) }) else { return false }
        if pairs.contains(where: { isLabel($0.cells[0]) }) { return true }
        let kinds = pairs.dropFirst().filter { $0.filled == 2 }.map { formats($0.cells[1]).isDisjoint(with: FormatSet.numbers) }
        return Set(kinds).count > 1
    }

    /// Whether a cell labels the value after it, as exports write above their tables.
    static func isLabel(_ cell: [UInt8]) -> Bool {
        let label = String(decoding: cell, as: UTF8.self).lowercased()
        return label.hasSuffix(":") || labels.contains(label)
    }

    private static let labels: Set<String> = [
        "from", "to", "start", "end", "period", "date", "currency", "account", "printed", "created", "generated", "exported", "report",
        "user",
        "von", "bis", "zeitraum", "stand", "währung", "konto", "datum", "erstellt", "du", "au", "période", "devise", "compte", "desde",
        "hasta",
        "periodo", "moneda", "cuenta", "dal", "al", "valuta", "conto", "van", "tot", "periode",
    ]

    /// Whether a cell is a text that may name a column: no value.
    private static func isName(_ cell: [UInt8]) -> Bool {
        guard let first = cell.first, first != UInt8(ascii: " ") else { return false }
        return !ASCII.isDigit(first) && first != UInt8(ascii: "-") && first != UInt8(ascii: "+")
            && formats(cell).isDisjoint(with: [.nullWord, .spreadsheetError])
    }

    static func isBlank(_ cell: [UInt8]) -> Bool {
        cell.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    static func formats(_ cell: [UInt8]) -> FormatSet {
        FormatSet.formats(of: cell.span)
    }
}
