import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Reports rows that repeat the header.
struct RepeatedHeaderCheck: Check {
    static let kinds: [FindingKind] = [.repeatedHeader]

    private let layout: FileLayout

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let repeated = judgement.repeatedHeaders
        guard let last = repeated.last else { return }
        let group = log.group(.repeatedHeader, column: nil, severity: nil, predicts: nil)
        log.add(repeated.count, rows: repeated.count, to: group, lastRow: judgement.rows.number(of: last))
        for row in repeated {
            guard log.wantsExample(group) else { return }
            let record = RowRecord(index: row, number: judgement.rows.number(of: row))
            log.addExample(to: group) { Finding.Example(beginningOf: record, in: batch, lines: &$0, quote: layout.quote) }
        }
    }

    /// Everything is in the log.
    func merge(_ later: RepeatedHeaderCheck, at joint: Joint) {}
}

extension FindingKind {
    static let repeatedHeader = FindingKind(
        code: "PF213", slug: "repeated-header", severity: .error, about: .rows,
        title: "Row repeats the header",
        why: """
            It is loaded like data: its words become values and items, or are skipped as ParsingError (assumed). Joined files are the \
            usual cause.
            """,
        help: "Remove the row. Join files without their headers, for example: tail -n +2 FILE2 >> FILE1",
        message: { $0.counted("row", "repeats the header", "repeat the header") })
}
