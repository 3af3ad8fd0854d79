/// A checksum over bytes given in pieces. This module brings none of its own: the push brings SHA-256, a plain check needs none.
package protocol StreamDigest: Sendable {
    mutating func update(_ bytes: Span<UInt8>)
    /// The digest of all bytes so far. The value is not used afterwards.
    mutating func finalize() -> [UInt8]
}

/// The digest of what a source reads, as it is stored; by one thread at a time.
package final class SourceDigest {
    private var digest: any StreamDigest

    package init(_ digest: any StreamDigest) { self.digest = digest }

    func update(_ bytes: Span<UInt8>) { digest.update(bytes) }

    /// The digest of all bytes so far. Nothing may be read afterwards.
    package func finish() -> [UInt8] { digest.finalize() }
}
