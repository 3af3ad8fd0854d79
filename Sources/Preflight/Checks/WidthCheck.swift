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
    private var causes: Set<Cause> = []
    /// The number of rows that were searched for a cause.
    private var examined = 0
    /// The last short row: its number and width.
    private var lastShort = (number: -1, width: 0)
    // Counts over the whole file: rows, ragged rows, those as wide as the first one, and those that end in an empty extra field.
    private var rowCount = 0
    private var raggedCount = 0
    private var firstWidth: Int?
    private var alikeCount = 0
    private var endingEmptyCount = 0
    /// Whether the last row so far is a blank line.
    private var endsInBlankLine = false
    /// The ragged rows of one width after the last blank line that precedes a ragged row: a second table, if the file ends with them.
    private var second: (line: Int, firstRow: Int, width: Int, count: Int)?

    /// Why a row may be ragged.
    private enum Cause: String {
        case decimalComma = "probably an unquoted number with a comma"
        case unquotedDelimiter = "probably an unquoted text with the delimiter in it"
        case lineEnd = "probably a line end in an unquoted field: two short rows make one complete row"
        case cut = "the file ends inside its last row"
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        rowCount += judgement.rows.dataRowCount
        let wasBlank = endsInBlankLine
        if batch.rowCount > 0 { endsInBlankLine = judgement.rows.blank.contains(batch.rowCount - 1) }
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
        if let second, second.count > 1, second.firstRow > 1, second.count == rowCount - second.firstRow + 1 {
            let kind: FindingKind = second.width < layout.width ? .tooFewFields : .tooManyFields
            log.addRemark(
                "from line \(second.line), after a blank line, all rows have \(second.width): a second table",
                to: log.group(kind, column: nil, severity: nil, predicts: nil))
        }
        if firstWidth == layout.width + 1, alikeCount == raggedCount, endingEmptyCount == raggedCount {
            remark("each ends with an extra delimiter")
        } else if layout.hasHeader, alikeCount == raggedCount, raggedCount == rowCount, rowCount > 1 {
            remark("all rows have \(firstWidth): only the header differs")
        }
        for cause in [Cause.decimalComma, .unquotedDelimiter, .lineEnd, .cut] where causes.contains(cause) {
            let isShort = cause == .lineEnd || cause == .cut
            log.addRemark(
                cause.rawValue, to: log.group(isShort ? .tooFewFields : .tooManyFields, column: nil, severity: nil, predicts: nil))
        }
    }

    /// Counts a ragged row, and looks for the cause.
    private mutating func examine(_ row: RowRecord, width: Int, in batch: borrowing RowBatch, log: inout FindingLog) {
        raggedCount += 1
        if firstWidth == nil { firstWidth = width }
        if width == firstWidth { alikeCount += 1 }
        let fields = batch.fields(ofRow: row.index)
        let isWhole = fields.count == width
        if isWhole, width == layout.width + 1, batch.range(ofField: fields.upperBound - 1).isEmpty { endingEmptyCount += 1 }
        guard examined < Self.mostExamined, isWhole else { return }
        examined += 1
        if width == layout.width + 1, !batch.range(ofField: fields.upperBound - 1).isEmpty {
            causes.insert(hasCutNumber(fields, in: batch) ? .decimalComma : .unquotedDelimiter)
        }
        if width < layout.width {
            // The field that was cut counts twice.
            if lastShort.number == row.number - 1, lastShort.width + width - 1 == layout.width { causes.insert(.lineEnd) }
            lastShort = (row.number, width)
            if batch.endsWithoutLineEnd(row.index) { causes.insert(.cut) }
        }
    }

    private mutating func followSecondTable(
        _ row: RowRecord, width: Int, followsBlank: Bool, in batch: borrowing RowBatch, lines: inout LineCursor
    ) {
        if followsBlank {
            let start = batch.range(ofField: batch.fields(ofRow: row.index).lowerBound).lowerBound
            second = (lines.line(of: start, in: batch), row.number, width, 1)
        } else if second?.width == width {
            second?.count += 1
        }
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

extension FindingKind {
    static let tooFewFields = FindingKind(
        code: "PF204", slug: "too-few-fields", severity: .error, about: .rows,
        title: "Row has fewer fields than the header",
        titleWithoutHeader: "Row has fewer fields than the first row",
        why: """
            Pigment has no skip reason for this: such rows fail the whole import, or load shifted or blank values (assumed).
            """,
        help: "Look for a line end inside an unquoted field, or for a truncated line. Quote fields that contain line ends.",
        wrapsMessage: true,
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
