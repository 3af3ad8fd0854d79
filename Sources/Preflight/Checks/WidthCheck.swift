import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows that do not have as many fields as the header.
struct WidthCheck: Check {
    static let kinds: [FindingKind] = [.tooFewFields, .tooManyFields]

    let layout: FileLayout
    /// The groups of findings, if there are any.
    private var shortGroup: Int?
    private var longGroup: Int?
    /// The widths that were already reported, so that not every row makes a text.
    private var reportedWidths: [Int] = []
    /// By cause, the number of rows that had been examined when it was found first.
    private var causes: [Cause: Int] = [:]
    /// The number of rows that were searched for a cause.
    private var examined = 0
    /// The first and the last short row that were searched.
    private var shorts: (first: ShortRow, last: ShortRow)?
    // Counts over all rows: rows, ragged rows, whether these are all as wide as the first one, and those that end in an empty extra field.
    private var rowCount = 0
    private var raggedCount = 0
    private var firstWidth: Int?
    private var areAlike = true
    private var endingEmptyCount = 0
    /// Whether there was a row, and whether the last one is a blank line.
    private var hasRows = false
    private var endsInBlankLine = false
    /// The ragged rows after the last blank line that precedes a ragged row: a second table, if the file ends with them.
    private var second: Run?
    /// The ragged rows before any such line. They may be a second table if the first of them is the first row and the range before ends in a blank
    /// line.
    private var lead: Run?
    private var beginsRagged = false

    /// A row with too few fields, and its number among the rows that were searched.
    private struct ShortRow {
        var number: Int
        var width: Int
        var examined: Int
    }

    /// Ragged rows.
    private struct Run {
        /// The physical line in which the first one begins.
        var line: Int
        var firstRow: Int
        /// The width of all of them; `nil` if they differ.
        var width: Int?
        var count: Int

        mutating func add(_ later: Run) {
            if later.width != width { width = nil }
            count += later.count
        }

        func shifted(by joint: Joint) -> Run {
            Run(line: line + joint.lines, firstRow: firstRow + joint.rows, width: width, count: count)
        }
    }

    /// Why a row may be ragged.
    private enum Cause: String {
        case decimalComma = "probably an unquoted number with a comma"
        case unquotedDelimiter = "probably an unquoted text with the delimiter in it"
        case lineEnd = "probably a line end in an unquoted field: two short rows make one complete row"
        case cut = "the file ends inside its last row"
        case padding = "the last row has nothing but control characters: it is no data"
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        rowCount += judgement.rows.dataRowCount
        let (wasBlank, hadRows) = (endsInBlankLine, hasRows)
        if batch.rowCount > 0 { (hasRows, endsInBlankLine) = (true, judgement.rows.blank.contains(batch.rowCount - 1)) }
        guard !judgement.rows.ragged.isEmpty else { return }
        // A quote that is never closed, or is closed in a later row, changes the width of its row. It is reported as such.
        var broken = BitSet()
        batch.addFieldsWithTakenBackQuote(to: &broken)
        var lines = LineCursor()
        for index in judgement.rows.ragged {
            if broken.intersects(batch.fields(ofRow: index)) { continue }
            let row = RowRecord(index: index, number: judgement.rows.number(of: index))
            let count = batch.fieldCount(ofRow: index)
            examine(row, width: count, in: batch, log: &log)
            let followsBlank = index > 0 ? judgement.rows.blank.contains(index - 1) : wasBlank
            if index == 0, !hadRows { beginsRagged = true }
            followSecondTable(row, width: count, followsBlank: followsBlank, in: batch, lines: &lines)
            note(row, width: count, in: batch, log: &log)
        }
    }

    private mutating func note(_ row: RowRecord, width: Int, in batch: borrowing RowBatch, log: inout FindingLog) {
        let isShort = width < layout.width
        let group: Int
        switch isShort ? shortGroup : longGroup {
        case let known?: group = known
        case nil:
            group = log.group(isShort ? .tooFewFields : .tooManyFields, column: nil, severity: nil, predicts: nil)
            if isShort { shortGroup = group } else { longGroup = group }
        }
        log.count(in: group, row: row.number)
        if log.wantsExample(group) {
            log.addExample(to: group) { example(of: row, in: batch, fieldCount: width, lines: &$0) }
        }
        guard log.wantsRemark(group), !reportedWidths.contains(width) else { return }
        log.addRemark("\(width) instead of \(layout.width)", to: group)
        if reportedWidths.count < Self.mostReported { reportedWidths.append(width) }
    }

    /// More widths than a message shows, in either direction.
    private static let mostReported = 16

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard let firstWidth, raggedCount > 0 else { return }
        let kind: FindingKind = firstWidth < layout.width ? .tooFewFields : .tooManyFields
        func remark(_ text: String) {
            log.addRemark(text, to: log.group(kind, column: nil, severity: nil, predicts: nil))
        }
        if let second, let width = second.width, second.count > 1, second.firstRow > 1, second.count == rowCount - second.firstRow + 1 {
            let kind: FindingKind = width < layout.width ? .tooFewFields : .tooManyFields
            log.addRemark(
                "from line \(second.line), after a blank line, all rows have \(width): a second table",
                to: log.group(kind, column: nil, severity: nil, predicts: nil))
        }
        if causes[.padding] != nil, raggedCount == 1 { log.setHelp(Help.removePadding, of: .tooFewFields) }
        if firstWidth == layout.width + 1, areAlike, endingEmptyCount == raggedCount {
            remark("each ends with an extra delimiter")
        } else if layout.hasHeader, areAlike, raggedCount == rowCount, rowCount > 1 {
            remark("all rows have \(firstWidth): only the header differs")
        }
        for cause in [Cause.decimalComma, .unquotedDelimiter, .lineEnd, .cut, .padding] where causes[cause] != nil {
            let isShort = cause == .lineEnd || cause == .cut || cause == .padding
            log.addRemark(
                cause.rawValue, to: log.group(isShort ? .tooFewFields : .tooManyFields, column: nil, severity: nil, predicts: nil))
        }
    }

    /// Counts a ragged row, and looks for the cause.
    private mutating func examine(_ row: RowRecord, width: Int, in batch: borrowing RowBatch, log: inout FindingLog) {
        raggedCount += 1
        if firstWidth == nil { firstWidth = width }
        if width != firstWidth { areAlike = false }
        let fields = batch.fields(ofRow: row.index)
        let isWhole = fields.count == width
        if isWhole, width == layout.width + 1, batch.range(ofField: fields.upperBound - 1).isEmpty { endingEmptyCount += 1 }
        guard examined < Self.mostExamined, isWhole else { return }
        examined += 1
        if width == layout.width + 1, !batch.range(ofField: fields.upperBound - 1).isEmpty {
            note(hasCutNumber(fields, in: batch) ? .decimalComma : .unquotedDelimiter)
        }
        if width < layout.width {
            let short = ShortRow(number: row.number, width: width, examined: examined)
            if let last = shorts?.last, isOneRow(last, short) { note(.lineEnd) }
            shorts = (shorts?.first ?? short, short)
            if batch.endsWithoutLineEnd(row.index) {
                let isPadding = batch.bytes(ofRow: row.index).map { $0.allSatisfy { $0 < 0x20 } } ?? false
                note(isPadding ? .padding : .cut)
            }
        }
    }

    private mutating func note(_ cause: Cause) {
        if causes[cause] == nil { causes[cause] = examined }
    }

    /// Whether two short rows are one row that was split by a line end. The split field counts twice.
    private func isOneRow(_ row: ShortRow, _ next: ShortRow) -> Bool {
        row.number == next.number - 1 && row.width + next.width - 1 == layout.width
    }

    private mutating func followSecondTable(
        _ row: RowRecord, width: Int, followsBlank: Bool, in batch: borrowing RowBatch, lines: inout LineCursor
    ) {
        func run() -> Run {
            let start = batch.range(ofField: batch.fields(ofRow: row.index).lowerBound).lowerBound
            return Run(line: lines.line(of: start, in: batch), firstRow: row.number, width: width, count: 1)
        }
        if followsBlank {
            second = run()
        } else if second != nil {
            if second?.width != width { second?.width = nil }
            second?.count += 1
        } else if lead != nil {
            if lead?.width != width { lead?.width = nil }
            lead?.count += 1
        } else {
            lead = run()
        }
    }

    mutating func merge(_ later: WidthCheck, at joint: Joint) {
        shortGroup = shortGroup ?? later.shortGroup.map(joint.group)
        longGroup = longGroup ?? later.longGroup.map(joint.group)
        mergeCauses(later, at: joint)
        mergeTables(later, at: joint)
        rowCount += later.rowCount
        raggedCount += later.raggedCount
        areAlike = areAlike && later.areAlike && (firstWidth == nil || later.firstWidth == nil || firstWidth == later.firstWidth)
        firstWidth = firstWidth ?? later.firstWidth
        endingEmptyCount += later.endingEmptyCount
        if later.hasRows { (hasRows, endsInBlankLine) = (true, later.endsInBlankLine) }
    }

    private mutating func mergeCauses(_ later: WidthCheck, at joint: Joint) {
        for (cause, count) in later.causes where examined + count <= Self.mostExamined && causes[cause] == nil {
            causes[cause] = examined + count
        }
        func shifted(_ row: ShortRow) -> ShortRow {
            ShortRow(number: row.number + joint.rows, width: row.width, examined: row.examined + examined)
        }
        if let found = later.shorts {
            let first = shifted(found.first)
            if let last = shorts?.last, isOneRow(last, first), first.examined <= Self.mostExamined {
                causes[.lineEnd] = min(causes[.lineEnd] ?? .max, first.examined)
            }
            shorts = (shorts?.first ?? first, shifted(found.last))
        }
        examined = min(examined + later.examined, Self.mostExamined)
    }

    private mutating func mergeTables(_ later: WidthCheck, at joint: Joint) {
        if !hasRows { beginsRagged = later.beginsRagged }
        if let found = later.lead?.shifted(by: joint) {
            if later.beginsRagged, endsInBlankLine {
                second = found
            } else if second != nil {
                second?.add(found)
            } else if lead != nil {
                lead?.add(found)
            } else {
                lead = found
            }
        }
        second = later.second?.shifted(by: joint) ?? second
    }

    /// The most rows that are searched for a cause.
    private static let mostExamined = 1_000

    /// Whether a comma separates two fields of digits, the second one short and without a sign.
    private func hasCutNumber(_ fields: Range<Int>, in batch: borrowing RowBatch) -> Bool {
        for field in fields.dropLast() {
            let range = batch.range(ofField: field)
            let next = batch.range(ofField: field + 1)
            guard range.upperBound < batch.bytes.count, batch.bytes[range.upperBound] == UInt8(ascii: ","), !range.isEmpty, !next.isEmpty
            else { continue }
            let front = batch.bytes[range].first == UInt8(ascii: "-") ? batch.bytes[range].dropFirst() : batch.bytes[range]
            if !front.isEmpty, front.allSatisfy(ASCII.isDigit), next.count <= 3, batch.bytes[next].allSatisfy(ASCII.isDigit) {
                return true
            }
        }
        return false
    }

    /// The first field beyond the width, or the last field of a short row.
    private func example(of row: RowRecord, in batch: borrowing RowBatch, fieldCount: Int, lines: inout LineCursor) -> Finding.Example {
        let fields = batch.fields(ofRow: row.index)
        let column = min(fieldCount, layout.width + 1)
        if fieldCount > layout.width, layout.width >= batch.steadyFieldCount(ofRow: row.index) {
            return Finding.Example(beginningOf: row, in: batch, lines: &lines, quote: layout.quote)
        }
        let field = column == fieldCount ? fields.upperBound - 1 : fields.lowerBound + column - 1
        return Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: column, lines: &lines, quote: layout.quote)
    }
}

private enum Help {
    static let removePadding = "Remove what follows the last line end: programs of old systems write such a sign at the end of a file."
}

extension FindingKind {
    static let tooFewFields = FindingKind(
        code: "PF204", slug: "too-few-fields", severity: .error, about: .rows,
        title: "Row has fewer fields than the header",
        titleWithoutHeader: "Row has fewer fields than the first row",
        why: """
            Pigment has no skip reason for this: such rows fail the whole import, or load shifted or blank values (assumed).
            """,
        help: "Look for a line end inside an unquoted field, or for a truncated line. Quote fields that contain line ends.",
        otherHelp: [Help.removePadding], wrapsMessage: true,
        message: { "\($0.counted("row", "has too few fields", "have too few fields"))\($0.reasons)" })

    static let tooManyFields = FindingKind(
        code: "PF205", slug: "too-many-fields", severity: .error, about: .rows,
        title: "Row has more fields than the header",
        titleWithoutHeader: "Row has more fields than the first row",
        why: "Pigment has no skip reason for this: such rows fail the whole import, or load shifted values (assumed).",
        help: "Look for an unquoted delimiter in a text or number. Quote fields that contain the delimiter.",
        wrapsMessage: true,
        message: { "\($0.counted("row", "has too many fields", "have too many fields"))\($0.reasons)" })
}
