import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import SafeText

@Suite(.computing) struct GzipHeaderTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var bytes: [UInt8]
        var byteCount: Int
        var outcome: GzipHeader.Outcome

        init(_ title: String, _ bytes: [UInt8], takes byteCount: Int, _ outcome: GzipHeader.Outcome) {
            testDescription = title
            self.bytes = bytes
            self.byteCount = byteCount
            self.outcome = outcome
        }
    }

    private static func header(flags: UInt8, method: UInt8 = 8, _ optionalFields: [UInt8] = []) -> [UInt8] {
        var member = GzipMember("")
        member.method = method
        member.flags = flags
        member.optionalFields = optionalFields
        return member.header
    }

    private static func checked(_ header: [UInt8]) -> [UInt8] {
        header + GzipMember.littleEndian(UInt16(truncatingIfNeeded: GzipMember.crc32(header)))
    }

    private static let everything = checked(header(flags: 0x1F, [3, 0, 1, 2, 3] + Array("name\0comment\0".utf8)))
    private static let name100kB = [UInt8](repeating: UInt8(ascii: "n"), count: 100_000)

    static let table: [Case] = [
        Case("plain", header(flags: 0), takes: 10, .complete),
        Case("data behind it", header(flags: 0) + [1, 2, 3], takes: 10, .complete),
        Case("text flag", header(flags: 1), takes: 10, .complete),
        Case("extra field", header(flags: 4, [2, 0, 0, 0, 9]), takes: 14, .complete),
        Case("empty extra field", header(flags: 4, [0, 0, 9]), takes: 12, .complete),
        Case("empty extra field, name", header(flags: 0x0C, [0, 0] + Array("n\0".utf8)), takes: 14, .complete),
        Case("longest extra field", header(flags: 4, [0xFF, 0xFF] + name100kB), takes: 12 + 65_535, .complete),
        Case("name", header(flags: 8, Array("name\0".utf8)), takes: 15, .complete),
        Case("empty name and comment", header(flags: 0x18, [0, 0, 0]), takes: 12, .complete),
        Case("checksum", checked(header(flags: 2)), takes: 12, .complete),
        Case("everything", everything + [0], takes: everything.count, .complete),

        Case("nothing", [], takes: 0, .needsInput),
        Case("one byte of the magic", [0x1F], takes: 0, .needsInput),
        Case("the magic", [0x1F, 0x8B], takes: 2, .needsInput),
        Case("a wrong method, no flags", [0x1F, 0x8B, 7], takes: 2, .needsInput),
        Case("no system", Array(header(flags: 0).dropLast()), takes: 9, .needsInput),
        Case("half the extra length", header(flags: 4, [2]), takes: 10, .needsInput),
        Case("half the extra field", header(flags: 4, [2, 0, 9]), takes: 13, .needsInput),
        Case("name without end", header(flags: 8, name100kB), takes: 100_010, .needsInput),
        Case("half the checksum", Array(everything.dropLast()), takes: everything.count - 2, .needsInput),

        Case("no magic", Array("a,b\n".utf8), takes: 0, .noMember),
        Case("1f, no 8b", [0x1F, 0x61], takes: 0, .noMember),
        Case("method 7", header(flags: 0, method: 7), takes: 2, .damaged),
        Case("reserved flag 20", header(flags: 0x20), takes: 2, .damaged),
        Case("reserved flag 40", header(flags: 0x40), takes: 2, .damaged),
        Case("reserved flag 80", header(flags: 0x80), takes: 2, .damaged),
        Case("wrong checksum", header(flags: 2, [0, 0]), takes: 10, .damaged),
        Case("wrong checksum of everything", flipped(everything), takes: everything.count - 2, .damaged),
    ]

    private static func flipped(_ header: [UInt8]) -> [UInt8] {
        var header = header
        header[16] ^= 0x20
        return header
    }

    @Test(arguments: table)
    func takenBytesAndOutcome(of testCase: Case) {
        for pieceByteCount in [1, 2, 3, 7, 4096, 1 << 20] {
            let (byteCount, outcome) = Self.read(testCase.bytes, pieceByteCount: pieceByteCount)
            #expect(byteCount == testCase.byteCount && outcome == testCase.outcome, "pieces of \(pieceByteCount)")
        }
    }

    /// Gives what was not taken again, followed by the next piece.
    private static func read(_ bytes: [UInt8], pieceByteCount: Int) -> (byteCount: Int, outcome: GzipHeader.Outcome) {
        var header = GzipHeader()
        var (taken, given) = (0, 0)
        while true {
            given = min(given + pieceByteCount, bytes.count)
            let (byteCount, outcome) = header.read(bytes[taken..<given].span)
            taken += byteCount
            if outcome != .needsInput || given == bytes.count { return (taken, outcome) }
        }
    }
}
