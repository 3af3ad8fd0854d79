import ByteSources
package import ImportProfiles
package import Preflight
package import SafeText

/// The report for people: what the file is, its findings by weight and code, the prediction, and one line with the gate's answer.
///
/// Counts are grouped (`336 777`); lines, rows and bytes are not, so that they can be pasted into a command. Text of the file stands
/// behind a bar or in quotes, so that no cell can pass for a line of the report.
package struct HumanReport: Sendable {
    package var style: TextStyle
    /// Whether no column and no reason is left out because there are many.
    package var showsAll: Bool

    package init(style: TextStyle, showsAll: Bool = false) {
        self.style = style
        self.showsAll = showsAll
    }

    /// How many of a list are shown.
    func shown(_ usual: Int) -> Int {
        showsAll ? .max : usual
    }

    /// The whole text; every line has its line end.
    ///
    /// - Parameters:
    ///   - report: The report to print.
    ///   - refusals: The gate's answer under `policy`; empty if the file passes.
    ///   - policy: The policy of the gate.
    package func text(for report: Report, refusals: [GateRefusal], policy: GatePolicy) -> String {
        var lines = headerLines(report)
        for group in groups(report.findings) { lines += [""] + groupLines(group, hasHeader: report.input.dialect.hasHeader) }
        let prediction = predictionLines(report)
        if !report.findings.isEmpty { lines.append("") }
        lines += prediction
        if prediction.count > 1 { lines.append("") }
        let advice = adviceLines(report.prediction.advice)
        if !advice.isEmpty { lines += advice + [""] }
        lines.append(verdictLine(report, refusals: refusals, policy: policy))
        return lines.map { $0 + "\n" }.joined()
    }

    private func headerLines(_ report: Report) -> [String] {
        let input = report.input
        var lines = [style.paint(input.path == "-" ? "standard input" : input.path, .strong)]
        lines.append("  " + facts(report).joined(separator: ", "))
        if report.cutRows > 0 {
            let rows = report.cutRows == 1 ? "1 row is" : "\(report.cutRows.grouped) rows are"
            let limit = "more than 1,048,576 fields or 16 MiB"
            lines.append("  " + style.paint("\(rows) too long to be judged to the end (\(limit)).", .warning))
        } else if !report.isComplete, input.notJudged == nil {
            lines.append("  " + style.paint("Not read to its end: all that follows speaks of the part that was read.", .warning))
        }
        return lines
    }

    /// What is known of the file: of one that is no text in rows its size and what it is, of one without a row its size.
    private func facts(_ report: Report) -> [String] {
        let input = report.input
        if let kind = input.notJudged { return [sizeText(input), kind + " (not judged)"] }
        if report.totals.columns == 0 { return [sizeText(input), "no rows"] }
        return [
            sizeText(input),
            report.totals.rows.counted("row"),
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
        case .utf16LittleEndian, .utf16BigEndian, .windows1252, .latin1:
            TextEncoding(rawValue: report.encoding.rawValue)?.name ?? report.encoding.rawValue
        case .utf8 where report.input.proposedEncoding != nil:
            "not UTF-8 (looks like \(report.input.proposedEncoding?.name ?? "another encoding"))"
        case .utf8 where report.hasIllFormedText: "not all of it UTF-8"
        case .utf8: report.input.hasByteOrderMark ? "UTF-8 with byte order mark" : "UTF-8"
        }
    }

    private func dialectText(_ report: Report) -> String {
        let dialect = report.input.dialect
        if report.totals.columns == 1, dialect.origin == .detected, dialect.evidence == nil { return "no delimiter found" }
        let origin =
            switch dialect.origin {
            case .profile: "from the profile"
            case .flag: "as asked"
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
        case 1: return "\(kinds[0].0) line ends"
        default: return "line ends " + kinds.map { "\($0.1.grouped) \($0.0)" }.joined(separator: " and ")
        }
    }
}

extension ReportFormat {
    /// The report for people.
    public static let human = ReportFormat(
        name: "human", summary: "The report that <doc:ReadingAReport> explains.", outcome: .sentences, end: { "\n\($0.words)\n" }
    ) { result in
        guard case .judged(let file) = result else { return "" }
        return HumanReport(style: file.style, showsAll: file.showsAll).text(for: file.report, refusals: file.refusals, policy: file.policy)
    }
}
