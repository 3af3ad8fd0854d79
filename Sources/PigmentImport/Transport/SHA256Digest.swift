public import ByteSources
import Crypto
import Preflight

/// SHA-256 over the body of a push: shows that the second pass read what the first one judged, and names the bytes in reports.
public struct SHA256Digest: StreamDigest {
    private var hash = SHA256()

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    public mutating func finalize() -> [UInt8] {
        Array(hash.finalize())
    }

    /// Two lower-case hexadecimal digits a byte.
    public static func hexadecimal(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
