import ByteSources
import Crypto
import Preflight

/// SHA-256 over the body of a push: shows that the second pass read what the first one judged, and names the bytes in reports.
package struct SHA256Digest: StreamDigest {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    package mutating func finalize() -> [UInt8] {
        Array(hash.finalize())
    }

    /// Two lower-case hexadecimal digits a byte.
    package static func hexadecimal(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
