import ByteSources
import ByteSpans
import CSVTokenizer
import ImportProfiles
import SafeText
import Synchronization
import ValueFormats

/// Reads a file once more and counts, exactly, what the first pass left open: what each reading makes of the values of a column that has many
/// different ones, what they look like, and which columns are a key.
final class FeedPass {
    /// What is asked about a column.
    struct Question: Sendable {
        /// In the row, from 0.
        var column: Int
        var readings: [ColumnProfile]
        var wantsMasks: Bool
        /// How many values of a column of texts must not look like codes, so that it is certain that it has none.
        var lookLimit: Int
        /// Whether the words for no value are wanted.
        var wantsNullWords: Bool
    }

    struct Answer {
        var counts: [ReadingCount]
        var masks: [ColumnStatistics.Mask] = []
        var nullWords: [String] = []
    }

    private let questions: [Question]
    private let reader: RowReader
    private let hasHeader: Bool
    private let today: Expectation.Day?
    /// Whether the next row with fields is no row of values.
    private var skipsNextRow: Bool
    private let hash = KeyHash()
    private var width: Int?
    private var keys: KeySearch
    /// In the row, from 0, by number of the column.
    private let keyIndexes: [Int]
    /// Numbers of the columns that a key may have, as long as their hashes are wanted: set in the order of the file, read before.
    private let wantedKeyColumns: Mutex<[Int]>
    private var workers: [Worker] = []
    /// By question: the heaps of its looks in all rows so far.
    private var heaps: [[Int]]
    /// The questions about looks that have their answer: there are too many. Set in the order of the file, read before.
    private let settled = Mutex<Set<Int>>([])

    private init(
        _ questions: [Question], keys: KeySearch, options: CheckOptions, skipsFirstRow: Bool, today: Expectation.Day?
    ) {
        skipsNextRow = skipsFirstRow
        self.questions = questions
        self.keys = keys
        self.today = today
        heaps = questions.map { _ in [] }
        keyIndexes = keys.columns.map(\.index)
        wantedKeyColumns = Mutex(keys.wanted)
        reader = RowReader(options: options)
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
    }

    /// - Parameters:
    ///   - questions: each about a column of its own.
    ///   - file: was read to its end before.
    ///   - options: as it was read before.
    ///   - skipsFirstRow: Whether the row below the header holds units, and no values.
    ///   - today: Dates after it are counted.
    /// - Returns: an answer to each question, and the search for a key, which has ended.
    static func ask(
        _ questions: [Question], keys: KeySearch, of file: InputFile, options: CheckOptions, skipsFirstRow: Bool = false,
        today: Expectation.Day?
    ) throws(SourceError) -> (answers: [Answer], keys: KeySearch) {
        let pass = FeedPass(questions, keys: keys, options: options, skipsFirstRow: skipsFirstRow, today: today)
        try pass.read(file, options)
        while let retry = pass.keys.retry {
            let other = FeedPass([], keys: retry, options: options, skipsFirstRow: skipsFirstRow, today: today)
            try other.read(file, options)
            pass.keys.add(other.keys)
        }
        return (pass.answers, pass.keys)
    }

    private func read(_ file: InputFile, _ options: CheckOptions) throws(SourceError) {
        let chunks = try ChunkReader(try file.secondPass())
        let wanted = reader.headByteCount(isCompressed: chunks.isCompressed)
        let head = try chunks.peek(byteCount: wanted, readByteCount: options.chunkByteCount)
        reader.begin(head.span)
        if reader.isReadable {
            let threads = head.count < wanted ? 1 : options.threadCount ?? CheckRun.threadCount(for: file.size())
            Pipeline(chunks, rows: reader, consumer: self).run(threadCount: threads, chunkByteCount: options.chunkByteCount)
            if let failure = chunks.failure { throw failure }
        }
        keys.finish()
        if let failure = keys.failure {
            throw .system(operation: "put aside the keys of", path: file.displayPath, errno: failure.errno, byteOffset: nil)
        }
    }

    private var answers: [Answer] {
        questions.indices.map { index in
            var all = FeedTally(questions[index], today: today, among: questions.count)
            for worker in workers { all.merge(worker.tallies[index]) }
            if settled.withLock({ $0.contains(index) }) { all.closeLooks() }
            return Answer(
                counts: all.readings.map(\.count), masks: all.looks?.masks ?? [],
                nullWords: all.nullWords.sorted().map { String(decoding: $0.utf8, as: UTF8.self) })
        }
    }
}

extension FeedPass: BatchConsumer {
    /// What belongs to one batch.
    final class Worker {
        fileprivate var tallies: [FeedTally] = []
        fileprivate var rows = BatchRows()
        fileprivate var decoder: FieldDecoder?
        fileprivate var header: Int?
        /// Index of a row that holds units.
        fileprivate var skipped: Int?
        fileprivate var width: Int?
        /// Numbers and indexes of the columns whose hashes are wanted.
        fileprivate var keyColumns: [(number: Int, index: Int)] = []
        /// By number of the column.
        fileprivate var hashes: [[UInt64]] = []
    }

    func makeWorker() -> Worker { Worker() }

    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: Worker) {
        (worker.header, worker.skipped) = (nil, nil)
        if width == nil, batch.rowCount > 0 { readFirstRow(&batch, worker: worker) }
        worker.width = width
        if skipsNextRow, width != nil { skipRow(&batch, worker: worker) }
        let wanted = wantedKeyColumns.withLock(\.self)
        if worker.keyColumns.count != wanted.count { worker.keyColumns = wanted.map { ($0, keyIndexes[$0]) } }
        if worker.tallies.isEmpty { return }
        for index in settled.withLock(\.self) { worker.tallies[index].closeLooks() }
    }

    private func readFirstRow(_ batch: inout RowBatch, worker: Worker) {
        batch.makeIndex()
        let blank = batch.blankRows()
        guard blank.count < batch.rowCount else { return }
        let first = blank.indices.first { blank[$0] != $0 } ?? blank.count
        width = batch.fieldCount(ofRow: first)
        if hasHeader { worker.header = first }
    }

    private func skipRow(_ batch: inout RowBatch, worker: Worker) {
        batch.makeIndex()
        let blank = batch.blankRows()
        let first = worker.header.map { $0 + 1 } ?? 0
        guard first < batch.rowCount, let row = (first..<batch.rowCount).first(where: { !blank.contains($0) }) else { return }
        (worker.skipped, skipsNextRow) = (row, false)
    }

    func judge(_ batch: inout RowBatch, worker: Worker) {
        worker.rows.removeAll()
        worker.rows.count = batch.rowCount
        if worker.tallies.isEmpty { worker.tallies = questions.map { FeedTally($0, today: today, among: questions.count) } }
        if worker.hashes.isEmpty { worker.hashes = Array(repeating: [], count: keyIndexes.count) }
        for index in worker.hashes.indices { worker.hashes[index].removeAll(keepingCapacity: true) }
        guard batch.rowCount > 0, let width = worker.width else { return }
        batch.makeIndex()
        worker.rows.header = worker.header
        if batch.uniformWidth != width || width == 1 {
            var rows = worker.rows
            batch.classifyRows(width: width, header: worker.header, blank: &rows.blank, ragged: &rows.ragged)
            worker.rows = rows
        }
        if let skipped = worker.skipped { worker.rows.ragged.insert(skipped) }
        let decoder = worker.decoder ?? FieldDecoder(quote: reader.tokenizer.dialect.quote)
        worker.decoder = decoder
        read(batch, worker, decoder)
    }

    private func read(_ batch: borrowing RowBatch, _ worker: Worker, _ decoder: FieldDecoder) {
        var (tallies, hashes): ([FeedTally], [[UInt64]]) = ([], [])
        // Taken out: a property of a class is asked for the right to it at each use.
        swap(&tallies, &worker.tallies)
        swap(&hashes, &worker.hashes)
        defer {
            swap(&tallies, &worker.tallies)
            swap(&hashes, &worker.hashes)
        }
        let (hash, keyColumns) = (hash, worker.keyColumns)
        let isEven = batch.isSteady && !batch.isThinned
        let (width, quote) = (worker.width ?? 0, reader.tokenizer.dialect.quote)
        // Of these the end is no end of a field: a kernel would look at it.
        let last = batch.fields(ofRow: batch.rowCount - 1).upperBound - 1
        let isEnded = batch.end(ofField: last) < batch.bytes.count
        let kernel = isEnded ? reader.tokenizer.kernel : .scalar
        worker.rows.forEachWholeStretch(atMost: isEven ? RowJudge.tileRowCount(in: batch) : 256) { rows in
            if isEven {
                let tile = RowTile(rows, of: batch, width: width)
                for (index, question) in questions.enumerated() where tallies[index].isOpen {
                    tallies[index].read(tile, column: question.column, of: batch, decoder, kernel: kernel, quote: quote)
                }
                for column in keyColumns {
                    hashes[column.number].append(tile, column: column.index, of: batch, decoder, hash, quote: quote)
                }
                return
            }
            let firstFields = rows.map { batch.fields(ofRow: $0).lowerBound }
            for (index, question) in questions.enumerated() where tallies[index].isOpen {
                for (place, first) in firstFields.enumerated()
                where question.column < batch.steadyFieldCount(ofRow: rows.lowerBound + place) {
                    decoder.withText(of: first + question.column, in: batch) { _ = tallies[index].add($0) }
                }
            }
            for column in keyColumns {
                // Taken out, so that it is changed in place.
                var own: [UInt64] = []
                swap(&own, &hashes[column.number])
                for first in firstFields { own.append(decoder.withText(of: first + column.index, in: batch) { hash(padded: $0) }) }
                swap(&own, &hashes[column.number])
            }
        }
        for index in tallies.indices { tallies[index].endBatch() }
    }

    func take(_ batch: inout RowBatch, worker: Worker) -> Bool {
        if !workers.contains(where: { $0 === worker }) { workers.append(worker) }
        let rowCount = worker.hashes.map(\.count).max() ?? 0
        if rowCount > 0 {
            keys.add(worker.hashes, rowCount: rowCount)
            let wanted = keys.wanted
            wantedKeyColumns.withLock { $0 = wanted }
        }
        return !isAnswered(by: worker)
    }

    /// Whether the rest of the file changes no answer.
    private func isAnswered(by worker: Worker) -> Bool {
        var isAnswered = keys.wanted.isEmpty
        for index in worker.tallies.indices {
            if let new = worker.tallies[index].takeHeaps() {
                heaps[index] = heaps[index].isEmpty ? new : zip(heaps[index], new).map(+)
                if LookTally.areSpread(heaps[index], limit: questions[index].lookLimit) {
                    _ = settled.withLock { $0.insert(index) }
                } else {
                    isAnswered = false
                }
            }
            if worker.tallies[index].readsTexts { isAnswered = false }
        }
        return isAnswered
    }
}

extension [UInt64] {
    /// Appends the hashes of a column of some rows.
    fileprivate mutating func append(
        _ tile: RowTile, column index: Int, of batch: borrowing RowBatch, _ decoder: FieldDecoder, _ hash: KeyHash, quote: UInt8
    ) {
        let column = KernelColumn(index, of: tile, in: batch, quote: quote, isLast: index == tile.width - 1)
        let limit = batch.limits.fieldBytes
        reserveCapacity(count + tile.count)
        for row in 0..<tile.count { append(decoder.withText(of: column.text(ofRow: row).prefix(limit)) { hash(padded: $0) }) }
    }
}
