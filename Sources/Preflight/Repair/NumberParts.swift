import ByteSpans
import SafeText
import ValueFormats

/// A number with what surrounds its digits.
struct NumberParts {
    var isNegative = false
    /// Digits and separators: see ``WrittenNumber/normalized(_:)``.
    var body: [UInt8]
    var isPercent = false
    /// The text of a currency that the format does not name.
    var currency: String?

    /// - Returns: `nil` where something else than a sign, parentheses, a currency or the format's own texts surrounds the digits.
    init?(_ value: [UInt8], format: NumberFormat) {
        var text = Self.trimmed(WrittenNumber.normalized(value))
        // Programs write an apostrophe before a number to keep spreadsheets from reading it.
        if text.first == UInt8(ascii: "'") { text.removeFirst() }
        var (isSigned, hasOwn) = (false, (prefix: false, suffix: false))
        let own = (
            prefix: format.prefix.map { WrittenNumber.normalized($0.utf8) }, suffix: format.suffix.map { WrittenNumber.normalized($0.utf8) }
        )
        body = []
        while true {
            text = Self.trimmed(text)
            guard let first = text.first, let last = text.last else { return nil }
            if !isSigned, let (length, isMinus) = Self.sign(text) {
                (isSigned, isNegative) = (true, isMinus)
                text.removeFirst(length)
            } else if !isSigned, first == UInt8(ascii: "("), last == UInt8(ascii: ")") {
                (isSigned, isNegative) = (true, true)
                text = Array(text.dropFirst().dropLast())
            } else if !isSigned, let length = NumberParser.signLength(atEndOf: text.span) {
                (isSigned, isNegative) = (true, last != UInt8(ascii: "+"))
                text.removeLast(length)
            } else if let prefix = own.prefix, !hasOwn.prefix, text.starts(with: prefix) {
                hasOwn.prefix = true
                text.removeFirst(prefix.count)
            } else if let suffix = own.suffix, !hasOwn.suffix, text.count > suffix.count, text.suffix(suffix.count).elementsEqual(suffix) {
                hasOwn.suffix = true
                text.removeLast(suffix.count)
            } else if !isPercent, case let length = NumberParser.percentSignLength(atEndOf: text.span), length > 0 {
                isPercent = true
                text.removeLast(length)
            } else if ASCII.isDigit(first), ASCII.isDigit(last) {
                body = text
                return
            } else if currency == nil, takeCurrency(&text) {
                continue
            } else {
                return nil
            }
        }
    }

    /// Takes the text before or after the digits, if it is a currency.
    private mutating func takeCurrency(_ text: inout [UInt8]) -> Bool {
        guard let first = text.firstIndex(where: ASCII.isDigit), let last = text.lastIndex(where: ASCII.isDigit) else { return false }
        let front = Self.trimmed(Array(text[..<first].prefix { !Self.isSignByte($0) }))
        let back = Self.trimmed(Array(text[(last + 1)...].reversed().prefix { !Self.isSignByte($0) }.reversed()))
        if !front.isEmpty, Self.isCurrency(front) {
            currency = String(decoding: front, as: UTF8.self)
            text.removeFirst(text[..<first].prefix { !Self.isSignByte($0) }.count)
            return true
        }
        if !back.isEmpty, Self.isCurrency(back) {
            currency = String(decoding: back, as: UTF8.self)
            text.removeLast(text[(last + 1)...].reversed().prefix { !Self.isSignByte($0) }.count)
            return true
        }
        return false
    }

    /// Whether the detector of formats takes a text for a currency.
    private static func isCurrency(_ text: [UInt8]) -> Bool {
        let formats = NumberFormatDetector.decoratedFormats(of: (text + Array(" 1".utf8)).span)
        return formats.contains(.currencyPrefix)
    }

    private static func isSignByte(_ byte: UInt8) -> Bool { "+-()".utf8.contains(byte) }

    private static func sign(_ text: [UInt8]) -> (length: Int, isMinus: Bool)? {
        if text.first == UInt8(ascii: "-") { return (1, true) }
        if text.first == UInt8(ascii: "+") { return (1, false) }
        return text.count > 3 && NumberParser.isOtherMinus(text[0], text[1], text[2]) ? (3, true) : nil
    }

    static func trimmed(_ text: [UInt8]) -> [UInt8] { Array(Whitespace.trim(text.span)) }
}
