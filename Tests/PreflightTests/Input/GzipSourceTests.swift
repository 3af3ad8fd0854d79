import Preflight
import TestSupport
import Testing

@testable import ByteSources
@testable import ValueFormats

@Suite(.computing) struct GzipSourceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var stream: [UInt8]
        var content: String
        var damage: GzipDamage?

        init(_ title: String, _ stream: [UInt8], gives content: String, _ damage: (GzipDamage.Kind, member: Int, at: Int)? = nil) {
            testDescription = title
            self.stream = stream
            self.content = content
            self.damage = damage.map {
                GzipDamage(kind: $0.0, member: $0.member, compressedOffset: $0.at, decompressedOffset: content.utf8.count)
            }
        }
    }

    private static let abc = GzipMember("abc").bytes  // 26 bytes: data from 15, checksum at 18, length at 22
    private static let empty = GzipMember("").bytes  // 23 bytes

    private static func member(
        _ content: String = "abc", method: UInt8 = 8, flags: UInt8 = 0, _ optionalFields: [UInt8] = []
    ) -> [UInt8] {
        var member = GzipMember(content)
        member.method = method
        member.flags = flags
        member.optionalFields = optionalFields
        return member.bytes
    }

    private static func flipping(_ offset: Int, _ stream: [UInt8] = abc, by mask: UInt8 = 0x01) -> [UInt8] {
        var stream = stream
        stream[offset] ^= mask
        return stream
    }

    private static let stored = GzipMember("id,n\n1,\"a\"\"b\"\n2,\u{E9}\n").bytes

    /// With a name and a header checksum.
    private static var namedFixedCodes: [UInt8] {
        var member = GzipMember("")
        member.flags = 0x0A
        member.optionalFields = Array("export.csv\0".utf8)
        let checksum = UInt16(truncatingIfNeeded: GzipMember.crc32(member.header))
        return member.header + GzipMember.littleEndian(checksum) + GzipFixture.fixedCodes[10...]
    }

    private static let name100kB = [UInt8](repeating: UInt8(ascii: "n"), count: 100_000)

    static let table: [Case] = [
        Case("one member", abc, gives: "abc"),
        Case("one empty member", empty, gives: ""),
        Case("two members", abc + abc, gives: "abcabc"),
        Case("empty members before, between, after", empty + abc + empty + empty + abc + empty, gives: "abcabc"),
        Case("300 members", (0..<300).flatMap { _ in abc }, gives: String(repeating: "abc", count: 300)),
        Case("padding of one NUL", abc + [0], gives: "abc"),
        Case("padding of 1 MiB", abc + [UInt8](repeating: 0, count: 1 << 20), gives: "abc"),
        Case("extra field, name, comment", member(flags: 0x1C, [2, 0, 9, 9] + Array("n\0c\0".utf8)), gives: "abc"),
        Case("a name of 100 kB", member(flags: 0x08, name100kB + [0]), gives: "abc"),
        Case("text flag", member(flags: 0x01), gives: "abc"),

        Case("nothing", [], gives: "", (.truncated, 1, at: 0)),
        Case("no gzip", Array("a,b\n".utf8), gives: "", (.badHeader, 1, at: 0)),
        Case("NULs before", [0, 0] + abc, gives: "", (.badHeader, 1, at: 0)),
        Case("unknown method", member(method: 7), gives: "", (.badHeader, 1, at: 2)),
        Case("reserved flag", member(flags: 0x20), gives: "", (.badHeader, 1, at: 2)),
        Case("wrong header checksum", member(flags: 0x02, [0, 0]), gives: "", (.badHeader, 1, at: 10)),
        Case("endless name", Array(member(flags: 0x08, name100kB).prefix(100_010)), gives: "", (.truncated, 1, at: 100_010)),
        Case("block type 3", flipping(10, by: 0x06), gives: "", (.badData, 1, at: 10)),
        Case("stored length and complement differ", flipping(11), gives: "", (.badData, 1, at: 11)),
        Case("other content", flipping(15), gives: "`bc", (.badChecksum, 1, at: 18)),
        Case("wrong checksum", flipping(18), gives: "abc", (.badChecksum, 1, at: 18)),
        Case("wrong length", flipping(22), gives: "abc", (.badLength, 1, at: 22)),
        Case("wrong length, top byte", flipping(25, by: 0x80), gives: "abc", (.badLength, 1, at: 22)),

        Case("second member: wrong checksum", abc + flipping(18), gives: "abcabc", (.badChecksum, 2, at: 44)),
        Case("third member: wrong length", abc + empty + flipping(22), gives: "abcabc", (.badLength, 3, at: 71)),
        Case("second member: unknown method", abc + member(method: 7), gives: "abc", (.badHeader, 2, at: 28)),
        Case("one 1f after a member", abc + [0x1F], gives: "abc", (.truncated, 2, at: 27)),
        Case("1f 8b after a member", abc + [0x1F, 0x8B], gives: "abc", (.truncated, 2, at: 28)),
        Case("1f 00 after a member", abc + [0x1F, 0], gives: "abc", (.trailingBytes, 1, at: 26)),
        Case("a letter after a member", abc + [0x78], gives: "abc", (.trailingBytes, 1, at: 26)),
        Case("text after two members", abc + abc + Array("more,rows\n".utf8), gives: "abcabc", (.trailingBytes, 2, at: 52)),
        Case("a letter after padding", abc + [0, 0, 0, 0x78], gives: "abc", (.trailingBytes, 1, at: 29)),
        Case("a member after padding", abc + [0] + abc, gives: "abc", (.trailingBytes, 1, at: 27)),
    ]

    @Test(arguments: table)
    func contentAndDamage(of testCase: Case) {
        let expected = Drained(testCase.content, error: testCase.damage.map { .gzip($0) })
        for sizes in isDebugBuild && testCase.stream.count > 10_000 ? ReadSizes.ofLongStreams : ReadSizes.all {
            #expect(Self.read(testCase.stream, sizes) == expected, "\(sizes)")
        }
    }

    @Test(arguments: [
        (GzipFixture.fixedCodes, GzipFixture.fixedCodesContent), (GzipFixture.dynamicCodes, GzipFixture.dynamicCodesContent),
    ])
    func deflateData(stream: [UInt8], content: [UInt8]) {
        for sizes in ReadSizes.all {
            #expect(Self.read(stream, sizes) == Drained(content), "\(sizes)")
            #expect(Self.read(stream + stream, sizes) == Drained(content + content), "\(sizes)")
        }
    }

    @Test func aCharacterAcrossMembers() {
        var (first, second) = (GzipMember("caf"), GzipMember(""))
        first.content.append(0xC3)
        second.content.append(0xA9)
        for sizes in ReadSizes.all {
            #expect(Self.read(first.bytes + second.bytes, sizes) == Drained("caf\u{E9}"), "\(sizes)")
        }
    }

    /// Also right after the last content byte, where all rows look whole.
    @Test(arguments: [abc, empty, GzipFixture.fixedCodes, GzipFixture.dynamicCodes])
    func everyCutIsTruncated(stream: [UInt8]) throws {
        let whole = Self.read(stream, ReadSizes.all[0]).bytes
        for length in 0..<stream.count {
            let reference = Self.read(Array(stream[..<length]), ReadSizes.all[0])
            #expect(whole.starts(with: reference.bytes))
            let damage = GzipDamage(
                kind: .truncated, member: 1, compressedOffset: length, decompressedOffset: reference.bytes.count)
            #expect(reference.error == .gzip(damage), "cut at \(length)")
            for sizes in ReadSizes.few {
                #expect(Self.read(Array(stream[..<length]), sizes) == reference, "cut at \(length), \(sizes)")
            }
        }
    }

    /// A stream that ends exactly between two members is whole as far as the format goes.
    @Test func everyCutOfTwoMembers() {
        let stream = Self.abc + Self.abc
        for length in 1..<stream.count {
            let drained = Self.read(Array(stream[..<length]), ReadSizes(readLimit: nil, bufferByteCount: 64))
            let isBetweenMembers = length == Self.abc.count
            #expect((drained.error == nil) == isBetweenMembers, "cut at \(length)")
            #expect(isBetweenMembers ? drained.bytes == Array("abc".utf8) : true)
            if case .gzip(let damage) = drained.error {
                #expect(damage.kind == .truncated)
                #expect(damage.member == (length < Self.abc.count ? 1 : 2), "cut at \(length)")
            }
        }
    }

    /// What may change without harm: time, extra flags, system (bytes 4 to 9), the flag that says "probably text", and the bits that fill
    /// up a byte after a stored block's head (RFC 1951, 3.2.4) or after the last code.
    @Test(arguments: [(abc, 10, 0b1111_1000), (GzipFixture.fixedCodes, 32, 0b1111_1100)] as [([UInt8], Int, UInt8)])
    func everyFlippedByteIsNoticedOrHarmless(stream: [UInt8], filledOffset: Int, fillMask: UInt8) {
        let content = Self.read(stream, ReadSizes.all[0]).bytes
        for offset in stream.indices {
            for mask in UInt8(1)...255 {
                let drained = Self.read(Self.flipping(offset, stream, by: mask), ReadSizes(readLimit: nil, bufferByteCount: 1 << 16))
                let isHarmless =
                    (4...9).contains(offset) || (offset == 3 && mask == 0x01) || (offset == filledOffset && mask & ~fillMask == 0)
                #expect((drained.error == nil) == isHarmless, "\(mask) at \(offset)")
                if drained.error == nil { #expect(drained.bytes == content, "\(mask) at \(offset)") }
            }
        }
    }

    /// A cut or a flipped byte that goes unnoticed has changed nothing.
    @Test(arguments: [stored, namedFixedCodes, GzipFixture.dynamicCodes])
    func noOtherContentIsTakenForTheRightOne(stream: [UInt8]) {
        let whole = ReadSizes(readLimit: nil, bufferByteCount: 1 << 16)
        let content = Self.read(stream, whole).bytes
        #expect(Self.read(stream, whole).error == nil && !content.isEmpty)
        for length in stream.indices {
            #expect(Self.read(Array(stream[..<length]), whole).error != nil, "cut at \(length)")
        }
        for offset in stream.indices {
            for mask in UInt8(1)...255 {
                let drained = Self.read(Self.flipping(offset, stream, by: mask), whole)
                #expect(drained.error != nil || drained.bytes == content, "\(mask) at \(offset)")
            }
        }
    }

    @Test(arguments: [GzipFixture.fixedCodes, GzipFixture.dynamicCodes])
    func damageDoesNotDependOnReadSizes(stream: [UInt8]) {
        for offset in stream.indices {
            for bit in 0..<8 where !isDebugBuild || (bit + offset) % 4 == 0 {
                let damaged = Self.flipping(offset, stream, by: 1 << bit)
                let reference = Self.read(damaged, ReadSizes.all[0])
                for sizes in ReadSizes.few {
                    #expect(Self.read(damaged, sizes) == reference, "bit \(bit) of byte \(offset), \(sizes)")
                }
            }
        }
    }

    @Test func aSourceThatFailsIsHeardAfterWhatItDelivered() {
        let error = SourceError.system(operation: "read", path: "x", errno: 5, byteOffset: 17)
        for sizes in ReadSizes.all {
            let cut = BytesSource(Array(Self.abc[..<17]), readLimit: sizes.readLimit)
            let source = GzipSource(FailingSource(whole: cut, error: error))
            #expect(Drained(all: source, bufferByteCount: sizes.bufferByteCount) == Drained("ab", error: error), "\(sizes)")
        }
    }

    @Test func damageIsThrownAgain() {
        var source = GzipSource(BytesSource(Self.flipping(18)))
        let first = Drained(&source)
        #expect(first.bytes == Array("abc".utf8))
        #expect(Drained(&source) == Drained("", error: first.error))
    }

    private static func read(_ stream: [UInt8], _ sizes: ReadSizes) -> Drained {
        Drained(all: GzipSource(BytesSource(stream, readLimit: sizes.readLimit)), bufferByteCount: sizes.bufferByteCount)
    }
}
