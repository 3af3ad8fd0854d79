/// A source whose first bytes were looked at already: delivers them again, then the rest.
struct PrefixedSource<Source: ByteSource>: ByteSource {
    private var prefix: [UInt8]
    private var source: Source
    /// Bytes taken from the source so far, looked at or delivered.
    private(set) var takenByteCount: Int

    init(prefix: [UInt8], source: Source) {
        self.prefix = prefix
        self.source = source
        takenByteCount = prefix.count
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
        guard prefix.isEmpty else {
            let count = min(buffer.count, prefix.count)
            buffer.copyBytes(from: prefix[..<count])
            prefix.removeFirst(count)
            return count
        }
        let count = try source.read(into: buffer)
        takenByteCount += count
        return count
    }
}
