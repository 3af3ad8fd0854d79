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
    private var causes: [RaggedRowCause: Int] = [:]
    /// By cause, the number of rows with it among those that were examined.
    private var causeCounts: [RaggedRowCause: Int] = [:]
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

    /// Ragged rows one after the other.
    private struct Run {
        /// The physical line in which the first one begins.
        var line: Int
        var firstRow: Int
        var firstWidth: Int
        /// Whether the first of them may be a header; asked where no blank line is before it.
        var isNamed = false
        /// The width of the others: 0 if there is none, `nil` if they differ.
        var otherWidth: Int? = 0
        var count = 1

        mutating func add(width: Int) {
            otherWidth = otherWidth == 0 || otherWidth == width ? width : nil
            count += 1
        }

        mutating func add(_ later: Run) {
            add(width: later.firstWidth)
            if later.count == 1 { return }
            otherWidth = later.otherWidth == otherWidth ? otherWidth : nil
            count += later.count - 1
        }

        func shifted(by joint: Joint) -> Run {
            var run = self
            run.line += joint.lines
            run.firstRow += joint.rows
            return run
        }

        /// The width of a table that the rows are, and whether the first of them is its title.
        var table: (width: Int, isTitled: Bool)? {
            guard count > 1, let otherWidth else { return nil }
            if firstWidth == otherWidth { return (otherWidth, false) }
            return firstWidth == 1 && count > 2 ? (otherWidth, true) : nil
        }
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
        let hasOtherCauses = !judgement.repeatedHeaders.isEmpty || !judgement.quoteCauses.isEmpty
        let width = layout.width
        var counted = Counted()
        var wishes = (short: wish(shortGroup, log), long: wish(longGroup, log))
        for index in judgement.rows.ragged {
            if broken.intersects(batch.fields(ofRow: index)) { continue }
            let count = batch.fieldCount(ofRow: index)
            let followsBlank = index > 0 ? judgement.rows.blank.contains(index - 1) : wasBlank
            if !hasOtherCauses, !followsBlank, counted.admits(count, count < width ? wishes.short : wishes.long, reportedWidths) {
                counted.add(index, isShort: count < width)
                tally(index, width: count, in: batch)
                if second != nil { second?.add(width: count) } else { lead?.add(width: count) }
                continue
            }
            // Reported under their cause.
            if judgement.repeatedHeaders.contains(index) || judgement.quoteCauses.explainWidth(ofRow: index, count, instead: layout.width) {
                continue
            }
            let row = RowRecord(index: index, number: judgement.rows.number(of: index))
            tally(index, width: count, in: batch)
            examine(row, width: count, in: batch, log: &log)
            if index == 0, !hadRows { beginsRagged = true }
            followSecondTable(row, width: count, followsBlank: followsBlank, in: batch, lines: &lines)
            note(row, width: count, in: batch, log: &log)
            wishes = (wish(shortGroup, log), wish(longGroup, log))
        }
        note(counted, judgement, log: &log)
    }

    /// Rows of which only the number is of interest, and the last of them.
    private struct Counted {
        var short = (count: 0, last: 0)
        var long = (count: 0, last: 0)
        /// One of those that are reported.
        private var knownWidth = -1

        mutating func add(_ row: Int, isShort: Bool) {
            if isShort { short = (short.count + 1, row) } else { long = (long.count + 1, row) }
        }

        /// - Parameter reported: widths that the message names already.
        mutating func admits(_ width: Int, _ wish: Wish, _ reported: [Int]) -> Bool {
            switch wish {
            case .rows: return false
            case .count: return true
            case .newWidths:
                if width == knownWidth { return true }
                guard reported.contains(width) else { return false }
                knownWidth = width
                return true
            }
        }
    }

    /// What is wanted of further rows of a group. In a file that has many, it is soon their number only.
    private enum Wish { case rows, newWidths, count }

    private func wish(_ group: Int?, _ log: FindingLog) -> Wish {
        guard examined == Self.mostExamined, second != nil || lead != nil, !log.marksRows, let group, !log.wantsExample(group) else {
            return .rows
        }
        return log.wantsRemark(group) ? .newWidths : .count
    }

    private func note(_ counted: Counted, _ judgement: BatchJudgement, log: inout FindingLog) {
        for (rows, group) in [(counted.short, shortGroup), (counted.long, longGroup)] where rows.count > 0 {
            guard let group else { continue }
            let last = max(judgement.rows.number(of: rows.last), log.groups[group].lastRow ?? 0)
            log.add(rows.count, rows: rows.count, to: group, lastRow: last)
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
        if noteSecondTable(log: &log) { return }
        if firstWidth == layout.width + 1, areAlike, endingEmptyCount == raggedCount {
            remark("each ends with an extra delimiter")
        } else if layout.hasHeader, areAlike, raggedCount == rowCount, rowCount > 1 {
            remark("all rows have \(firstWidth): only the header differs")
        }
        for cause in RaggedRowCause.allCases where causes[cause] != nil {
            let kind: FindingKind = cause.isOfLongRow ? .tooManyFields : .tooFewFields
            log.addRemark(cause.rawValue, to: log.group(kind, column: nil, severity: nil, predicts: nil))
            let ofKind = log.groups.first { $0.kind == kind }?.count
            if raggedCount <= Self.mostExamined, causeCounts[cause] == ofKind, let help = cause.help { log.setHelp(help, of: kind) }
        }
    }

    /// Says so where the ragged rows that the file ends with are a table of their own, or a footer.
    ///
    /// - Returns: whether no other row is ragged.
    private func noteSecondTable(log: inout FindingLog) -> Bool {
        let place = second == nil ? "" : ", after a blank line"
        guard let run = second ?? lead, run.firstRow > 1, run.count == rowCount - run.firstRow + 1 else { return false }
        let text: String
        let help: String
        if let table = run.table, second != nil || (run.isNamed && run.count > 2) {
            let rows = table.isTitled ? "a title and rows of \(table.width) follow" : "all rows have \(table.width)"
            text = "from line \(run.line)\(place), \(rows): a second table"
            help = "Put each table in a file of its own. The first: head -n \(run.line - 1) FILE > FILE.new.csv"
        } else if second != nil, run.count == 1, run.firstWidth == 1 {
            text = "one line after a blank line at the end: a footer of the export"
            help = "Remove the footer: sed \(run.line)d FILE > FILE.new.csv"
        } else {
            return false
        }
        let width = run.table?.width ?? run.firstWidth
        log.addRemark(
            text, to: log.group(width < layout.width ? .tooFewFields : .tooManyFields, column: nil, severity: nil, predicts: nil))
        guard run.count == raggedCount else { return false }
        log.setHelp(help, of: .tooFewFields)
        log.setHelp(help, of: .tooManyFields)
        return run.count > 1
    }

    /// Counts a ragged row.
    private mutating func tally(_ row: Int, width: Int, in batch: borrowing RowBatch) {
        raggedCount += 1
        if firstWidth == nil { firstWidth = width }
        if width != firstWidth { areAlike = false }
        guard width == layout.width + 1 else { return }
        let fields = batch.fields(ofRow: row)
        if fields.count == width, batch.range(ofField: fields.upperBound - 1).isEmpty { endingEmptyCount += 1 }
    }

    /// Looks for the cause of a ragged row.
    private mutating func examine(_ row: RowRecord, width: Int, in batch: borrowing RowBatch, log: inout FindingLog) {
        let fields = batch.fields(ofRow: row.index)
        guard examined < Self.mostExamined, fields.count == width else { return }
        examined += 1
        if width > layout.width, let cause = RaggedRowCause.ofLongRow(fields, width: layout.width, in: batch) { note(cause) }
        guard width < layout.width else { return }
        if width == 1,
            let cause = RaggedRowCause.ofUncutRow(
                fields.lowerBound, width: layout.width, delimiter: layout.delimiter, quote: layout.quote, in: batch)
        {
            return note(cause)
        }
        let short = ShortRow(number: row.number, width: width, examined: examined)
        if let last = shorts?.last, isOneRow(last, short) { note(.lineEnd) }
        shorts = (shorts?.first ?? short, short)
        if batch.endsWithoutLineEnd(row.index) {
            let isPadding = batch.bytes(ofRow: row.index).map { $0.allSatisfy { $0 < 0x20 } } ?? false
            note(isPadding ? .padding : .cut)
        }
    }

    private mutating func note(_ cause: RaggedRowCause) {
        if causes[cause] == nil { causes[cause] = examined }
        causeCounts[cause, default: 0] += 1
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
            return Run(
                line: lines.line(of: start, in: batch), firstRow: row.number, firstWidth: width,
                isNamed: !followsBlank && isNamed(row, in: batch))
        }
        if followsBlank {
            second = run()
        } else if second != nil {
            second?.add(width: width)
        } else if lead != nil {
            lead?.add(width: width)
        } else {
            lead = run()
        }
    }

    private func isNamed(_ row: RowRecord, in batch: borrowing RowBatch) -> Bool {
        let fields = batch.fields(ofRow: row.index)
        guard fields.count == batch.fieldCount(ofRow: row.index), fields.count < Self.mostNames else { return false }
        let decoder = FieldDecoder(quote: layout.quote)
        var texts: [[UInt8]] = []
        for field in fields { texts.append(decoder.withText(of: field, in: batch) { Array($0) }) }
        return PreambleRow(texts).areNames
    }

    private static let mostNames = 1_000

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
        causeCounts.merge(later.causeCounts) { $0 + $1 }
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
