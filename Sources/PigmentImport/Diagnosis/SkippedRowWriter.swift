import ByteSources
import Preflight
import SafeText

/// Writes the rows that a scan selects, in their order.
final class SkippedRowWriter: CellScan.RowReceiver {
    private let copy: RowCopy
    private let annotates: Bool
    private let redacts: Bool
    private let delimiter: UInt8
    private var retry: OutputFile.Writer?
    private var csv: OutputFile.Writer?
    private var jsonLines: OutputFile.Writer?
    /// By question: the number and the name of the column, and the reasons.
    private let columns: [(column: ColumnReference, reason: RowReason)]
    private var digest = SHA256Digest()
    private var written = WrittenRows()
    private(set) var failure: RowFailure?

    init(
        _ result: DiagnosisRun.Result, _ outputs: RowOutputs, _ questions: [CellQuestion], _ copy: RowCopy
    ) throws(RowFailure) {
        self.copy = copy
        annotates = outputs.annotates
        redacts = outputs.redacts
        delimiter = result.delimiter
        columns = questions.map { question in
            let own = result.diagnosis.entries.filter { $0.column?.index == question.column && !$0.keepsRow }
            let entries = outputs.redacts ? own.map(\.redacted) : own
            let column = entries.first?.column ?? ColumnReference(index: question.column, name: "")
            return (column, RowReason(entries, isSuperset: outputs.isSuperset))
        }
        retry = try Self.begin(outputs.retry)
        csv = try Self.begin(outputs.csv)
        jsonLines = try Self.begin(outputs.jsonLines)
    }

    private static func begin(_ file: OutputFile?) throws(RowFailure) -> OutputFile.Writer? {
        do throws(OutputFile.Refusal) {
            return try file?.begin()
        } catch {
            throw .output(error)
        }
    }

    /// Everything was selected: the files get their names.
    func finish() throws(RowFailure) -> WrittenRows {
        if let failure { throw failure }
        do throws(OutputFile.Refusal) {
            for writer in [retry, csv, jsonLines] { try writer?.finish() }
        } catch {
            throw .output(error)
        }
        written.digest = digest.finalize()
        return written
    }

    // MARK: Rows

    func begin(_ beginning: Range<Int>) -> Bool {
        perform { () throws(RowFailure) in
            try output { () throws(OutputFile.Refusal) in try csv?.write("row,line,byte,column,value,reason\n".utf8) }
            guard retry != nil else { return }
            try writeRow(beginning, adding: annotates && !beginning.isEmpty ? ["_line", "_column", "_reason"] : [])
        }
    }

    func take(_ row: CellScan.Row) -> Bool {
        perform { () throws(RowFailure) in
            written.rows += 1
            written.cells += row.cells.count
            let reasons =
                csv == nil && jsonLines == nil && !annotates ? [] : row.cells.map { columns[$0.question].reason.words(for: $0.cell.value) }
            if retry != nil { try writeRow(row.bytes, adding: annotates ? annotations(row, reasons) : []) }
            for (place, reason) in reasons.enumerated() {
                let (question, found) = row.cells[place]
                let cell = redacts ? found.redacted : found
                try output { () throws(OutputFile.Refusal) in
                    try csv?.write(Self.line(row, cell, columns[question].column, reason).utf8)
                    try jsonLines?.write((Self.json(row, cell, columns[question].column, reason).text(isPretty: false) + "\n").utf8)
                }
            }
        }
    }

    private func perform(_ body: () throws(RowFailure) -> Void) -> Bool {
        if failure != nil { return false }
        do throws(RowFailure) {
            try body()
            return true
        } catch {
            failure = error
            return false
        }
    }

    private func output(_ body: () throws(OutputFile.Refusal) -> Void) throws(RowFailure) {
        do throws(OutputFile.Refusal) {
            try body()
        } catch {
            throw .output(error)
        }
    }

    /// Copies a row, with more fields before its line end.
    private func writeRow(_ range: Range<Int>, adding fields: [String]) throws(RowFailure) {
        var row = AddedFields(delimiter: delimiter)
        do throws(RowCopy.CopyFailure<OutputFile.Refusal>) {
            try copy.forEachPiece(of: range) { (piece: ArraySlice<UInt8>) throws(OutputFile.Refusal) in
                if fields.isEmpty { return try write(piece) }
                try write(row.take(piece)[...])
            }
        } catch {
            switch error {
            case .source(let error): throw .source(error)
            case .receiver(let error): throw .output(error)
            }
        }
        guard !fields.isEmpty else { return }
        let rest = row.end(adding: fields)
        try output { () throws(OutputFile.Refusal) in try write(rest[...]) }
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(OutputFile.Refusal) {
        digest.update(bytes.span)
        written.byteCount += bytes.count
        try retry?.write(bytes)
    }

    private func annotations(_ row: CellScan.Row, _ reasons: [String]) -> [String] {
        let names = row.cells.map { columns[$0.question].column }.map { $0.name.isEmpty ? "column \($0.index)" : $0.name.shown }
        return ["\(row.line)", names.joined(separator: "; "), reasons.joined(separator: "; ")]
    }

    // MARK: Lists

    private static func line(_ row: CellScan.Row, _ cell: FoundCell, _ column: ColumnReference, _ reason: String) -> String {
        let texts = [
            column.name.isEmpty ? "column \(column.index)" : column.name.shown, VisibleText(cell.value, limit: FoundCell.mostBytes).text,
            reason,
        ]
        let fields = texts.map(SpreadsheetCell.field)
        return "\(row.number),\(cell.line),\(cell.byteOffset)," + fields.joined(separator: ",") + "\n"
    }

    private static func json(_ row: CellScan.Row, _ cell: FoundCell, _ column: ColumnReference, _ reason: String) -> JSONValue {
        .members([
            "row": .int(row.number), "line": .int(cell.line), "byteOffset": .int(cell.byteOffset), "column": .string(column.name.text),
            "index": .int(column.index), "value": .string(VisibleText(cell.value, limit: FoundCell.mostBytes).text),
            "reason": .string(reason),
        ])
    }
}
