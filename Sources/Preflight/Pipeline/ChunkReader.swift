import ByteSources
import ByteSpans

/// Reads the content of a file chunk by chunk, after a look at its beginning.
///
/// Damage of a gzip stream is a value at the end of what could be read. An input that cannot be read ends the chunks too; ``failure`` says why.
final class ChunkReader: ChunkSource {
    private var source: ContentSource<FileSource>
    private let progress: (Int) -> Void
    /// The beginning, until it was delivered.
    private var head: [UInt8] = []
    private var headOffset = 0
    /// The most bytes that a chunk can have, where all of the file was read in advance.
    private var wholeByteCount: Int?
    /// What came after the beginning, where it was the end.
    private var endAfterHead: Chunk?
    private var isAtEnd = false
    private var readFailure: SourceError?
    /// The same of a block, which is before all that is read in order after it. No thread that reads in order touches it.
    private var blockFailure: SourceError?

    /// Reads the first two bytes, which tell how the file is compressed.
    ///
    /// - Parameter progress: Called after each read with the stored bytes read so far, by one thread at a time.
    init(_ source: FileSource, progress: @escaping (Int) -> Void = { _ in }) throws(SourceError) {
        self.source = try ContentSource(source)
        self.progress = progress
    }

    var compression: Compression { source.compression }

    var isCompressed: Bool { source.compression == .gzip }

    /// Bytes of the file read so far, as stored.
    var storedByteCount: Int { source.compressedByteCount }

    /// Why the file could not be read on; asked when all threads are done.
    var failure: SourceError? { blockFailure ?? readFailure }

    /// What is wrong with the stream right after what was read in advance.
    var damageAfterHead: GzipDamage? { endAfterHead?.damage }

    /// Reads the beginning of the content, and delivers it again as chunks.
    ///
    /// - Parameters:
    ///   - byteCount: Bytes that are wanted.
    ///   - readByteCount: Bytes that are read at a time.
    /// - Returns: as many bytes as are wanted, or all there are; not a copy.
    func peek(byteCount: Int, readByteCount: Int) throws(SourceError) -> ArraySlice<UInt8> {
        var memory = Block<UInt8>(repeating: 0, count: readByteCount)
        var buffer = memory.mutableSpan
        var packed = PackedMembers()
        head.reserveCapacity(byteCount + readByteCount)
        while head.count < byteCount, let chunk = read(into: &buffer, packed: &packed) {
            var (count, damage) = (chunk.byteCount, chunk.damage)
            if chunk.isPacked { (count, damage) = packed.inflate(into: &buffer) }
            head += buffer.span[..<count]
            guard chunk.isEnd || damage != nil else { continue }
            endAfterHead = .end(damage)
            isAtEnd = true
        }
        if let readFailure { throw readFailure }
        if isAtEnd { wholeByteCount = max(1, head.count) }
        return head.prefix(byteCount)
    }

    func chunkByteCount(atMost count: Int) -> Int {
        min(count, wholeByteCount ?? count)
    }

    func next(into space: inout MutableSpan<UInt8>, packed: inout PackedMembers) -> Chunk? {
        guard head.isEmpty else {
            let piece = head[headOffset...].prefix(space.count)
            space.copy(piece.span)
            headOffset += piece.count
            if headOffset == head.count { (head, headOffset) = ([], 0) }
            return Chunk(byteCount: piece.count)
        }
        if let end = endAfterHead {
            endAfterHead = nil
            return end
        }
        return read(into: &space, packed: &packed)
    }

    func nextBlock(byteCount: Int) -> FileBlock? {
        guard head.isEmpty, endAfterHead == nil, !isAtEnd, let block = source.takeBlock(byteCount: byteCount) else { return nil }
        progress(source.compressedByteCount)
        return block
    }

    func endBefore(_ failure: SourceError) { blockFailure = failure }

    private func read(into space: inout MutableSpan<UInt8>, packed: inout PackedMembers) -> Chunk? {
        if isAtEnd { return nil }
        do throws(SourceError) {
            let count = try source.readBlock(into: &space, packed: &packed)
            progress(source.compressedByteCount)
            if !packed.isEmpty { return Chunk(byteCount: 0, isPacked: true) }
            if count > 0 { return Chunk(byteCount: count) }
            isAtEnd = true
            return .end(nil)
        } catch {
            isAtEnd = true
            guard case .gzip(let damage) = error else {
                readFailure = error
                return nil
            }
            return .end(damage)
        }
    }
}
