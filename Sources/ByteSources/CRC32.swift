#if ISAL
    import CISAL
#else
    import CZlib
#endif

/// The checksum of gzip (RFC 1952, section 8). That of no bytes is 0.
package enum CRC32 {
    /// The checksum of some bytes and those that follow them.
    package static func updated(_ checksum: UInt32, with bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return checksum }
        #if ISAL
            return crc32_gzip_refl(checksum, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
        #else
            return UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), base.assumingMemoryBound(to: UInt8.self), bytes.count))
        #endif
    }
}
