import ValueFormats

/// The ways in which an encoder may write one byte of a text, ASCII only:
///
/// ```
///   +   %2B   \u002B   &#x2B;   &#43;        any byte; hexadecimal digits of either case
///   \/   \"   \\   &amp;  &lt;  &gt;  &quot;  &apos;
/// ```
enum KeyEscapes {
    /// The longest one that is followed: `&#x` with a few leading zeros.
    static let maximumByteCount = 10

    /// Whether an escape can begin with this byte.
    static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "&")
    }

    /// The lengths of all spellings of `byte` that are at `place`: none, one, or, where the byte is a mark itself, two.
    static func lengths(of byte: UInt8, at place: Int, in bytes: [UInt8]) -> [Int] {
        guard place < bytes.count else { return [] }
        let plain = bytes[place] == byte ? [1] : []
        guard isMark(bytes[place]) else { return plain }
        let text = bytes[place...].prefix(maximumByteCount)
        return escaped(text).flatMap { $0.byte == byte ? plain + [$0.length] : nil } ?? plain
    }

    /// Whether the bytes end at `place` or within what may be an escape that begins there.
    static func isBroken(at place: Int, in bytes: [UInt8]) -> Bool {
        guard place < bytes.count else { return true }
        return isMark(bytes[place]) && bytes.count - place < maximumByteCount && escaped(bytes[place...]) == nil
    }

    /// The byte that an escape at the beginning of a text means, and the escape's length.
    private static func escaped(_ text: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
        switch text.first {
        case UInt8(ascii: "%")?: number(text.dropFirst(), digitCount: 2).map { ($0, 3) }
        case UInt8(ascii: "\\")?: jsonEscaped(text)
        case UInt8(ascii: "&")?: entity(text)
        default: nil
        }
    }

    private static func jsonEscaped(_ text: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
        switch text.dropFirst().first {
        case UInt8(ascii: "u")?: number(text.dropFirst(2), digitCount: 4).map { ($0, 6) }
        case let byte? where [UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte): (byte, 2)
        default: nil
        }
    }

    private static func entity(_ text: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
        guard let end = text.firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let length = end + 1 - text.startIndex
        let name = String(decoding: text[(text.startIndex + 1)..<end], as: UTF8.self)
        let byte: UInt8? =
            switch name {
            case "amp": UInt8(ascii: "&")
            case "lt": UInt8(ascii: "<")
            case "gt": UInt8(ascii: ">")
            case "quot": UInt8(ascii: "\"")
            case "apos": UInt8(ascii: "'")
            case _ where name.hasPrefix("#x") || name.hasPrefix("#X"): UInt8(name.dropFirst(2), radix: 16)
            case _ where name.hasPrefix("#"): UInt8(name.dropFirst())
            default: nil
            }
        return byte.map { ($0, length) }
    }

    private static func number(_ text: ArraySlice<UInt8>, digitCount: Int) -> UInt8? {
        guard text.count >= digitCount else { return nil }
        return UInt8(String(decoding: text.prefix(digitCount), as: UTF8.self), radix: 16)
    }
}
