import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports rows that repeat the header.
struct RepeatedHeaderCheck: Check {
    static let kinds: [FindingKind] = [.repeatedHeader]

    private let layout: FileLayout
    /// Whether a header follows the last field of a row.
    private var hasJoined = false

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        if judgement.repeatedHeaders.isEmpty { return }
        // In a list it may be an item, too.
        let group = log.group(.repeatedHeader, column: nil, severity: layout.width == 1 ? .warning : nil, predicts: nil)
        let (repeated, rows) = (judgement.repeatedHeaders, judgement.rows)
        let count = repeated.rows.count + repeated.joined.count
        let last = max(repeated.rows.last ?? 0, repeated.joined.last?.row ?? 0)
        log.add(count, rows: count, to: group, lastRow: rows.number(of: last))
        if !repeated.joined.isEmpty {
            hasJoined = true
            log.addRemark("joined to the end of a row: the file before has no last line end", to: group)
        }
        guard log.marksRows || log.wantsExample(group) else { return }
        var nextJoined = repeated.joined.makeIterator()
        var joined = nextJoined.next()
        var all = repeated.rows
        all.formUnion(repeated.joinedRows)
        for row in all {
            let record = RowRecord(index: row, number: rows.number(of: row))
            let position = joined?.row == row ? joined?.position : nil
            if position != nil { joined = nextJoined.next() }
            if log.marksRows { log.mark(row: record.number, in: group) }
            if log.wantsExample(group) {
                log.addExample(to: group) { example(of: record, joinedAt: position, in: batch, lines: &$0) }
            } else if !log.marksRows {
                return
            }
        }
    }

    private func example(
        of row: RowRecord, joinedAt position: Int?, in batch: borrowing RowBatch, lines: inout LineCursor
    ) -> Finding.Example {
        guard let position else { return Finding.Example(beginningOf: row, in: batch, lines: &lines, quote: layout.quote) }
        let field = batch.fields(ofRow: row.index).lowerBound + layout.width - 1
        return Finding.Example(
            field: field, ofRow: row.index, number: row.number, in: batch, column: layout.width, lines: &lines,
            offset: batch.streamOffset(ofPosition: position), quote: layout.quote)
    }

    mutating func merge(_ later: RepeatedHeaderCheck, at joint: Joint) {
        hasJoined = hasJoined || later.hasJoined
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        // The row before the names is data.
        if hasJoined { log.setHelp("Put a line end before the names, and remove them. \(FindingKind.joinHelp)", of: .repeatedHeader) }
    }
}

extension RepeatedHeaderCheck {
    mutating func code(_ coder: inout StateCoder) { coder(&hasJoined) }
}

extension FindingKind {
    static let repeatedHeader = FindingKind(
        code: "PF213", slug: "repeated-header", severity: .error, about: .rows,
        title: "Row repeats the header",
        why: """
            It is loaded like data: its words become values and items, or are skipped as ParsingError (assumed). Joined files are the \
            usual cause.
            """,
        help: "Remove the row. \(joinHelp)",
        wrapsMessage: true,
        message: { "\($0.counted("row", "repeats the header", "repeat the header"))\($0.reasons)" })

    /// How files are joined so that no header comes again.
    fileprivate static let joinHelp = """
        Join files without their headers, and with a line end after each: { cat FILE1; echo; tail -n +2 FILE2; } | sed '/^\\r*$/d' > FILE.new.csv
        """
}
