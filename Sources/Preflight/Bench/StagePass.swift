import ByteSources
import CSVTokenizer
import ValueFormats

/// Reads one file from its beginning to its end, as far as a stage goes, and keeps what it learns of the file on the way.
final class StagePass {
    /// What the passes found; each is known once a stage that meets it has run.
    struct Facts {
        var storedByteCount = 0
        /// Every field of every row: header and blank lines among them.
        var fieldCount = 0
        /// Whether the content can be cut into rows at all.
        var isReadable = true
        /// Of the last judging.
        var report: Report?
    }

    private(set) var facts = Facts()
    private let file: InputFile
    private let options: CheckOptions
    private let makeDigest: (() -> any StreamDigest)?
    private var buffer: [UInt8]

    /// - Parameter makeDigest: for ``BenchStage/judgeWithDigest(threadCount:)``.
    init(_ file: InputFile, options: CheckOptions, makeDigest: (() -> any StreamDigest)?) {
        self.file = file
        self.options = options
        self.makeDigest = makeDigest
        buffer = [UInt8](repeating: 0, count: options.chunkByteCount)
    }

    func run(_ stage: BenchStage) throws(SourceError) {
        switch stage {
        case .read: try read()
        case .inflate: try inflate()
        case .scan: try scan()
        case .judge(let threadCount): try judge(threadCount: threadCount, digest: nil)
        case .judgeWithDigest(let threadCount): try judge(threadCount: threadCount, digest: makeDigest?())
        }
    }

    private func read() throws(SourceError) {
        var source = try file.firstPass()
        while try source.read(into: &buffer, from: 0) > 0 {}
        facts.storedByteCount = source.byteOffset
    }

    private func inflate() throws(SourceError) {
        var source = try ContentSource(try file.firstPass())
        while try source.read(into: &buffer, from: 0) > 0 {}
    }

    /// The first stages of every check, with the index of fields that most files need for judging.
    private func scan() throws(SourceError) {
        let chunks = try ChunkReader(try file.firstPass())
        let rows = RowReader(options: options)
        let head = try chunks.peek(byteCount: rows.headByteCount(isCompressed: chunks.isCompressed), readByteCount: options.chunkByteCount)
        rows.begin(head.span)
        facts.isReadable = rows.isReadable
        guard rows.isReadable else { return }
        let counter = FieldCounter()
        Pipeline(chunks, rows: rows, consumer: counter).run(threadCount: 1, chunkByteCount: options.chunkByteCount)
        if let failure = chunks.failure { throw failure }
        if let damage = rows.damage { throw .gzip(damage) }
        facts.fieldCount = counter.count
    }

    private func judge(threadCount: Int, digest: (any StreamDigest)?) throws(SourceError) {
        var options = options
        options.threadCount = threadCount
        facts.report =
            if let digest { try CheckRun.check(file, options: options, digest: digest).report } else {
                try CheckRun.check(file, options: options)
            }
    }
}

/// Counts the fields of all rows.
private final class FieldCounter: BatchConsumer {
    private(set) var count = 0

    func take(_ batch: inout RowBatch, worker: NoWorker) -> Bool {
        guard batch.rowCount > 0 else { return true }
        batch.makeIndex()
        // Only the first row can lack fields in the index.
        let elidedCount = batch.fieldCount(ofRow: 0) - batch.fields(ofRow: 0).count
        count += batch.fields(ofRow: batch.rowCount - 1).upperBound + elidedCount
        return true
    }
}
