import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows among the first ones that sum up the rows above them, as reports and pivot tables have them after each group.
///
///     Country    Product  Sales
///     FR         P1         100
///     FR         P2         250
///     Total FR              350     a label of a total, and a blank where all other rows have a label
///     DE         P1          70
///
/// A label is not enough: a customer may be called Total Energies. See ``SubtotalTable``. The last row of the file is for ``TotalsCheck``.
struct SubtotalCheck: Check {
    static let kinds: [FindingKind] = [.subtotalRow]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    /// The rows at the beginning, each with a line end.
    private var text: [UInt8] = []
    private var rows: [Row] = []
    /// Of the file.
    private var rowCount = 0
    /// Whether some field labels a total.
    private var mayHaveTotals = false

    private struct Row {
        var number: Int
        var line: Int
        var byteOffset: Int
        /// In the text.
        var start: Int
    }

    /// How far into the file it looks: subtotals are everywhere.
    private static let most = 64 << 10
    private static let mostColumns = 200
    /// In the labels of totals, in most languages, in lower case.
    private static let stems = [
        "tot", "sum", "som", "erg", "gesamt", "result", "razem", "ensemble", "итог", "Итог", "всего", "計", "计",
    ].map { stem in
        let bytes = Array(stem.utf8)
        return (bytes: bytes, pattern: BytePattern(bytes, compared: (0, min(2, bytes.count - 1)), ignoresCase: true))
    }

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.width > 1, layout.width <= Self.mostColumns else { return nil }
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        rowCount += judgement.rows.dataRowCount
        guard batch.isIndexed, batch.byteOffset < Self.most else { return }
        mayHaveTotals = mayHaveTotals || hasLabel(batch)
        var lines = LineCursor()
        judgement.rows.forEachWhole(inFirst: Self.most, of: batch) { row in
            guard let bytes = batch.bytes(ofRow: row.index) else { return }
            var content = bytes
            if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
            if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
            let start = batch.start(ofRow: row.index)
            rows.append(
                Row(
                    number: row.number, line: lines.line(of: start, in: batch), byteOffset: batch.streamOffset(ofPosition: start),
                    start: text.count))
            text.append(contentsOf: content)
            text.append(UInt8(ascii: "\n"))
        }
    }

    /// Whether some field labels a total. Nearly every file has none, and nothing more is asked of its rows.
    private func hasLabel(_ batch: borrowing RowBatch) -> Bool {
        Self.stems.contains { stem in
            var position = 0
            while let place = stem.pattern.firstPlace(in: batch.bytes, from: position), batch.streamOffset(ofPosition: place) < Self.most {
                position = place + 1
                // Two bytes were compared.
                guard Self.hasText(stem.bytes, at: place, in: batch.bytes) else { continue }
                if TotalWords.hasWord(at: place, in: batch.bytes), isLabel(batch.field(atPosition: place), of: batch) { return true }
            }
            return false
        } || hasStars(batch)
    }

    private static func hasText(_ text: [UInt8], at place: Int, in bytes: Span<UInt8>) -> Bool {
        place + text.count <= bytes.count && text.indices.allSatisfy { ASCII.lowercased(bytes[place + $0]) == ASCII.lowercased(text[$0]) }
    }

    private func isLabel(_ field: Int, of batch: borrowing RowBatch) -> Bool {
        decoder.withText(of: field, in: batch) { TotalWords.mayLabelSubtotal($0) }
    }

    /// Whether some field begins with a star, and labels a total so.
    private func hasStars(_ batch: borrowing RowBatch) -> Bool {
        let star = UInt8(ascii: "*")
        var position = 0
        while let place = batch.bytes.nextIndex(of: star, from: position), batch.streamOffset(ofPosition: place) < Self.most {
            position = place + 1
            let before = place > 0 ? batch.bytes[place - 1] : UInt8(ascii: "\n")
            let isFirst = before == layout.delimiter || before == layout.quote || before == UInt8(ascii: "\n")
            if isFirst, isLabel(batch.field(atPosition: place), of: batch) { return true }
        }
        return false
    }

    mutating func merge(_ later: SubtotalCheck, at joint: Joint) {
        rowCount += later.rowCount
        mayHaveTotals = mayHaveTotals || later.mayHaveTotals
        for row in later.rows {
            rows.append(
                Row(
                    number: row.number + joint.rows, line: row.line + joint.lines, byteOffset: row.byteOffset,
                    start: row.start + text.count))
        }
        text += later.text
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard mayHaveTotals, rows.count > 3 else { return }
        let cells = self.cells()
        guard cells.count == rows.count else { return }
        var found = SubtotalTable(cells, width: layout.width).subtotals
        // The last row of the file is told so by itself.
        if let last = found.last, rows[last].number == rowCount, cells[last].contains(where: Self.isTotal) { found.removeLast() }
        for index in found {
            let row = rows[index]
            log.note(.subtotalRow, row: row.number) { _ in
                Finding.Example(
                    place: Place(row: row.number, line: row.line, column: nil, byteOffset: row.byteOffset), value: VisibleText(shown(index))
                )
            }
        }
    }

    private static func isTotal(_ cell: [UInt8]) -> Bool { TotalWords.contain(cell.span) }

    private func shown(_ index: Int) -> [UInt8] {
        let end = index + 1 < rows.count ? rows[index + 1].start : text.count
        return Array(text[rows[index].start..<(end - 1)])
    }

    private func cells() -> [[[UInt8]]] {
        var cells: [[[UInt8]]] = []
        DialectDetector(text.span, isCut: false).forEachRow(delimiter: layout.delimiter, quote: layout.quote) { batch, row, _ in
            cells.append(batch.fields(ofRow: row).map { field in decoder.withText(of: field, in: batch) { Array($0) } })
            return true
        }
        return cells
    }
}

extension SubtotalCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&text)
        coder.list(&rows, blank: Row(number: 0, line: 0, byteOffset: 0, start: 0)) { coder, row in
            coder(&row.number)
            coder(&row.line)
            coder(&row.byteOffset)
            coder(&row.start)
        }
        coder(&rowCount)
        coder(&mayHaveTotals)
    }
}

extension FindingKind {
    static let subtotalRow = FindingKind(
        code: "PF232", slug: "subtotal-row", severity: .warning, about: .rows,
        title: "Row looks like a subtotal",
        why: """
            Reports and pivot tables have a row with the sum below each group. Loaded as one more row, it counts the rows above it twice. The first \
            64 kB of a file are searched for it.
            """,
        help: "Remove the rows, or export without subtotals.",
        message: { "\($0.counted("row", "looks like a subtotal", "look like subtotals")), in the first 64 kB\($0.reasons)" })
}
