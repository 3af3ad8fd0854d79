import ByteSources
import CSVTokenizer
import Synchronization

/// Takes the chunks of a file through all stages, on one thread or on several, hand over hand:
///
///     thread 0   read 0 │ tokenize 0 │ judge 0 ──────────│ take 0 │ read 3 …
///     thread 1          │ read 1     │ tokenize 1 │ judge 1 ─────────│ take 1 │ …
///     thread 2                       │ read 2     │ tokenize 2 │ judge 2 ───────────│ take 2
///
/// Each thread has a batch of its own and takes it through all stages. A stage that needs the order of the file is passed one batch at a
/// time, in order, so each of them is exact and knows nothing of threads; judging, which is most of the work, and decompressing what can be
/// decompressed by itself run beside each other. So do reading and tokenizing a plain file: then what is passed in order is only which block is
/// next, and whether a row begins where it was assumed (``RowsAhead``). No more batches are on the way than there are threads: a thread that
/// has to wait keeps the source waiting, and memory is bounded.
///
/// This is the only loop over the chunks of a file: checks, searches, measurements and drafts are consumers of it.
final class Pipeline<Consumer: BatchConsumer>: @unchecked Sendable {
    // What changes is touched only by the thread that passes the sequencer it belongs to, and passing orders them: the source and `chunkCount`
    // belong to `reading`; the row reader to `tokenizing`; the consumer's ordered part to `taking`; `isStopped` is atomic, and `failure` is
    // the source's. Between two runs there is one thread.
    private let source: any ChunkSource
    private let rows: RowReader
    private let consumer: Consumer

    private let reading = Sequencer()
    private let tokenizing = Sequencer()
    private let taking = Sequencer()

    private var chunkCount = 0
    /// Whether no further chunk counts: the content ended, was damaged, or enough was seen.
    private let isStopped = Atomic(false)
    /// The calling thread's, kept from run to run.
    private let own: Lane
    /// Those of the other threads.
    private var others: [Lane] = []

    /// What one thread needs.
    private final class Lane {
        var batch = RowBatch()
        var packed = PackedMembers()
        /// `nil` where all has to be read in order.
        var ahead: RowsAhead?
        let worker: Consumer.Worker

        init(_ worker: Consumer.Worker, ahead: RowsAhead? = nil) {
            self.worker = worker
            self.ahead = ahead
        }

        /// Reads the next chunk into the batch, or into what is to be decompressed.
        func read(_ source: any ChunkSource) -> Chunk? {
            Self.read(source, into: &batch, &packed)
        }

        private static func read(_ source: any ChunkSource, into batch: inout RowBatch, _ packed: inout PackedMembers) -> Chunk? {
            var space = batch.space
            return source.next(into: &space, packed: &packed)
        }

        /// Does what is left to do so that the batch has the bytes of a chunk.
        func complete(_ chunk: inout Chunk) throws(SourceError) {
            if let block = chunk.block, let ahead { chunk.byteCount = try ahead.read(block, into: &batch) }
            if chunk.isPacked { (chunk.byteCount, chunk.damage) = Self.inflate(&packed, into: &batch) }
        }

        private static func inflate(_ packed: inout PackedMembers, into batch: inout RowBatch) -> (byteCount: Int, damage: GzipDamage?) {
            var space = batch.space
            return packed.inflate(into: &space)
        }
    }

    /// - Parameters:
    ///   - source: The chunks.
    ///   - rows: cuts them into rows; has looked at the beginning.
    ///   - consumer: What is done with the rows.
    init(_ source: any ChunkSource, rows: RowReader, consumer: Consumer) {
        self.source = source
        self.rows = rows
        self.consumer = consumer
        own = Lane(consumer.makeWorker())
    }

    /// Reads all chunks that the source has now.
    ///
    /// - Parameters:
    ///   - threadCount: Threads that judge at a time.
    ///   - chunkByteCount: Bytes that are read at a time.
    func run(threadCount: Int, chunkByteCount: Int) {
        guard threadCount > 1 else { return work(own, chunkByteCount: source.chunkByteCount(atMost: chunkByteCount)) }
        // With one more than judge at a time no thread waits for another to wake up.
        let count = threadCount + 1
        let most = source.chunkByteCount(atMost: Self.chunkByteCount(chunkByteCount, threadCount: count))
        while consumer.mostWorkers == nil || rows.isBeforeRows {
            if !takeChunk(own, chunkByteCount: most) { return }
        }
        own.ahead = rows.makeAhead(blockByteCount: most)
        others = (1..<min(count, consumer.mostWorkers ?? count)).map { _ in
            Lane(consumer.makeWorker(), ahead: rows.makeAhead(blockByteCount: most))
        }
        Threads.run(1 + others.count) { thread in
            self.work(thread == 0 ? self.own : self.others[thread - 1], chunkByteCount: most)
        }
        own.ahead = nil
        others = []
    }

    /// Bytes that a thread reads at a time. What a batch needs beside its bytes is up to some twenty times as much, where it has nothing but line
    /// ends or wrong values: with many threads each reads less, so that all together need no more than a few do.
    private static func chunkByteCount(_ wanted: Int, threadCount: Int) -> Int {
        // More than usual was asked for.
        if wanted > CheckOptions.usualChunkByteCount { return wanted }
        return min(wanted, max(leastChunkByteCount, mostBytesOnTheWay / threadCount))
    }

    private static var mostBytesOnTheWay: Int { 3 << 19 }
    private static var leastChunkByteCount: Int { 32 << 10 }

    /// Takes one chunk after the other through all stages.
    private func work(_ lane: Lane, chunkByteCount: Int) {
        while takeChunk(lane, chunkByteCount: chunkByteCount) {}
    }

    /// Takes the next chunk through all stages.
    ///
    /// - Returns: whether there was one.
    private func takeChunk(_ lane: Lane, chunkByteCount: Int) -> Bool {
        let worker = lane.worker
        lane.batch.prepare(byteCount: chunkByteCount)
        let ticket = reading.takeTicket()
        guard case (var chunk?, let number) = reading.pass(ticket, { next(lane, chunkByteCount: chunkByteCount) }) else { return false }
        var failure: SourceError?
        do throws(SourceError) { try lane.complete(&chunk) } catch { failure = error }
        let isCut = tokenizing.pass(number) {
            if isStopped.load(ordering: .relaxed) { return false }
            if let failure {
                source.endBefore(failure)
                isStopped.store(true, ordering: .relaxed)
                return false
            }
            guard tokenize(chunk, lane) else { return false }
            consumer.tokenized(&lane.batch, rows: rows, worker: worker)
            return true
        }
        if isCut { consumer.judge(&lane.batch, worker: worker) }
        taking.pass(number) {
            if isCut, !consumer.take(&lane.batch, worker: worker) { isStopped.store(true, ordering: .relaxed) }
        }
        return true
    }

    /// - Returns: the next chunk and its number; `nil` when nothing more is to be read.
    private func next(_ lane: Lane, chunkByteCount: Int) -> (Chunk?, number: Int) {
        if isStopped.load(ordering: .relaxed) { return (nil, chunkCount) }
        let block = lane.ahead == nil ? nil : source.nextBlock(byteCount: chunkByteCount)
        guard let chunk = block.map({ Chunk(byteCount: 0, block: $0) }) ?? lane.read(source) else { return (nil, chunkCount) }
        defer { chunkCount += 1 }
        return (chunk, chunkCount)
    }

    /// Cuts a chunk into rows.
    ///
    /// - Returns: whether the batch now has those that were completed.
    private func tokenize(_ chunk: Chunk, _ lane: Lane) -> Bool {
        if chunk.isEnd {
            isStopped.store(true, ordering: .relaxed)
            return rows.finish(&lane.batch)
        }
        let count = source.isCompressed ? rows.allowed(chunk.byteCount) : chunk.byteCount
        let isTooLong = count < chunk.byteCount
        let hasRows = rows.read(&lane.batch, byteCount: count, ahead: chunk.block == nil ? nil : lane.ahead)
        if let damage = isTooLong ? .tooLong(after: rows.byteCount) : chunk.damage {
            rows.end(with: damage)
            isStopped.store(true, ordering: .relaxed)
        }
        return hasRows
    }
}
