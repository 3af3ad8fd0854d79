import Preflight
import SafeText

/// Makes text from a server fit to be shown: first without the key in any of its usual spellings, then escaped and cut.
///
/// A server may echo what it was sent, in its own spelling: each byte of a form may be escaped by itself, see `KeyEscapes`. The order
/// matters: after escaping or cutting, part of a key could no longer be recognised.
package struct Redactor: Sendable, CustomStringConvertible, CustomReflectable {
    /// The key as it is and in base64.
    private let forms: [[UInt8]]
    /// Whether a form can begin with this byte.
    private let begins: [Bool]
    /// Whether texts that may quote cells are shown as masks.
    package var masksContent = false

    /// - Parameter key: the key to remove; `nil` removes nothing.
    package init(_ key: APIKey?) {
        let forms = key.map { Self.forms(of: Array($0.secret.utf8)) } ?? []
        self.forms = forms
        begins = (0...UInt8.max).map { byte in !forms.isEmpty && (KeyEscapes.isMark(byte) || forms.contains { $0.first == byte }) }
    }

    package var description: String { "Redactor" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The text without the key, escaped and cut.
    ///
    /// - Parameters:
    ///   - bytes: The text, in any encoding.
    ///   - limit: the most characters shown.
    ///   - mayBeCut: see ``scrubbed(_:mayBeCut:)``.
    /// - Complexity: O(*n* · *k*) in the worst case for *n* bytes and a key of *k*; the transport bounds *n*.
    package func shown(_ bytes: [UInt8], limit: Int = 300, mayBeCut: Bool = false) -> String {
        VisibleText(scrubbed(bytes, mayBeCut: mayBeCut), limit: limit).text
    }

    /// The text without the key, escaped and cut.
    package func shown(_ text: String, limit: Int = 300, mayBeCut: Bool = false) -> String {
        shown(Array(text.utf8), limit: limit, mayBeCut: mayBeCut)
    }

    /// A text that may quote cells of a file: see ``masksContent``.
    package func shownContent(_ bytes: [UInt8], limit: Int = 300, mayBeCut: Bool = false) -> String {
        let text = shown(bytes, limit: limit, mayBeCut: mayBeCut)
        return masksContent ? TextMask.mask(text) : text
    }

    /// The same bytes with each spelling of the key replaced by `***`.
    ///
    /// - Parameters:
    ///   - bytes: The text, in any encoding.
    ///   - mayBeCut: whether the bytes may have gone on: then an end that is the beginning of a key is replaced too, from
    ///     `shortestBeginning` bytes of it on.
    package func scrubbed(_ bytes: [UInt8], mayBeCut: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        // Overlapping places become one, so that of neither a rest is left.
        var coveredEnd = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if begins[Int(byte)] {
                for form in forms where form.first == byte || KeyEscapes.isMark(byte) {
                    guard let end = Self.end(of: form, at: index, in: bytes, mayBeCut: mayBeCut) else { continue }
                    if index >= coveredEnd { result += "***".utf8 }
                    coveredEnd = max(coveredEnd, end)
                }
            }
            if index >= coveredEnd { result.append(byte) }
        }
        return result
    }

    /// Fewer bytes than this give nothing away, and many a text ends in them by chance.
    static let shortestBeginning = 4

    /// Where the longest spelling of a form that begins at `start` ends; `nil` where none does.
    private static func end(of form: [UInt8], at start: Int, in bytes: [UInt8], mayBeCut: Bool) -> Int? {
        // More than one place only while a key holds a mark of an escape, such as a backslash that may occur once or twice.
        var places = [start]
        for (position, byte) in form.enumerated() {
            if mayBeCut, position >= shortestBeginning, places.contains(where: { KeyEscapes.isBroken(at: $0, in: bytes) }) {
                return bytes.count
            }
            var next: [Int] = []
            for place in places {
                for length in KeyEscapes.lengths(of: byte, at: place, in: bytes) where !next.contains(place + length) {
                    next.append(place + length)
                }
            }
            guard !next.isEmpty else { return nil }
            places = next
        }
        return places.max()
    }

    /// The key as it is and in base64 (both alphabets, at each of the three places it can take in a longer text).
    private static func forms(of key: [UInt8]) -> [[UInt8]] {
        var forms = [key]
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
