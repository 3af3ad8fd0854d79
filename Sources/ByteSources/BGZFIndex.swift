import ByteSpans

/// Where members of a BGZF file begin, found without decompressing them: each tells its own length, and the length of its content.
///
/// What members tell is believed here. If it is not true, decompressing them fails: it is damage.
package struct BGZFIndex {
    /// Bytes of the content, as the members tell.
    package private(set) var contentByteCount = 0
    /// The first member, and of the others the first after each step of content.
    package private(set) var places = [GzipPlace()]

    /// Enough for the header of a member that has no other extra field.
    private static let headByteCount = 64
    /// The CRC-32 and the length of the content.
    private static let lengthByteCount = 4

    /// - Parameters:
    ///   - step: bytes of content.
    ///   - unit: places are at a multiple of it.
    /// - Returns: `nil` for a file that is not made of such members from its beginning to its end, or that cannot be read at any place.
    package init?(_ file: InputFile, every step: Int, unit: Int = 1) throws(SourceError) {
        guard file.isSeekable, let size = file.size(), size > 0 else { return nil }
        // The head of the next member, and before it the length of the content of the last.
        var bytes = [UInt8](repeating: 0, count: Self.lengthByteCount + Self.headByteCount)
        var count = try Self.read(file, from: 0, &bytes, at: Self.lengthByteCount)
        var place = GzipPlace()
        while place.compressedOffset < size {
            let head = Array(bytes[Self.lengthByteCount...].prefix(count))
            guard let byteCount = BGZFBlock.statedByteCount(head.span), byteCount > 8 else { return nil }
            let end = place.compressedOffset + byteCount
            guard end <= size else { return nil }
            if place.decompressedOffset >= (places[places.count - 1].decompressedOffset / step + 1) * step,
                place.decompressedOffset.isMultiple(of: unit)
            {
                places.append(place)
            }
            count = try Self.read(file, from: end - Self.lengthByteCount, &bytes, at: 0) - Self.lengthByteCount
            guard count >= 0 else { return nil }
            let contentByteCount = Int(UInt32(littleEndian: bytes.span.load(at: 0)))
            guard contentByteCount <= BGZFBlock.byteLimit else { return nil }
            place.member += 1
            place.compressedOffset = end
            place.decompressedOffset += contentByteCount
        }
        contentByteCount = place.decompressedOffset
        places.removeAll { $0.decompressedOffset >= contentByteCount && $0.member > 1 }
    }

    /// Fills the rest of the bytes, as far as the file has them.
    private static func read(_ file: InputFile, from offset: Int, _ bytes: inout [UInt8], at start: Int) throws(SourceError) -> Int {
        var source = file.part(from: offset)
        var count = 0
        let wanted = bytes.count
        while start + count < wanted {
            let more = try source.read(into: &bytes, from: start + count)
            if more == 0 { break }
            count += more
        }
        return count
    }
}

extension BGZFBlock {
    /// The length of the member that begins here, as its header tells; `nil` if it does not.
    fileprivate static func statedByteCount(_ head: Span<UInt8>) -> Int? {
        guard head.count >= 12, canBeMember(head), head[3] & 0x04 != 0 else { return nil }
        let extraEnd = 12 + number(in: head, at: 10)
        return extraEnd <= head.count ? statedByteCount(in: head, from: 12, to: extraEnd) : nil
    }
}
