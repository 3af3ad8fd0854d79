import ByteSpans

/// A part of a file, to be read by offset, by any thread and at any time.
package struct FileBlock: Sendable {
    /// Offsets in the file.
    package let range: Range<Int>
    /// The size of the file when its first block was taken.
    package let fileByteCount: Int
    /// Whether the bytes before it were taken as a block, too.
    package let followsBlock: Bool
    private let descriptor: Descriptor
    private let displayPath: String

    init(_ range: Range<Int>, followsBlock: Bool, of descriptor: Descriptor, byteCount: Int, displayPath: String) {
        self.range = range
        self.followsBlock = followsBlock
        fileByteCount = byteCount
        self.descriptor = descriptor
        self.displayPath = displayPath
    }

    /// Reads bytes of the file, also such as are after the block.
    ///
    /// - Parameters:
    ///   - start: Where they begin, counted from the beginning of the block.
    ///   - buffer: Receives them at its front.
    /// - Returns: how many there were: fewer than `buffer` has room for only where the file ends.
    package func read(from start: Int, into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int {
        var count = 0
        while count < buffer.count {
            let byteOffset = range.lowerBound + start + count
            var rest = buffer.rest(from: count)
            do throws(Descriptor.Failure) {
                let read = try descriptor.readBytes(at: byteOffset, into: &rest)
                if read == 0 { break }
                count += read
            } catch {
                throw .system(operation: "read", path: displayPath, errno: error.errno, byteOffset: byteOffset)
            }
        }
        return count
    }
}
