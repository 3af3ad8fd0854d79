import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports rows that come once more in the same order, as when a page of an export is fetched twice. Only where the profile has no key, which would
/// show them one by one, and in a file that is short enough to be in memory completely.
struct RepeatedRowsCheck: Check {
    static let kinds: [FindingKind] = [.repeatedRows]

    private var sequence = RowSequence()

    init?(layout: FileLayout, plan: ColumnPlan) {
        guard layout.isAtHand, layout.keys.isEmpty else { return nil }
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        sequence.add(batch, judgement)
    }

    mutating func merge(_ later: RepeatedRowsCheck, at joint: Joint) {
        sequence.merge(later.sequence, at: joint)
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        let pages = sequence.repeatedPages
        guard let last = pages.last else { return }
        let group = log.group(.repeatedRows, column: nil, severity: nil, predicts: nil)
        let count = pages.reduce(0) { $0 + $1.rows.count }
        log.add(count, rows: count, to: group, lastRow: last.rows.upperBound)
        if log.marksRows { for page in pages { for row in page.rows { log.mark(row: row + 1, in: group) } } }
        for page in pages where log.wantsExample(group) {
            let (row, earlier) = (sequence.rows[page.rows.lowerBound], sequence.rows[page.earlier])
            log.addRemark("\(page.rows.count.counted("row")) from line \(row.line) on are those from line \(earlier.line) on", to: group)
            log.addExample(to: group) { _ in
                Finding.Example(
                    place: Place(row: page.rows.lowerBound + 1, line: row.line, column: nil, byteOffset: row.byteOffset),
                    first: Place(row: page.earlier + 1, line: earlier.line, column: nil, byteOffset: earlier.byteOffset))
            }
        }
    }
}

extension RepeatedRowsCheck {
    mutating func code(_ coder: inout StateCoder) { coder(&sequence) }
}

extension FindingKind {
    static let repeatedRows = FindingKind(
        code: "PF227", slug: "repeated-rows", severity: .warning, about: .rows,
        title: "Rows come twice in the same order",
        why: "If the import appends rows, their figures count twice. A page that an export fetched twice looks like this.",
        help: """
            Compare with the source: remove the rows if they are not meant, or name the columns of the key in a profile ("keys:") to have every \
            row compared.
            """,
        wrapsMessage: true,
        message: { "\($0.counted("row", "comes", "come")) a second time\($0.reasons)" })
}
