package import ByteSources
import ImportProfiles
import Preflight

/// Where the rows that were skipped are written.
package struct RowOutputs {
    /// The header and the rows, byte by byte as they are sent.
    package var retry: OutputFile?
    /// Whether columns are added that say where each row was and why it was skipped.
    package var annotates = false
    /// A line for each cell.
    package var csv: OutputFile?
    package var jsonLines: OutputFile?
    /// Whether all rows that may have been skipped are wanted, instead of exactly those that were.
    package var isSuperset = false
    /// Whether the lists have masks in place of the values of cells. The rows themselves are written as they are.
    package var redacts = false

    package init() {}

    package var isEmpty: Bool { retry == nil && csv == nil && jsonLines == nil }
}

/// The rows that were written.
package struct WrittenRows: Sendable, Equatable {
    package var rows = 0
    package var cells = 0
    /// Of the retry file: its length, and SHA-256 of what a push of it sends.
    package var byteCount = 0
    package var digest: [UInt8] = []
}

/// Why rows were not written.
package enum RowFailure: Error {
    case source(SourceError)
    case output(OutputFile.Refusal)
    /// It is not known which they are, or they cannot be written so. Safe to print.
    case refused([String])
}

extension DiagnosisRun.Result {
    /// Reads the file once more and writes the rows that were skipped.
    package func writeRows(of file: InputFile, to outputs: RowOutputs) throws(RowFailure) -> WrittenRows {
        if outputs.annotates, !isUTF8 { throw .refused(["columns can be added to a file in UTF-8 only: add --transcode"]) }
        guard let questions = diagnosis.rowQuestions(isSuperset: outputs.isSuperset) else { throw .refused(diagnosis.rowRefusals) }
        let copy = try Self.source { () throws(SourceError) in try RowCopy(file, convertingFrom: sentEncoding) }
        let writer = try SkippedRowWriter(self, outputs, questions, copy)
        try Self.source { () throws(SourceError) in
            _ = try CellScan.ask(questions, of: file, options: options, receiver: writer)
            if file.isSeekable, writer.failure == nil, try file.identity() != identity { throw .changed(path: file.displayPath) }
        }
        return try writer.finish()
    }

    private static func source<Value>(_ body: () throws(SourceError) -> Value) throws(RowFailure) -> Value {
        do throws(SourceError) {
            return try body()
        } catch {
            throw .source(error)
        }
    }
}
