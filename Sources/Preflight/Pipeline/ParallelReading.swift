import ByteSources
import CSVTokenizer
import ImportProfiles
import Synchronization

/// Reads the rest of a file with several threads, hand over hand:
///
///     thread 0   read 0 │ index 0 │ judge 0 ───────│ explain 0 │ read 3 …
///     thread 1          │ read 1  │ index 1 │ judge 1 ─────────│ explain 1 │ …
///     thread 2                    │ read 2  │ index 2 │ judge 2 ───────────│ explain 2
///
/// Each thread has a batch of its own and takes it through all stages. A stage that needs the order of the file is passed one batch at a
/// time, in order, so each of them is exact and knows nothing of threads; judging, which is most of the work, and expanding what can be
/// expanded by itself run beside each other. No more batches are on the way than there are threads: whoever has to wait keeps the source
/// waiting, and memory is bounded.
final class ParallelReading: @unchecked Sendable {
    // What changes is touched only by the thread that passes the turnstile it belongs to, and passing orders them: the source, `blockCount`,
    // `isAtEnd`, `failure` and `progress` belong to `reading`; the index stage and `damage` to `indexing`; the explain stage to
    // `explaining`; `isStopped` is atomic. When all threads have ended, `run` reads the rest.
    private var source: ContentSource<FileSource>
    private let isCompressed: Bool
    private let index: IndexStage
    private let explain: ExplainStage
    private let layout: FileLayout
    private let plan: ColumnPlan
    private let options: CheckOptions
    private let progress: (Int) -> Void

    private let reading = Turnstile()
    private let indexing = Turnstile()
    private let explaining = Turnstile()

    private var blockCount = 0
    private var isAtEnd = false
    private var failure: SourceError?
    private var damage: GzipDamage?
    /// Whether a block was damaged: those behind it count no more.
    private let isStopped = Atomic(false)

    /// - Parameter progress: told the stored bytes read so far, by one thread at a time.
    init(
        _ source: ContentSource<FileSource>, run: borrowing CheckRun, layout: FileLayout, plan: ColumnPlan,
        progress: @escaping (Int) -> Void
    ) {
        self.source = source
        isCompressed = source.compression == .gzip
        index = run.index
        explain = run.explain
        options = run.options
        self.layout = layout
        self.plan = plan
        self.progress = progress
    }

    /// Reads to the end of the source.
    ///
    /// - Returns: the source at its end, and the damage that ended it early.
    func run(threadCount: Int) throws(SourceError) -> (source: ContentSource<FileSource>, damage: GzipDamage?) {
        // With one more than judge at a time nobody waits for a thread to wake up.
        let count = threadCount == 1 ? 1 : threadCount + 1
        let chunkByteCount = Self.chunkByteCount(options, threadCount: count)
        Threads.run(count) { self.work(chunkByteCount: chunkByteCount) }
        if let damage { return (source, damage) }
        guard let failure else { return (source, nil) }
        guard case .gzip(let found) = failure else { throw failure }
        return (source, found)
    }

    /// Bytes that a thread reads at a time. What a batch needs beside its bytes is up to some twenty times as much, where it has nothing but line
    /// ends or wrong values: with many threads each reads less, so that all together need no more than a few do.
    private static func chunkByteCount(_ options: CheckOptions, threadCount: Int) -> Int {
        // More than usual was asked for.
        if options.chunkByteCount > CheckOptions.usualChunkByteCount { return options.chunkByteCount }
        return min(options.chunkByteCount, max(leastChunkByteCount, mostBytesOnTheWay / threadCount))
    }

    private static let mostBytesOnTheWay = 3 << 19
    private static let leastChunkByteCount = 32 << 10

    /// Takes one block after the other through all stages.
    private func work(chunkByteCount: Int) {
        var batch = RowBatch()
        var packed = PackedMembers()
        var judgement = BatchJudgement()
        var judge = RowJudge(layout: layout, plan: plan, kernel: options.kernel)
        while true {
            let space = batch.prepare(byteCount: chunkByteCount)
            guard let block = reading.pass(reading.takeTicket(), { readBlock(into: space, packed: &packed) }) else { return }
            let content = block.isPacked ? packed.inflate(into: space) : (block.byteCount, nil)
            let lineEnds = indexing.pass(block.number) { index(&batch, space: space, content) }
            if lineEnds != nil { judge.judge(&batch, header: nil, into: &judgement) }
            explaining.pass(block.number) {
                if let lineEnds { explain.explain(&batch, &judgement, lineEnds: lineEnds) }
            }
        }
    }

    /// One block of the file, with its number in the order of the file.
    private struct Block {
        var number: Int
        var byteCount: Int
        var isPacked: Bool
    }

    /// - Returns: `nil` when nothing more is to be read.
    private func readBlock(into space: UnsafeMutableRawBufferPointer, packed: inout PackedMembers) -> Block? {
        if isAtEnd || isStopped.load(ordering: .relaxed) { return nil }
        do throws(SourceError) {
            let count = try source.readBlock(into: space, packed: &packed)
            progress(source.compressedByteCount)
            if count > 0 || !packed.isEmpty {
                blockCount += 1
                return Block(number: blockCount - 1, byteCount: count, isPacked: !packed.isEmpty)
            }
        } catch {
            failure = error
        }
        isAtEnd = true
        return nil
    }

    /// - Returns: `nil` behind damage.
    private func index(
        _ batch: inout RowBatch, space: UnsafeMutableRawBufferPointer, _ content: (byteCount: Int, damage: GzipDamage?)
    ) -> InputSummary.LineEnds? {
        if damage != nil { return nil }
        let count = isCompressed ? index.allowed(content.byteCount) : content.byteCount
        damage = count < content.byteCount ? .tooLong(after: index.byteCount + count) : content.damage
        if damage != nil { isStopped.store(true, ordering: .relaxed) }
        let bytes = UnsafeMutableRawBufferPointer(rebasing: space[..<count])
        index.take(UnsafeRawBufferPointer(bytes))
        return index.index(&batch, bytes)
    }
}
