import Preflight
import TestSupport
import Testing

@testable import ByteSources

@Suite(.computing) struct ContentSourceTests {
    private static let row = GzipMember("a,b\n").bytes  // 27 bytes

    @Test(
        arguments: [
            ("nothing", [], .none, Drained("")),
            ("one byte", [0x61], .none, Drained("a")),
            ("1f alone", [0x1F], .none, Drained([0x1F])),
            ("1f, no 8b", [0x1F, 0x61, 0x8B], .none, Drained([0x1F, 0x61, 0x8B])),
            ("8b 1f", [0x8B, 0x1F], .none, Drained([0x8B, 0x1F])),
            ("text", Array("a,b\n1,2\n".utf8), .none, Drained("a,b\n1,2\n")),
            ("magic later", Array("a".utf8) + row, .none, Drained(Array("a".utf8) + row)),
            ("gzip", row, .gzip, Drained("a,b\n")),
            ("two members", row + row, .gzip, Drained("a,b\na,b\n")),
            ("gzip in gzip", nested.bytes, .gzip, Drained(row)),
            ("1f 8b alone", [0x1F, 0x8B], .gzip, damaged(.truncated, at: 2)),
            ("1f 8b, method 7", [0x1F, 0x8B, 7, 0], .gzip, damaged(.badHeader, at: 2)),
        ] as [(String, [UInt8], Compression, Drained)])
    func decidesByTheFirstTwoBytes(title: String, bytes: [UInt8], compression: Compression, expected: Drained) throws {
        for sizes in ReadSizes.all {
            var source = try ContentSource(BytesSource(bytes, readLimit: sizes.readLimit))
            #expect(source.compression == compression, "\(sizes)")
            #expect(Drained(&source, bufferByteCount: sizes.bufferByteCount) == expected, "\(sizes)")
            #expect(source.compressedByteCount == bytes.count, "\(sizes)")
        }
    }

    @Test func aSourceThatFailsAtOnce() {
        let error = SourceError.system(operation: "read", path: "x", errno: 5, byteOffset: 1)
        #expect(throws: error) { try ContentSource(FailingSource(whole: BytesSource([0x1F]), error: error)) }
    }

    private static var nested: GzipMember {
        var member = GzipMember("")
        member.content = row
        return member
    }

    private static func damaged(_ kind: GzipDamage.Kind, at offset: Int) -> Drained {
        Drained([], error: .gzip(GzipDamage(kind: kind, member: 1, compressedOffset: offset, decompressedOffset: 0)))
    }
}
