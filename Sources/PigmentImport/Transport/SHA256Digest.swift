import ByteSources
import Crypto
import Preflight
import SafeText

/// SHA-256 over the body of a push: shows that the second pass read what the first one judged, and names the bytes in reports.
package struct SHA256Digest: StreamDigest {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: Span<UInt8>) {
        // The library reads the bytes during the call.
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    package mutating func finalize() -> [UInt8] {
        Array(hash.finalize())
    }

    /// Two lower-case hexadecimal digits a byte.
    package static func hexadecimal(_ digest: [UInt8]) -> String { ASCII.hexadecimal(digest) }
}
