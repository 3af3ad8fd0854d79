import ByteSpans

/// Bytes in memory as a source, for tests and for programs that already hold the content.
package struct BytesSource: ByteSource, Sendable {
    private let bytes: [UInt8]
    private let readLimit: Int
    private var byteOffset = 0

    /// - Parameters:
    ///   - bytes: all that will be read.
    ///   - readLimit: the most bytes that one read delivers, at least 1; `nil` for as many as the buffer holds.
    package init(_ bytes: [UInt8], readLimit: Int? = nil) {
        precondition(readLimit ?? 1 > 0, "a read must deliver something")
        self.bytes = bytes
        self.readLimit = readLimit ?? .max
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        precondition(!buffer.isEmpty, "the buffer is empty")
        let count = min(buffer.count, readLimit, bytes.count - byteOffset)
        buffer.copy(bytes.span.extracting(byteOffset..<(byteOffset + count)))
        byteOffset += count
        return count
    }
}
