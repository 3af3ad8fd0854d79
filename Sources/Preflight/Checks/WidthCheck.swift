import ByteSpans
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
    private var tail = RaggedTail()
    /// The lines that programs write below the rows, each once, with the number of rows that had been examined when it was found first.
    private var footers: [(found: ExportFooter, examined: Int)] = []

    /// A row with too few fields, and its number among the rows that were searched.
    private struct ShortRow {
        var number: Int
        var width: Int
        var examined: Int
    }

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let (rows, headers, causes) = (judgement.rows, judgement.repeatedHeaders, judgement.quoteCauses)
        rowCount += rows.dataRowCount
        defer { tail.end(batch, rows.blank) }
        guard !rows.ragged.isEmpty else { return }
        // A quote that is never closed, or is closed in a later row, changes the width of its row. It is reported as such.
        var broken = BitSet()
        batch.addFieldsWithTakenBackQuote(to: &broken)
        var brokenFields = broken.makeIterator()
        var nextBroken = brokenFields.next() ?? Int.max
        var lines = LineCursor()
        let hasOtherCauses = !headers.isEmpty || !causes.isEmpty
        let width = layout.width
        var counted = Counted()
        // A file may have a blank line before each row: only the line of the last such row is of interest.
        var lastBehindBlank = -1
        var wishes = self.wishes(log)
        for index in rows.ragged {
            if nextBroken < Int.max {
                let fields = batch.fields(ofRow: index)
                while nextBroken < fields.lowerBound { nextBroken = brokenFields.next() ?? Int.max }
                if nextBroken < fields.upperBound { continue }
            }
            let count = batch.fieldCount(ofRow: index)
            // Reported under their cause.
            if hasOtherCauses, headers.contains(index) || causes.explainWidth(ofRow: index, count, instead: width) { continue }
            let blankCount = tail.blankCount(before: index, rows.blank)
            if counted.admits(count, count < width ? wishes.short : wishes.long, reportedWidths) {
                counted.add(index, isShort: count < width)
                tally(index, width: count, in: batch)
                let isProse = Self.isProse(index, width: count, in: batch)
                if blankCount == 0 {
                    tail.add(width: count, isProse: isProse)
                } else {
                    tail.add(rows.number(of: index), width: count, blankCount: blankCount, isProse: isProse)
                    lastBehindBlank = index
                }
                continue
            }
            let row = RowRecord(index: index, number: rows.number(of: index))
            tally(index, width: count, in: batch)
            examine(row, width: count, in: batch, log: &log)
            let isFirst = tail.isFirst(index, blankCount: blankCount)
            let isNamed = blankCount == 0 && tail.isEmpty && isNamed(row, in: batch)
            let line = lines.line(of: batch.start(ofRow: index), in: batch)
            let isProse = Self.isProse(index, width: count, in: batch)
            tail.add(
                row.number, line: line, width: count, blankCount: blankCount, isFirst: isFirst, isNamed: isNamed, isProse: isProse)
            if blankCount > 0 { lastBehindBlank = -1 }
            note(row, width: count, in: batch, log: &log)
            wishes = self.wishes(log)
        }
        if lastBehindBlank >= 0 { tail.setLine(lines.line(of: batch.start(ofRow: lastBehindBlank), in: batch)) }
        note(counted, rows, log: &log)
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

    private mutating func wishes(_ log: FindingLog) -> (short: Wish, long: Wish) {
        guard examined == Self.mostExamined, !tail.isEmpty, !log.marksRows else { return (.rows, .rows) }
        return (Self.wish(shortGroup, log), Self.wish(longGroup, log))
    }

    private static func wish(_ group: Int?, _ log: FindingLog) -> Wish {
        guard let group, !log.wantsExample(group) else { return .rows }
        return log.wantsRemark(group) ? .newWidths : .count
    }

    private func note(_ counted: Counted, _ all: BatchRows, log: inout FindingLog) {
        for (rows, group) in [(counted.short, shortGroup), (counted.long, longGroup)] where rows.count > 0 {
            guard let group else { continue }
            let last = max(all.number(of: rows.last), log.groups[group].lastRow ?? 0)
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
        // The rest of each such row is a short row as well.
        let escaped = causeCounts[.escapedLineEnd, default: 0]
        let shortCount = log.groups.first { $0.kind == .tooFewFields }?.count ?? 0
        if escaped > 0, raggedCount <= Self.mostExamined, 2 * escaped >= shortCount {
            log.setHelp(RaggedRowCause.quoteInstead, of: .tooFewFields)
        }
        setHelpOnFooters(log: &log)
    }

    /// What to do where all rows that are too short are lines that a program wrote below the rows.
    private func setHelpOnFooters(log: inout FindingLog) {
        let count = [RaggedRowCause.rowCount, .timing, .footer].reduce(0) { $0 + causeCounts[$1, default: 0] }
        guard !footers.isEmpty, count == log.groups.first(where: { $0.kind == .tooFewFields })?.count else { return }
        let command =
            tail.lastLineAbove(raggedCount: raggedCount, rowCount: rowCount).map { ": \(layout.remedy.command("head -n \($0)"))" } ?? ""
        let advice = footers.map(\.found.advice).joined(separator: "; ")
        let object = count == 1 ? ("the line", "it") : ("the lines", "them")
        log.setHelp("Remove \(object.0)\(command). Or export without \(object.1): \(advice).", of: .tooFewFields)
    }

    /// Says so where the ragged rows that the file ends with are a table of their own, or a footer.
    ///
    /// - Returns: whether no other row is ragged.
    private func noteSecondTable(log: inout FindingLog) -> Bool {
        guard let verdict = tail.verdict(rowCount: rowCount) else { return false }
        let (run, width, text, help): (RaggedTail.Run, Int, String?, String)
        switch verdict {
        case .table(let found, let ofTable, let isTitled):
            let rows = isTitled ? "a title and rows of \(ofTable) follow" : "all rows have \(ofTable)"
            (run, width) = (found, ofTable)
            text = "from line \(run.line)\(run.blankCount > 0 ? ", after a blank line" : ""), \(rows): a second table"
            let commands = layout.remedy.split(upTo: run.lastLineAbove, from: run.line + (isTitled ? 1 : 0))
            help = "Put each table in a file of its own: \(commands)"
        case .lines(let found):
            (run, width) = (found, found.firstWidth)
            let lines = found.count == 1 ? "one line" : "\(found.count.grouped) lines without a delimiter"
            text = footers.isEmpty || found.count > 1 ? "\(lines) after a blank line at the end: a footer of the export" : nil
            let advice = footers.isEmpty ? "" : ". Or export without it: \(footers.map(\.found.advice).joined(separator: "; "))"
            help = "Remove the footer: \(layout.remedy.command("head -n \(run.lastLineAbove)"))\(advice)"
        }
        if let text {
            log.addRemark(
                text, to: log.group(width < layout.width ? .tooFewFields : .tooManyFields, column: nil, severity: nil, predicts: nil))
        }
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
        if let found = footer(row, width: width, in: batch) {
            add(found, examined: examined)
            let cause: RaggedRowCause =
                switch found.content {
                case .time: .timing
                case .count: .rowCount
                case .note: .footer
                }
            return note(cause)
        }
        if width == 1,
            let cause = RaggedRowCause.ofUncutRow(
                fields.lowerBound, width: layout.width, delimiter: layout.delimiter, quote: layout.quote, in: batch)
        {
            return note(cause)
        }
        if RaggedRowCause.endsWithBackslash(batch.bytes[batch.range(ofField: fields.upperBound - 1)]) { note(.escapedLineEnd) }
        let short = ShortRow(number: row.number, width: width, examined: examined)
        if let last = shorts?.last, isOneRow(last, short) { note(.lineEnd) }
        shorts = (shorts?.first ?? short, short)
        if batch.endsWithoutLineEnd(row.index) {
            let isPadding = if let bytes = batch.bytes(ofRow: row.index) { bytes.allSatisfy { $0 < 0x20 } } else { false }
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

    private mutating func add(_ footer: ExportFooter, examined: Int) {
        if !footers.contains(where: { $0.found == footer }) { footers.append((footer, examined)) }
    }

    private func footer(_ row: RowRecord, width: Int, in batch: borrowing RowBatch) -> ExportFooter? {
        guard var line = batch.bytes(ofRow: row.index) else { return nil }
        if width == 1, line.count > 2, line.first == layout.quote, line.last == layout.quote { line = line.dropFirst().dropLast() }
        let isText =
            width == 1
            || batch.fields(ofRow: row.index).dropFirst().allSatisfy { field in
                let range = batch.range(ofField: field)
                return range.isEmpty || batch.bytes[range.lowerBound] == UInt8(ascii: " ")
            }
        let found = ExportFooter(line: Array(line.prefix(ExportFooter.mostBytes)), mayBeNote: isText || width == 2)
        guard found == .note else { return found }
        // A word may be what is left of a row that was cut.
        return isText && (line.contains(UInt8(ascii: " ")) || !batch.endsWithoutLineEnd(row.index)) ? found : nil
    }

    /// Whether a row is a line of prose: one field with a space, or a label with a colon.
    private static func isProse(_ row: Int, width: Int, in batch: borrowing RowBatch) -> Bool {
        guard width == 1, let line = batch.bytes(ofRow: row) else { return false }
        return line.contains(UInt8(ascii: " ")) || line.last == UInt8(ascii: ":")
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
        let examinedBefore = examined
        mergeCauses(later, at: joint)
        tail.merge(later.tail, at: joint)
        for footer in later.footers where examinedBefore + footer.examined <= Self.mostExamined {
            add(footer.found, examined: examinedBefore + footer.examined)
        }
        rowCount += later.rowCount
        raggedCount += later.raggedCount
        areAlike = areAlike && later.areAlike && (firstWidth == nil || later.firstWidth == nil || firstWidth == later.firstWidth)
        firstWidth = firstWidth ?? later.firstWidth
        endingEmptyCount += later.endingEmptyCount
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

    /// The most rows that are searched for a cause.
    private static let mostExamined = 1_000
}

extension WidthCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.optional(&shortGroup, blank: -1) { coder, group in coder.reference(&group) }
        coder.optional(&longGroup, blank: -1) { coder, group in coder.reference(&group) }
        coder(&causes)
        coder(&causeCounts)
        coder(&examined)
        let none = ShortRow(number: 0, width: 0, examined: 0)
        coder.optional(&shorts, blank: (none, none)) { coder, rows in
            for row in [\(first: ShortRow, last: ShortRow).first, \.last] {
                coder(&rows[keyPath: row].number)
                coder(&rows[keyPath: row].width)
                coder(&rows[keyPath: row].examined)
            }
        }
        coder(&rowCount)
        coder(&raggedCount)
        coder(&firstWidth)
        coder(&areAlike)
        coder(&endingEmptyCount)
        coder(&tail)
        coder.list(&footers, blank: (.count, 0)) { coder, footer in
            coder(&footer.found)
            coder(&footer.examined)
        }
    }
}
