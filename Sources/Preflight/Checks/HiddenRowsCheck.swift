import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows near the beginning of the file that are not what they seem: another header among the values, and rows that a quote joined into
/// one field.
///
/// Both look like well-formed rows. What gives them away are columns of values, numbers and dates: a header has words there, and a line that was a
/// row by itself has such a value in each of them.
struct HiddenRowsCheck: Check {
    static let kinds: [FindingKind] = [.secondHeader, .rowsInField]

    private let layout: FileLayout
    /// The rows at the beginning, each with a line end.
    private var text: [UInt8] = []
    private var rows: [Row] = []
    /// What offsets count.
    private var unit = OffsetUnit.byte
    private var headerCount = 0
    private var joinedCount = 0
    /// Rows with the letters of the header.
    private var namesCount = 0
    /// Of the header.
    private var letters: LetterSum?

    private struct Row {
        var number: Int
        var line: Int
        var byteOffset: Int
        /// In the text.
        var start: Int
        var lineCount: Int
        var look: Look
        /// Whether it is so long that it may be the header, written in another way.
        var mayBeHeader: Bool
    }

    private enum Look: UInt8 {
        case usual
        /// There is no digit in it.
        case words
        /// It has more than one line.
        case lines
    }

    /// How far into the file it looks.
    private static let most = 64 << 10
    /// A longer header is not compared with rows.
    private static let longestHeader = 4 << 10
    /// Of more rows that look so none is an exception.
    private static let mostOfALook = 8
    /// Rows that show what a column holds, above a row and below it.
    private static let mostNeighbours = 50

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.hasHeader, layout.width > 1 else { return nil }
        self.layout = layout
        if let header = layout.headerPattern?.rows[0], header.count <= Self.longestHeader { letters = LetterSum(header.span) }
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard batch.byteOffset < Self.most, batch.isIndexed else { return }
        unit = batch.unit
        var lines = LineCursor()
        for row in 0..<batch.rowCount where row != judgement.rows.header && !judgement.rows.blank.contains(row) {
            guard let bytes = batch.bytes(ofRow: row), bytes.count <= batch.limits.rowBytes else { continue }
            let offset = batch.streamOffset(ofPosition: batch.start(ofRow: row))
            if offset >= Self.most { return }
            if judgement.repeatedHeaders.contains(row) { continue }
            add(bytes, number: judgement.rows.number(of: row), line: lines.line(of: batch.start(ofRow: row), in: batch), byteOffset: offset)
        }
    }

    private mutating func add(_ bytes: Span<UInt8>, number: Int, line: Int, byteOffset: Int) {
        var row = bytes
        if row.last == UInt8(ascii: "\n") { row = row.dropLast() }
        if row.last == UInt8(ascii: "\r") { row = row.dropLast() }
        let lineEnds = RowBatch.newlines(in: row)
        let hasDigit = row.contains(where: ASCII.isDigit)
        let look: Look = lineEnds > 0 ? .lines : hasDigit ? .usual : .words
        switch look {
        case .usual: break
        case .words: headerCount += 1
        case .lines: joinedCount += 1
        }
        let mayBeHeader = lineEnds == 0 && layout.headerPattern?.mayResemble(byteCount: row.count) == true && letters == LetterSum(row)
        if mayBeHeader { namesCount += 1 }
        rows.append(
            Row(
                number: number, line: line, byteOffset: byteOffset, start: text.count, lineCount: lineEnds + 1, look: look,
                mayBeHeader: mayBeHeader))
        text.append(contentsOf: row)
        text.append(UInt8(ascii: "\n"))
    }

    mutating func merge(_ later: HiddenRowsCheck, at joint: Joint) {
        for row in later.rows {
            rows.append(
                Row(
                    number: row.number + joint.rows, line: row.line + joint.lines, byteOffset: row.byteOffset,
                    start: row.start + text.count, lineCount: row.lineCount, look: row.look, mayBeHeader: row.mayBeHeader))
        }
        text += later.text
        headerCount += later.headerCount
        joinedCount += later.joinedCount
        namesCount += later.namesCount
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        let anew = rows.indices.filter { rows[$0].look == .words && isAfterGap($0) }
        let wantsHeaders = (1...Self.mostOfALook).contains(headerCount)
        let wantsAnew = (1...Self.mostOfALook).contains(anew.count)
        let wantsJoined = (1...Self.mostOfALook).contains(joinedCount)
        guard (wantsHeaders || wantsAnew || wantsJoined) && rows.count > 2 || namesCount > 0 else { return }
        let cells = self.cells()
        guard cells.count == rows.count else { return }
        var headers: [Int] = []
        for index in rows.indices {
            if rows[index].mayBeHeader || wantsHeaders && rows[index].look == .words,
                let likeness = layout.headerPattern?.likeness(of: cells[index])
            {
                // Right below the header it is a second one, and was told with it (`TableShape`).
                if rows[index].number == 1, layout.hasUnitsRow { continue }
                note(likeness, index, log: &log)
                if likeness == .inAnotherOrder, index > 0 { headers.append(index) }
                continue
            }
            guard rows.count > 2 else { continue }
            switch rows[index].look {
            case .usual: break
            case .words:
                let isAnew = wantsAnew && anew.contains(index)
                if wantsHeaders || isAnew, noteHeader(index, cells, isAnew: isAnew, log: &log) { headers.append(index) }
            case .lines: if wantsJoined { noteJoined(index, cells, log: &log) }
            }
        }
        setHelp(headers, cells, log: &log)
    }

    /// The cells of all rows.
    private func cells() -> [[[UInt8]]] {
        let decoder = FieldDecoder(quote: layout.quote)
        var cells: [[[UInt8]]] = []
        DialectDetector(text.span, isCut: false).forEachRow(delimiter: layout.delimiter, quote: layout.quote) { batch, row, _ in
            cells.append(batch.fields(ofRow: row).map { field in decoder.withText(of: field, in: batch) { Array($0) } })
            return true
        }
        return cells
    }

    /// The columns that hold values in some rows, a number or date in each that is not empty.
    private func valueColumns(of indices: some Sequence<Int>, _ cells: [[[UInt8]]], among columns: some Sequence<Int>) -> [Int] {
        let usual = indices.filter { rows[$0].look == .usual }.map { cells[$0] }.filter { $0.count == layout.width }
        return columns.filter { column in
            let filled = usual.lazy.map { $0[column] }.filter { !PreambleRow.isBlank($0) }
            return !filled.isEmpty && filled.allSatisfy(Self.isValue)
        }
    }

    private static func isValue(_ cell: [UInt8]) -> Bool {
        PreambleRow.formats(cell).isDisjoint(with: [.text, .nullWord, .spreadsheetError, .boolean, .otherBoolean])
    }

    // MARK: Another header

    /// - Returns: whether the row is the header of another table.
    private func noteHeader(_ index: Int, _ cells: [[[UInt8]]], isAnew: Bool, log: inout FindingLog) -> Bool {
        // The first row is looked at with the header (`TableShape`), the last one with totals.
        guard index > 0, index + 1 < rows.count, cells[index].count == layout.width else { return false }
        if layout.headerPattern?.matches(cells[index]) == true {
            log.note(.repeatedHeader, row: rows[index].number) { _ in example(index) }
            return false
        }
        let columns = NamedColumns(
            above: columnKinds(max(0, index - Self.mostNeighbours)..<index, cells),
            below: columnKinds((index + 1)..<endOfTable(from: index + 1), cells), row: cells[index])
        guard columns.areHeader(isAnew: isAnew) else { return false }
        let gap = cells[index - 1].count(where: { !PreambleRow.isBlank($0) }) > 1 ? "after a blank line" : "after a title"
        let remark = columns.valueCount > 0 ? "above values in \(columns.valueCount.counted("column"))" : gap
        log.note(.secondHeader, row: rows[index].number, remark: remark) { _ in example(index) }
        return true
    }

    private func example(_ index: Int) -> Finding.Example {
        let row = rows[index]
        return Finding.Example(
            place: Place(row: row.number, line: row.line, column: nil, byteOffset: row.byteOffset), value: VisibleText(shown(index)))
    }

    /// Reports a row that has the names of the header. Below names in another order the values are in other columns.
    private func note(_ likeness: HeaderPattern.Likeness, _ index: Int, log: inout FindingLog) {
        let number = rows[index].number
        switch likeness {
        case .spelledOtherwise: log.note(.repeatedHeader, row: number, remark: "spelled differently") { _ in example(index) }
        case .inAnotherOrder:
            log.note(.secondHeader, row: number, severity: .error, remark: "the names of the header in another order") { _ in example(index)
            }
        }
    }

    /// Rows that show what the columns below a row hold: up to the next gap.
    private func endOfTable(from start: Int) -> Int {
        let most = min(rows.count, start + Self.mostNeighbours)
        return ((start + 1)..<max(start + 1, most)).first { rows[$0].line > rows[$0 - 1].line + rows[$0 - 1].lineCount } ?? most
    }

    /// What columns hold in some rows.
    private func columnKinds(_ indices: Range<Int>, _ cells: [[[UInt8]]]) -> [NamedColumns.Kind] {
        let values = Set(valueColumns(of: indices, cells, among: 0..<layout.width))
        let whole = indices.filter { rows[$0].look != .lines && cells[$0].count == layout.width }
        return (0..<layout.width).map { column in
            if values.contains(column) { return .values }
            let filled = whole.map { cells[$0][column] }.filter { !PreambleRow.isBlank($0) }
            return !filled.isEmpty && !filled.contains(where: Self.isValue) ? .texts : .mixed
        }
    }

    /// Whether blank lines or a title are above a row.
    private func isAfterGap(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let previous = rows[index - 1]
        if rows[index].line > previous.line + previous.lineCount { return true }
        let cells = text[previous.start..<(rows[index].start - 1)].split(separator: layout.delimiter)
        return cells.count(where: { !PreambleRow.isBlank(Array($0)) }) <= 1
    }

    private func setHelp(_ headers: [Int], _ cells: [[[UInt8]]], log: inout FindingLog) {
        // A title that has too few fields is a part of the other table.
        let titled = headers.filter { cells[$0 - 1].count < layout.width && PreambleRow(cells[$0 - 1]).filled == 1 }
        let isOnly = !titled.isEmpty && titled.count == log.groups.first { $0.kind == .tooFewFields }?.count
        if isOnly { log.addRemark("the title of another table", toLastGroupOf: .tooFewFields) }
        guard headers.count == 1, let header = headers.first else { return }
        let hasTitle = PreambleRow(cells[header - 1]).filled == 1 && header > 1
        let last = rows[header - (hasTitle ? 2 : 1)]
        let help =
            "Put each table in a file of its own: \(layout.remedy.split(upTo: last.line + last.lineCount - 1, from: rows[header].line))"
        log.setHelp(help, of: .secondHeader)
        if isOnly { log.setHelp(help, of: .tooFewFields) }
    }

    private func shown(_ index: Int) -> [UInt8] {
        let end = index + 1 < rows.count ? rows[index + 1].start : text.count
        return Array(text[rows[index].start..<(end - 1)])
    }

    // MARK: Rows in a field

    private func noteJoined(_ index: Int, _ cells: [[[UInt8]]], log: inout FindingLog) {
        let others = rows.indices.filter { rows[$0].look == .usual }.prefix(Self.mostNeighbours)
        let columns = valueColumns(of: others, cells, among: 0..<layout.width)
        guard others.count > 1, !columns.isEmpty else { return }
        let record = shown(index)
        let areRows = record.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).allSatisfy { line in
            let parts = line.split(separator: layout.delimiter, omittingEmptySubsequences: false)
            return parts.count == layout.width
                && columns.allSatisfy { column in
                    Self.isValue(parts[column].filter { $0 != layout.quote && $0 != UInt8(ascii: "\r") })
                }
        }
        guard areRows, let quote = opening(in: record) else { return }
        let row = rows[index]
        let last = row.line + row.lineCount - 1
        log.note(.rowsInField, row: row.number, remark: "up to line \(last)") { _ in
            Finding.Example(
                place: Place(row: row.number, line: row.line, column: quote.column + 1, byteOffset: row.byteOffset + quote.length),
                value: VisibleText(cells[index][quote.column]))
        }
    }

    /// The field in which the first line ends: its column, and the length of what is before it.
    private func opening(in record: [UInt8]) -> (column: Int, length: Int)? {
        guard let end = record.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        var (start, column, isOpen) = (0, 0, false)
        for (place, byte) in record[..<end].enumerated() {
            if byte == layout.quote { isOpen.toggle() }
            if byte == layout.delimiter, !isOpen { (start, column) = (place + 1, column + 1) }
        }
        let before = record[..<start]
        return isOpen ? (column, unit.length(of: before.span)) : nil
    }
}

extension HiddenRowsCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder(&text)
        let blank = Row(number: 0, line: 0, byteOffset: 0, start: 0, lineCount: 0, look: .usual, mayBeHeader: false)
        coder.list(&rows, blank: blank) { coder, row in
            coder(&row.number)
            coder(&row.line)
            coder(&row.byteOffset)
            coder(&row.start)
            coder(&row.lineCount)
            coder.raw(&row.look)
            coder(&row.mayBeHeader)
        }
        coder(&headerCount)
        coder(&joinedCount)
        coder(&namesCount)
        let ends = rows.dropFirst().map(\.start) + [text.count]
        if rows.contains(where: { $0.start < 0 }) || zip(rows, ends).contains(where: { $0.start >= $1 }) {
            coder.fail()
            rows = []
        }
        if coder.isReading { unit = layout.encoding.unit }
    }
}

extension FindingKind {
    static let secondHeader = FindingKind(
        code: "PF229", slug: "second-header", severity: .warning, about: .rows,
        title: "Row inside the data looks like the header of another table",
        why: """
            It has words where other rows have numbers or dates. It and the rows after it are loaded like the others: its words become items, \
            or are skipped as ParsingError (assumed).
            """,
        help: "Export each table to a file of its own. The first 64 kB of a file are searched for such rows.",
        wrapsMessage: true)

    static let rowsInField = FindingKind(
        code: "PF230", slug: "rows-in-field", severity: .warning, about: .rows,
        title: "Quoted field may have swallowed rows",
        why: """
            Each line of the field would be a whole row by itself, with values where the other rows have them. A quote that was meant as text \
            probably opens the field, and another one closes it: the rows between are lost.
            """,
        help: """
            Double a quote that belongs to the text, and quote its field: 5" pipe becomes "5"" pipe". The first 64 kB of a file are searched for \
            such fields.
            """,
        wrapsMessage: true)
}
