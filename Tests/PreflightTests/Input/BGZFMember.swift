@testable import ByteSources
@testable import ValueFormats

/// A BGZF block (SAM specification, section 4.1), with any part made wrong on purpose.
struct BGZFMember {
    var content: [UInt8]
    /// Raw deflate data; stored blocks where it is not given.
    var data: [UInt8]
    /// Subfields before the one that gives the length.
    var otherSubfields: [UInt8] = []
    /// What the header gives, less 1, in place of the right length.
    var statedByteCount: Int?
    /// What the trailer gives in place of what is right.
    var statedContentByteCount: Int?
    var statedChecksum: UInt32?

    init(_ content: [UInt8], data: [UInt8]? = nil) {
        self.content = content
        self.data = data ?? Self.stored(content)
    }

    init(_ content: String) {
        self.init(Array(content.utf8))
    }

    /// Without content; it ends a BGZF file.
    static let end = BGZFMember([], data: [3, 0]).bytes

    var byteCount: Int { 12 + otherSubfields.count + 6 + data.count + 8 }

    var bytes: [UInt8] {
        let length = UInt16(truncatingIfNeeded: statedByteCount ?? byteCount - 1)
        var member = GzipMember("")
        member.flags = 4
        member.optionalFields =
            GzipMember.littleEndian(UInt16(otherSubfields.count + 6)) + otherSubfields + Array("BC".utf8) + [2, 0]
            + GzipMember.littleEndian(length)
        return member.header + data + GzipMember.littleEndian(statedChecksum ?? GzipMember.crc32(content))
            + GzipMember.littleEndian(UInt32(statedContentByteCount ?? content.count))
    }

    private static func stored(_ content: [UInt8]) -> [UInt8] {
        var (data, rest) = ([UInt8](), content[...])
        repeat {
            let part = rest.prefix(0xFFFF)
            rest = rest.dropFirst(part.count)
            let length = UInt16(part.count)
            data += [rest.isEmpty ? 1 : 0] + GzipMember.littleEndian(length) + GzipMember.littleEndian(~length) + part
        } while !rest.isEmpty
        return data
    }
}
