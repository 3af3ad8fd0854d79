import SafeText

/// What is before and after the digits of a number: a currency, a unit.
package struct NumberAffixes {
    /// With the spaces between it and the digits; `nil` if there is nothing that a profile could name.
    ///
    /// A point before the digits is the prefix's (`Rs.500`) or the number's (`€.50`): both are tried.
    package private(set) var prefixes: [String] = []
    package private(set) var suffix: String?

    /// - Parameter value: as in the file.
    package init(_ value: ArraySlice<UInt8>) {
        guard let first = value.firstIndex(where: ASCII.isDigit), let last = value.lastIndex(where: ASCII.isDigit) else { return }
        // Signs and parentheses may be on either side of a prefix, a separator next to the digits.
        let front = Self.dropLast(value[..<first].drop(while: Self.isSignOrBlank), while: Self.isSign)
        let shorter = Self.dropLast(front) { Self.isSign($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        prefixes = [front, shorter].compactMap { Self.text($0, isPrefix: true) }
        if prefixes.count == 2, prefixes[0] == prefixes[1] { prefixes.removeLast() }
        let back = value[(last + 1)...].drop { Self.isSign($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        suffix = Self.text(Self.dropLast(back, while: Self.isSignOrBlank), isPrefix: false)
        if suffix == "%" { suffix = nil }
    }

    /// Whether a format's prefix or suffix has digits, of another script: then what is a digit of a number depends on the format.
    package static func haveDigits(_ format: NumberFormat) -> Bool {
        hasForeignDigit(Array(((format.prefix ?? "") + (format.suffix ?? "")).utf8)[...])
    }

    /// - Returns: `nil` for what a profile refuses as a prefix or suffix, and for what is never meant as one.
    private static func text(_ bytes: ArraySlice<UInt8>, isPrefix: Bool) -> String? {
        // An apostrophe keeps spreadsheets from reading a number, and is no part of a format.
        let isApostrophe = bytes.elementsEqual([UInt8(ascii: "'")]) || bytes.elementsEqual([0xE2, 0x80, 0x99])
        guard !bytes.isEmpty, bytes.count <= 16, !isApostrophe, !bytes.contains(where: isSign), !hasForeignDigit(bytes),
            let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }),
            let outer = isPrefix ? text.unicodeScalars.first : text.unicodeScalars.last, !outer.properties.isWhitespace
        else { return nil }
        return text
    }

    /// A digit of another script is one of the number's.
    private static func hasForeignDigit(_ bytes: ArraySlice<UInt8>) -> Bool {
        let bytes = bytes.span
        return bytes.indices.contains { NumberDigits.foreignDigit(in: bytes, at: $0) != nil }
    }

    private static func dropLast(_ bytes: ArraySlice<UInt8>, while drops: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        bytes.prefix((bytes.lastIndex { !drops($0) } ?? bytes.startIndex - 1) + 1 - bytes.startIndex)
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    private static func isSignOrBlank(_ byte: UInt8) -> Bool {
        isSign(byte) || Whitespace.isASCIIBlank(byte)
    }
}
