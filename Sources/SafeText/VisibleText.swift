import ByteSpans

/// Text from a file, a file name or a server, made safe to show: no byte of it can move a cursor, hide text or reverse its order.
///
/// Escaped as `\u{1b}`: C0 controls, DEL, C1 controls, line and paragraph separators, bidirectional marks, embeddings,
/// overrides and isolates, zero-width characters, the byte order mark, tag characters and other format characters, and spaces that are not U+0020. A backslash
/// stays as it is: the text is for reading, not for reading back. Bytes that are not UTF-8 are shown as `\x{ff}`, and those that a converter could
/// not decode as they are in the file: see `UndecodedBytes`.
///
/// Everything hostile enters a `String` of this project through this type only.
public struct VisibleText: Sendable, Hashable, CustomStringConvertible {
    /// The escaped text, cut to the limit it was made with (a cut ends in `…`).
    public let text: String
    /// Length of the whole original in bytes.
    package let byteCount: Int
    /// Whether ``text`` shows less than the original.
    package let isCut: Bool

    /// ``text``: what is interpolated is safe to show.
    public var description: String { text }

    /// Characters shown before a value is cut.
    package static let defaultLimit = 80

    /// - Parameter text: escaped before.
    init(text: String, byteCount: Int, isCut: Bool) {
        (self.text, self.byteCount, self.isCut) = (text, byteCount, isCut)
    }

    package init(_ string: String, limit: Int = Self.defaultLimit) {
        self = string.withBytes { VisibleText(utf8: $0, limit: limit) }
    }

    package init(_ bytes: [UInt8], limit: Int = Self.defaultLimit) {
        self = VisibleText(utf8: bytes.span, limit: limit)
    }

    /// - Parameters:
    ///   - bytes: the original, not necessarily UTF-8.
    ///   - totalByteCount: the length to report where `bytes` is only the kept beginning of a longer original.
    ///   - limit: the most characters of the original to show.
    ///   - isConverted: `false` for text that is surely as in the file.
    package init(
        utf8 bytes: Span<UInt8>, totalByteCount: Int? = nil, limit: Int = Self.defaultLimit, isConverted: Bool = true
    ) {
        // Four bytes a character at most: more are never needed to fill the limit.
        let window = bytes.prefix(4 * limit + 4)
        var shown = ""
        var characters = 0
        var index = 0
        while index < window.count, characters < limit {
            let length = Self.sequenceLength(in: window, at: index)
            if length == 0, isConverted, let undecoded = UndecodedBytes(in: window, at: index) {
                shown += undecoded.shown
                index += UndecodedBytes.length
            } else if length == 0 {
                shown += "\\x{" + String(window[index], radix: 16) + "}"
                index += 1
            } else {
                let scalar = Self.scalar(in: window, at: index, length: length)
                if Self.isHidden(scalar) {
                    shown += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    shown.unicodeScalars.append(scalar)
                }
                index += length
            }
            characters += 1
        }
        let total = totalByteCount ?? bytes.count
        isCut = index < total
        byteCount = total
        text = isCut ? shown + "…" : shown
    }

    /// Whether a scalar may not reach a terminal, HTML or a spreadsheet as it is.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        // What most texts are made of needs no look into the tables.
        if (0x20...0x7E).contains(scalar.value) { return false }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        // They look like a space and are none; the one of East Asia is as wide as a letter.
        case .spaceSeparator: scalar.value != 0x3000
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Length of the well-formed UTF-8 sequence at `index`, or 0 (Unicode table 3-7).
    private static func sequenceLength(in bytes: Span<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        return bytes[(index + 2)..<max(index + 2, index + length)].allSatisfy { (0x80...0xBF).contains($0) } ? length : 0
    }

    private static func scalar(in bytes: Span<UInt8>, at index: Int, length: Int) -> Unicode.Scalar {
        var value: UInt32
        switch length {
        case 1: return Unicode.Scalar(bytes[index])
        case 2: value = UInt32(bytes[index] & 0x1F)
        case 3: value = UInt32(bytes[index] & 0x0F)
        default: value = UInt32(bytes[index] & 0x07)
        }
        bytes[(index + 1)..<(index + length)].forEach { value = value << 6 | UInt32($0 & 0x3F) }
        // The ranges of `sequenceLength` leave no surrogate and nothing beyond U+10FFFF.
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}
