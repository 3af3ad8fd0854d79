import CSVTokenizer
import ImportProfiles
import SafeText

/// Reports what is wrong with the delimiter, and lines before the header.
struct DialectCheck: FileCheck {
    static let kinds: [FindingKind] = [.unsupportedDelimiter, .separatorLine, .otherDelimiter, .preamble, .skippedLines]

    func begin(_ file: FileFacts, log: inout FindingLog) {
        let head = file.head
        guard head.refusal == nil else { return }
        if let separator = head.separatorLine { log.note(.separatorLine, remark: "sep=\(VisibleText([separator]).text)") }
        if head.preambleLines > 0 {
            let blank = head.isPreambleBlank ? head.preambleLines == 1 ? "a blank line" : "blank lines" : nil
            let header = "the header is line \(head.skipped.lines + 1)"
            log.note(.preamble, count: head.preambleLines, remark: [blank, header].compactMap(\.self).joined(separator: "; "))
        }
        if file.declaration.skippedLines > 0 { log.note(.skippedLines, count: file.declaration.skippedLines) }
        let delimiter = file.dialect.delimiter
        if let other = head.otherDelimiter {
            log.note(
                .otherDelimiter, remark: "configured: \(Self.name(delimiter)); with \(Self.name(other.delimiter)) \(other.text)",
                value: VisibleText([other.delimiter]))
        }
        if delimiter != UInt8(ascii: ","), delimiter != UInt8(ascii: ";") {
            log.note(.unsupportedDelimiter, remark: Self.name(delimiter), value: VisibleText([delimiter]))
        }
    }

    /// Nothing depends on the rows.
    func merge(_ later: DialectCheck, at joint: Joint) {}

    /// The help with the commands that remove the lines before the header of this file.
    func finish(_ file: FileFacts, _ end: FileEnd, log: inout FindingLog) {
        let remedy = file.remedy
        let first = file.declaration.skippedLines + 1
        log.setHelp("Remove the line: \(remedy.command("sed \(first)d"))", of: .separatorLine)
        log.setHelp("Start the file with the header before you push it: \(remedy.command("tail -n +\(first)"))", of: .skippedLines)
        let header = remedy.command("tail -n +\(file.head.skipped.lines + 1)")
        for cause in QuoteCause.allCases where cause.remark == nil {
            log.setHelp(cause.help(remedy, delimiter: file.dialect.delimiter, quote: file.dialect.quote), of: cause.kind)
        }
        log.setHelp("Start the file with the header: \(header). Or export without a title.", of: .preamble)
    }

    private static func name(_ delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case UInt8(ascii: "\t"): "tab"
        case 0..<0x20: Lookalike.name(Unicode.Scalar(delimiter))
        default: "\"\(VisibleText([delimiter]).text)\""
        }
    }
}

extension DialectCheck {
    /// Nothing depends on the rows.
    func code(_ coder: inout StateCoder) {}
}

extension FindingKind {
    static let unsupportedDelimiter = FindingKind(
        code: "PF209", slug: "unsupported-delimiter", severity: .error, about: .bytes,
        title: "Delimiter is neither a comma nor a semicolon",
        why: "Import configurations offer only a comma or a semicolon: each row would be read as one column (assumed).",
        help: "Export with a comma or a semicolon.",
        showsPlaces: false)

    static let separatorLine = FindingKind(
        code: "PF211", slug: "separator-line", severity: .error, about: .bytes,
        title: "Line before the header names the separator",
        why: "Excel reads and hides a line like sep=; but an import takes it for the header (assumed). preflight skipped it.",
        help: "Remove the line: sed 1d FILE > FILE.new.csv",
        showsPlaces: false)

    static let otherDelimiter = FindingKind(
        code: "PF212", slug: "other-delimiter", severity: .error, about: .bytes,
        title: "Configured delimiter does not split the rows",
        why: """
            With the delimiter of the profile or of --delimiter, the columns are not the intended ones. Findings that may follow from \
            this are left out: missing columns, stray quotes, uneven rows.
            """,
        help: "Correct the delimiter in the profile and in the import configuration, or omit --delimiter.",
        showsPlaces: false)

    static let preamble = FindingKind(
        code: "PF215", slug: "preamble", severity: .error, about: .rows,
        title: "Lines before the header",
        why: "An import takes the first line for the header (assumed). preflight skipped these lines to check the rest.",
        help: "Start the file with the header, or export without a title. To skip exactly N lines instead: --skip-lines N",
        showsPlaces: false,
        message: { "\($0.counted("line")) before the header\($0.reasons)" })

    static let skippedLines = FindingKind(
        code: "PF217", slug: "skipped-lines", severity: .warning, about: .bytes,
        title: "Lines skipped with --skip-lines",
        why: "They are part of the file and are sent with it. An import takes the first line for the header (assumed).",
        help: "Start the file with the header before you push it. After one line: tail -n +2 FILE > FILE.new.csv",
        showsPlaces: false,
        message: { "\($0.counted("line")) before the header\($0.reasons)" })
}
