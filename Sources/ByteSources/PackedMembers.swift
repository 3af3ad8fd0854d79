import ByteSpans

/// Whole BGZF members, still compressed, whose content fits a buffer: ``ContentSource`` fills it, in order; decompressing is left to
/// any owner, side by side with others.
///
/// Copies share one decompressor: do not copy it. It may be handed from thread to thread.
package struct PackedMembers {
    private struct Member {
        var block: BGZFBlock
        var place: GzipPlace
        /// In ``bytes``.
        var offset: Int
    }

    /// The members, and what follows them: damaged data may seem to go on there.
    private var bytes: [UInt8] = []
    /// Whether nothing follows the bytes.
    private var holdsEnd = false
    private var members: [Member] = []
    /// Of all members, as they state it.
    private var contentByteCount = 0
    /// Made when there is something to decompress: most files have no such members.
    private var decoder: DeflateDecoder?

    package init() {}

    package var isEmpty: Bool { members.isEmpty }

    /// The smallest buffer that members are packed for.
    package static let leastRoomByteCount = 2 * BGZFBlock.byteLimit

    /// A member that is longer than it states finds room, as far as it is delivered; so do, in proportion, compressed bytes.
    package func hasRoom(for block: BGZFBlock, roomByteCount: Int) -> Bool {
        contentByteCount + block.contentByteCount + BGZFBlock.byteLimit <= roomByteCount && bytes.count + block.byteCount <= roomByteCount
    }

    package mutating func append(_ block: BGZFBlock, _ blockBytes: Span<UInt8>, at place: GzipPlace) {
        members.append(Member(block: block, place: place, offset: bytes.count))
        bytes += blockBytes
        contentByteCount += block.contentByteCount
    }

    /// - Parameters:
    ///   - following: where in `bytes` is what follows the last member, as far as it was read.
    ///   - isEnd: whether nothing follows that.
    mutating func appendFollowing(_ bytes: borrowing Block<UInt8>, _ following: Range<Int>, isEnd: Bool) {
        self.bytes += bytes.span[following]
        holdsEnd = isEnd
    }

    /// Decompresses the members to the front of `buffer`, and is empty then, for the next turn.
    ///
    /// - Parameter buffer: as large as that for which they were packed. All of it may be overwritten.
    /// - Returns: the length of the content, which may be 0, and what is wrong with the first member that is damaged. Its offsets count from
    ///   the beginning of the stream, provided that all members before are undamaged. It is the damage that ``GzipSource`` reports, and
    ///   what is delivered of the member is the same, but:
    ///   - Of the member no more than 64 KiB are delivered.
    ///   - Data that still goes on 64 KiB after the members is ``GzipDamage/Kind/badData`` at the end of its member.
    ///   - A member that is shorter than its header says is ``GzipDamage/Kind/badHeader``, and nothing is delivered of it. That takes a
    ///     wrong length that leads exactly to another member: only then it was believed.
    package mutating func inflate(into buffer: inout MutableSpan<UInt8>) -> (byteCount: Int, damage: GzipDamage?) {
        let decoder = decoder ?? DeflateDecoder()
        self.decoder = decoder
        defer { removeAll() }
        var byteCount = 0
        for member in members {
            var room = buffer.rest(from: byteCount)
            let rest = bytes.span[member.offset...]
            guard Self.isInflated(member.block, rest, into: &room, by: decoder) else {
                let (prefixByteCount, damage) = damage(of: member, rest, into: &room)
                return (byteCount + prefixByteCount, damage)
            }
            byteCount += member.block.contentByteCount
        }
        return (byteCount, nil)
    }

    private mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        contentByteCount = 0
        holdsEnd = false
    }

    /// Whether a member is all right, and its content now in `room`.
    private static func isInflated(
        _ block: BGZFBlock, _ bytes: Span<UInt8>, into room: inout MutableSpan<UInt8>, by decoder: DeflateDecoder
    ) -> Bool {
        let dataEnd = block.byteCount - 8
        let data = bytes[block.headerByteCount..<dataEnd]
        decoder.beginStream()
        let run = decoder.run(data, into: &room)
        guard run.stop == .endOfStream, run.inputByteCount == data.count, run.outputByteCount == block.contentByteCount else {
            return false
        }
        let checksum = UInt32(littleEndian: bytes.load(at: dataEnd))
        return checksum == CRC32.updated(0, with: room.span[..<run.outputByteCount])
    }

    /// Reads a member that is not all right as any other member is read.
    private func damage(
        of member: Member, _ bytes: Span<UInt8>, into room: inout MutableSpan<UInt8>
    ) -> (byteCount: Int, damage: GzipDamage) {
        var source = GzipSource(BytesSource(Array(bytes)), at: member.place)
        var room = room.prefix(BGZFBlock.byteLimit)
        var byteCount = 0
        let error = Self.drain(&source, into: &room, byteCount: &byteCount)
        var damage = GzipDamage(
            kind: .badHeader, member: member.place.member, compressedOffset: member.place.compressedOffset,
            decompressedOffset: member.place.decompressedOffset)
        guard case .gzip(let found) = error, found.member == damage.member else { return (0, damage) }
        guard found.kind == .truncated, !holdsEnd else { return (byteCount, found) }
        damage.kind = .badData
        damage.compressedOffset += member.block.byteCount
        damage.decompressedOffset += byteCount
        return (byteCount, damage)
    }

    /// - Returns: what ends the source, which is read to there, also when `room` is full.
    private static func drain(
        _ source: inout GzipSource<BytesSource>, into room: inout MutableSpan<UInt8>, byteCount: inout Int
    ) -> SourceError? {
        var memory = [UInt8](repeating: 0, count: BGZFBlock.byteLimit)
        var scratch = memory.mutableSpan
        do throws(SourceError) {
            while true {
                let count: Int
                if byteCount == room.count {
                    count = try source.read(into: &scratch)
                } else {
                    var rest = room.rest(from: byteCount)
                    count = try source.read(into: &rest)
                    byteCount += count
                }
                if count == 0 { return nil }
            }
        } catch {
            return error
        }
    }
}
