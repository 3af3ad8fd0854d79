import ByteSpans
import CZlib
import Checksums

/// The checksum of gzip (RFC 1952, section 8). That of no bytes is 0.
package enum CRC32 {
    /// Whether the processor has a faster way than zlib's: gzip is decoded in one thread, and the checksum is taken there.
    private static let isQuick = checksums_have_crc32()

    /// The checksum of some bytes and those that follow them.
    package static func updated(_ checksum: UInt32, with bytes: Span<UInt8>) -> UInt32 {
        isQuick ? checksums_crc32(checksum, bytes.view) : preflight_crc32(checksum, bytes.view)
    }
}
