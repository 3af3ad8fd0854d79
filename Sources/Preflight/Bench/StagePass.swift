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
    private let buffer: UnsafeMutableRawBufferPointer

    /// - Parameter makeDigest: for ``BenchStage/judgeWithDigest(threadCount:)``.
    init(_ file: InputFile, options: CheckOptions, makeDigest: (() -> any StreamDigest)?) {
        self.file = file
        self.options = options
        self.makeDigest = makeDigest
        buffer = .allocate(byteCount: max(options.chunkByteCount, Prologue.byteCount), alignment: 64)
    }

    deinit {
        buffer.deallocate()
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

    private var chunk: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: buffer[..<options.chunkByteCount])
    }

    private func read() throws(SourceError) {
        var source = try file.firstPass()
        while try source.read(into: chunk) > 0 {}
        facts.storedByteCount = source.byteOffset
    }

    private func inflate() throws(SourceError) {
        var source = try ContentSource(try file.firstPass())
        while try source.read(into: chunk) > 0 {}
    }

    /// The first stage of every check, with the index of fields that most files need for the second.
    private func scan() throws(SourceError) {
        var source = try ContentSource(try file.firstPass())
        let index = IndexStage(options: options, limits: RowBatch.Limits(), digest: nil)
        let head = try beginning(of: &source)
        let start = index.begin(head)
        facts.isReadable = index.isReadable
        guard index.isReadable else { return }
        var batch = RowBatch()
        var fieldCount = 0
        var rest = head.dropFirst(start)
        while !rest.isEmpty {
            let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(options.chunkByteCount))
            rest = rest.dropFirst(chunk.count)
            let space = batch.prepare(byteCount: chunk.count)
            space.copyMemory(from: chunk)
            _ = index.index(&batch, space)
            fieldCount += Self.countFields(&batch)
        }
        while true {
            let space = batch.prepare(byteCount: options.chunkByteCount)
            let count = try source.read(into: space)
            if count == 0 { break }
            _ = index.index(&batch, UnsafeMutableRawBufferPointer(rebasing: space[..<count]))
            fieldCount += Self.countFields(&batch)
        }
        _ = index.finish(&batch)
        facts.fieldCount = fieldCount + Self.countFields(&batch)
    }

    /// As many bytes as the dialect is settled with, or all there are.
    private func beginning(of source: inout ContentSource<FileSource>) throws(SourceError) -> UnsafeRawBufferPointer {
        var count = 0
        while count < Prologue.byteCount {
            let read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count..<Prologue.byteCount]))
            if read == 0 { break }
            count += read
        }
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    private static func countFields(_ batch: inout RowBatch) -> Int {
        guard batch.rowCount > 0 else { return 0 }
        batch.makeIndex()
        // Only the first row can lack fields in the index.
        let elidedCount = batch.fieldCount(ofRow: 0) - batch.fields(ofRow: 0).count
        return batch.fields(ofRow: batch.rowCount - 1).upperBound + elidedCount
    }

    private func judge(threadCount: Int, digest: (any StreamDigest)?) throws(SourceError) {
        var options = options
        options.threadCount = threadCount
        facts.report = try CheckRun.check(file, options: options, digest: digest).report
    }
}
