import ByteSpans

/// A source whose first bytes were looked at already: delivers them again, then the rest.
package struct PrefixedSource<Source: ByteSource>: ByteSource {
    private var prefix: [UInt8]
    /// Bytes of the prefix that were delivered.
    private var prefixOffset = 0
    private var source: Source
    /// Bytes taken from the source so far, looked at or delivered.
    package private(set) var takenByteCount: Int
    /// What the source reported when it was read in advance: thrown once all before it is delivered.
    private var failure: SourceError?

    package init(prefix: [UInt8], source: Source) {
        self.prefix = prefix
        self.source = source
        takenByteCount = prefix.count
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        guard prefixOffset == prefix.count else {
            let count = min(buffer.count, prefix.count - prefixOffset)
            buffer.copy(prefix.span.extracting(prefixOffset..<(prefixOffset + count)))
            // With what follows, so that the first block is as long as the others.
            var rest = buffer.rest(from: count)
            let more = rest.isEmpty || failure != nil ? 0 : try source.read(into: &rest)
            prefixOffset += count
            takenByteCount += more
            return count + more
        }
        if let failure { throw failure }
        let count = try source.read(into: &buffer)
        takenByteCount += count
        return count
    }

    /// The next block of a file: see ``FileSource/takeBlock(byteCount:)``. What was looked at has to be delivered before.
    package mutating func takeBlock(byteCount: Int) -> FileBlock? where Source == FileSource {
        guard prefixOffset == prefix.count, failure == nil, let block = source.takeBlock(byteCount: byteCount) else { return nil }
        takenByteCount += block.range.count
        return block
    }

    /// Has bytes that were read delivered once more.
    ///
    /// - Parameters:
    ///   - bytes: the last that were read.
    ///   - failure: what was thrown by the read after them.
    package mutating func putBack(_ bytes: Span<UInt8>, failure: SourceError?) {
        prefix = Array(bytes) + prefix[prefixOffset...]
        prefixOffset = 0
        self.failure = failure ?? self.failure
    }
}
