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

    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
        guard prefixOffset == prefix.count else {
            let count = min(buffer.count, prefix.count - prefixOffset)
            buffer.copyBytes(from: prefix[prefixOffset..<(prefixOffset + count)])
            // With what follows, so that the first block is as long as the others.
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let more = rest.isEmpty || failure != nil ? 0 : try source.read(into: rest)
            prefixOffset += count
            takenByteCount += more
            return count + more
        }
        if let failure { throw failure }
        let count = try source.read(into: buffer)
        takenByteCount += count
        return count
    }

    /// Has bytes that were read delivered once more.
    ///
    /// - Parameters:
    ///   - bytes: the last that were read.
    ///   - failure: what was thrown by the read after them.
    package mutating func putBack(_ bytes: UnsafeRawBufferPointer, failure: SourceError?) {
        prefix = Array(bytes) + prefix[prefixOffset...]
        prefixOffset = 0
        self.failure = failure ?? self.failure
    }
}
