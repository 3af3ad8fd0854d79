import ByteSpans
import SafeText

extension ValueMask {
    /// The shapes of plain numbers: `-?d+`, and with a point or comma, which may also mark thousands. Their signs and lengths
    /// make no difference.
    package static let plainInteger: StaticString = "9"
    package static let plainPoint: StaticString = "9.9"
    package static let plainPointOrGroup: StaticString = "9.999"
    package static let plainComma: StaticString = "9,9"
    package static let plainCommaOrGroup: StaticString = "9,999"
    package static let plainFractionWithPoint: StaticString = "0.9"
    package static let plainFractionWithComma: StaticString = "0,9"

    /// Digits of a number that any type holds: as long as there are no more, it does not matter how many they are.
    private static let surelyHeldDigits = 18

    /// - Parameter isWhole: whether nothing surrounds the text.
    package mutating func appendNumber(_ text: Span<UInt8>, isWhole: Bool) {
        if isWhole, let plain = Self.plainShape(of: text) { return append(plain) }
        // Words for no value are distinguished, since a profile may list them.
        if Self.mayBeNull(text) { return append(text) }
        guard let digits = Self.digits(in: text) else { return append("x") }
        if let other = Self.firstOther(in: text, digits.range) {
            // No setting removes what is between the digits, so what surrounds them makes no difference.
            append("9")
            append(text[other])
            return append("9")
        }
        append(text[..<digits.range.lowerBound])
        appendDigits(text[digits.range], isLong: digits.count > Self.surelyHeldDigits)
        append(text[digits.range.upperBound...])
    }

    /// - Returns: `nil` for anything but a plain number of less than 16 bytes.
    private static func plainShape(of text: Span<UInt8>) -> StaticString? {
        guard text.count < 16, let number = PlainNumber(text) else { return nil }
        if number.separator != 0, number.hasWholeZero, text.contains(where: { $0 > UInt8(ascii: "0") && ASCII.isDigit($0) }) {
            return number.separator == UInt8(ascii: ".") ? plainFractionWithPoint : plainFractionWithComma
        }
        switch number.separator {
        case 0: return plainInteger
        case UInt8(ascii: "."): return number.mayBeGrouped ? plainPointOrGroup : plainPoint
        default: return number.mayBeGrouped ? plainCommaOrGroup : plainComma
        }
    }

    /// From the first digit of any script to the last, and how many there are.
    private static func digits(in text: Span<UInt8>) -> (range: Range<Int>, count: Int)? {
        var (start, end, count) = (-1, 0, 0)
        var index = 0
        while index < text.count {
            let byte = text[index]
            // The digits of other scripts begin with no lower byte.
            let length = ASCII.isDigit(byte) ? 1 : byte < 0xD9 ? 0 : NumberDigits.foreignDigit(in: text, at: index)?.length ?? 0
            if length > 0 {
                if start < 0 { start = index }
                end = index &+ length
                count &+= 1
            }
            index &+= max(length, 1)
        }
        return start < 0 ? nil : (start..<end, count)
    }

    /// The first character between digits that no number format has there.
    private static func firstOther(in text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var index = range.lowerBound
        while index < range.upperBound {
            let length = ASCII.isDigit(text[index]) ? 1 : NumberDigits.innerLength(in: text, at: index)
            if length == 0 {
                var end = index + 1
                while end < range.upperBound, text[end] & 0xC0 == 0x80 { end += 1 }
                return index..<end
            }
            index += length
        }
        return nil
    }

    /// Digits as 9, a first one that is 0 as 0, all where there are only zeros, and runs of more than four as four: a group has three. All of them where their number
    /// matters, then with all leading zeros.
    private mutating func appendDigits(_ text: Span<UInt8>, isLong: Bool) {
        var runLength = 0
        var isInFront = true
        let isZero = text.allSatisfy { !ASCII.isDigit($0) || $0 == UInt8(ascii: "0") }
        for index in text.indices {
            let byte = text[index]
            guard ASCII.isDigit(byte) else {
                append(byte)
                runLength = 0
                isInFront = isInFront && isLong
                continue
            }
            runLength &+= 1
            if !isLong, runLength > 4 { continue }
            let isFrontZero = byte == UInt8(ascii: "0") && isInFront
            append(isFrontZero || isZero ? UInt8(ascii: "0") : UInt8(ascii: "9"))
            isInFront = isFrontZero && isLong
        }
    }
}
