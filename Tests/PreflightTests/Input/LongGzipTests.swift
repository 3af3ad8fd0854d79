import CZlib
import Preflight
import SeededRandom
import TestSupport
import Testing

@testable import ByteSources

/// Streams of many blocks, longer than any buffer, against zlib alone.
@Suite(.computing) struct LongGzipTests {
    struct Stream: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var bytes: [UInt8]
    }

    private static let content: [UInt8] = {
        var generator = SeededGenerator(seed: 8)
        var content: [UInt8] = []
        while content.count < 600_000 {
            let amount = Int.random(in: 0...1_000_000, using: &generator)
            content += Array("\(content.count),\"Caf\u{E9} \(amount % 17)\",\(amount).5,\(amount % 2 == 0 ? "open" : "closed")\n".utf8)
        }
        return content
    }()

    /// Does not compress, so that zlib stores it.
    private static let noise: [UInt8] = {
        var generator = SeededGenerator(seed: 9)
        return (0..<150_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }()

    static let streams: [Stream] = [
        Stream(testDescription: "level 6", bytes: ZlibOracle.compress(content, level: 6)),
        Stream(testDescription: "level 1", bytes: ZlibOracle.compress(content, level: 1)),
        Stream(testDescription: "one block of fixed codes", bytes: ZlibOracle.compress(content, level: 6, strategy: Z_FIXED)),
        Stream(testDescription: "no matches", bytes: ZlibOracle.compress(content, level: 6, strategy: Z_HUFFMAN_ONLY)),
        Stream(testDescription: "stored", bytes: ZlibOracle.compress(content, level: 0)),
        Stream(
            testDescription: "stored among coded",
            bytes: ZlibOracle.compress(content[..<100_000] + noise + content[100_000..<200_000], level: 6)),
        Stream(testDescription: "flushed after each row or so", bytes: ZlibOracle.compress(content, level: 6, flushedByteCount: 60)),
        Stream(testDescription: "flushed sometimes", bytes: ZlibOracle.compress(content, level: 6, flushedByteCount: 5_000)),
        Stream(testDescription: "one letter", bytes: ZlibOracle.compress([UInt8](repeating: 0x61, count: 3_000_000), level: 9)),
    ]

    private static let sizes: [ReadSizes] = [(nil, 1 << 20), (4096, 70_000), (nil, 1000), (997, 1 << 16)].map {
        ReadSizes(readLimit: $0.0, bufferByteCount: $0.1)
    }

    @Test(arguments: streams)
    func content(of stream: Stream) {
        let content = ZlibOracle.decompress(stream.bytes).content
        for sizes in Self.sizes {
            #expect(Self.read(stream.bytes, sizes) == Drained(content), "\(sizes)")
        }
    }

    @Test(arguments: streams)
    func damage(of stream: Stream) {
        var generator = SeededGenerator(seed: 10)
        for sizes in Self.sizes {
            for round in 0..<4 {
                var bytes = stream.bytes
                let offset = Int.random(in: 0..<bytes.count, using: &generator)
                if round == 0 {
                    bytes.removeLast(bytes.count - offset)
                } else {
                    bytes[offset] ^= 1 << UInt8.random(in: 0...7, using: &generator)
                }
                let (content, kind) = ZlibOracle.decompress(bytes)
                let drained = Self.read(bytes, sizes)
                #expect(drained.bytes == content, "round \(round) at \(offset), \(sizes)")
                #expect(Self.kind(of: drained.error) == kind, "round \(round) at \(offset), \(sizes)")
            }
        }
    }

    private static func read(_ stream: [UInt8], _ sizes: ReadSizes) -> Drained {
        Drained(all: GzipSource(BytesSource(stream, readLimit: sizes.readLimit)), bufferByteCount: sizes.bufferByteCount)
    }

    private static func kind(of error: SourceError?) -> GzipDamage.Kind? {
        guard case .gzip(let damage) = error else { return nil }
        return damage.kind
    }
}
