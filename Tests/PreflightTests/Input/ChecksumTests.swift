import SeededRandom
import TestSupport
import Testing

@testable import ByteSources

/// The checksum of gzip against one that is taken bit by bit.
@Suite(.computing) struct ChecksumTests {
    /// Of each length: the first and last bytes, fewer than sixteen, are read in another way than those in between.
    @Test(arguments: [0..<20, 55..<85, 120..<150, 1_000..<1_010])
    func lengths(_ counts: Range<Int>) {
        var generator = SeededGenerator(seed: counts.lowerBound)
        for count in counts {
            let bytes = (0..<(count + 3)).map { _ in UInt8(generator.below(256)) }
            // Wherever they are in memory.
            for start in 0..<3 {
                let part = Array(bytes[start..<(start + count)])
                let found = CRC32.updated(0, with: bytes.span.extracting(start..<(start + count)))
                #expect(found == GzipMember.crc32(part), "\(count) bytes")
            }
        }
    }

    /// Bytes that come in two parts have the checksum of all.
    @Test func parts() {
        var generator = SeededGenerator(seed: 1)
        let bytes = (0..<3_000).map { _ in UInt8(generator.below(4) * 85) }
        let whole = GzipMember.crc32(bytes)
        for _ in 0..<200 {
            let middle = generator.below(bytes.count + 1)
            let first = CRC32.updated(0, with: bytes.span.extracting(..<middle))
            let both = CRC32.updated(first, with: bytes.span.extracting(middle...))
            #expect(both == whole, "cut at \(middle)")
        }
    }

    /// The example of the catalogue of checksums.
    @Test func example() {
        let digits = Array("123456789".utf8)
        let found = CRC32.updated(0, with: digits.span)
        #expect(found == 0xCBF4_3926)
    }
}
