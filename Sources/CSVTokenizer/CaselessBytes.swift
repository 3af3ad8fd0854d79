/// The bytes of a text whatever the case of its letters: of each byte the bits that all cases share. A letter whose other case has another number
/// of bytes, such as U+0130, is compared as it is.
///
/// A comparison without case has to fold the other text first, which takes a copy. This tells most texts that are not equal without one.
package struct CaselessBytes: Sendable {
    /// Of each byte, the bits that are compared.
    package private(set) var masks: [UInt8] = []
    /// The bits, and zero where a bit is not compared.
    package private(set) var bits: [UInt8] = []

    /// Bytes that are compared as they are.
    package init(exactly bytes: [UInt8]) {
        bits = bytes
        masks = Array(repeating: 0xFF, count: bits.count)
    }

    /// Some bytes, and then one which is either of two or any that has only bits in which these differ.
    package init(_ bytes: [UInt8] = [], oneOf byte: UInt8, _ other: UInt8) {
        masks = Array(repeating: 0xFF, count: bytes.count) + [~(byte ^ other)]
        bits = bytes + [byte & other]
    }

    /// - Parameter bytes: any. What is not UTF-8 has the letters of ASCII only.
    package init(_ bytes: [UInt8]) {
        let string = String(decoding: bytes, as: UTF8.self)
        if string.utf8.elementsEqual(bytes) {
            for scalar in string.unicodeScalars { append(scalar) }
        } else {
            for byte in bytes { append([byte], cases: byte < 0x80 ? Self.cases(of: Unicode.Scalar(byte)) : []) }
        }
    }

    /// - Returns: `nil` where there is a byte that does not match, else how many bytes of `text` these are.
    @inline(__always)
    package func matchCount(in text: Span<UInt8>) -> Int? {
        guard text.count >= bits.count else { return nil }
        for index in 0..<bits.count where text[index] & masks[index] != bits[index] { return nil }
        return bits.count
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        append(Array(String(scalar).utf8), cases: Self.cases(of: scalar))
    }

    private mutating func append(_ bytes: [UInt8], cases: [String]) {
        var shared = Array(repeating: UInt8.max, count: bytes.count)
        for other in cases where other.utf8.count == bytes.count {
            for (index, byte) in other.utf8.enumerated() { shared[index] &= ~(byte ^ bytes[index]) }
        }
        masks += shared
        bits += zip(bytes, shared).map { $0 & $1 }
    }

    /// A letter in all its cases; a letter may have two small forms, as the Greek sigma has.
    private static func cases(of scalar: Unicode.Scalar) -> [String] {
        let upper = scalar.properties.uppercaseMapping
        let cases = [scalar.properties.lowercaseMapping, upper, upper.lowercased(), scalar.properties.titlecaseMapping]
        return upper == "Σ" ? cases + ["ς"] : cases
    }
}
