package import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Writes a line for each cell and row with a finding while a file is checked: see ``RowMark``. A spreadsheet opens it.
///
/// The lines come in the order of the file. Findings that are known only at its end, such as those about columns as a whole, come last, with the places
/// that the report has: their rows were passed by then, and how many there are has no limit.
package final class CellList {
    private let writer: OutputFile.Writer
    private let redacts: Bool
    private var failure: OutputFile.Refusal?
    private var hasHeader = false
    private var line = CellLine()
    private var quote = UInt8(ascii: "\"")
    private var decoder = FieldDecoder(quote: UInt8(ascii: "\""))
    private var repairs: [Int: ValueRepair?] = [:]
    private var rules = FindingRules()
    /// By group of the log, what its lines have in common; `nil` where that was not asked yet.
    private var groups: [Group?] = []
    /// Names of columns as fields.
    private var names: [Int: [UInt8]] = [:]
    /// Lines that are to be written.
    private var bytes: [UInt8] = []
    /// Kinds whose occurrences were listed one by one.
    private var listed: Set<FindingKind> = []

    /// The list has as many lines as the file has findings: nothing is made anew for each.
    private struct Group {
        let isListed: Bool
        let code: String
        /// The code and the title of the kind, as fields.
        let cause: [UInt8]
    }

    /// - Parameters:
    ///   - namesFiles: whether the lines of several files are to be told apart.
    ///   - redacts: whether values are listed as masks.
    package init(_ file: OutputFile, namesFiles: Bool, redacts: Bool = false) throws(OutputFile.Refusal) {
        self.redacts = redacts
        writer = try file.begin()
        if namesFiles { line.path = "" }
    }

    /// Characters of a value that are listed.
    private static let mostCharacters = 1_000

    /// Begins with the next file.
    ///
    /// - Parameter path: safe to print.
    package func begin(path: String) {
        if line.path != nil { line.path = path }
        repairs = [:]
        groups = []
        names = [:]
        listed = []
    }

    /// Adds what the report of the file knows beside the rows that were listed.
    package func add(_ report: Report) {
        begin(report.input.hasByteOrderMark, delimiter: report.input.dialect.delimiter)
        write(line.examples(of: redacts ? report.redacted() : report, except: listed))
    }

    /// Adds a file that could not be read.
    package func add(unreadable message: String) {
        begin(false, delimiter: UInt8(ascii: ","))
        write(line.unreadable(message))
    }

    /// The file gets its name.
    package func finish() throws(OutputFile.Refusal) {
        begin(false, delimiter: UInt8(ascii: ","))
        if let failure { throw failure }
        try writer.finish()
    }

    // MARK: Lines

    /// The delimiter and the mark are those of the first file: where it opens in columns, so does the list.
    private func begin(_ hasMark: Bool, delimiter: UInt8) {
        guard !hasHeader else { return }
        hasHeader = true
        line.separator = delimiter == UInt8(ascii: ";") ? ";" : ","
        write(line.header(hasMark: hasMark))
    }

    private func write(_ text: String) {
        bytes += text.utf8
        writeLines()
    }

    private func writeLines() {
        defer { bytes.removeAll(keepingCapacity: true) }
        if failure != nil { return }
        do throws(OutputFile.Refusal) {
            try writer.write(bytes)
        } catch {
            failure = error
        }
    }

    /// Lines that are written at once take so many bytes.
    private static let mostBytes = 1 << 15

    private func group(of mark: RowMark, _ log: FindingLog, hasHeader: Bool) -> Group {
        if mark.group < groups.count, let known = groups[mark.group] { return known }
        let kind = log.groups[mark.group].kind
        let group = Group(
            isListed: kind.action(under: rules) != .ignore, code: kind.code,
            cause: line.cause(code: kind.code, reason: kind.title(hasHeader: hasHeader)))
        while groups.count <= mark.group { groups.append(nil) }
        groups[mark.group] = group
        if group.isListed { listed.insert(kind) }
        return group
    }

    private func name(of column: Int, _ layout: FileLayout) -> [UInt8] {
        if let known = names[column] { return known }
        let name = CellLine.name(layout.reference(column))
        // A row may have any number of fields.
        if names.count < Self.mostNames { names[column] = name }
        return name
    }

    private static let mostNames = 1 << 12
    private static let noName = CellLine.name(nil)

    private func shown(_ value: [UInt8]) -> String {
        let text = VisibleText(value, limit: Self.mostCharacters).text
        return redacts ? TextMask.mask(text) : text
    }

    /// How the value of a column should be written, if the profile says what it holds.
    private func suggestion(_ value: [UInt8], column: Int, _ layout: FileLayout) -> String? {
        if repairs[column] == nil {
            let profile = layout.rules.flatMap { column <= $0.count ? $0[column - 1]?.settings.profile : nil }
            repairs[column] = .some(profile.map(ValueRepair.init))
        }
        guard let repair = repairs[column] ?? nil, repair.isNeeded, let result = repair.repaired(value, nil), result.isSafe else {
            return nil
        }
        return shown(result.text)
    }
}

extension CellList: MarkReceiver {
    func begin(_ head: FileHead, options: CheckOptions) {
        quote = head.dialect.quote
        decoder = FieldDecoder(quote: quote)
        rules = options.rules
        begin(head.hasByteOrderMark, delimiter: head.dialect.delimiter)
    }

    func take(_ batch: inout RowBatch, _ found: MarkedBatch, log: FindingLog) {
        guard batch.rowCount > 0, failure == nil else { return }
        var blank = Array(found.rows.blank)[...]
        if found.marks.isEmpty, blank.isEmpty { return }
        batch.makeIndex()
        var lines = LineCursor()
        defer {
            listBlank(&blank, before: batch.rowCount, in: batch, &lines)
            writeLines()
        }
        guard let layout = found.layout else { return }
        var rows = RowNumbers(found.rows)
        var last: RowMark?
        // The checks mark one after the other; a file is read from left to right.
        var marks = found.marks
        // Stable.
        marks.sort { $0.row != $1.row ? $0.row < $1.row : $0.field < $1.field }
        for mark in marks {
            if let last, (last.row, last.field, last.group) == (mark.row, mark.field, mark.group) { continue }
            last = mark
            // What is about the header is in the report.
            guard mark.row > 0 else { continue }
            let group = group(of: mark, log, hasHeader: layout.hasHeader)
            guard group.isListed, let index = rows.index(of: mark.row) else { continue }
            listBlank(&blank, before: index, in: batch, &lines)
            if bytes.count > Self.mostBytes { writeLines() }
            guard mark.field >= 0 else {
                let place = lines.line(of: batch.start(ofRow: index), in: batch)
                line.append(
                    row: mark.row, line: place, column: Self.noName, value: "", cause: group.cause, to: &bytes)
                continue
            }
            let place = lines.line(of: batch.range(ofField: mark.field).lowerBound, in: batch)
            let column = batch.column(ofField: mark.field, inRow: index)
            let value = decoder.withText(of: mark.field, in: batch) { Array($0) }
            line.append(
                row: mark.row, line: place, column: name(of: column, layout), value: shown(value),
                cause: mark.reason == .none ? group.cause : line.cause(code: group.code, reason: mark.reason.text),
                suggested: suggestion(value, column: column, layout), to: &bytes)
        }
    }

    /// Lists blank lines up to a row of the batch: they come where they are in the file.
    private func listBlank(_ blank: inout ArraySlice<Int>, before row: Int, in batch: borrowing RowBatch, _ lines: inout LineCursor) {
        guard FindingKind.blankLine.action(under: rules) != .ignore else { return }
        while let next = blank.first, next < row {
            blank.removeFirst()
            listed.insert(.blankLine)
            let place = lines.line(of: batch.start(ofRow: next), in: batch)
            line.append(
                row: nil, line: place, column: Self.noName, value: "",
                cause: line.cause(code: FindingKind.blankLine.code, reason: FindingKind.blankLine.title), to: &bytes)
            if bytes.count > Self.mostBytes { writeLines() }
        }
    }

    func end(_ marks: [RowMark], log: FindingLog, hasPutKeysAside: Bool) {
        // Not all rows that repeat a key were listed: those of the report are.
        if hasPutKeysAside { listed.remove(.duplicateKey) }
    }
}
