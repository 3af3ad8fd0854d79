import ByteSources
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Reads the rows of a file that was read to its end before, in their order.
final class RowPass: BatchConsumer {
    /// What is known of a batch.
    struct Rows {
        var rows: BatchRows
        /// Fields of the first row.
        var width: Int
    }

    let reader: RowReader
    private let hasHeader: Bool
    private let body: (inout RowBatch, Rows) -> Bool
    private var width: Int?
    private var rowCount = 0
    /// Of the header.
    private(set) var names: [ColumnName] = []

    /// - Parameter body: takes each batch with rows, indexed; returns whether more are wanted.
    init(options: CheckOptions, _ body: @escaping (inout RowBatch, Rows) -> Bool) {
        reader = RowReader(options: options)
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        self.body = body
    }

    func run(_ file: InputFile, options: CheckOptions, begin: (FileHead) -> Void) throws(SourceError) {
        let chunks = try ChunkReader(try file.secondPass())
        let head = try chunks.peek(
            byteCount: reader.headByteCount(isCompressed: chunks.isCompressed), readByteCount: options.chunkByteCount)
        reader.begin(head.span)
        guard reader.isReadable, let fileHead = reader.fileHead else { return }
        begin(fileHead)
        Pipeline(chunks, rows: reader, consumer: self).run(threadCount: 1, chunkByteCount: options.chunkByteCount)
        if let failure = chunks.failure { throw failure }
    }

    func take(_ batch: inout RowBatch, worker: NoWorker) -> Bool {
        guard batch.rowCount > 0 else { return true }
        batch.makeIndex()
        var rows = BatchRows()
        rows.count = batch.rowCount
        rows.firstNumber = rowCount + 1
        if width == nil {
            let blank = batch.blankRows()
            if blank.count < batch.rowCount {
                let first = blank.indices.first { blank[$0] != $0 } ?? blank.count
                width = batch.fieldCount(ofRow: first)
                if hasHeader {
                    rows.header = first
                    names = FieldDecoder(quote: reader.tokenizer.dialect.quote).names(inRow: first, of: batch)
                }
            }
        }
        guard let width else {
            rows.blank = BitSet(below: batch.rowCount)
            return body(&batch, Rows(rows: rows, width: 0))
        }
        batch.classifyRows(width: width, header: rows.header, blank: &rows.blank, ragged: &rows.ragged)
        rowCount += rows.dataRowCount
        return body(&batch, Rows(rows: rows, width: width))
    }
}
