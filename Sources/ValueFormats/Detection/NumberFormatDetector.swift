import ByteSpans
import SafeText

/// Finds the number formats of a text, and what surrounds its digits.
package enum NumberFormatDetector {
    /// Digits beyond which no number type surely holds a number: such a text is an id.
    private static let mostDigits = 28

    // MARK: Digits and separators

    /// The formats under which digits with separators surely are a number.
    package static func formats(of digits: Span<UInt8>) -> FormatSet {
        guard digits.count <= 64, let first = digits.first, ASCII.isDigit(first) else { return [] }
        var formats: FormatSet = []
        if digits.allSatisfy(ASCII.isDigit) {
            if digits.count > mostDigits { return [] }
            formats = .numbers
        } else if let simple = formatsWithOneSeparator(of: digits) {
            formats = simple
        } else {
            guard isDigitsAndSeparators(digits) else { return [] }
            for (format, decimal, group) in separators {
                var reader = NumberDigits(decimal: decimal, group: group, takesAnySpace: true)
                if reader.read(digits) == .none, reader.noted.isEmpty, reader.significantCount <= mostDigits { formats.insert(format) }
            }
        }
        return formats.isEmpty ? [] : formats.union(traits(of: digits))
    }

    /// The fast way for digits, one point or comma, digits.
    ///
    /// - Returns: `nil` for any other text.
    private static func formatsWithOneSeparator(of text: Span<UInt8>) -> FormatSet? {
        guard text.count <= mostDigits, let number = PlainNumber(text) else { return nil }
        switch number.separator {
        case UInt8(ascii: "."):
            let formats: FormatSet = [.decimalPoint, .groupedByComma, .groupedBySpaceDecimalPoint, .groupedByApostrophe]
            return number.mayBeGrouped ? formats.union(.groupedByPoint) : formats
        case UInt8(ascii: ","):
            let formats: FormatSet = [.decimalComma, .groupedByPoint, .groupedBySpaceDecimalComma]
            return number.mayBeGrouped ? formats.union(.groupedByComma) : formats
        default: return nil
        }
    }

    /// Each number format with its decimal and group separators; 0 means none.
    private static let separators: [(format: FormatSet, decimal: UInt8, group: UInt8)] = [
        (.decimalPoint, UInt8(ascii: "."), 0),
        (.decimalComma, UInt8(ascii: ","), 0),
        (.groupedByComma, UInt8(ascii: "."), UInt8(ascii: ",")),
        (.groupedByPoint, UInt8(ascii: ","), UInt8(ascii: ".")),
        (.groupedBySpaceDecimalComma, UInt8(ascii: ","), UInt8(ascii: " ")),
        (.groupedBySpaceDecimalPoint, UInt8(ascii: "."), UInt8(ascii: " ")),
        (.groupedByApostrophe, UInt8(ascii: "."), UInt8(ascii: "'")),
    ]

    private static func traits(of digits: Span<UInt8>) -> FormatSet {
        var traits: FormatSet = []
        if digits.count > 1, digits[0] == UInt8(ascii: "0"), ASCII.isDigit(digits[1]) { traits.insert(.leadingZeros) }
        for index in digits.indices where digits[index] >= 0xC2 {
            switch NumberDigits.noBreakSpaceLength(in: digits, at: index) {
            case 2: traits.insert(.noBreakSpace)
            case 3: traits.insert(.narrowNoBreakSpace)
            default: break
            }
        }
        return traits
    }

    /// The formats under which digits with separators may be a number; ill-formed groups only where nothing else is possible.
    private static func doubtfulFormats(of digits: Span<UInt8>) -> FormatSet {
        guard !digits.isEmpty, digits.count <= 64, isDigitsAndSeparators(digits) else { return [] }
        var formats: FormatSet = []
        var illFormed: FormatSet = []
        for (format, decimal, group) in separators {
            var reader = NumberDigits(decimal: decimal, group: group, takesAnySpace: true)
            guard reader.read(digits) == .none, reader.significantCount <= mostDigits else { continue }
            switch reader.noted.reason {
            case .illFormedGrouping: illFormed.formUnion([format, .illFormedGroups])
            case .bareDecimalSeparator: formats.formUnion([format, .bareSeparator])
            case .exponent: formats.formUnion([format, .exponent])
            case .foreignDigits: formats.formUnion([format, .foreignDigits])
            case .groupBehindDecimal, .otherGroupSeparator: continue
            default: formats.insert(format)
            }
        }
        if formats.isEmpty { formats = illFormed }
        if formats.contains(.exponent), isMangledID(digits) { formats.insert(.mangledID) }
        return formats.isEmpty ? [] : formats.union(traits(of: digits))
    }

    private static func isDigitsAndSeparators(_ text: Span<UInt8>) -> Bool {
        text.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "'"),
                UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), 0x80...:
                true
            default: false
            }
        }
    }

    /// `d.d…E+dd`, with a comma too.
    private static func isMangledID(_ text: Span<UInt8>) -> Bool {
        let end = text.count - 4
        guard end >= 3, text[end] == UInt8(ascii: "E"), text[end + 1] == UInt8(ascii: "+"), ASCII.isDigit(text[end + 2]),
            ASCII.isDigit(text[end + 3]), ASCII.isDigit(text[0]), text[1] == UInt8(ascii: ".") || text[1] == UInt8(ascii: ",")
        else { return false }
        return text[2..<end].allSatisfy(ASCII.isDigit)
    }

    // MARK: Around the digits

    /// The formats of a number with a sign, parentheses, a percent sign or a currency around it, or with doubtful digits.
    ///
    /// - Parameter text: not empty, without surrounding spaces.
    package static func decoratedFormats(of text: Span<UInt8>) -> FormatSet {
        var rest = text
        var found: FormatSet = []
        var isSigned = false
        var currency = hasCurrency(found)
        while takeFront(&rest, &found, &isSigned) || takeBack(&rest, &found, &isSigned) {
            let trimmed = Whitespace.trim(rest)
            // A profile can name the space together with the currency.
            let hasNewCurrency = hasCurrency(found) && !currency
            if trimmed.count < rest.count, !hasNewCurrency { found.insert(.innerBlanks) }
            currency = hasCurrency(found)
            rest = trimmed
        }
        let sure = formats(of: rest)
        let formats = sure.isEmpty ? doubtfulFormats(of: rest) : sure
        return formats.isEmpty ? [] : formats.union(found)
    }

    private static func takeFront(_ rest: inout Span<UInt8>, _ found: inout FormatSet, _ isSigned: inout Bool) -> Bool {
        guard rest.count > 1 else { return false }
        if !isSigned {
            if rest[0] == UInt8(ascii: "("), rest[rest.count - 1] == UInt8(ascii: ")") {
                isSigned = true
                found.insert(.parentheses)
                rest = rest[1..<(rest.count - 1)]
                return true
            }
            if let (length, trait) = sign(rest) {
                isSigned = true
                found.formUnion(trait)
                rest = rest[length...]
                return true
            }
        }
        if !hasCurrency(found), let length = currencyLengthInFront(rest), length < rest.count {
            found.formUnion(
                isSigned && found.isDisjoint(with: [.trailingSign, .parentheses])
                    ? [.currencyPrefix, .signBeforeCurrency] : .currencyPrefix)
            rest = rest[length...]
            return true
        }
        return false
    }

    private static func takeBack(_ rest: inout Span<UInt8>, _ found: inout FormatSet, _ isSigned: inout Bool) -> Bool {
        guard rest.count > 1, let last = rest.last else { return false }
        if !isSigned, last == UInt8(ascii: "-") || last == UInt8(ascii: "+") {
            isSigned = true
            found.insert(.trailingSign)
            rest = rest.dropLast()
            return true
        }
        if last == UInt8(ascii: "%"), !found.contains(.percent) {
            found.insert(.percent)
            rest = rest.dropLast()
            return true
        }
        if !hasCurrency(found), let length = currencyLengthBehind(rest), length < rest.count {
            found.insert(.currencySuffix)
            rest = rest.dropLast(length)
            return true
        }
        return false
    }

    private static func hasCurrency(_ found: FormatSet) -> Bool {
        !found.isDisjoint(with: [.currencyPrefix, .currencySuffix])
    }

    private static func sign(_ text: Span<UInt8>) -> (length: Int, trait: FormatSet)? {
        switch text[0] {
        case UInt8(ascii: "-"): (1, [])
        case UInt8(ascii: "+"): (1, .plusSign)
        default: text.count >= 3 && NumberParser.isOtherMinus(text[0], text[1], text[2]) ? (3, .otherMinusSign) : nil
        }
    }

    /// Of a symbol, or of a word followed by a space.
    private static func currencyLengthInFront(_ text: Span<UInt8>) -> Int? {
        if let length = symbolLength(text, at: 0) { return length }
        guard let end = text.firstIndex(where: { !isWordByte($0) }), Whitespace.leadingLength(of: text, at: end, before: text.count) > 0
        else {
            return nil
        }
        return isCurrency(text[..<end]) ? end : nil
    }

    private static func currencyLengthBehind(_ text: Span<UInt8>) -> Int? {
        for length in 1...3 where length < text.count {
            if symbolLength(text, at: text.count - length) == length { return length }
        }
        let start = (text.lastIndex { !isWordByte($0) } ?? -1) + 1
        return isCurrency(text[start...]) ? text.count - start : nil
    }

    /// Of the symbols of all currencies: `$`, `£`, `¥`, and U+20A0 to U+20BF, the euro among them.
    private static func symbolLength(_ text: Span<UInt8>, at index: Int) -> Int? {
        let rest = text.count - index
        switch text[index] {
        case UInt8(ascii: "$"): return 1
        case 0xC2 where rest >= 2 && (text[index + 1] == 0xA3 || text[index + 1] == 0xA5): return 2
        case 0xE2 where rest >= 3 && text[index + 1] == 0x82 && (0xA0...0xBF).contains(text[index + 2]): return 3
        default: return nil
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80 || byte == UInt8(ascii: "$")
    }

    private static func isCurrency(_ word: Span<UInt8>) -> Bool {
        guard (2...4).contains(word.count) else { return false }
        return currencies.contains { $0.bytes.hasSameBytes(as: word) }
    }

    /// Codes of ISO 4217 and short names, of the currencies that are met most.
    private static let currencies: [StaticString] = [
        "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "AUD", "CAD", "NZD", "BRL", "MXN",
        "INR", "ZAR", "TRY", "SGD", "HKD", "KRW", "ILS", "AED", "SAR", "THB", "IDR", "MYR", "PHP", "VND", "UAH", "MAD", "TND", "XOF",
        "kr", "Kr", "zł", "Kč", "Ft", "lei", "Fr", "Fr.", "R$", "US$", "A$", "C$",
    ]
}
