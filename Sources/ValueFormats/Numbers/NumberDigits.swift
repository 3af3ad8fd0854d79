import ByteSpans
import SafeText

/// Reads the middle of a number: digits, separators and an exponent, without sign, prefix and suffix.
package struct NumberDigits {
    private let decimal: UInt8
    private let group: UInt8
    private let takesAnySpace: Bool
    /// The doubts so far.
    package private(set) var noted: NotedDoubts
    package private(set) var hasDecimalSeparator = false
    /// Digits from the first that is not 0 on.
    package private(set) var significantCount = 0

    /// Whether it is written as a zero, the decimal separator, and digits that are not all 0.
    package var isProperFraction: Bool {
        hasDecimalSeparator && beginsWithZero && integerCount == 1 && significantCount > 0 && !noted.doubts.contains(.exponent)
    }

    private var integerCount = 0
    private var fractionCount = 0
    private var groupCount = 0
    /// Digits since the last group separator, or since the beginning.
    private var runLength = 0
    private var isGroupingIllFormed = false
    private var beginsWithZero = false

    /// - Parameters:
    ///   - group: 0 for none; see ``NumberFormat/GroupSeparator/byte``.
    ///   - takesAnySpace: whether a space stands for the no-break spaces too.
    package init(decimal: UInt8, group: UInt8, takesAnySpace: Bool = false, noted: NotedDoubts = NotedDoubts()) {
        self.decimal = decimal
        self.group = group
        self.takesAnySpace = takesAnySpace
        self.noted = noted
    }

    /// - Returns: ``JudgementReason/none`` if `text` is a number, else why it is none; ``JudgementReason/notANumber`` where only a look at the
    ///   whole field tells more.
    package mutating func read(_ text: Span<UInt8>) -> JudgementReason {
        var index = 0
        while index < text.count {
            let byte = text[index]
            let groupLength = groupLength(in: text, at: index)
            if ASCII.isDigit(byte) {
                countDigit(isZero: byte == UInt8(ascii: "0"))
                index += 1
            } else if byte == decimal {
                if hasDecimalSeparator {
                    return tailHasOnlyDigitsAndSeparators(text, from: index) ? .repeatedDecimalSeparator : .notANumber
                }
                hasDecimalSeparator = true
                index += 1
            } else if groupLength > 0 {
                // Readers that drop every group separator take it.
                if hasDecimalSeparator { noted.note(.groupAfterDecimal) } else { countGroupSeparator() }
                index += groupLength
            } else if !hasDecimalSeparator, let length = Self.lookalikeLength(of: decimal, in: text, at: index) {
                noted.note(.otherGroupSeparator, reason: .otherDecimalSeparator)
                hasDecimalSeparator = true
                index += length
            } else if let length = otherGroupLength(in: text, at: index) {
                noted.note(.otherGroupSeparator)
                index += length
            } else if let digit = Self.foreignDigit(in: text, at: index) {
                noted.note(.foreignDigits)
                countDigit(isZero: digit.value == 0)
                index += digit.length
            } else if byte | 0x20 == UInt8(ascii: "e"), integerCount + fractionCount > 0, Self.isExponent(text, from: index + 1) {
                index = text.count
                finishCounts()
                noted.note(.exponent)
                return .none
            } else {
                return .notANumber
            }
        }
        guard integerCount + fractionCount > 0 else { return .notANumber }
        finishCounts()
        return .none
    }

    private mutating func countDigit(isZero: Bool) {
        if isZero, integerCount == 0, !hasDecimalSeparator { beginsWithZero = true }
        if hasDecimalSeparator {
            fractionCount += 1
        } else {
            integerCount += 1
            runLength += 1
        }
        if !isZero || significantCount > 0 { significantCount += 1 }
    }

    private mutating func countGroupSeparator() {
        // The first run has 1 to 3 digits and does not begin with 0; every other run has 3.
        if beginsWithZero || runLength > 3 || runLength == 0 || (groupCount > 0 && runLength != 3) { isGroupingIllFormed = true }
        groupCount += 1
        runLength = 0
    }

    private mutating func finishCounts() {
        if isGroupingIllFormed || (groupCount > 0 && runLength != 3) { noted.note(.irregularGrouping) }
        if hasDecimalSeparator, integerCount == 0 { noted.note(.missingLeadingDigit) }
        if hasDecimalSeparator, fractionCount == 0 { noted.note(.missingTrailingDigit) }
    }

    private func groupLength(in text: Span<UInt8>, at index: Int) -> Int {
        if group == 0 { return 0 }
        if group < 0x80 {
            if text[index] == group { return 1 }
            return takesAnySpace && group == UInt8(ascii: " ") ? Self.noBreakSpaceLength(in: text, at: index) : 0
        }
        let length = Self.noBreakSpaceLength(in: text, at: index)
        return length == (group == NumberFormat.GroupSeparator.noBreakSpace.byte ? 2 : 3) ? length : 0
    }

    /// Bytes of a character between two digits that looks like the group separator or is one in some programs.
    private func otherGroupLength(in text: Span<UInt8>, at index: Int) -> Int? {
        guard index > 0, ASCII.isDigit(text[index - 1]) else { return nil }
        let length: Int
        switch text[index] {
        case UInt8(ascii: "_"): length = 1
        // The Arabic thousands separator.
        case 0xD9 where index + 1 < text.count && text[index + 1] == 0xAC: length = 2
        case _ where group == UInt8(ascii: ".") || group == UInt8(ascii: ","):
            length = Self.lookalikeLength(of: group, in: text, at: index) ?? 0
        case _ where group == UInt8(ascii: "'"): length = Self.otherApostropheLength(in: text, at: index)
        case _ where group == UInt8(ascii: " ") || group >= 0x80: length = Whitespace.leadingLength(of: text, at: index, before: text.count)
        default: return nil
        }
        guard length > 0, index + length < text.count, ASCII.isDigit(text[index + length]) else { return nil }
        return length
    }

    /// Bytes of a character between two digits that looks like a point or comma. The Arabic decimal separator, U+066B, is like both.
    private static func lookalikeLength(of separator: UInt8, in text: Span<UInt8>, at index: Int) -> Int? {
        guard text[index] >= 0xC2, index > 0, ASCII.isDigit(text[index - 1]) || text[index - 1] >= 0x80 else { return nil }
        let length = lookalikeLength(in: text, at: index)
        guard length.point > 0 && separator == UInt8(ascii: ".") || length.comma > 0 && separator == UInt8(ascii: ",") else { return nil }
        let next = index + max(length.point, length.comma)
        return next < text.count && (ASCII.isDigit(text[next]) || foreignDigit(in: text, at: next) != nil) ? next - index : nil
    }

    /// Bytes of U+FF0E full stop, U+2024 leader, U+00B7 and U+22C5 dots; U+FF0C and U+FE50 commas, U+201A low quote, U+060C Arabic comma; U+066B.
    private static func lookalikeLength(in text: Span<UInt8>, at index: Int) -> (point: Int, comma: Int) {
        let rest = text.count - index
        switch (text[index], rest > 1 ? text[index + 1] : 0, rest > 2 ? text[index + 2] : 0) {
        case (0xC2, 0xB7, _): return (2, 0)
        case (0xEF, 0xBC, 0x8E), (0xE2, 0x80, 0xA4), (0xE2, 0x8B, 0x85): return (3, 0)
        case (0xD8, 0x8C, _): return (0, 2)
        case (0xEF, 0xBC, 0x8C), (0xEF, 0xB9, 0x90), (0xE2, 0x80, 0x9A): return (0, 3)
        case (0xD9, 0xAB, _): return (2, 2)
        default: return (0, 0)
        }
    }

    /// Bytes of U+2019 or U+02BC, acute or grave accent at `index`, 0 if there is none.
    package static func otherApostropheLength(in text: Span<UInt8>, at index: Int) -> Int {
        let rest = text.count - index
        switch text[index] {
        case UInt8(ascii: "`"): return 1
        case 0xC2 where rest >= 2 && text[index + 1] == 0xB4: return 2
        case 0xCA where rest >= 2 && text[index + 1] == 0xBC: return 2
        case 0xE2 where rest >= 3 && text[index + 1] == 0x80 && text[index + 2] == 0x99: return 3
        default: return 0
        }
    }

    /// Bytes of a digit of any script, or of what some format has between the digits of a number; 0 for everything else.
    ///
    /// What ``read(_:)`` takes must be among it: masks of numbers go by this.
    package static func innerLength(in text: Span<UInt8>, at index: Int) -> Int {
        switch text[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "'"), UInt8(ascii: "_"): return 1
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            let next = index + 1
            return next < text.count && (text[next] == UInt8(ascii: "+") || text[next] == UInt8(ascii: "-")) ? 2 : 1
        default:
            if let digit = foreignDigit(in: text, at: index) { return digit.length }
            if text[index] == 0xD9, index + 1 < text.count, text[index + 1] == 0xAC { return 2 }
            let lookalike = lookalikeLength(in: text, at: index)
            return max(
                Whitespace.leadingLength(of: text, at: index, before: text.count), otherApostropheLength(in: text, at: index),
                max(lookalike.point, lookalike.comma))
        }
    }

    /// Bytes of the no-break space (U+00A0) or narrow no-break space (U+202F) at `index`, 0 if there is none.
    package static func noBreakSpaceLength(in text: Span<UInt8>, at index: Int) -> Int {
        if text[index] == 0xC2, index + 1 < text.count, text[index + 1] == 0xA0 { return 2 }
        if text[index] == 0xE2, index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] == 0xAF { return 3 }
        return 0
    }

    private func tailHasOnlyDigitsAndSeparators(_ text: Span<UInt8>, from start: Int) -> Bool {
        var index = start
        while index < text.count {
            if ASCII.isDigit(text[index]) || text[index] == decimal {
                index += 1
            } else {
                let length = groupLength(in: text, at: index)
                if length == 0 { return false }
                index += length
            }
        }
        return integerCount + fractionCount > 0
    }

    private static func isExponent(_ text: Span<UInt8>, from start: Int) -> Bool {
        var index = start
        if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
        return index < text.count && text[index...].allSatisfy(ASCII.isDigit)
    }

    /// A decimal digit of another script: full-width, Arabic-Indic, Devanagari and so on.
    package static func foreignDigit(in text: Span<UInt8>, at index: Int) -> (value: UInt8, length: Int)? {
        guard text[index] >= 0xD9, index + 1 < text.count else { return nil }
        guard let scalar = text.scalar(at: index), scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
        else { return nil }
        return (UInt8(value), UTF8.width(scalar))
    }

    /// A text with the digits of another script replaced by those that they stand for.
    package static func usualDigits(_ text: [UInt8]) -> [UInt8] {
        var usual: [UInt8] = []
        let span = text.span
        var index = 0
        while index < span.count {
            if let digit = foreignDigit(in: span, at: index) {
                usual.append(UInt8(ascii: "0") + digit.value)
                index += digit.length
            } else {
                usual.append(span[index])
                index += 1
            }
        }
        return usual
    }
}
