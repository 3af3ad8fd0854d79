import ByteSources
import ByteSpans
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
        var place: KeyPlace
        var byteCount: Int
        var isRepeated: Bool

        static let size = 6 * MemoryLayout<UInt64>.size

        init(hash: UInt64, place: KeyPlace, byteCount: Int, isRepeated: Bool) {
            (self.hash, self.place, self.byteCount, self.isRepeated) = (hash, place, byteCount, isRepeated)
        }

        /// - Parameter bytes: begin with those that ``append(to:)`` appended.
        init(_ bytes: Span<UInt8>) {
            func number(_ index: Int) -> Int { bytes.load(at: index * MemoryLayout<Int>.size) }
            hash = bytes.load(at: 0)
            place = KeyPlace(row: number(1), line: number(2), byteOffset: number(3))
            byteCount = number(4)
            isRepeated = number(5) != 0
        }

        func append(to bytes: inout [UInt8]) {
            bytes.append(numberBytes: hash)
            for number in [place.row, place.line, place.byteOffset, byteCount, isRepeated ? 1 : 0] { bytes.append(numberBytes: number) }
        }
    }

    func append(_ key: Span<UInt8>, hash: UInt64, place: KeyPlace, isRepeated: Bool) throws(Descriptor.Failure) {
        Head(hash: hash, place: place, byteCount: key.count, isRepeated: isRepeated).append(to: &buffer)
        buffer.append(contentsOf: key)
        if buffer.count >= Self.bufferByteCount { try flush() }
    }

    private func flush() throws(Descriptor.Failure) {
        let bytes = buffer
        try descriptor.writeAll(bytes.span)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with each key, from the first on.
    func forEach(
        _ body: (Span<UInt8>, UInt64, KeyPlace, _ isRepeated: Bool) throws(Descriptor.Failure) -> Void
    ) throws(Descriptor.Failure) {
        try flush()
        let headByteCount = Head.size
        var space = Block<UInt8>(repeating: 0, count: Self.readByteCount)
        var (start, end, offset) = (0, 0, 0)
        while true {
            var wanted = headByteCount
            if end - start >= headByteCount {
                let head = Head(space.span.extracting(start...))
                wanted += head.byteCount
                if end - start >= wanted {
                    try body(
                        space.span[(start + headByteCount)..<(start + wanted)], head.hash, head.place, head.isRepeated)
                    start += wanted
                    continue
                }
            }
            if wanted > space.count {
                var larger = Block<UInt8>(repeating: 0, count: wanted)
                larger.copy(space.span[start..<end], at: 0)
                space = larger
            } else {
                space.move(start..<end, to: 0)
            }
            (start, end) = (0, end - start)
            var rest = space.mutableSpan(end..<space.count)
            let count = try descriptor.readBytes(at: offset, into: &rest)
            if count == 0 { return }
            offset += count
            end += count
        }
    }
}
