import ByteSources
import Preflight
import SafeText

extension HumanReport {
    /// What the file is, in one line, and whether all of it was read.
    ///
    /// - Parameter showsRows: Whether to include the number of rows, which most verdicts already have.
    func factLines(_ report: Report, showsRows: Bool) -> [String] {
        let input = report.input
        var lines = paragraph("", ink: .quiet, indent: 2, WrappedText(facts(report, showsRows: showsRows).joined(separator: ", ")))
        let account = report.lineAccount
        let isPlain = account.passedOver == 0 && account.blank == 0 && account.ofRows == report.totals.rows
        if account.total > 0, input.notJudged == nil, report.totals.columns > 0, showsAll || !isPlain {
            lines += paragraph("", ink: .quiet, indent: 2, WrappedText(ReportWords.lines(report)))
        }
        if let totals = ReportWords.expectations(report) { lines += paragraph("", ink: .quiet, indent: 2, WrappedText(totals)) }
        if report.cutRows > 0 {
            let rows = report.cutRows == 1 ? "1 row is" : "\(report.cutRows.grouped) rows are"
            let text = "\(rows) too long: fields after the first 1,048,576, or bytes after the first 16 MiB, were not checked."
            lines += paragraph("Incomplete:", ink: .warning, indent: 2, WrappedText(text))
        } else if !report.isComplete, input.notJudged == nil {
            let text = "reading stopped early; the results cover only the part that was read."
            lines += paragraph("Incomplete:", ink: .warning, indent: 2, WrappedText(text))
        }
        return lines
    }

    /// For a file that is not text, its size and kind; for a file without rows, its size.
    private func facts(_ report: Report, showsRows: Bool) -> [String] {
        let input = report.input
        if let kind = input.notJudged { return [sizeText(input), kind + " (not checked)"] }
        if report.totals.columns == 0 { return [sizeText(input), "no rows"] }
        return [sizeText(input)] + (showsRows ? [report.totals.rows.counted("row")] : []) + [
            report.totals.columns.counted("column") + (input.dialect.hasHeader ? "" : " without a header row"),
            encodingText(report),
            dialectText(report),
            lineEndText(input.lineEnds),
        ]
    }

    private func sizeText(_ input: InputSummary) -> String {
        switch input.compression {
        case .none: "\(ByteCount(input.decompressedBytes))"
        case .gzip: "\(ByteCount(input.decompressedBytes)) (\(ByteCount(input.bytes)) as gzip)"
        }
    }

    private func encodingText(_ report: Report) -> String {
        switch report.encoding {
        case .utf16: "UTF-16"
        case .utf32: "UTF-32"
        case .utf8 where report.input.proposedEncoding != nil:
            "not UTF-8 (probably \(report.input.proposedEncoding?.name ?? "another encoding"))"
        case .utf8 where report.hasIllFormedText: "UTF-8 with invalid bytes"
        case .utf8: report.input.hasByteOrderMark ? "UTF-8 with byte order mark" : "UTF-8"
        default: TextEncoding(rawValue: report.encoding.rawValue)?.name ?? report.encoding.rawValue
        }
    }

    private func dialectText(_ report: Report) -> String {
        let dialect = report.input.dialect
        if report.totals.columns == 1, dialect.origin == .detected, dialect.evidence == nil { return "no delimiter found" }
        let origin =
            switch dialect.origin {
            case .profile: "profile"
            case .flag: "--delimiter"
            case .detected: "detected"
            }
        let delimiter =
            switch dialect.delimiter {
            case UInt8(ascii: ","): "comma"
            case UInt8(ascii: ";"): "semicolon"
            case UInt8(ascii: "\t"): "tab"
            default: "delimiter " + VisibleText([dialect.delimiter]).text
            }
        let quote = dialect.quote == UInt8(ascii: "\"") ? "" : ", quote " + VisibleText([dialect.quote]).text
        return "\(delimiter) (\(origin))\(quote)"
    }

    private func lineEndText(_ lineEnds: InputSummary.LineEnds) -> String {
        let kinds = [("LF", lineEnds.lf), ("CRLF", lineEnds.crlf), ("lone CR", lineEnds.cr)].filter { $0.1 > 0 }
        switch kinds.count {
        case 0: return "no line ends"
        case 1: return kinds[0].0
        default: return kinds.map { "\($0.1.grouped) \($0.0)" }.joined(separator: " and ") + " line ends"
        }
    }
}
