import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import ValueFormats

/// Finds the cells and rows with findings among the rows of a file while it is checked: see ``RowMark``.
///
/// Findings that are known only at the end of the file, such as those about columns as a whole, are left to the report: their rows were passed by then,
/// and how many there are has no limit.
final class CellFinder {
    private let receiver: any CellReceiver
    private var decoder = FieldDecoder(quote: UInt8(ascii: "\""))
    private var rules = FindingRules()
    private var repairs: [Int: ValueRepair?] = [:]
    /// By group of the log; outer `nil` where that was not asked yet, inner `nil` where its findings are ignored.
    private var causes: [CellCause??] = []
    private lazy var newKey = CellCause(.duplicateKey, hasHeader: true)
    private lazy var blankLine = CellCause(.blankLine, hasHeader: true)

    /// Characters of a value that are listed.
    private static let mostCharacters = 1_000

    init(_ receiver: any CellReceiver) {
        self.receiver = receiver
    }

    private func isListed(_ kind: FindingKind) -> Bool { kind.action(under: rules) != .ignore }

    private func cause(of mark: RowMark, _ log: FindingLog, hasHeader: Bool) -> CellCause? {
        if mark.newKey != nil { return isListed(.duplicateKey) ? newKey : nil }
        if mark.group < causes.count, let known = causes[mark.group] { return known }
        while causes.count <= mark.group { causes.append(nil) }
        let kind = log.groups[mark.group].kind
        let cause = isListed(kind) ? CellCause(kind, hasHeader: hasHeader) : nil
        causes[mark.group] = .some(cause)
        return cause
    }

    private func shown(_ value: [UInt8]) -> String { VisibleText(value, limit: Self.mostCharacters).text }

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

extension CellFinder: MarkReceiver {
    func begin(_ head: FileHead, options: CheckOptions) {
        decoder = FieldDecoder(quote: head.dialect.quote)
        rules = options.rules
        receiver.begin(head)
    }

    func take(_ batch: inout RowBatch, _ found: MarkedBatch, log: FindingLog) {
        guard batch.rowCount > 0, !receiver.hasFailed else { return }
        var blank = Array(found.rows.blank)[...]
        if found.marks.isEmpty, blank.isEmpty { return }
        batch.makeIndex()
        var lines = LineCursor()
        defer {
            takeBlank(&blank, before: batch.rowCount, in: batch, &lines)
            receiver.endBatch()
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
            guard let cause = cause(of: mark, log, hasHeader: layout.hasHeader), let index = rows.index(of: mark.row) else { continue }
            takeBlank(&blank, before: index, in: batch, &lines)
            guard mark.field >= 0 else {
                let place = lines.line(of: batch.start(ofRow: index), in: batch)
                receiver.take(ListedCell(row: mark.row, line: place, cause: cause, newKey: mark.newKey), found.layout)
                continue
            }
            let place = lines.line(of: batch.range(ofField: mark.field).lowerBound, in: batch)
            let column = batch.column(ofField: mark.field, inRow: index)
            let value = decoder.withText(of: mark.field, in: batch) { Array($0) }
            let cell = ListedCell(
                row: mark.row, line: place, column: column, value: shown(value), cause: cause, reason: mark.reason,
                suggestion: suggestion(value, column: column, layout), newKey: mark.newKey)
            receiver.take(cell, found.layout)
        }
    }

    /// Blank lines up to a row of the batch: they come where they are in the file.
    private func takeBlank(_ blank: inout ArraySlice<Int>, before row: Int, in batch: borrowing RowBatch, _ lines: inout LineCursor) {
        guard isListed(.blankLine) else { return }
        while let next = blank.first, next < row {
            blank.removeFirst()
            let place = lines.line(of: batch.start(ofRow: next), in: batch)
            receiver.take(ListedCell(row: nil, line: place, cause: blankLine), nil)
        }
    }

    func end(_ marks: [RowMark], log: FindingLog, hasPutKeysAside: Bool) {
        // Not all rows that repeat a key were marked.
        if hasPutKeysAside { receiver.leaveToReport(.duplicateKey) }
    }
}
