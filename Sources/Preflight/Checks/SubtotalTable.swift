import ByteSpans
import SafeText
import ValueFormats

/// Rows of a table that sum up those above them.
///
/// A row has a label of a total, perhaps with a name (``TotalWords/mayLabelSubtotal(_:)``), a number, and one more sign: a blank where every other row
/// has a label, or a number that is the exact sum of its column since the row before that is such a one. Either is enough in two rows or more; one row
/// needs a sum that is no single digit.
struct SubtotalTable {
    private let cells: [[[UInt8]]]
    private let width: Int
    /// By column: whether it holds numbers.
    private let isNumber: [Bool]

    /// Where one row in so many looks like a subtotal, such rows are the rule.
    private static let mostShare = 2
    /// Of the one sum of a table: a shorter number may equal it by chance.
    private static let fewestDigits = 2
    private static let fewestAddends = 2

    init(_ cells: [[[UInt8]]], width: Int) {
        self.cells = cells
        self.width = width
        isNumber = (0..<width).map { column in
            var (numbers, others) = (0, 0)
            for row in cells where row.count == width {
                let formats = PreambleRow.formats(row[column])
                if !formats.isDisjoint(with: [.empty, .nullWord]) { continue }
                if formats.isDisjoint(with: .numbers) { others += 1 } else { numbers += 1 }
            }
            return numbers > 2 && numbers > 4 * others
        }
    }

    /// The indices of the rows, ascending.
    var subtotals: [Int] {
        let labelled = cells.indices.filter { isLabelled(cells[$0]) }
        guard !labelled.isEmpty, labelled.count * Self.mostShare <= cells.count else { return [] }
        let full = fullLabels(except: Set(labelled))
        var (found, start, hasSum) = ([Int](), 0, false)
        for index in labelled {
            let digitCount = digitsOfSum(index, from: start)
            let hasBlank = full.contains { Self.isBlank(cells[index][$0]) }
            guard digitCount > 0 || hasBlank else { continue }
            // Of a group, its subtotal may come after the totals of its parts.
            start = index + 1
            found.append(index)
            hasSum = hasSum || digitCount >= Self.fewestDigits
        }
        return found.count > 1 || hasSum ? found : []
    }

    private func isLabelled(_ row: [[UInt8]]) -> Bool {
        guard row.count == width else { return false }
        guard let label = row.firstIndex(where: Self.mayLabel) else { return false }
        return row.indices.contains { $0 != label && isNumber[$0] && !Self.isBlank(row[$0]) }
    }

    /// The columns that no row but these has a blank in.
    private func fullLabels(except labelled: Set<Int>) -> [Int] {
        (0..<width).filter { column in
            cells.indices.allSatisfy { labelled.contains($0) || cells[$0].count != width || !Self.isBlank(cells[$0][column]) }
        }
    }

    /// The digits of the longest number of a row that is the sum of its column from a row on; 0 if none is.
    private func digitsOfSum(_ index: Int, from start: Int) -> Int {
        guard index - start >= Self.fewestAddends else { return 0 }
        var most = 0
        for column in 0..<width where isNumber[column] {
            for decimal in DecimalSum.separators where isSum(index, from: start, column: column, decimal: decimal) {
                most = max(most, cells[index][column].count(where: ASCII.isDigit))
            }
        }
        return most
    }

    private func isSum(_ index: Int, from start: Int, column: Int, decimal: UInt8) -> Bool {
        guard let total = number(index, column, decimal), !total.isZero else { return false }
        var (sum, count) = (DecimalSum(), 0)
        for row in start..<index where cells[row].count == width && !Self.isBlank(cells[row][column]) {
            guard let addend = number(row, column, decimal) else { return false }
            sum.add(addend)
            if !addend.isZero { count += 1 }
        }
        return sum.isGood && count >= Self.fewestAddends && sum == total
    }

    private func number(_ row: Int, _ column: Int, _ decimal: UInt8) -> DecimalSum? {
        let text = cells[row][column]
        let formats = PreambleRow.formats(text)
        return formats.isDisjoint(with: .numbers) ? nil : DecimalSum(text, formats, decimal: decimal)
    }

    private static func isBlank(_ cell: [UInt8]) -> Bool { Whitespace.trim(cell.span).isEmpty }
    private static func mayLabel(_ cell: [UInt8]) -> Bool { TotalWords.mayLabelSubtotal(cell.span) }
}
