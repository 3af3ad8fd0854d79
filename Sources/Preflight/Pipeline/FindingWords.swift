import ImportProfiles
import SafeText
import ValueFormats

/// Puts what was counted into words: the plain fact of each group, short, because the report says why it matters once for each code.
struct FindingWords {
    /// Of the remarks on a group, how many are told. One more tells that there are others.
    private static let shownRemarks = 3
    /// Reasons that only repeat what the fact says already.
    private static let plainReasons: Set<String> = Set(
        [JudgementReason.notANumber, .notABoolean, .unknownItem].map(\.text))

    let layout: FileLayout?
    let lineEnds: InputSummary.LineEnds

    func finding(_ group: FindingLog.Group) -> Finding {
        var group = group
        if group.code == .mixedLineEnds { group.count = min(lineEnds.lf, lineEnds.crlf) }
        let column = group.column.map { layout?.reference($0) ?? ColumnReference(index: $0, name: "") }
        var finding = Finding(
            code: group.code, severity: group.severity, column: column, count: group.count, rows: group.rows,
            message: fact(group) + furtherColumns(group), help: group.help ?? group.code.entry.help, examples: group.examples,
            predicts: group.predicts)
        finding.shares = group.shares.map {
            ColumnShare(column: layout?.reference($0.column) ?? ColumnReference(index: $0.column, name: ""), count: $0.count, rows: $0.rows)
        }
        return finding
    }

    /// What was found and how often, without the column and without a full stop.
    private func fact(_ group: FindingLog.Group) -> String {
        let count = group.count
        if group.column == nil, !group.furtherColumns.isEmpty, let fact = factOfSeveralColumns(group) { return fact }
        switch group.code {
        case .emptyFile, .gzipTruncated, .gzipHeader, .gzipData, .gzipChecksum, .gzipLength, .gzipTrailingBytes, .byteOrderMark, .utf16,
            .unclosedQuote, .unsupportedDelimiter, .noDataRows, .notCSV, .compressionName, .contentLimit, .otherEncoding, .utf32,
            .separatorLine, .otherDelimiter, .totalsRow, .carriageReturnLineEnds:
            return group.code.entry.title + reasons(group)
        case .invalidUTF8:
            return counted("byte sequence", group) + (count == 1 ? " is not UTF-8" : " are not UTF-8") + reasons(group) + beyond(group)
        case .undecodable:
            return counted("byte sequence", group) + (count == 1 ? " stands" : " stand") + " for no character" + reasons(group)
                + beyond(group)
        case .contradictedEncoding: return group.remarks.first ?? group.code.entry.title
        case .innerByteOrderMark: return counted("byte order mark", group) + " inside the file" + beyond(group)
        case .doubleEncoded: return counted("sequence", group) + " like \"Ã©\" near the beginning"
        case .repeatedHeader: return counted("row", group) + (count == 1 ? " is" : " are") + " the header once more"
        case .preamble, .skippedLines: return counted("line", group) + " in front of the header" + reasons(group)
        case .runawayQuote: return counted("quote", group) + (count == 1 ? " closes" : " close") + " in a later row" + reasons(group)
        case .similarColumnNames: return "Named " + (group.remarks.first ?? "as another column") + " but for case or blanks"
        case .longColumnName: return "A name" + reasons(group)
        case .nulByte: return counted("NUL byte", group) + beyond(group)
        case .strayQuote: return counted("unquoted field", group) + " with a quote inside"
        case .textAfterClosingQuote: return counted("quoted field", group) + " with text after the closing quote"
        case .tooFewFields: return counted("row", group) + (count == 1 ? " has" : " have") + " too few fields" + reasons(group)
        case .tooManyFields: return counted("row", group) + (count == 1 ? " has" : " have") + " too many fields" + reasons(group)
        case .blankLine: return counted("blank line", group)
        case .loneCarriageReturn: return counted("lone carriage return", group) + reasons(group)
        case .mixedLineEnds:
            let first = group.examples.first.map { ", the first change in line \($0.place.line)" } ?? ""
            return "\(lineEnds.lf.grouped) LF and \(lineEnds.crlf.grouped) CRLF line ends" + first
        case .emptyColumnName: return "No name in the header"
        case .duplicateColumnName:
            return "Named " + (group.remarks.isEmpty ? "as another column" : group.remarks.joined(separator: "; "))
        case .missingColumn: return (hasHeader ? "Not in the header: " : "No field in the first row for: ") + names(group)
        case .unexpectedColumn: return "Not in the profile" + reasons(group)
        case .requiredValueEmpty: return counted("value", group) + (count == 1 ? " is empty" : " are empty")
        case .notANumber, .notAnInteger, .notADate: return counted("value", group) + " cannot be read as " + kind(group) + reasons(group)
        case .notABoolean: return counted("value", group) + (count == 1 ? " is" : " are") + " neither TRUE nor FALSE" + reasons(group)
        case .doubtfulNumber, .doubtfulInteger, .doubtfulDate, .doubtfulBoolean:
            return counted("value", group) + " may or may not be read as " + kind(group) + reasons(group)
        case .unlikeItsColumn: return counted("value", group) + " \(group.remarks.first ?? "cannot be read as the others") (estimate)"
        case .mixedFormats: return group.count.counted("value") + " in " + (group.remarks.first ?? "several formats") + " (estimate)"
        case .duplicateKey: return counted("row", group) + (count == 1 ? " has" : " have") + " the key of another" + reasons(group)
        case .blankKey: return counted("row", group) + (count == 1 ? " has" : " have") + " no key"
        case .numberReadsTwoWays: return counted("number", group) + (count == 1 ? " reads" : " read") + " two ways" + reasons(group)
        case .dateReadsTwoWays: return counted("date", group) + (count == 1 ? " reads" : " read") + " two ways" + reasons(group)
        case .unknownItem: return counted("value", group) + (count == 1 ? " is" : " are") + " not in the list of items" + reasons(group)
        case .doubtfulItem: return counted("value", group) + " may or may not be matched with an item" + reasons(group)
        }
    }

    /// What is said of one column cannot be said of several.
    private func factOfSeveralColumns(_ group: FindingLog.Group) -> String? {
        let count = group.count
        switch group.code {
        case .emptyColumnName: return count.counted("column") + (count == 1 ? " has" : " have") + " no name in the header"
        case .similarColumnNames: return count.counted("name") + " like that of another column but for case or blanks" + reasons(group)
        case .duplicateColumnName: return count.counted("name") + " that another column has" + reasons(group)
        case .longColumnName: return count.counted("long name") + reasons(group)
        case .unexpectedColumn: return count.counted("column") + (count == 1 ? " is" : " are") + " not in the profile"
        case .unlikeItsColumn: return counted("value", group) + " unlike the others of the column (estimate)" + reasons(group)
        default: return nil
        }
    }

    /// `12 values`; `12 NUL bytes in 3 rows` where a row has several.
    private func counted(_ noun: String, _ group: FindingLog.Group) -> String {
        let rows = group.rows == 0 || group.rows == group.count ? "" : group.rows.counted("row")
        return group.count.counted(noun) + (rows.isEmpty ? "" : group.rowsAreExact ? " in \(rows)" : " in at least \(rows)")
    }

    /// What the values should have been, in the number of the count.
    private func kind(_ group: FindingLog.Group) -> String {
        let isOne = group.count == 1
        switch group.code {
        case .notAnInteger, .doubtfulInteger: return isOne ? "a whole number" : "whole numbers"
        case .notADate, .doubtfulDate: return isOne ? "a date" : "dates"
        case .doubtfulBoolean: return isOne ? "a boolean" : "booleans"
        default: return isOne ? "a number" : "numbers"
        }
    }

    /// The remarks in brackets, unless there is only one and it says nothing new.
    private func reasons(_ group: FindingLog.Group) -> String {
        let remarks = group.remarks
        if remarks.isEmpty || (remarks.count == 1 && Self.plainReasons.contains(remarks[0])) { return "" }
        let others = remarks.count > Self.shownRemarks ? "; and others" : ""
        return " (" + remarks.prefix(Self.shownRemarks).joined(separator: "; ") + others + ")"
    }

    private func names(_ group: FindingLog.Group) -> String {
        let more = group.count - group.remarks.count
        return group.remarks.joined(separator: ", ") + (more > 0 ? " and \(more.grouped) more" : "")
    }

    /// Fields that no column stands for are counted together.
    private func beyond(_ group: FindingLog.Group) -> String {
        guard group.column == nil, group.hasUnnamed, group.shares.isEmpty else { return "" }
        return ", in fields beyond " + (hasHeader ? "the header's" : "the first row's")
    }

    /// Of a very wide file the further columns are counted together.
    private func furtherColumns(_ group: FindingLog.Group) -> String {
        guard group.column == nil, let first = group.furtherColumns.first, let last = group.furtherColumns.last else { return "" }
        let columns = group.furtherColumns.count
        if columns == 1 { return ", and in column \(first)" }
        let range = (last - first + 1 == columns ? "" : "from ") + "\(first) to \(last)"
        return (group.hasUnnamed ? ", and in " : ", in ") + "\(columns.grouped) columns (\(range))"
    }

    private var hasHeader: Bool { layout?.hasHeader ?? true }
}
