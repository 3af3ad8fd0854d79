import ByteSpans
package import SafeText

/// Blocks of bytes that come one after the other, of any number: from a ``BlockSpool`` or from where they were written to.
package protocol StoredBlocks: AnyObject {
    /// The next block; an empty one after the last of a list, `nil` where it cannot be read.
    func nextBlock() -> [UInt8]?
}

/// A list of blocks that is read once it is complete: what exceeds a limit waits in an unnamed temporary file, which is gone when it is closed.
package final class BlockSpool {
    private static let mostBytes = 1 << 20

    /// Each block after its length.
    private var memory: [UInt8] = []
    private var file: (descriptor: Descriptor, byteCount: Int)?
    private let directory: FilePath

    package init(in directory: FilePath = Spool.defaultDirectory()) {
        self.directory = directory
    }

    package var isEmpty: Bool { memory.isEmpty && file == nil }

    /// - Parameter block: not empty.
    package func append(_ block: [UInt8]) throws(Descriptor.Failure) {
        memory.append(numberBytes: block.count)
        memory += block
        if memory.count <= Self.mostBytes { return }
        let own = if let file { file } else { (descriptor: try Descriptor.unnamedFile(in: directory), byteCount: 0) }
        let bytes = memory
        try own.descriptor.writeAll(bytes.span)
        file = (own.descriptor, own.byteCount + bytes.count)
        memory.removeAll(keepingCapacity: true)
    }

    /// Reads the blocks from the first on. None is appended meanwhile.
    package func reader() -> Reader { Reader(memory, file) }

    package final class Reader: StoredBlocks {
        private let memory: [UInt8]
        private let file: (descriptor: Descriptor, byteCount: Int)?
        private var position = 0
        /// Why the blocks cannot be read further.
        package private(set) var failure: Descriptor.Failure?

        fileprivate init(_ memory: [UInt8], _ file: (descriptor: Descriptor, byteCount: Int)?) {
            (self.memory, self.file) = (memory, file)
        }

        package func nextBlock() -> [UInt8]? {
            do throws(Descriptor.Failure) {
                guard position < (file?.byteCount ?? 0) + memory.count else { return [] }
                let length = try bytes(MemoryLayout<Int>.size)
                return try bytes(length.span.load(at: 0) as Int)
            } catch {
                failure = error
                return nil
            }
        }

        private func bytes(_ count: Int) throws(Descriptor.Failure) -> [UInt8] {
            defer { position += count }
            guard let (descriptor, byteCount) = file, position < byteCount else {
                let start = position - (file?.byteCount ?? 0)
                return Array(memory[start..<(start + count)])
            }
            var bytes = [UInt8](repeating: 0, count: count)
            var done = 0
            while done < count {
                var space = bytes.mutableSpan
                var rest = space.rest(from: done)
                let more = try descriptor.readBytes(at: position + done, into: &rest)
                precondition(more > 0, "a temporary file is shorter than what was written")
                done += more
            }
            return bytes
        }
    }
}
