import ByteSources
import ByteSpans
import SafeText

/// Content that was read and is not written yet: the rows that are not decided. A row may be as long as the file, so what exceeds a limit waits in
/// an unnamed temporary file.
final class ContentQueue {
    private static let mostBytes = 4 << 20

    private var memory: [UInt8] = []
    /// Index of the first byte in memory that was not taken.
    private var start = 0
    /// What precedes the bytes in memory.
    private var file: (descriptor: Descriptor, waiting: Range<Int>)?
    private let directory: FilePath

    init(directory: FilePath = Spool.defaultDirectory()) {
        self.directory = directory
    }

    func append(_ bytes: Span<UInt8>) throws(Descriptor.Failure) {
        if start == memory.count {
            memory.removeAll(keepingCapacity: true)
            start = 0
        }
        memory += bytes
        if memory.count - start > Self.mostBytes { try putAside() }
    }

    private func putAside() throws(Descriptor.Failure) {
        if file == nil { file = (try Descriptor.unnamedFile(in: directory), 0..<0) }
        guard let own = file else { return }
        let bytes = memory[start...]
        try own.descriptor.writeAll(bytes.span)
        file = (own.descriptor, own.waiting.lowerBound..<(own.waiting.upperBound + memory.count - start))
        memory.removeAll(keepingCapacity: true)
        start = 0
    }

    /// Takes the next bytes, and hands them over in pieces.
    func take(_ count: Int, _ body: (Span<UInt8>) throws(RowSplitter.Failure) -> Void) throws(RowSplitter.Failure) {
        var rest = count
        if let (descriptor, waiting) = file {
            let end = min(waiting.upperBound, waiting.lowerBound + rest)
            try read(waiting.lowerBound..<end, of: descriptor, body)
            rest -= end - waiting.lowerBound
            file = end == waiting.upperBound ? nil : (descriptor, end..<waiting.upperBound)
        }
        guard rest > 0 else { return }
        precondition(start + rest <= memory.count, "rows end before what was read")
        let range = start..<(start + rest)
        start += rest
        let bytes = memory[range]
        try body(bytes.span)
        // The rest is moved when it is little beside what was taken.
        if start > memory.count - start {
            memory.removeSubrange(..<start)
            start = 0
        }
    }

    private func read(
        _ range: Range<Int>, of descriptor: Descriptor, _ body: (Span<UInt8>) throws(RowSplitter.Failure) -> Void
    ) throws(RowSplitter.Failure) {
        var memory = [UInt8](repeating: 0, count: 1 << 18)
        var buffer = memory.mutableSpan
        var position = range.lowerBound
        while position < range.upperBound {
            let count: Int
            do throws(Descriptor.Failure) {
                var wanted = buffer.prefix(min(buffer.count, range.upperBound - position))
                count = try descriptor.readBytes(at: position, into: &wanted)
            } catch {
                throw .temporary(error)
            }
            precondition(count > 0, "a temporary file is shorter than what was written")
            try body(buffer.span[..<count])
            position += count
        }
    }
}
