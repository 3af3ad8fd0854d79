import ByteSpans

/// Bytes in order, read by pulling. An input coding (gzip, another encoding) is a source that wraps a source.
package protocol ByteSource {
    /// Fills the beginning of `buffer`.
    ///
    /// - Parameter buffer: not empty.
    /// - Returns: the number of bytes written, at least 1, or 0 at the end. A short read is not the end.
    /// - Throws: ``SourceError``. After an error the source is not read again.
    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(SourceError) -> Int
}

extension ByteSource {
    /// Fills an array from an index on: see ``read(into:)``.
    package mutating func read(into bytes: inout [UInt8], from start: Int) throws(SourceError) -> Int {
        var space = bytes.mutableSpan
        var rest = space.rest(from: start)
        return try read(into: &rest)
    }

    /// The same of memory that is no array.
    mutating func read(into block: inout Block<UInt8>, from start: Int) throws(SourceError) -> Int {
        var space = block.mutableSpan(start..<block.count)
        return try read(into: &space)
    }
}

/// Why no further byte can be had.
public enum SourceError: Error, Equatable, Sendable {
    /// The system refused an operation; nothing is wrong with the file's content as far as it was read.
    ///
    /// - Parameters:
    ///   - operation: what was tried, for instance `open` or `read`.
    ///   - path: escaped.
    ///   - errno: the system's error number.
    ///   - byteOffset: bytes read before it, where any were.
    case system(operation: String, path: String, errno: Int32, byteOffset: Int?)
    /// The path names something that cannot be read as a file, for instance a directory.
    case notReadable(path: String, reason: String)
    /// The file changed while it was read: what was judged is not what is there now.
    case changed(path: String)
    /// The compressed stream is damaged: a fact about the file, which becomes a finding.
    case gzip(GzipDamage)
}

/// How a gzip stream is broken, distinguished because the remedy differs.
public struct GzipDamage: Error, Equatable, Sendable {
    /// What is broken.
    package enum Kind: Sendable, CaseIterable {
        /// The input ends inside a member (header, data or trailer).
        case truncated
        /// The header is not one that RFC 1952 allows (method, reserved flags, header CRC).
        case badHeader
        /// The compressed data contradicts itself.
        case badData
        /// The data does not match the CRC-32 of the trailer.
        case badChecksum
        /// The data does not have the length that the trailer gives.
        case badLength
        /// After the last member follow bytes that are not a gzip member.
        case trailingBytes
        /// The content is longer than was allowed: no damage, and not read on.
        case tooLong
    }

    /// What is broken.
    package var kind: Kind
    /// Counts from 1.
    package var member: Int
    /// Offset in the compressed input near which the damage was noticed.
    package var compressedOffset: Int
    /// Decompressed bytes delivered before it.
    package var decompressedOffset: Int

    package static func tooLong(after byteCount: Int) -> GzipDamage {
        GzipDamage(kind: .tooLong, member: 1, compressedOffset: 0, decompressedOffset: byteCount)
    }

    package init(kind: Kind, member: Int, compressedOffset: Int, decompressedOffset: Int) {
        self.kind = kind
        self.member = member
        self.compressedOffset = compressedOffset
        self.decompressedOffset = decompressedOffset
    }
}
