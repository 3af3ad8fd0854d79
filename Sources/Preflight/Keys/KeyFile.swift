import ByteSources
import SafeText

/// Keys on disk, in the order in which they came: an unnamed temporary file that is gone when it is closed.
final class KeyFile {
    private static let bufferByteCount = 1 << 15
    private static let readByteCount = 1 << 18

    private let descriptor: Descriptor
    private var buffer: [UInt8] = []

    init(in directory: FilePath) throws(Descriptor.Failure) {
        descriptor = try Descriptor.unnamedFile(in: directory)
        buffer.reserveCapacity(Self.bufferByteCount)
    }

    /// The bytes before those of a key.
    private struct Head {
        var hash: UInt64
        var row: Int
        var line: Int
        var byteOffset: Int
        var byteCount: Int
        var isRepeated: Int
    }

    func append(_ key: UnsafeRawBufferPointer, hash: UInt64, place: KeyPlace, isRepeated: Bool) throws(Descriptor.Failure) {
        var head = Head(
            hash: hash, row: place.row, line: place.line, byteOffset: place.byteOffset, byteCount: key.count, isRepeated: isRepeated ? 1 : 0
        )
        withUnsafeBytes(of: &head) { buffer.append(contentsOf: $0) }
        buffer.append(contentsOf: key)
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    private func flush() throws(Descriptor.Failure) {
        var failure: Descriptor.Failure?
        buffer.withUnsafeBytes { bytes in
            do throws(Descriptor.Failure) { try descriptor.writeAll(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with each key, from the first on.
    func forEach(
        _ body: (UnsafeRawBufferPointer, UInt64, KeyPlace, _ isRepeated: Bool) throws(Descriptor.Failure) -> Void
    ) throws(Descriptor.Failure) {
        try flush()
        let headByteCount = MemoryLayout<Head>.size
        var space = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.readByteCount, alignment: 16)
        defer { space.deallocate() }
        var (start, end, offset) = (0, 0, 0)
        while true {
            var wanted = headByteCount
            if end - start >= headByteCount {
                let head = space.loadUnaligned(fromByteOffset: start, as: Head.self)
                wanted += head.byteCount
                if end - start >= wanted {
                    let key = UnsafeRawBufferPointer(rebasing: space[(start + headByteCount)..<(start + wanted)])
                    try body(
                        key, head.hash, KeyPlace(row: head.row, line: head.line, byteOffset: head.byteOffset), head.isRepeated != 0)
                    start += wanted
                    continue
                }
            }
            if wanted > space.count {
                let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 16)
                larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: space[start..<end]))
                space.deallocate()
                space = larger
            } else {
                space.baseAddress!.copyMemory(from: space.baseAddress! + start, byteCount: end - start)
            }
            (start, end) = (0, end - start)
            let count = try descriptor.readBytes(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: space[end...]))
            if count == 0 { return }
            offset += count
            end += count
        }
    }
}
