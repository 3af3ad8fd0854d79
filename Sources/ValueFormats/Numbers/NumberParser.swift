import ByteSpans
import SafeText

/// Judges numbers under one format.
///
/// The grammar, with D the decimal separator and G the group separator:
///
///     parses    [prefix] [-] integer [D digits] [suffix]      integer: digits, or 1 to 3 digits and then groups of G and 3 digits
///     doubtful  what some readers take and others do not: + or another minus or percent sign, the sign after the digits or before the prefix,
///               (12), spaces around or inside, a missing prefix or suffix or one in other letter case, grouping like 1G23G456, groups after
///               the decimal separator, other characters that group digits, those that look like the separators, .5 and 5., 1e5, digits of other scripts, more digits than a
///               decimal type surely holds (assumed), decimals in a whole number (cut off: assumed), NaN, and words for no value, which some
///               load as blank
///     fails     what contradicts the format (a separator that it does not have, text around the digits that it does not name) and what is
///               no number in any notation: the reason helps to find the wrong setting
///
/// With `percent`, a percent sign between the digits and the suffix may be there or not: `5` is documented to mean 0.05, that `5%` means
/// the same is assumed. `0.5` without it is doubtful: 0.5 %, or a half written as most programs write it.
package struct NumberParser: ValueParser {
    private let decimal: UInt8
    /// 0 for none; see ``NumberFormat/GroupSeparator/byte``.
    private let group: UInt8
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let isPercent: Bool
    /// Whether nothing but signs may be around the digits.
    private let hasNoAffix: Bool
    private let isInteger: Bool
    private let mostDigits: Int

    package init(_ format: NumberFormat, isInteger: Bool) {
        decimal = format.decimal.rawValue.utf8.first!
        group = format.group?.byte ?? 0
        prefix = Array((format.prefix ?? "").utf8)
        suffix = Array((format.suffix ?? "").utf8)
        isPercent = format.isPercent
        hasNoAffix = prefix.isEmpty && suffix.isEmpty && !isPercent
        self.isInteger = isInteger
        mostDigits = isInteger ? Self.integerDigits : Self.decimalDigits
    }

    /// Significant digits of a 128-bit decimal (.NET `decimal`; that Pigment uses it is assumed).
    private static let decimalDigits = 28
    /// Digits that a 64-bit integer holds whatever they are (that Pigment uses one is assumed).
    private static let integerDigits = 18

    /// - Parameter field: not empty.
    package func judge(_ field: Span<UInt8>) -> Judgement {
        if isPlain(field) { return .parses }
        if hasNoAffix, let found = NumberFailure.judgement(ofText: field) { return found }
        return judgeClosely(field)
    }

    /// The first byte and the last are the format's, or a digit or minus: what has anything else there is doubtful at best.
    package func mayParse(_ field: Span<UInt8>) -> Bool {
        let first = field[0]
        if prefix.isEmpty {
            if !ASCII.isDigit(first), first != UInt8(ascii: "-") { return false }
        } else if first != prefix[0] {
            return false
        }
        let last = field[field.count - 1]
        return suffix.isEmpty ? ASCII.isDigit(last) || (isPercent && last == UInt8(ascii: "%")) : last == suffix[suffix.count - 1]
    }

    /// Some readers take any number of digits, and round.
    package func judgeLong(_ field: Span<UInt8>) -> Judgement {
        let isNumber =
            field.contains(where: ASCII.isDigit)
            && field.allSatisfy { byte in
                ASCII.isDigit(byte) || Whitespace.isASCIIBlank(byte) || ".,'+-eE".utf8.contains(byte)
            }
        return isNumber ? .doubtful(.tooManyDigits) : .fails(.notANumber)
    }

    /// The fast way for the usual case: `-123.45` without prefix, suffix and groups, and short enough for every limit on digits.
    private func isPlain(_ field: Span<UInt8>) -> Bool {
        guard prefix.isEmpty, suffix.isEmpty, field.count <= Self.integerDigits, let number = PlainNumber(field) else { return false }
        if isPercent, number.separator != 0, number.hasWholeZero { return false }
        return number.separator == 0 || (!isInteger && number.separator == decimal)
    }

    func judgeClosely(_ field: Span<UInt8>) -> Judgement {
        var rest = Whitespace.trim(field)
        if rest.isEmpty { return .doubtful(.blanksOnly) }
        var noted = NotedDoubts()
        noted.noteBlanks(around: rest, in: field)
        let blanks = noted.doubts
        var isSigned = false
        takeParentheses(&rest, &isSigned, &noted)
        takeFront(&rest, &isSigned, &noted)
        let hasPercentSign = takeBack(&rest, &isSigned, &noted)
        // $(5), (5) €
        takeParentheses(&rest, &isSigned, &noted)
        var digits = NumberDigits(decimal: decimal, group: group, noted: noted)
        let failure = digits.read(rest)
        if failure != .none {
            let text = Whitespace.trim(field)
            if let word = NumberFailure.doubt(about: text) { return Judgement(doubtful: word.reason, blanks.union(DoubtSet(word))) }
            return .fails(failure == .notANumber ? NumberFailure.reason(for: text, isPercent: isPercent) : failure)
        }
        noted = digits.noted
        if isInteger, digits.hasDecimalSeparator { noted.note(.decimalsInInteger) }
        if isPercent, !hasPercentSign, digits.isProperFraction { noted.note(.missingPercentSign) }
        if digits.significantCount > mostDigits { noted.note(.tooManyDigits) }
        return noted.judgement
    }

    private func takeParentheses(_ rest: inout Span<UInt8>, _ isSigned: inout Bool, _ noted: inout NotedDoubts) {
        guard !isSigned, rest.count > 2, let length = Self.parenthesisLength(around: rest) else { return }
        noted.note(.parentheses)
        isSigned = true
        rest = strip(rest[length..<(rest.count - length)], &noted)
    }

    /// Bytes of each of the parentheses around a text: of ASCII, or of full width (U+FF08 and U+FF09).
    private static func parenthesisLength(around text: Span<UInt8>) -> Int? {
        if text[0] == UInt8(ascii: "(") { return text[text.count - 1] == UInt8(ascii: ")") ? 1 : nil }
        return text[0] == 0xEF && text.count > 6 && text.starts(with: [0xEF, 0xBC, 0x88])
            && text.suffix(3).elementsEqual([0xEF, 0xBC, 0x89])
            ? 3 : nil
    }

    /// Sign and prefix, in either order.
    private func takeFront(_ rest: inout Span<UInt8>, _ isSigned: inout Bool, _ noted: inout NotedDoubts) {
        takeLeadingSign(&rest, &isSigned, &noted)
        guard !prefix.isEmpty else { return }
        guard let length = Affix.lengthAtStart(of: rest, prefix, &noted) else { return noted.note(.missingPrefix) }
        if isSigned { noted.note(.signBeforePrefix) }
        rest = strip(rest[length...], &noted)
        takeLeadingSign(&rest, &isSigned, &noted)
    }

    /// Suffix, percent sign and a sign behind the digits, from the outside inwards.
    ///
    /// - Returns: whether there was a percent sign.
    private func takeBack(_ rest: inout Span<UInt8>, _ isSigned: inout Bool, _ noted: inout NotedDoubts) -> Bool {
        takeTrailingSign(&rest, &isSigned, &noted)
        if !suffix.isEmpty {
            if let length = Affix.lengthAtEnd(of: rest, suffix, &noted) {
                rest = strip(rest.dropLast(length), &noted)
            } else {
                noted.note(.missingSuffix)
            }
        }
        let percentSign = isPercent ? Self.percentSignLength(atEndOf: rest) : 0
        if percentSign > 1 { noted.note(.affixSpelling, reason: .otherPercentSign) }
        if percentSign > 0 { rest = strip(rest.dropLast(percentSign), &noted) }
        takeTrailingSign(&rest, &isSigned, &noted)
        return percentSign > 0
    }

    private func takeLeadingSign(_ rest: inout Span<UInt8>, _ isSigned: inout Bool, _ noted: inout NotedDoubts) {
        guard !isSigned, let first = rest.first else { return }
        let length: Int
        if first == UInt8(ascii: "-") {
            length = 1
        } else if first == UInt8(ascii: "+") {
            length = 1
            noted.note(.plusSign)
        } else if first == 0xEF, rest.starts(with: [0xEF, 0xBC, 0x8B]) {
            length = 3
            noted.note(.plusSign)
        } else if rest.count >= 3, Self.isOtherMinus(first, rest[1], rest[2]) {
            length = 3
            noted.note(.otherMinus)
        } else {
            return
        }
        isSigned = true
        rest = strip(rest[length...], &noted)
    }

    private func takeTrailingSign(_ rest: inout Span<UInt8>, _ isSigned: inout Bool, _ noted: inout NotedDoubts) {
        guard !isSigned, let length = Self.signLength(atEndOf: rest) else { return }
        isSigned = true
        noted.note(.trailingSign)
        if length > 1 { noted.note(.otherMinus) }
        rest = strip(rest.dropLast(length), &noted)
    }

    /// Bytes of a plus or minus sign after the digits.
    package static func signLength(atEndOf text: Span<UInt8>) -> Int? {
        guard let last = text.last else { return nil }
        if last == UInt8(ascii: "-") || last == UInt8(ascii: "+") { return 1 }
        let start = text.count - 3
        return last >= 0x80 && start >= 0 && isOtherMinus(text[start], text[start + 1], last) ? 3 : nil
    }

    /// Bytes of a percent sign after the digits, 0 if there is none: of ASCII, of full width (U+FF05), small (U+FE6A), or Arabic (U+066A).
    package static func percentSignLength(atEndOf text: Span<UInt8>) -> Int {
        guard let last = text.last else { return 0 }
        if last == UInt8(ascii: "%") { return 1 }
        guard last >= 0x80, text.count > 2 else { return 0 }
        switch (text[text.count - 3], text[text.count - 2], last) {
        case (_, 0xD9, 0xAA): return 2
        case (0xEF, 0xBC, 0x85), (0xEF, 0xB9, 0xAA): return 3
        default: return 0
        }
    }

    /// Minus sign U+2212, en dash U+2013, hyphens U+2010 and U+2011, full-width and small hyphen-minus U+FF0D and U+FE63.
    package static func isOtherMinus(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second, third) {
        case (0xE2, 0x88, 0x92), (0xE2, 0x80, 0x90), (0xE2, 0x80, 0x91), (0xE2, 0x80, 0x93), (0xEF, 0xBC, 0x8D), (0xEF, 0xB9, 0xA3): true
        default: false
        }
    }

    @_lifetime(copy field)
    private func strip(_ field: Span<UInt8>, _ noted: inout NotedDoubts) -> Span<UInt8> {
        let text = Whitespace.trim(field)
        if text.count != field.count { noted.note(.innerBlank) }
        return text
    }
}
