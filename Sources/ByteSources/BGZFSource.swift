import ByteSpans

/// The members of a gzip stream, as long as they are BGZF blocks: found, but not decompressed.
package final class BGZFSource<Source: ByteSource> {
    /// Holds several blocks of the largest size.
    private static var inputByteCount: Int { 512 << 10 }

    package private(set) var source: PrefixedSource<Source>
    private var input: Block<UInt8>
    /// What of the input buffer was read but not packed.
    private var unread = 0..<0
    private var isAtEnd = false
    private var failure: SourceError?
    /// Of the next member.
    private var place = GzipPlace()

    /// - Parameter source: the compressed bytes from the first header on.
    package init(_ source: PrefixedSource<Source>) {
        self.source = source
        input = Block(repeating: 0, count: Self.inputByteCount)
    }

    /// Packs the blocks that come next, until they fill a buffer or the source has to be read again, which may keep us waiting.
    ///
    /// - Parameter roomByteCount: size of the buffer that they are to be decompressed into; a part of it is left free for a block that is
    ///   longer than it says.
    /// - Returns: `false`, with nothing packed, if what comes next is not a block: the end, another member, or damage.
    package func pack(into packed: inout PackedMembers, roomByteCount: Int) -> Bool {
        while let block = nextBlock(mayWait: packed.isEmpty), packed.hasRoom(for: block, roomByteCount: roomByteCount) {
            let end = unread.lowerBound + block.byteCount
            packed.append(block, input.span[unread.lowerBound..<end], at: place)
            unread = end..<unread.upperBound
            place.member += 1
            place.compressedOffset += block.byteCount
            place.decompressedOffset += block.contentByteCount
        }
        if packed.isEmpty { return false }
        let isEnd = isAtEnd && failure == nil && unread.count <= BGZFBlock.byteLimit
        packed.appendFollowing(input, unread.prefix(BGZFBlock.byteLimit), isEnd: isEnd)
        return true
    }

    private func nextBlock(mayWait: Bool) -> BGZFBlock? {
        while true {
            switch BGZFBlock.look(at: input.span[unread], isEnd: isAtEnd) {
            case .block(let block): return block
            case .cut where mayWait: refill()
            case .cut, .other: return nil
            }
        }
    }

    /// Everything from the next member on.
    package func rest() -> GzipSource<PrefixedSource<Source>> {
        source.putBack(input.span[unread], failure: failure)
        return GzipSource(source, at: place)
    }

    private func refill() {
        let restCount = unread.count
        input.move(unread, to: 0)
        do throws(SourceError) {
            let count = try source.read(into: &input, from: restCount)
            unread = 0..<(restCount + count)
            isAtEnd = count == 0
        } catch {
            unread = 0..<restCount
            isAtEnd = true
            failure = error
        }
    }
}
