#if ISAL
    import CISAL
#else
    import CZlib
#endif

/// The checksum of gzip (RFC 1952, section 8). That of no bytes is 0.
package enum CRC32 {
    /// The checksum of some bytes and those that follow them.
    package static func updated(_ checksum: UInt32, with bytes: Span<UInt8>) -> UInt32 {
        if bytes.isEmpty { return checksum }
        // Either library reads the bytes that it is told of.
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            #if ISAL
                unsafe crc32_gzip_refl(checksum, bytes.baseAddress, UInt64(bytes.count))
            #else
                unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), bytes.baseAddress, bytes.count))
            #endif
        }
    }
}
