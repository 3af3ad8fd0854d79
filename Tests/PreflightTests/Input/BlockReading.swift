import ByteSpans
import Testing

@testable import ByteSources
@testable import Preflight

/// All that `readBlock` and `inflate` delivered of a stream, taken together as the pipeline does.
struct BlockReading {
    var drained = Drained([])
    /// Of the blocks that were packed.
    var packedBlockCount = 0
    var compressedByteCount = 0

    init(_ source: some ByteSource, bufferByteCount: Int = PackedMembers.leastRoomByteCount) {
        var memory = [UInt8](repeating: 0, count: bufferByteCount)
        var buffer = memory.mutableSpan
        var packed = PackedMembers()
        do throws(SourceError) {
            var source = try ContentSource(source)
            defer { compressedByteCount = source.compressedByteCount }
            while true {
                let count = try source.readBlock(into: &buffer, packed: &packed)
                drained.bytes += buffer.span.extracting(first: count)
                if count > 0 {
                    #expect(packed.isEmpty)
                    continue
                }
                if packed.isEmpty { return }
                packedBlockCount += 1
                let (inflatedByteCount, damage) = packed.inflate(into: &buffer)
                #expect(packed.isEmpty)
                drained.bytes += buffer.span.extracting(first: inflatedByteCount)
                if let damage { throw .gzip(damage) }
            }
        } catch {
            drained.error = error
        }
    }

    /// What the other way of reading delivers.
    static func sequential(_ source: some ByteSource) -> Drained {
        do throws(SourceError) {
            return Drained(all: try ContentSource(source))
        } catch {
            return Drained([], error: error)
        }
    }
}
