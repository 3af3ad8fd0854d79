import ByteSources
import ByteSpans
import CSVTokenizer

/// Reads the bytes of a range, and as many after it as are needed to find where it ends.
///
/// The bytes come in their order, from a file or from a stream that begins with the range. What was looked at in advance is delivered later.
final class RangeReader: ChunkSource {
    private var source: any ByteSource
    /// Offset of the next byte that is delivered, or dropped.
    private(set) var position: Int
    /// What was read already, and before `aheadOffset` what was delivered of it.
    private var memory: [UInt8] = []
    private var aheadOffset = 0
    /// What one call reads in advance.
    private var piece: [UInt8] = []
    /// Where delivering stops for now.
    var limit: Int
    /// Where the file ends.
    private let end: Int
    /// Whether nothing follows the range: its end is delivered at the limit.
    var endsAtLimit = false
    /// Why the bytes could not be read.
    private(set) var failure: SourceError?
    /// Whether the stream ended before the file does.
    private(set) var isCutShort = false

    /// Of what is delivered.
    private var digest: (any StreamDigest)?

    let isCompressed = false

    private static let lookAheadByteCount = 64 << 10
    /// Room for all that the search for a border usually takes: memory that grows bit by bit is copied as often.
    private static let roomByteCount = RowSynchronizer.patience + 2 * lookAheadByteCount

    /// - Parameters:
    ///   - source: begins at an offset of the content.
    ///   - byteCount: of the content.
    ///   - digest: takes all bytes that are delivered; `nil` if no digest is needed.
    init(_ source: any ByteSource, from position: Int, byteCount: Int, digest: (any StreamDigest)? = nil) {
        self.digest = digest
        self.source = source
        self.position = position
        limit = position
        end = byteCount
    }

    /// Bytes from ``position`` on that were read already.
    var ahead: ArraySlice<UInt8> { memory[aheadOffset...] }

    private var aheadCount: Int { memory.count - aheadOffset }

    /// The digest of all bytes that were delivered; empty without one. Nothing is read afterwards.
    func finishDigest() -> [UInt8] { digest?.finalize() ?? [] }

    /// Whether all bytes of the file that follow were read.
    var isAllAhead: Bool { position + aheadCount >= end }

    /// Reads on until some bytes are known in advance; fewer where the file ends.
    func lookAhead(byteCount: Int) throws(SourceError) {
        guard aheadCount < byteCount else { return }
        // What was delivered is dropped when it is half of all, so that each byte is moved once at most.
        if aheadOffset >= aheadCount {
            memory.removeSubrange(..<aheadOffset)
            aheadOffset = 0
        }
        memory.reserveCapacity(min(Self.roomByteCount, end - position))
        if piece.isEmpty { piece = [UInt8](repeating: 0, count: min(Self.lookAheadByteCount, end - position)) }
        while aheadCount < byteCount, !isAllAhead, !isCutShort {
            var space = piece.mutableSpan
            var room = space.prefix(min(space.count, end - position - aheadCount))
            let count = try source.read(into: &room)
            if count == 0 { isCutShort = true }
            memory += piece[..<count]
        }
    }

    /// Reads more than is known in advance.
    ///
    /// - Returns: `false` if there is no more.
    func lookFurther() throws(SourceError) -> Bool {
        let before = aheadCount
        try lookAhead(byteCount: before + Self.lookAheadByteCount)
        return aheadCount > before
    }

    /// Passes over bytes up to an offset.
    func drop(upTo offset: Int) throws(SourceError) {
        try lookAhead(byteCount: offset - position)
        aheadOffset += min(max(offset - position, 0), aheadCount)
        position = max(position, offset)
        limit = position
    }

    /// Reads on to the end of the file, where all of its content was delivered: a compressed file may be damaged there, or have more than it says.
    ///
    /// - Returns: whether nothing follows.
    func isAtEnd() throws(SourceError) -> Bool {
        var probe: [UInt8] = [0]
        return try source.read(into: &probe, from: 0) == 0
    }

    // MARK: Chunks

    func chunkByteCount(atMost count: Int) -> Int { count }

    func next(into space: inout MutableSpan<UInt8>, packed: inout PackedMembers) -> Chunk? {
        let wanted = min(space.count, limit - position)
        guard wanted > 0 else {
            guard endsAtLimit, failure == nil, !isCutShort else { return nil }
            endsAtLimit = false
            return .end(nil)
        }
        let piece = ahead.prefix(wanted)
        if !piece.isEmpty {
            space.copy(piece.span)
            digest?.update(piece.span)
            aheadOffset += piece.count
            position += piece.count
            return Chunk(byteCount: piece.count)
        }
        do throws(SourceError) {
            var room = space.prefix(wanted)
            let count = try source.read(into: &room)
            if count == 0 { isCutShort = true }
            digest?.update(room.span.extracting(first: count))
            position += count
            return count == 0 ? nil : Chunk(byteCount: count)
        } catch {
            failure = error
            return nil
        }
    }
}
