/// What stands in front of the digits of a number and behind them: a currency, a unit.
struct NumberAffixes {
    /// With the blanks between it and the digits; `nil` where nothing is there that a profile could name.
    private(set) var prefix: String?
    private(set) var suffix: String?

    /// - Parameter value: as in the file.
    init(_ value: ArraySlice<UInt8>) {
        guard let first = value.firstIndex(where: ASCIIWords.isDigit), let last = value.lastIndex(where: ASCIIWords.isDigit) else { return }
        // Signs and parentheses stand on either side of a prefix, a separator beside the digits.
        let front = value[..<first].drop(while: Self.isSignOrBlank)
        prefix = Self.text(Self.dropLast(front) { Self.isSign($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
        let back = value[(last + 1)...].drop { Self.isSign($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        suffix = Self.text(Self.dropLast(back, while: Self.isSignOrBlank))
        if suffix == "%" { suffix = nil }
    }

    /// - Returns: `nil` for what a profile refuses as a prefix or suffix, and for what nobody means by one.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        guard !bytes.isEmpty, bytes.count <= 16, !bytes.contains(where: isSign),
            let text = String(validating: bytes, as: UTF8.self), text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }),
            let outer = [text.unicodeScalars.first, text.unicodeScalars.last] as [Unicode.Scalar?]?,
            !outer.allSatisfy({ $0?.properties.isWhitespace ?? true })
        else { return nil }
        return text
    }

    private static func dropLast(_ bytes: ArraySlice<UInt8>, while drops: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        bytes.prefix((bytes.lastIndex { !drops($0) } ?? bytes.startIndex - 1) + 1 - bytes.startIndex)
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
    }

    private static func isSignOrBlank(_ byte: UInt8) -> Bool {
        isSign(byte) || Blanks.isASCIIBlank(byte)
    }
}
