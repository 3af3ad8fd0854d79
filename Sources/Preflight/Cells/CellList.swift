package import ByteSources
import CSVTokenizer
import SafeText
import ValueFormats

/// Writes a line for each cell and row with a finding while a file is checked, or while its ranges are merged. A spreadsheet opens it.
///
/// The lines come in the order of the file. Findings that are known only at its end come last, with the places that the report has: see ``CellFinder``.
package final class CellList {
    private let writer: OutputFile.Writer
    private let redacts: Bool
    private var failure: OutputFile.Refusal?
    private var hasHeader = false
    private var line = CellLine()
    /// Names of columns as fields.
    private var names: [Int: [UInt8]] = [:]
    /// Lines that are to be written.
    private var bytes: [UInt8] = []
    /// Kinds whose occurrences were listed one by one.
    private var listed: Set<FindingKind> = []
    /// Rows that the beginning of the file has findings of, and that were not listed yet: see ``expect(_:)``.
    private var expected: [ListedCell] = []

    /// - Parameters:
    ///   - namesFiles: whether the lines of several files are to be told apart.
    ///   - redacts: whether values are listed as masks.
    package init(_ file: OutputFile, namesFiles: Bool, redacts: Bool = false) throws(OutputFile.Refusal) {
        self.redacts = redacts
        writer = try file.begin()
        if namesFiles { line.path = "" }
    }

    /// Begins with the next file.
    ///
    /// - Parameter path: safe to print.
    package func begin(path: String) {
        if line.path != nil { line.path = path }
        names = [:]
        listed = []
        expected = []
    }

    /// Rows that the beginning of the file has findings of, while no range knows that it has them: they are listed before what comes after them.
    func expect(_ rows: [ListedCell]) { expected = rows }

    /// Adds what the report of the file knows beside the rows that were listed.
    package func add(_ report: Report) {
        begin(report.input.hasByteOrderMark, delimiter: report.input.dialect.delimiter)
        for row in expected { list(row, nil) }
        expected = []
        writeLines()
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

    private func name(of column: Int, _ layout: FileLayout?) -> [UInt8] {
        guard column > 0, let layout else { return Self.noName }
        if let known = names[column] { return known }
        let name = CellLine.name(layout.reference(column))
        // A row may have any number of fields.
        if names.count < Self.mostNames { names[column] = name }
        return name
    }

    private static let mostNames = 1 << 12
    private static let noName = CellLine.name(nil)

    private func shown(_ text: String) -> String { redacts ? TextMask.mask(text) : text }
}

extension CellList: CellReceiver {
    var hasFailed: Bool { failure != nil }

    func begin(_ head: FileHead) { begin(head.hasByteOrderMark, delimiter: head.dialect.delimiter) }

    func take(_ cell: ListedCell, _ layout: FileLayout?) {
        while let next = expected.first, cell.line > next.line || cell.row.map({ $0 >= next.row ?? 0 }) == true {
            expected.removeFirst()
            // The range that has the row may be the first, which knows it.
            if cell.row == next.row, cell.cause.kind == next.cause.kind { break }
            list(next, layout)
        }
        list(cell, layout)
    }

    private func list(_ cell: ListedCell, _ layout: FileLayout?) {
        if bytes.count > Self.mostBytes { writeLines() }
        let cause = cell.cause
        if !cause.isListed {
            cause.isListed = true
            listed.insert(cause.kind)
        }
        line.append(
            row: cell.row, line: cell.line, column: name(of: cell.column, layout), value: shown(cell.value),
            cause: cell.reason == .none ? cause.fields(line) : line.cause(code: cause.kind.code, reason: cell.reason.text),
            suggested: cell.suggestion.map(shown), to: &bytes)
    }

    func endBatch() { writeLines() }

    func leaveToReport(_ kind: FindingKind) { listed.remove(kind) }
}
