import ByteSources
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

    func append(_ bytes: UnsafeRawBufferPointer) throws(Descriptor.Failure) {
        if start == memory.count {
            memory.removeAll(keepingCapacity: true)
            start = 0
        }
        memory.append(contentsOf: bytes)
        if memory.count - start > Self.mostBytes { try putAside() }
    }

    private func putAside() throws(Descriptor.Failure) {
        if file == nil { file = (try Descriptor.unnamedFile(in: directory), 0..<0) }
        guard let own = file else { return }
        let failure: Descriptor.Failure? = memory.withUnsafeBytes { bytes in
            do throws(Descriptor.Failure) {
                try own.descriptor.writeAll(UnsafeRawBufferPointer(rebasing: bytes[start...]))
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        file = (own.descriptor, own.waiting.lowerBound..<(own.waiting.upperBound + memory.count - start))
        memory.removeAll(keepingCapacity: true)
        start = 0
    }

    /// Takes the next bytes, and hands them over in pieces.
    func take(_ count: Int, _ body: (UnsafeRawBufferPointer) throws(RowSplitter.Failure) -> Void) throws(RowSplitter.Failure) {
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
        let failure: RowSplitter.Failure? = memory.withUnsafeBytes { bytes in
            do throws(RowSplitter.Failure) {
                try body(UnsafeRawBufferPointer(rebasing: bytes[range]))
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        // The rest is moved when it is little beside what was taken.
        if start > memory.count - start {
            memory.removeSubrange(..<start)
            start = 0
        }
    }

    private func read(
        _ range: Range<Int>, of descriptor: Descriptor, _ body: (UnsafeRawBufferPointer) throws(RowSplitter.Failure) -> Void
    ) throws(RowSplitter.Failure) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var position = range.lowerBound
        while position < range.upperBound {
            let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, range.upperBound - position)])
            let count: Int
            do throws(Descriptor.Failure) {
                count = try descriptor.readBytes(at: position, into: wanted)
            } catch {
                throw .temporary(error)
            }
            precondition(count > 0, "a temporary file is shorter than what was written")
            try body(UnsafeRawBufferPointer(rebasing: wanted[..<count]))
            position += count
        }
    }
}
