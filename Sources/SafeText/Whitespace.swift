import ByteSpans

/// White space as people meet it around values: ASCII white space, the Unicode spaces, zero-width characters, a stray byte order mark.
package enum Whitespace {
    /// `field` without spaces at both ends.
    @_lifetime(copy field)
    package static func trim(_ field: Span<UInt8>) -> Span<UInt8> {
        // Most have none, and end in ASCII.
        if let first = field.first, 0x21...0x7F ~= first, 0x21...0x7F ~= field[field.count - 1] { return field }
        var start = 0
        var end = field.count
        while start < end {
            let length = leadingLength(of: field, at: start, before: end)
            if length == 0 { break }
            start += length
        }
        while start < end {
            let length = trailingLength(of: field, from: start, before: end)
            if length == 0 { break }
            end -= length
        }
        return field[start..<end]
    }

    /// Bytes of the blank that begins at `index`, 0 if none does.
    package static func leadingLength(of field: Span<UInt8>, at index: Int, before end: Int) -> Int {
        let first = field[index]
        if first < 0x80 { return isASCIIBlank(first) ? 1 : 0 }
        if first == 0xC2 { return index + 2 <= end && field[index + 1] == 0xA0 ? 2 : 0 }
        guard index + 3 <= end else { return 0 }
        return isThreeByteBlank(first, field[index + 1], field[index + 2]) ? 3 : 0
    }

    private static func trailingLength(of field: Span<UInt8>, from start: Int, before end: Int) -> Int {
        let last = field[end - 1]
        if last < 0x80 { return isASCIIBlank(last) ? 1 : 0 }
        if end - 2 >= start, field[end - 2] == 0xC2, last == 0xA0 { return 2 }
        guard end - 3 >= start else { return 0 }
        return isThreeByteBlank(field[end - 3], field[end - 2], last) ? 3 : 0
    }

    /// Space, tab, LF, VT, FF, CR.
    package static func isASCIIBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// U+1680, U+2000 to U+200B, U+202F, U+205F, U+2060, U+3000, U+FEFF.
    private static func isThreeByteBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second, third) {
        case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA0): true
        case (0xE1, 0x9A, 0x80), (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF): true
        default: false
        }
    }
}
