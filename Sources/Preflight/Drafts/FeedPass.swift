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
    private let hash = KeyHash()
    private var width: Int?
    private var keys: KeySearch
    /// In the row, from 0, by number of the column.
    private let keyIndexes: [Int]
    /// Numbers of the columns that a key may have, as long as their hashes are wanted: set in the order of the file, read before.
    private let wantedKeyColumns: Mutex<[Int]>
    private var workers: [Worker] = []

    private init(_ questions: [Question], keys: KeySearch, options: CheckOptions, today: Expectation.Day?) {
        self.questions = questions
        self.keys = keys
        self.today = today
        keyIndexes = keys.columns.map(\.index)
        wantedKeyColumns = Mutex(keys.wanted)
        reader = RowReader(options: options)
        hasHeader = options.hasHeader ?? options.profile?.dialect.hasHeader ?? true
    }

    /// - Parameters:
    ///   - questions: each about a column of its own.
    ///   - file: was read to its end before.
    ///   - options: as it was read before.
    ///   - today: Dates after it are counted.
    /// - Returns: an answer to each question, and the search for a key, which has ended.
    static func ask(
        _ questions: [Question], keys: KeySearch, of file: InputFile, options: CheckOptions, today: Expectation.Day?
    ) throws(SourceError) -> (answers: [Answer], keys: KeySearch) {
        let pass = FeedPass(questions, keys: keys, options: options, today: today)
        let chunks = try ChunkReader(try file.secondPass())
        let wanted = pass.reader.headByteCount(isCompressed: chunks.isCompressed)
        let head = try chunks.peek(byteCount: wanted, readByteCount: options.chunkByteCount)
        pass.reader.begin(head.span)
        if pass.reader.isReadable {
            let threads = head.count < wanted ? 1 : options.threadCount ?? CheckRun.threadCount(for: file.size())
            Pipeline(chunks, rows: pass.reader, consumer: pass).run(threadCount: threads, chunkByteCount: options.chunkByteCount)
            if let failure = chunks.failure { throw failure }
        }
        pass.keys.finish()
        if let failure = pass.keys.failure {
            throw .system(operation: "put aside the keys of", path: file.displayPath, errno: failure.errno, byteOffset: nil)
        }
        return (pass.answers, pass.keys)
    }

    private var answers: [Answer] {
        questions.indices.map { index in
            var all = Tally(questions[index], today: today)
            for worker in workers { all.merge(worker.tallies[index]) }
            return Answer(
                counts: all.readings.map(\.count), masks: all.masks?.masks ?? [],
                nullWords: all.nullWords.sorted().map { String(decoding: $0.utf8, as: UTF8.self) })
        }
    }
}

extension FeedPass: BatchConsumer {
    /// What is counted of one column.
    struct Tally {
        /// A text that came last, and how often it was seen since: dates come again and again.
        private struct Recent {
            var hash: UInt64 = 0
            var text: [UInt8] = []
            var count = 0
        }

        private static let recentCount = 1 << 10

        var readings: [ReadingCounter]
        var masks: MaskTally?
        var nullWords: Set<String> = []
        let wantsNullWords: Bool
        /// Where a single reading takes plain numbers: their decimal separator.
        let plainDecimal: UInt8?
        /// Whether the single reading is of whole numbers.
        let isWhole: Bool
        fileprivate var plain = PlainBounds()
        /// By the lowest bits of their hashes.
        private var recent: [Recent] = []

        init(_ question: Question, today: Expectation.Day?) {
            readings = question.readings.map { ReadingCounter($0, today: today) }
            masks = question.wantsMasks ? MaskTally() : nil
            wantsNullWords = question.wantsNullWords
            plainDecimal = readings.count == 1 && !question.wantsMasks ? readings[0].plainDecimal : nil
            isWhole = question.readings.first?.type == .integer
        }

        /// Adds plain numbers of the single reading.
        mutating func addPlain(count: Int) { if count > 0 { readings[0].add(plainCount: count) } }

        /// Notes a plain number that is beyond those so far.
        mutating func note(_ number: ExactDecimal) { readings[0].note(number) }

        mutating func merge(_ other: Tally) {
            var other = other
            other.countRecent()
            countRecent()
            for index in readings.indices { readings[index].merge(other.readings[index]) }
            if let theirs = other.masks { masks?.merge(theirs) }
            nullWords.formUnion(other.nullWords)
        }

        /// Whether values are looked at one by one.
        var readsTexts: Bool { wantsNullWords || !readings.isEmpty }

        /// Counts a value that is among the last ones.
        ///
        /// - Returns: `false` if it is not: then it is added with its text.
        @inline(__always)
        mutating func countRecent(_ hash: UInt64) -> Bool {
            let slot = Int(truncatingIfNeeded: hash) & (Self.recentCount &- 1)
            guard !recent.isEmpty, recent[slot].hash == hash else { return false }
            recent[slot].count &+= 1
            return true
        }

        mutating func add(_ text: [UInt8], hash: UInt64) {
            if recent.isEmpty { recent = Array(repeating: Recent(), count: Self.recentCount) }
            let slot = Int(truncatingIfNeeded: hash) & (Self.recentCount - 1)
            count(recent[slot])
            recent[slot] = Recent(hash: hash, text: text, count: 1)
        }

        private mutating func countRecent() {
            for one in recent { count(one) }
            recent = []
        }

        private mutating func count(_ recent: Recent) {
            guard recent.count > 0 else { return }
            if wantsNullWords, ASCII.isNullWord(text: recent.text) {
                nullWords.insert(String(decoding: recent.text, as: UTF8.self))
            } else {
                for index in readings.indices { readings[index].add(recent.text, count: recent.count) }
            }
        }
    }

    /// What belongs to one batch.
    final class Worker {
        fileprivate var tallies: [Tally] = []
        fileprivate var rows = BatchRows()
        fileprivate var decoder: FieldDecoder?
        fileprivate var header: Int?
        fileprivate var width: Int?
        /// Numbers and indexes of the columns whose hashes are wanted.
        fileprivate var keyColumns: [(number: Int, index: Int)] = []
        /// By number of the column.
        fileprivate var hashes: [[UInt64]] = []
    }

    func makeWorker() -> Worker { Worker() }

    func tokenized(_ batch: inout RowBatch, rows: RowReader, worker: Worker) {
        worker.header = nil
        if width == nil, batch.rowCount > 0 { readFirstRow(&batch, worker: worker) }
        worker.width = width
        let wanted = wantedKeyColumns.withLock(\.self)
        if worker.keyColumns.count != wanted.count { worker.keyColumns = wanted.map { ($0, keyIndexes[$0]) } }
    }

    private func readFirstRow(_ batch: inout RowBatch, worker: Worker) {
        batch.makeIndex()
        let blank = batch.blankRows()
        guard blank.count < batch.rowCount else { return }
        let first = blank.indices.first { blank[$0] != $0 } ?? blank.count
        width = batch.fieldCount(ofRow: first)
        if hasHeader { worker.header = first }
    }

    func judge(_ batch: inout RowBatch, worker: Worker) {
        worker.rows.removeAll()
        worker.rows.count = batch.rowCount
        if worker.tallies.isEmpty { worker.tallies = questions.map { Tally($0, today: today) } }
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
        let decoder = worker.decoder ?? FieldDecoder(quote: reader.tokenizer.dialect.quote)
        worker.decoder = decoder
        read(batch, worker, decoder)
    }

    private func read(_ batch: borrowing RowBatch, _ worker: Worker, _ decoder: FieldDecoder) {
        var (tallies, hashes): ([Tally], [[UInt64]]) = ([], [])
        // Taken out: a property of a class is asked for the right to it at each use.
        swap(&tallies, &worker.tallies)
        swap(&hashes, &worker.hashes)
        defer {
            swap(&tallies, &worker.tallies)
            swap(&hashes, &worker.hashes)
        }
        let (hash, keyColumns) = (hash, worker.keyColumns)
        worker.rows.forEachWholeStretch(atMost: 256) { rows in
            let firstFields = rows.map { batch.fields(ofRow: $0).lowerBound }
            let steady = rows.reduce(Int.max) { min($0, batch.steadyFieldCount(ofRow: $1)) }
            for (index, question) in questions.enumerated() {
                count(rows, firstFields, column: question.column, isCut: question.column >= steady, batch, decoder, &tallies[index])
            }
            for column in keyColumns {
                // Taken out, so that it is changed in place.
                var own: [UInt64] = []
                swap(&own, &hashes[column.number])
                for first in firstFields { own.append(decoder.withText(of: first + column.index, in: batch) { hash(padded: $0) }) }
                swap(&own, &hashes[column.number])
            }
        }
    }

    private func count(
        _ rows: Range<Int>, _ firstFields: [Int], column: Int, isCut: Bool, _ batch: borrowing RowBatch, _ decoder: FieldDecoder,
        _ tally: inout Tally
    ) {
        let decimal = tally.plainDecimal
        var (plain, plainCount) = (PlainBounds(), 0)
        swap(&plain, &tally.plain)
        for (index, first) in firstFields.enumerated() {
            if isCut, column >= batch.steadyFieldCount(ofRow: rows.lowerBound + index) { continue }
            decoder.withText(of: first + column, in: batch) { value in
                if value.isEmpty { return }
                // Most numbers are read faster than they are looked up.
                if let decimal, let number = DecimalDigits.read(value, decimal: decimal), number.scale == 0 || !tally.isWhole {
                    plainCount &+= 1
                    if plain.widen(units: number.units, scale: number.scale) {
                        tally.note(ExactDecimal(units: Int128(number.units), scale: number.scale))
                    }
                    return
                }
                let hash = KeyHash.stable(padded: value)
                tally.masks?.add(ValueLook(value), valueHash: hash, value)
                if tally.readsTexts, !tally.countRecent(hash) { tally.add(Array(value), hash: hash) }
            }
        }
        swap(&plain, &tally.plain)
        tally.addPlain(count: plainCount)
    }

    func take(_ batch: inout RowBatch, worker: Worker) -> Bool {
        if !workers.contains(where: { $0 === worker }) { workers.append(worker) }
        let rowCount = worker.hashes.map(\.count).max() ?? 0
        guard rowCount > 0 else { return true }
        keys.add(worker.hashes, rowCount: rowCount)
        let wanted = keys.wanted
        wantedKeyColumns.withLock { $0 = wanted }
        return true
    }
}
