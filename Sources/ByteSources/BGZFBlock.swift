import ByteSpans

/// A gzip member that tells its own length, as BGZF has it (SAM specification, section 4.1): an extra field of its header holds it, so that
/// members can be found, and then decompressed side by side, without decompressing those before.
///
/// ```
/// 1f 8b 08 flags, 6 bytes | length of the extra field | … 'B' 'C' 02 00, length of the member - 1 … | data | CRC-32 | length of content
/// ```
package struct BGZFBlock {
    /// What the beginning of a member shows.
    package enum Sight {
        /// A whole block, with nothing wrong that can be seen from outside.
        case block(BGZFBlock)
        /// More bytes may show a block.
        case cut
        /// No block, or one with something wrong.
        case other
    }

    /// No block has more bytes, compressed or as content: the length less 1 has 16 bits.
    package static let byteLimit = 1 << 16

    package var byteCount: Int
    package var headerByteCount: Int
    /// As the trailer gives it.
    package var contentByteCount: Int

    /// - Parameters:
    ///   - bytes: from the first of a member on, and at least ``byteLimit`` after it, or else it is taken for cut.
    ///   - isEnd: whether nothing follows them.
    package static func look(at bytes: Span<UInt8>, isEnd: Bool) -> Sight {
        guard bytes.count >= 12 else { return isEnd || bytes.count >= 4 && !canBeMember(bytes) ? .other : .cut }
        guard canBeMember(bytes), bytes[3] & 0x04 != 0 else { return .other }
        let extraEnd = 12 + number(in: bytes, at: 10)
        guard extraEnd <= byteLimit else { return .other }
        guard extraEnd <= bytes.count else { return isEnd ? .other : .cut }
        guard let byteCount = statedByteCount(in: bytes, from: 12, to: extraEnd) else { return .other }
        guard byteCount <= bytes.count else { return isEnd ? .other : .cut }
        // A length is believed only if it leads to another member, or to the end: else it would take members apart in their middle.
        let rest = bytes[byteCount...]
        guard rest.count >= byteLimit || isEnd else { return .cut }
        guard rest.isEmpty || canBeMember(rest), let block = block(bytes[..<byteCount]) else {
            return .other
        }
        return .block(block)
    }

    private static func block(_ bytes: Span<UInt8>) -> BGZFBlock? {
        var header = GzipHeader()
        let (headerByteCount, outcome) = header.read(bytes)
        guard outcome == .complete, headerByteCount + 8 < bytes.count else { return nil }
        let contentByteCount = UInt32(littleEndian: bytes.load(at: bytes.count - 4))
        guard contentByteCount <= byteLimit else { return nil }
        return BGZFBlock(byteCount: bytes.count, headerByteCount: headerByteCount, contentByteCount: Int(contentByteCount))
    }

    /// The length that the subfield `BC` gives. A subfield is two letters, the length of its value, the value.
    static func statedByteCount(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var offset = start
        while offset + 4 <= end {
            let valueEnd = offset + 4 + number(in: bytes, at: offset + 2)
            guard valueEnd <= end else { return nil }
            if bytes[offset] == UInt8(ascii: "B"), bytes[offset + 1] == UInt8(ascii: "C"), valueEnd == offset + 6 {
                return number(in: bytes, at: offset + 4) + 1
            }
            offset = valueEnd
        }
        return nil
    }

    static func number(in bytes: Span<UInt8>, at offset: Int) -> Int {
        Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }

    /// Whether a gzip member can begin so, as far as its first four bytes tell.
    static func canBeMember(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 4 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8 && bytes[3] & 0xE0 == 0
    }
}
