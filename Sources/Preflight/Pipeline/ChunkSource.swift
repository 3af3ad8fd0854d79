import ByteSources
import ByteSpans

/// A piece of the content of a file.
struct Chunk {
    /// Bytes at the front of the space that it was read into; 0 while they are packed or to be read.
    var byteCount: Int
    /// Whether its bytes are members of a gzip stream that are still to be decompressed, by the reader's thread.
    var isPacked = false
    /// The part of the file that has its bytes, if the reader's thread still has to read it: see ``RowsAhead``.
    var block: FileBlock?
    /// Whether nothing follows. Such a chunk has no bytes.
    var isEnd = false
    /// What is wrong with the stream after these bytes: nothing follows then.
    var damage: GzipDamage?

    /// The end of the content, early where something is wrong with the stream.
    static func end(_ damage: GzipDamage?) -> Chunk {
        Chunk(byteCount: 0, isEnd: damage == nil, damage: damage)
    }
}

/// Where a ``Pipeline`` gets its chunks, in the order of the file. One thread at a time asks for the next.
protocol ChunkSource: AnyObject {
    /// Whether the content is decompressed while it is read, so that there may be much more of it than of the file.
    var isCompressed: Bool { get }

    /// The most bytes that the next chunks can have; does not change while they are read.
    func chunkByteCount(atMost count: Int) -> Int

    /// Hands out the next bytes of a plain file, to be read out of order.
    ///
    /// - Parameter byteCount: The length that is wanted.
    /// - Returns: `nil` where the next chunk has to be read in order.
    func nextBlock(byteCount: Int) -> FileBlock?

    /// Takes note that a block could not be read: the chunks end before it. Called once, by one thread at a time.
    func endBefore(_ failure: SourceError)

    /// Reads the next chunk.
    ///
    /// - Parameters:
    ///   - space: Receives the bytes. Not empty.
    ///   - packed: empty; receives the members of a packed chunk.
    /// - Returns: `nil` when nothing more is to be read now: after the end, after an error, or until more bytes are fed.
    func next(into space: inout MutableSpan<UInt8>, packed: inout PackedMembers) -> Chunk?
}

extension ChunkSource {
    func nextBlock(byteCount: Int) -> FileBlock? { nil }
    func endBefore(_ failure: SourceError) {}
}

/// Bytes that the program around hands over.
final class FedChunks: ChunkSource {
    /// The first bytes, until there are enough to settle the dialect, and then until they were read.
    private(set) var held: [UInt8] = []
    private var heldOffset = 0
    /// The bytes that are being fed, and how many of them were read.
    private var lent: [UInt8] = []
    private var lentOffset = 0
    private var isEnded = false

    let isCompressed = false

    /// Bytes that wait to be read.
    var waitingByteCount: Int { held.count - heldOffset + lent.count - lentOffset }

    /// Keeps bytes until there are some number of them.
    ///
    /// - Returns: how many were kept.
    func hold(_ bytes: Span<UInt8>, until byteCount: Int) -> Int {
        let count = min(max(0, byteCount - held.count), bytes.count)
        held += bytes[..<count]
        return count
    }

    /// Makes bytes the next chunks while `body` runs.
    func lend(_ bytes: Span<UInt8>, _ body: () -> Void) {
        // A copy, since this object would keep them longer than the compiler can see that they live.
        lent += bytes
        body()
        lent.removeAll(keepingCapacity: true)
        lentOffset = 0
    }

    /// No more bytes will be fed.
    func end() {
        isEnded = true
    }

    func chunkByteCount(atMost count: Int) -> Int {
        max(1, min(count, waitingByteCount))
    }

    func next(into space: inout MutableSpan<UInt8>, packed: inout PackedMembers) -> Chunk? {
        let kept = held[heldOffset...].prefix(space.count)
        if !kept.isEmpty {
            space.copy(kept.span)
            heldOffset += kept.count
            if heldOffset == held.count { (held, heldOffset) = ([], 0) }
            return Chunk(byteCount: kept.count)
        }
        let piece = lent[lentOffset...].prefix(space.count)
        if !piece.isEmpty {
            space.copy(piece.span)
            lentOffset += piece.count
            return Chunk(byteCount: piece.count)
        }
        guard isEnded else { return nil }
        isEnded = false
        return .end(nil)
    }
}
