import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Reports empty lines, which do not count as rows, and rows with nothing in any field, which do.
struct BlankLineCheck: FileCheck {
    static let kinds: [FindingKind] = [.blankLine, .emptyRow]

    /// Whether some empty rows have spaces or quotes between their delimiters.
    private var haveBlanks = false

    mutating func explain(_ batch: inout RowBatch, _ judgement: BatchJudgement, lineEnds: InputSummary.LineEnds, log: inout FindingLog) {
        noteEmptyRows(batch, judgement, log: &log)
        let blank = judgement.rows.blank
        if blank.isEmpty { return }
        let group = log.group(.blankLine, column: nil, severity: nil, predicts: nil)
        log.count(blank.count, in: group, row: nil)
        if !log.wantsExample(group) { return }
        batch.makeIndex()
        for row in blank {
            guard log.wantsExample(group) else { return }
            let position = batch.range(ofField: batch.fields(ofRow: row).lowerBound).lowerBound
            log.addExample(to: group) { lines in
                Finding.Example(
                    place: Place(
                        row: nil, line: lines.line(of: position, in: batch), column: nil,
                        byteOffset: batch.streamOffset(ofPosition: position)))
            }
        }
    }

    /// What to do about empty rows.
    fileprivate static func help(_ remedy: FileRemedy, delimiter: UInt8, haveBlanks: Bool = false) -> String {
        let sign = delimiter == UInt8(ascii: "\t") ? #"\t"# : String(Unicode.Scalar(delimiter))
        // Two quotes with nothing but spaces between them are an empty field; a no-break space has two bytes.
        let blanks = delimiter == UInt8(ascii: "\t") ? #"( |\xC2\xA0)"# : #"([ \t]|\xC2\xA0)"#
        let script =
            haveBlanks
            ? #"LC_ALL=C sed -E '/^([\#(sign)]|\#(blanks)|"\#(blanks)*")*\r*$/d'"# : #"sed '/^\#(sign)*\r*$/d'"#
        let command = remedy.command(script)
        return "Remove the rows: \(command). Or delete the empty rows of the sheet before the export."
    }

    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        log.setHelp(Self.help(file.remedy, delimiter: file.dialect.delimiter, haveBlanks: haveBlanks), of: .emptyRow)
        if haveBlanks { log.addRemark("some of them spaces or quotes too", toLastGroupOf: .emptyRow) }
        let blankCount = log.groups.first { $0.kind == .blankLine }?.count ?? 0
        if end.rowCount > 1, blankCount >= end.rowCount {
            log.addRemark("one after each row: line ends were doubled", toLastGroupOf: .blankLine)
            log.setHelp(
                "Write the file with single line ends, or remove the blank lines: \(file.remedy.command(#"sed '/^\r*$/d'"#))",
                of: .blankLine)
        }
    }

    private mutating func noteEmptyRows(_ batch: borrowing RowBatch, _ judgement: BatchJudgement, log: inout FindingLog) {
        let empty = judgement.rows.empty
        guard let last = empty.last else { return }
        let group = log.group(.emptyRow, column: nil, severity: nil, predicts: nil)
        log.add(empty.count, rows: empty.count, to: group, lastRow: judgement.rows.number(of: last))
        for row in judgement.rows.haveBlanks ? empty : BitSet() where !haveBlanks {
            if let bytes = batch.bytes(ofRow: row), bytes.count >= batch.fields(ofRow: row).count { haveBlanks = true }
        }
        if log.marksRows { for row in empty { log.mark(row: judgement.rows.number(of: row), in: group) } }
        for row in empty {
            guard log.wantsExample(group) else { return }
            let start = batch.start(ofRow: row)
            log.addExample(to: group) { lines in
                Finding.Example(
                    place: Place(
                        row: judgement.rows.number(of: row), line: lines.line(of: start, in: batch), column: nil,
                        byteOffset: batch.streamOffset(ofPosition: start)),
                    excerpt: Finding.Excerpt(ofRow: row, in: batch, bytes: start..<(start + batch.length(ofRow: row))))
            }
        }
    }

    mutating func merge(_ later: BlankLineCheck, at joint: Joint) {
        haveBlanks = haveBlanks || later.haveBlanks
    }
}

extension BlankLineCheck {
    mutating func code(_ coder: inout StateCoder) { coder(&haveBlanks) }
}

extension FindingKind {
    package static let blankLine = FindingKind(
        code: "PF206", slug: "blank-line", severity: .warning, about: .bytes,
        title: "Blank line",
        why: "Most readers skip blank lines, and preflight does not count them as rows. What an import does is undocumented.",
        help: "Remove blank lines if the import reports more rows than expected.",
        message: { $0.counted("blank line") + $0.reasons })

    static let emptyRow = FindingKind(
        code: "PF225", slug: "empty-row", severity: .warning, about: .rows,
        title: "Row has nothing but delimiters",
        why: """
            It counts as a row and is loaded with a blank in every column (assumed). Spreadsheets write such rows for empty cells that have a \
            format.
            """,
        help: BlankLineCheck.help(FileRemedy(), delimiter: UInt8(ascii: ",")),
        message: { $0.counted("row", "has nothing but delimiters", "have nothing but delimiters") + $0.reasons })
}
