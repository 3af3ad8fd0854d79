import ByteSources
import ByteSpans
import SafeText

/// What a round of repairs writes: an unnamed temporary file, which the next round reads.
final class RepairedCopy {
    private let file: Descriptor
    private var buffer: [UInt8] = []
    private var byteCount = 0

    private static let bufferByteCount = 1 << 18

    init() throws(RepairFailure) {
        do throws(Descriptor.Failure) {
            file = try Descriptor.unnamedFile(in: Spool.defaultDirectory())
        } catch {
            throw .temporary(error)
        }
        buffer.reserveCapacity(2 * Self.bufferByteCount)
    }

    func write(_ bytes: [UInt8]) throws(RepairFailure) {
        buffer += bytes
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    private func flush() throws(RepairFailure) {
        do throws(Descriptor.Failure) {
            let bytes = buffer
            try file.writeAll(bytes.span)
        } catch {
            throw .temporary(error)
        }
        byteCount += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// - Parameter path: for messages.
    func reopened(as path: FilePath) throws(RepairFailure) -> InputFile {
        try flush()
        do throws(SourceError) {
            file.rewind()
            return try InputFile(descriptor: file, path: path, spoolsStream: false, temporaryDirectory: Spool.defaultDirectory())
        } catch {
            throw .source(error)
        }
    }

    func forEachPiece(_ body: (Span<UInt8>) throws(RepairFailure) -> Void) throws(RepairFailure) {
        try flush()
        var memory = [UInt8](repeating: 0, count: Self.bufferByteCount)
        var space = memory.mutableSpan
        var position = 0
        while position < byteCount {
            let count: Int
            do throws(Descriptor.Failure) {
                count = try file.readBytes(at: position, into: &space)
            } catch {
                throw .temporary(error)
            }
            precondition(count > 0, "a temporary file is shorter than what was written")
            try body(space.span[..<count])
            position += count
        }
    }
}

/// Numbers of rows, one bit for each up to the largest.
struct RowNumberSet {
    private var words: [UInt64] = []

    func contains(_ number: Int) -> Bool { number / 64 < words.count && words[number / 64] >> UInt64(number % 64) & 1 == 1 }

    mutating func insert(_ number: Int) {
        while words.count <= number / 64 { words.append(0) }
        words[number / 64] |= 1 << UInt64(number % 64)
    }
}
