import TestSupport
import Testing

@testable import ByteSources
@testable import Preflight
@testable import SafeText
@testable import ValueFormats

/// Members that are packed and decompressed elsewhere: content and damage are those of a sequential run.
@Suite(.computing) struct BGZFTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var stream: [UInt8]
        var isPacked: Bool
        var content: [UInt8]
        var damage: GzipDamage.Kind?

        init(_ title: String, _ stream: [UInt8], isPacked: Bool = true, gives content: [UInt8], _ damage: GzipDamage.Kind? = nil) {
            testDescription = title
            self.stream = stream
            self.isPacked = isPacked
            self.content = content
            self.damage = damage
        }

        init(_ title: String, _ stream: [UInt8], isPacked: Bool = true, gives content: String, _ damage: GzipDamage.Kind? = nil) {
            self.init(title, stream, isPacked: isPacked, gives: Array(content.utf8), damage)
        }
    }

    private static let abc = BGZFMember("abc").bytes
    private static let fixed = BGZFMember(GzipFixture.fixedCodesContent, data: Array(GzipFixture.fixedCodes[10...].dropLast(8))).bytes
    private static let plain = GzipMember("abc").bytes

    private static func abc(_ change: (inout BGZFMember) -> Void) -> [UInt8] {
        var member = BGZFMember("abc")
        change(&member)
        return member.bytes
    }

    /// Beginning in the middle of each other's rows.
    private static let cutUp = ["a,\"b", "c\"\ncaf", "", "\"\"\n"]
    private static let character = [BGZFMember([0x63, 0xC3]), BGZFMember([0xA9, 0x0A])].flatMap(\.bytes)
    private static let long = [UInt8](unsafeUninitializedCapacity: BGZFBlock.byteLimit - 31) { buffer, count in
        for index in buffer.indices { buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: index ^ index >> 8)) }
        count = buffer.count
    }

    static let table: [Case] = [
        Case("no member", [], isPacked: false, gives: ""),
        Case("the end alone", BGZFMember.end, gives: ""),
        Case("one member", abc, gives: "abc"),
        Case("one member and the end", abc + BGZFMember.end, gives: "abc"),
        Case("three members", abc + fixed + abc, gives: Array("abc".utf8) + GzipFixture.fixedCodesContent + Array("abc".utf8)),
        Case("300 members", (0..<300).flatMap { _ in abc }, gives: String(repeating: "abc", count: 300)),
        Case("ends between members", BGZFMember.end + abc + BGZFMember.end + abc, gives: "abcabc"),
        Case("edges inside quotes", cutUp.flatMap { BGZFMember($0).bytes }, gives: cutUp.joined()),
        Case("an edge inside a character", character, gives: "c\u{E9}\n"),
        Case("9 of the largest", (0..<9).flatMap { _ in BGZFMember(long).bytes }, gives: (0..<9).flatMap { _ in long }),
        Case("other subfields", abc { $0.otherSubfields = [0x41, 0x42, 1, 0, 9] }, gives: "abc"),

        Case("plain members", plain + plain, isPacked: false, gives: "abcabc"),
        Case("BGZF, then plain, then BGZF", abc + plain + abc, gives: "abcabcabc"),
        Case("plain, then BGZF", plain + abc, isPacked: false, gives: "abcabc"),
        Case("padding", abc + [0, 0, 0], isPacked: false, gives: "abc"),
        Case("padding after two", abc + abc + [0, 0, 0], gives: "abcabc"),
        Case("text after two", abc + abc + Array("more\n".utf8), gives: "abcabc", .trailingBytes),
        Case("one 1f after two", abc + abc + [0x1F], gives: "abcabc", .truncated),
        Case("padding after the end", abc + BGZFMember.end + [0], gives: "abc"),

        Case("length too small", abc { $0.statedByteCount = 40 } + abc, isPacked: false, gives: "abcabc"),
        Case("length too large", abc { $0.statedByteCount = 60 } + abc, isPacked: false, gives: "abcabc"),
        Case("length behind the end", abc + abc { $0.statedByteCount = 99 }, gives: "abcabc"),
        Case("length 0", abc + abc { $0.statedByteCount = 0 } + abc, gives: "abcabcabc"),
        Case("no length", abc + BGZFMember.end.replacing([0x42, 0x43], with: [0x42, 0x44]), gives: "abc"),
        Case("subfield longer than the field", abc { $0.otherSubfields = [0x41, 0x42, 99, 0] }, isPacked: false, gives: "abc"),
        Case("content stated longer", abc + abc { $0.statedContentByteCount = 4 } + abc, gives: "abcabc", .badLength),
        Case("content stated shorter", abc + abc { $0.statedContentByteCount = 0 } + abc, gives: "abcabc", .badLength),
        Case("content stated too long", abc + abc { $0.statedContentByteCount = 65_537 } + abc, gives: "abcabc", .badLength),
        Case("wrong checksum", abc + abc { $0.statedChecksum = 1 } + abc, gives: "abcabc", .badChecksum),
        Case("wrong checksum of no content", abc + BGZFMember.end.replacing([3, 0, 0], with: [3, 0, 1]), gives: "abc", .badChecksum),
        Case("block type 3", abc + abc { $0.data[0] = 7 } + abc, gives: "abc", .badData),
        Case("data without end", abc + abc { $0.data[0] = 0 } + BGZFMember.end, gives: "abcabc", .badData),
    ]

    @Test(arguments: table)
    func contentAndDamage(of testCase: Case) {
        let sequential = BlockReading.sequential(BytesSource(testCase.stream))
        #expect(sequential.bytes == testCase.content)
        #expect(kind(of: sequential.error) == testCase.damage)
        for readLimit in [nil, 1, 7, 300, 70_000] where readLimit ?? .max >= testCase.stream.count / 10_000 {
            for bufferByteCount in [PackedMembers.leastRoomByteCount, 300_000, 1 << 20] {
                let reading = BlockReading(BytesSource(testCase.stream, readLimit: readLimit), bufferByteCount: bufferByteCount)
                #expect(reading.drained == sequential, "reads of \(readLimit ?? 0) into \(bufferByteCount)")
                #expect((reading.packedBlockCount > 0) == testCase.isPacked, "reads of \(readLimit ?? 0) into \(bufferByteCount)")
                if testCase.damage == nil { #expect(reading.compressedByteCount == testCase.stream.count) }
            }
        }
    }

    private static let threeMembers = fixed + abc + fixed

    @Test func everyCut() {
        for length in 0...Self.threeMembers.count {
            let cut = BytesSource(Array(Self.threeMembers[..<length]))
            #expect(BlockReading(cut).drained == BlockReading.sequential(cut), "cut at \(length)")
        }
    }

    @Test func everyFlippedByte() {
        for offset in Self.threeMembers.indices {
            for mask in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF, UInt8(offset & 0x7F | 0x03)] {
                var bytes = Self.threeMembers
                bytes[offset] ^= mask
                let flipped = BytesSource(bytes)
                #expect(BlockReading(flipped).drained == BlockReading.sequential(flipped), "\(mask) at \(offset)")
            }
        }
    }

    /// 100 000 times the same letter, in a few matches of the greatest length.
    private static let hundredThousand: [UInt8] =
        [0xED, 0xC1, 0x31, 0x01, 0, 0, 0, 0xC2, 0xA0, 0xAC, 0xEB, 0x5F, 0xC2, 0x1A, 0x1E, 0x40, 0x01]
        + [UInt8](repeating: 0, count: 96) + [0xAF, 0x06]

    /// Believed, because it leads to a member; found out, because the data is over before.
    @Test func aLengthOfTwoMembers() {
        let stream = Self.abc + Self.abc { $0.statedByteCount = 2 * Self.abc.count - 1 } + Self.abc + Self.abc
        let damage = GzipDamage(kind: .badHeader, member: 2, compressedOffset: Self.abc.count, decompressedOffset: 3)
        #expect(BlockReading(BytesSource(stream)).drained == Drained("abc", error: .gzip(damage)))
    }

    /// What does not fit is not delivered, but the damage is the same.
    @Test func moreContentThanABlockHolds() {
        var member = BGZFMember([UInt8](repeating: 0x61, count: 100_000), data: Self.hundredThousand)
        member.statedContentByteCount = 10
        let stream = BytesSource(Self.abc + member.bytes + BGZFMember.end)
        let (reading, sequential) = (BlockReading(stream), BlockReading.sequential(stream))
        #expect(kind(of: sequential.error) == .badLength)
        #expect(reading.drained.error == sequential.error)
        #expect(reading.drained.bytes == Array(sequential.bytes.prefix(3 + BGZFBlock.byteLimit)))
    }

    /// A stored block that claims the next 65 535 bytes, and among these, where it ends, the head of another.
    @Test func dataThatSeemsToGoOnForLong() {
        var second = BGZFMember([1], data: [0, 0xFF, 0xFF, 0, 0, 1])
        second.statedContentByteCount = 1
        let third = BGZFMember([UInt8](repeating: 0x61, count: 60_000))
        var fourth = third
        let headOffset = 65_535 - 1 - 8 - third.byteCount - 18
        fourth.data.replaceSubrange(headOffset..<(headOffset + 5), with: [0, 0xFF, 0xFF, 0, 0])
        let stream = BytesSource(Self.abc + second.bytes + third.bytes + fourth.bytes + third.bytes + third.bytes)
        #expect(kind(of: BlockReading.sequential(stream).error) == .badData)
        let damage = GzipDamage(
            kind: .badData, member: 2, compressedOffset: Self.abc.count + second.byteCount,
            decompressedOffset: 3 + BGZFBlock.byteLimit)
        let reading = BlockReading(stream)
        #expect(reading.drained.error == .gzip(damage))
        #expect(reading.drained.bytes.count == damage.decompressedOffset)
    }

    @Test func aSourceThatFailsIsHeardAfterWhatItDelivered() {
        let error = SourceError.system(operation: "read", path: "x", errno: 5, byteOffset: 17)
        for length in 2...Self.threeMembers.count {
            let cut = FailingSource(whole: BytesSource(Array(Self.threeMembers[..<length])), error: error)
            #expect(BlockReading(cut).drained == BlockReading.sequential(cut), "fails at \(length)")
        }
    }

    @Test func aSmallBufferIsReadIntoSequentially() {
        let reading = BlockReading(BytesSource(Self.threeMembers), bufferByteCount: PackedMembers.leastRoomByteCount - 1)
        #expect(reading.packedBlockCount == 0)
        #expect(reading.drained == BlockReading.sequential(BytesSource(Self.threeMembers)))
    }

    @Test func bothWaysInTurn() throws {
        var source = try ContentSource(BytesSource(Self.abc + Self.plain + Self.abc))
        var packed = PackedMembers()
        var memory = [UInt8](repeating: 0, count: PackedMembers.leastRoomByteCount)
        var buffer = memory.mutableSpan
        let count = try source.readBlock(into: &buffer, packed: &packed)
        #expect(count == 0)
        let inflatedByteCount = packed.inflate(into: &buffer).byteCount
        #expect(inflatedByteCount == 3)
        #expect(Drained(&source) == Drained("abcabc"))
    }

    private func kind(of error: SourceError?) -> GzipDamage.Kind? {
        guard case .gzip(let damage) = error else { return nil }
        return damage.kind
    }
}
