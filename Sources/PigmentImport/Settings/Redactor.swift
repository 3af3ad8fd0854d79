import Preflight

/// Makes text from a server fit to be shown: first without the key in any of its usual spellings, then escaped and cut.
///
/// A server may echo what it was sent. The order matters: after escaping or cutting, part of a key could no longer be recognised.
public struct Redactor: Sendable, CustomStringConvertible, CustomReflectable {
    /// Longest first, so that a form inside another leaves no rest of it.
    private let forms: [[UInt8]]

    /// - Parameter key: the key to remove; `nil` removes nothing.
    public init(_ key: APIKey?) {
        guard let key else {
            forms = []
            return
        }
        forms = Self.spellings(of: Array(key.secret.utf8)).sorted { $0.count > $1.count }
    }

    public var description: String { "Redactor" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The text without the key, escaped and cut.
    ///
    /// - Parameter limit: the most characters shown.
    /// - Complexity: O(*n* · *k*) in the worst case for *n* bytes and a key of *k*; the transport bounds *n*.
    public func shown(_ bytes: [UInt8], limit: Int = 300) -> String {
        VisibleText(scrubbed(bytes), limit: limit).text
    }

    /// The text without the key, escaped and cut.
    public func shown(_ text: String, limit: Int = 300) -> String {
        shown(Array(text.utf8), limit: limit)
    }

    /// The same bytes with each spelling of the key replaced by `***`.
    public func scrubbed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for form in forms { bytes = Self.replacing(form, in: bytes) }
        return bytes
    }

    private static func replacing(_ form: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard let first = form.first, bytes.count >= form.count else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == first, bytes.count - index >= form.count, bytes[index..<(index + form.count)].elementsEqual(form) {
                result += "***".utf8
                index += form.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// The key as it is, in base64 (both alphabets, at each of the three places it can take in a longer text) and percent-encoded.
    private static func spellings(of key: [UInt8]) -> [[UInt8]] {
        var forms = [key]
        for hexDigits in ["0123456789ABCDEF", "0123456789abcdef"] {
            let digits = Array(hexDigits.utf8)
            for encodesAll in [false, true] {
                forms.append(
                    key.flatMap {
                        encodesAll || !isUnreserved($0) ? [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 15)]] : [$0]
                    })
            }
        }
        for lead in 0..<3 {
            // The first and last characters of the encoded form mix in neighbouring bytes; what lies between depends on the key alone.
            let encoded = base64(Array(repeating: 0, count: lead) + key)
            let start = [0, 2, 3][lead]
            let end = (lead + key.count) * 8 / 6
            guard end - start >= 8 else { continue }
            let inner = Array(encoded[start..<end])
            forms.append(inner)
            forms.append(inner.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 })
        }
        return forms
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// Without padding.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                result.append(alphabet[Int(bits >> UInt32(bitCount)) & 63])
            }
            bits &= (1 << UInt32(bitCount)) - 1
        }
        if bitCount > 0 { result.append(alphabet[Int(bits << UInt32(6 - bitCount)) & 63]) }
        return result
    }
}
