import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports what the first rows show to be no table of values below a header.
struct TableShapeCheck: FileCheck {
    static let kinds: [FindingKind] = [.headerUnderline, .rowsInQuotes, .fixedWidth, .unitsRow]

    func begin(_ file: FileFacts, log: inout FindingLog) {
        let head = file.head
        guard head.refusal == nil else { return }
        let header = Place(row: nil, line: 1 + head.skipped.lines, column: nil, byteOffset: head.beginningLength)
        let second = Place(row: 1, line: head.secondRow.line, column: nil, byteOffset: head.secondRow.byteOffset)
        let text = VisibleText(head.shape.secondText)
        if head.shape.hasUnderline { log.note(.headerUnderline, row: 1) { _ in Finding.Example(place: second, value: text) } }
        if head.shape.hasUnitsRow {
            log.note(.unitsRow, row: 1, remark: "above values in \(head.shape.valueColumnCount.counted("column"))") { _ in
                Finding.Example(place: second, value: text)
            }
        }
        if let delimiter = head.shape.delimiterInQuotes {
            log.note(.rowsInQuotes, remark: "with \"\(VisibleText([delimiter]).text)\" inside", at: header)
        }
        if let columns = head.shape.fixedWidth {
            // One blank between two columns may as well be inside the values of one.
            let count = columns.columnCount.counted("column")
            let remark = columns.hasRule ? "\(count), shown by a row of dashes" : "at least \(count)"
            // The report's last line is one of its lines.
            log.leaveOut([.footerRow])
            // A comma in an amount is no delimiter.
            if head.shape.isFixedWidthCut { log.leaveOut([.tooManyFields, .tooFewFields]) }
            let isSure = columns.hasRule || head.shape.isFixedWidthCut
            log.note(.fixedWidth, severity: isSure ? .error : .warning, remark: remark, at: header)
        }
    }

    /// Nothing depends on the rows.
    func merge(_ later: TableShapeCheck, at joint: Joint) {}

    /// The help with commands for this file.
    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        log.setHelp(Help.underline(file.remedy, line: file.head.secondRow.line), of: .headerUnderline)
        log.setHelp(Help.units(file.remedy, line: file.head.secondRow.line), of: .unitsRow)
        log.setHelp(Help.rowsInQuotes(file.remedy), of: .rowsInQuotes)
    }

    fileprivate enum Help {
        static func underline(_ remedy: FileRemedy, line: Int) -> String {
            "Remove the row: \(remedy.command("sed \(line)d")). Or export without it: sqlcmd -h -1 leaves out the header and the dashes."
        }

        static func units(_ remedy: FileRemedy, line: Int) -> String {
            "If the row is not data, remove it: \(remedy.command("sed \(line)d"))"
        }

        static func rowsInQuotes(_ remedy: FileRemedy) -> String {
            let script = #"sed -E 's/^"//; s/"(\r?)$/\1/; s/""/"/g'"#
            return "Remove the outer quotes: \(remedy.command(script)). Or export once, not an export as one column of another."
        }
    }
}

extension TableShapeCheck {
    /// Nothing depends on the rows.
    func code(_ coder: inout StateCoder) {}
}

extension FindingKind {
    static let headerUnderline = FindingKind(
        code: "PF218", slug: "header-underline", severity: .error, about: .rows,
        title: "Row of dashes below the header",
        why: """
            Database clients such as sqlcmd underline the header. The row is loaded like data: its dashes become texts and items, or are \
            skipped as ParsingError (assumed).
            """,
        help: TableShapeCheck.Help.underline(FileRemedy(), line: 2))

    static let rowsInQuotes = FindingKind(
        code: "PF222", slug: "rows-in-quotes", severity: .error, about: .rows,
        title: "Each row is quoted as a whole",
        why: """
            The quotes turn the delimiters into text: every reader sees one column. This happens when rows that are CSV already are exported \
            once more as a text column.
            """,
        help: TableShapeCheck.Help.rowsInQuotes(FileRemedy()))

    static let fixedWidth = FindingKind(
        code: "PF223", slug: "fixed-width", severity: .error, about: .rows,
        title: "Fixed-width report without delimiters",
        why: """
            Its columns are aligned with spaces, and no delimiter separates them. An import would read each line as one column (assumed).
            """,
        help: "Export as CSV. sqlcmd: -s, -W -h -1; psql: --csv; mysql: SELECT … INTO OUTFILE; Oracle SQL*Plus: SET MARKUP CSV ON.",
        wrapsMessage: true)

    static let unitsRow = FindingKind(
        code: "PF224", slug: "units-row", severity: .warning, about: .rows,
        title: "Row below the header looks like units or a second header",
        why: """
            It has words or periods where all rows below have numbers or dates. It is loaded like data: its words become items, or are skipped as \
            ParsingError (assumed).
            """,
        help: TableShapeCheck.Help.units(FileRemedy(), line: 2),
        wrapsMessage: true)
}
