package import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import ValueFormats

/// Reads a file once more and answers questions about the cells of some columns, exactly.
///
/// The rows are those of a check: blank lines are none, and ragged rows have no cells. Memory: the batches, what is kept of each group, and at
/// most ``mostTexts`` different texts of a column.
package final class CellScan {
    /// What was asked, and what was found.
    package struct Result: Sendable {
        /// By question.
        package var answers: [CellAnswer]
        /// Data rows.
        package var rows = 0
        /// Rows with a cell that a test selects.
        package var selectedRows = 0
        /// Why reading ended too early.
        package var damage: GzipDamage?
        /// Whether the receiver of the rows wanted no more.
        package var wasStopped = false
    }

    /// A row with a cell that a test selects.
    package struct Row {
        /// Record number, from 1.
        package var number: Int
        /// Physical line where it begins.
        package var line: Int
        /// In the decompressed file as it is, its line end included.
        package var bytes: Range<Int>
        package var cells: [(question: Int, cell: FoundCell)]
    }

    /// Takes the rows in the order of the file.
    package protocol RowReceiver: AnyObject {
        /// Called once, before any row.
        ///
        /// - Parameter beginning: the bytes of all that precedes the first data row: byte order mark, skipped lines and header.
        func begin(_ beginning: Range<Int>) -> Bool
        /// - Returns: whether more rows are wanted.
        func take(_ row: Row) -> Bool
    }

    static let mostTexts = 1 << 12

    private let questions: [CellQuestion]
    private let lookups: [SampleLookup]
    private let reader: RowReader
    private let hasHeader: Bool
    private let receiver: (any RowReceiver)?
    /// Whether the content is sent as UTF-8 whatever it is.
    private let isConverted: Bool
    /// Known once the first row was read: the number of fields.
    private var width: Int?
    private var names: [ColumnName] = []
    /// By question; none for those without a test.
    private var slices: [SliceSearch?] = []
    private var hasBegun = false
    private var result: Result

    private init(_ questions: [CellQuestion], options: CheckOptions, receiver: (any RowReceiver)?) {
        self.questions = questions
        self.receiver = receiver
        isConverted = options.transcodes
        lookups = questions.map { SampleLookup($0.samples, comparesDigits: $0.comparesDigits) }
        reader = RowReader(options: options)
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
        result = Result(answers: questions.map { CellAnswer(ruleCount: $0.rules.count, samples: $0.samples) })
    }

    /// Reads a file that was read to its end before.
    ///
    /// - Parameters:
    ///   - questions: by column, ascending.
    ///   - file: The file.
    ///   - options: as it was read before.
    ///   - receiver: takes the rows that the tests select.
    package static func ask(
        _ questions: [CellQuestion], of file: InputFile, options: CheckOptions, receiver: (any RowReceiver)? = nil
    ) throws(SourceError) -> Result {
        let scan = CellScan(questions, options: options, receiver: receiver)
        let chunks = try ChunkReader(try file.secondPass())
        let wanted = scan.reader.headByteCount(isCompressed: chunks.isCompressed)
        let head = try chunks.peek(byteCount: wanted, readByteCount: options.chunkByteCount)
        scan.reader.begin(head.span)
        if scan.reader.isReadable {
            let threads = head.count < wanted ? 1 : options.threadCount ?? CheckRun.threadCount(for: file.size())
            Pipeline(chunks, rows: scan.reader, consumer: scan).run(threadCount: threads, chunkByteCount: options.chunkByteCount)
            if let failure = chunks.failure { throw failure }
            scan.result.damage = scan.reader.damage
        }
        for index in scan.result.answers.indices { scan.result.answers[index].finish() }
        for (index, search) in scan.slices.enumerated() { scan.result.answers[index].slice = search?.slice(names: scan.names) }
        return scan.result
    }
}

extension CellScan: BatchConsumer {
    /// What belongs to one batch.
    final class Worker {
        fileprivate var tallies: [CellTally] = []
        fileprivate var rows = BatchRows()
        /// Rows with a selected cell.
        fileprivate var selected = BitSet()
        /// By question, the cells that are the first selected ones of their rows.
        fileprivate var selectedFirst: [Int] = []
        fileprivate var decoder: FieldDecoder?
        /// Index of the header, where it is in the batch.
        fileprivate var header: Int?
        /// Fields of each row; `nil` before the first.
        fileprivate var width: Int?

        fileprivate func uniteSelected() {
            selected.removeAll()
            selectedFirst = tallies.map { tally in
                let earlier = selected.count
                selected.formUnion(tally.selected)
                return selected.count - earlier
            }
        }
    }

    func makeWorker() -> Worker { Worker() }

    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: Worker) {
        worker.header = nil
        if width == nil, batch.rowCount > 0 { readFirstRow(&batch, worker: worker) }
        worker.width = width
    }

    private func readFirstRow(_ batch: inout RowBatch, worker: Worker) {
        batch.makeIndex()
        let blank = batch.blankRows()
        guard blank.count < batch.rowCount else { return }
        let first = blank.indices.first { blank[$0] != $0 } ?? blank.count
        width = batch.fieldCount(ofRow: first)
        guard hasHeader else { return }
        worker.header = first
        names = FieldDecoder(quote: reader.tokenizer.dialect.quote).names(inRow: first, of: batch)
    }

    func judge(_ batch: inout RowBatch, worker: Worker) {
        worker.rows.removeAll()
        worker.selected.removeAll()
        worker.rows.count = batch.rowCount
        guard batch.rowCount > 0 else { return }
        batch.makeIndex()
        guard let width = worker.width else {
            worker.rows.blank = BitSet(below: batch.rowCount)
            return
        }
        worker.rows.header = worker.header
        if batch.uniformWidth != width || width == 1 {
            // Two parts of a class's property cannot be written at the same time.
            var rows = worker.rows
            batch.classifyRows(width: width, header: worker.header, blank: &rows.blank, ragged: &rows.ragged)
            worker.rows = rows
        }
        let decoder = worker.decoder ?? FieldDecoder(quote: reader.tokenizer.dialect.quote)
        worker.decoder = decoder
        if worker.tallies.isEmpty {
            let (kernel, quote) = (reader.tokenizer.kernel, reader.tokenizer.dialect.quote)
            worker.tallies = questions.indices.map {
                CellTally(questions[$0], lookup: lookups[$0], kernel: kernel, quote: quote)
            }
        }
        for index in worker.tallies.indices {
            worker.tallies[index].begin()
            worker.tallies[index].read(batch, worker.rows, width: width, decoder)
        }
        worker.uniteSelected()
    }

    func take(_ batch: inout RowBatch, worker: Worker) -> Bool {
        guard batch.rowCount > 0 else { return true }
        worker.rows.firstNumber = result.rows + 1
        result.rows += worker.rows.dataRowCount
        result.selectedRows += worker.selected.count
        guard worker.width != nil else { return true }
        if !hasBegun {
            hasBegun = true
            guard begin(batch, worker) else { return false }
        }
        var places = CellPlaces(rows: worker.rows)
        for index in worker.tallies.indices {
            worker.tallies[index].give(to: &result.answers[index], selectedFirst: worker.selectedFirst[index]) { field, row, value in
                places.cell(field: field, row: row, value: value, in: batch)
            }
        }
        searchSlices(batch, worker)
        return deliver(batch, worker, &places)
    }

    private func begin(_ batch: borrowing RowBatch, _ worker: Worker) -> Bool {
        if let width {
            let quote = reader.tokenizer.dialect.quote
            slices = questions.map { $0.test == nil ? nil : SliceSearch(width: width, own: $0.column - 1, quote: quote) }
        }
        let end = worker.header.map { Self.range(ofRow: $0, batch).upperBound }
        // Without a header only what was passed over precedes the first row.
        // What is sent in another encoding is sent without the mark.
        let start = isConverted && reader.convertsToUTF8 ? reader.fileHead?.markLength ?? 0 : 0
        let isReceived = receiver?.begin(start..<max(start, end ?? batch.byteOffset)) ?? true
        if !isReceived { result.wasStopped = true }
        return isReceived
    }

    private func searchSlices(_ batch: borrowing RowBatch, _ worker: Worker) {
        guard result.selectedRows > 0 else { return }
        // Taken out: a property of a class is asked for the right to it at each use.
        var slices: [SliceSearch?] = []
        swap(&slices, &self.slices)
        defer { swap(&slices, &self.slices) }
        for index in slices.indices { slices[index]?.add(worker.tallies[index].selected, batch) }
        guard slices.contains(where: { $0?.isOpen ?? false }) else { return }
        SliceSearch.forEachCompared(worker.rows) { row in
            for index in slices.indices { slices[index]?.compare(row: row, batch) }
        }
    }

    /// In the decompressed file, the line end included.
    private static func range(ofRow row: Int, _ batch: borrowing RowBatch) -> Range<Int> {
        let end = row + 1 < batch.rowCount ? batch.start(ofRow: row + 1) : batch.bytes.count
        return batch.streamOffset(ofPosition: batch.start(ofRow: row))..<batch.streamOffset(ofPosition: end)
    }

    private func deliver(_ batch: borrowing RowBatch, _ worker: Worker, _ places: inout CellPlaces) -> Bool {
        guard let receiver, let decoder = worker.decoder else { return true }
        for row in worker.selected {
            var cells: [(question: Int, cell: FoundCell)] = []
            for index in questions.indices where worker.tallies[index].selected.contains(row) {
                let field = batch.fields(ofRow: row).lowerBound + questions[index].column - 1
                let value = decoder.withText(of: field, in: batch) { Array($0.prefix(FoundCell.mostBytes)) }
                cells.append((index, places.cell(field: field, row: row, value: value, in: batch)))
            }
            let line = places.line(ofRow: row, in: batch)
            guard receiver.take(Row(number: worker.rows.number(of: row), line: line, bytes: Self.range(ofRow: row, batch), cells: cells))
            else {
                result.wasStopped = true
                return false
            }
        }
        return true
    }
}

/// Tells where cells of a batch are in the file.
struct CellPlaces {
    let rows: BatchRows
    private var lines = LineCursor()

    init(rows: BatchRows) {
        self.rows = rows
    }

    mutating func cell(field: Int, row: Int, value: [UInt8], in batch: borrowing RowBatch) -> FoundCell {
        let position = batch.range(ofField: field).lowerBound
        return FoundCell(
            value: value, row: rows.number(of: row), line: lines.line(of: position, in: batch),
            byteOffset: batch.streamOffset(ofPosition: position))
    }

    mutating func line(ofRow row: Int, in batch: borrowing RowBatch) -> Int { lines.line(of: batch.start(ofRow: row), in: batch) }
}
