/// A checksum over bytes given in pieces. This module brings none of its own: the push brings SHA-256, a plain check needs none.
package protocol StreamDigest: Sendable {
    mutating func update(_ bytes: UnsafeRawBufferPointer)
    /// The digest of all bytes so far. The value is not used afterwards.
    mutating func finalize() -> [UInt8]
}
