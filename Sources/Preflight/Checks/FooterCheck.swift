import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports the last rows if they are lines that a program writes below the rows, and have all fields: padded with delimiters, or in a file of
/// one column. Such lines with fewer fields are ragged rows.
struct FooterCheck: Check {
    static let kinds: [FindingKind] = [.footerRow]

    private let layout: FileLayout
    private let decoder: FieldDecoder
    /// The last rows, if they are such lines.
    private var found: [Found] = []
    private var hasRows = false
    /// Whether all rows are such lines.
    private var areAll = true

    private struct Found {
        var row: Int
        var footer: ExportFooter
        var example: Finding.Example
    }

    /// A count of the rows and a time, perhaps some more.
    private static let most = 4
    private static let mostBytes = 1 << 10

    init(layout: FileLayout, plan: ColumnPlan) {
        self.layout = layout
        decoder = FieldDecoder(quote: layout.quote)
    }

    mutating func explain(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        guard judgement.rows.dataRowCount > 0 else { return }
        var last: [Found] = []
        var areAllOfBatch = batch.isIndexed
        var row = batch.rowCount
        while areAllOfBatch, row > 0 {
            row -= 1
            if row == judgement.rows.header || judgement.rows.blank.contains(row) { continue }
            guard last.count < Self.most, let bytes = batch.bytes(ofRow: row), bytes.count < Self.mostBytes,
                let footer = footer(row, bytes, of: batch)
            else {
                areAllOfBatch = false
                break
            }
            if judgement.rows.ragged.contains(row) { continue }
            var lines = LineCursor()
            let record = RowRecord(index: row, number: judgement.rows.number(of: row))
            let example = Finding.Example(beginningOf: record, in: batch, lines: &lines, quote: layout.quote)
            last.append(Found(row: record.number, footer: footer, example: example))
        }
        last.reverse()
        found = areAllOfBatch ? Array((found + last).suffix(Self.most)) : last
        areAll = areAll && areAllOfBatch
        hasRows = true
    }

    /// A row as a line: its cells up to the last that is not blank.
    private func footer(_ row: Int, _ bytes: Span<UInt8>, of batch: borrowing RowBatch) -> ExportFooter? {
        guard bytes.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "=") }) else { return nil }
        var line: [UInt8] = []
        var (end, filledCount) = (0, 0)
        for field in batch.fields(ofRow: row) {
            let text = decoder.withText(of: field, in: batch) { Array($0) }
            // A bracket that opens a text after another is of a value.
            if filledCount > 0, text.first == UInt8(ascii: "(") || text.first == UInt8(ascii: "[") { return nil }
            line += text
            if line.last != layout.delimiter, line.last != nil, line.last != UInt8(ascii: " ") {
                end = line.count
                filledCount += 1
            }
            line.append(layout.delimiter)
        }
        let text = line[..<end]
        // A row that is padded to the width of the table may be any text, but a word may be a value.
        let isPadded = layout.width > 1 && filledCount == 1 && text.contains(UInt8(ascii: " "))
        guard let footer = ExportFooter(line: text, mayBeNote: isPadded), footer != .count || layout.width > 1,
            footer != .note || isPadded
        else { return nil }
        return footer
    }

    mutating func merge(_ later: FooterCheck, at joint: Joint) {
        guard later.hasRows else { return }
        let last = later.found.map { Found(row: $0.row + joint.rows, footer: $0.footer, example: $0.example.shifted(by: joint)) }
        found = later.areAll ? Array((found + last).suffix(Self.most)) : last
        areAll = areAll && later.areAll
        hasRows = true
    }

    func finish(log: inout FindingLog, prediction: inout Prediction) {
        guard let first = found.first, !areAll else { return }
        for found in found {
            let remark =
                switch found.footer.content {
                case .time: "a time"
                case .count: "a count of the rows"
                case .note: "a footer of the report"
                }
            log.note(.footerRow, row: found.row, remark: remark) { _ in found.example }
        }
        log.setHelp(Help.removal(layout.remedy, line: first.example.place.line, advice: first.footer.advice), of: .footerRow)
    }

    fileprivate enum Help {
        static func removal(_ remedy: FileRemedy, line: Int, advice: String) -> String {
            "Remove what is below the rows: \(remedy.command("sed '\(line),$d'")). Or export without it: \(advice)."
        }
    }
}

extension FooterCheck {
    mutating func code(_ coder: inout StateCoder) {
        coder.list(&found, blank: Found(row: 0, footer: .count, example: .blank)) { coder, found in
            coder(&found.row)
            coder(&found.footer)
            coder(&found.example)
        }
        coder(&hasRows)
        coder(&areAll)
    }
}

extension FindingKind {
    static let footerRow = FindingKind(
        code: "PF231", slug: "footer-row", severity: .error, about: .rows,
        title: "Last row is a line that the program adds",
        why: """
            Database clients write a count of the rows or a time below them, and reports write notes. The line is loaded like data: its words become texts and items, \
            or are skipped as ParsingError (assumed).
            """,
        help: "Remove the line, or export without it: \(ExportFooter.count.advice).",
        wrapsMessage: true,
        message: {
            let text = $0.counted("row", "is a line that the program adds below the rows", "are lines that the program adds below the rows")
            return text + $0.reasons
        })
}
