import ByteSpans
import ImportProfiles
import SafeText
import ValueFormats

/// Reads the numbers of a column under one format.
package struct AmountReader: Sendable {
    let decimal: UInt8
    /// `nil` where the separator is all that is known.
    private let format: NumberFormat?
    private let rule: ValueRule?
    /// Whether a plain number is one under the format.
    let takesPlain: Bool
    // The format's own texts.
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let group: [UInt8]
    /// Whether these are no signs and digits, which belong to the number first.
    private let hasPlainAffixes: Bool

    init(decimal: UInt8) {
        self.decimal = decimal
        (format, rule, takesPlain) = (nil, nil, true)
        (prefix, suffix, group) = ([], [], decimal == UInt8(ascii: ".") ? [UInt8(ascii: ",")] : [UInt8(ascii: ".")])
        hasPlainAffixes = true
    }

    init(_ format: NumberFormat, _ rule: ValueRule) {
        decimal = format.decimal.rawValue.utf8.first!
        (self.format, self.rule) = (format, rule)
        takesPlain = format.prefix == nil && format.suffix == nil
        prefix = Array((format.prefix ?? "").utf8)
        suffix = Array((format.suffix ?? "").utf8)
        group = Array((format.group?.rawValue ?? "").utf8)
        hasPlainAffixes = !(prefix + suffix).contains { ASCII.isDigit($0) || "+-()%".utf8.contains($0) }
    }

    /// - Returns: `nil` if the value is no number under the format.
    func amount(_ value: Span<UInt8>) -> ExactDecimal? {
        if takesPlain, let plain = DecimalDigits.read(value, decimal: decimal) {
            return ExactDecimal(units: Int128(plain.units), scale: plain.scale)
        }
        return value.isEmpty ? nil : closely(value)
    }

    /// The same for what is no plain number.
    @inline(never)
    func closely(_ value: Span<UInt8>) -> ExactDecimal? {
        if let rule, rule.judge(value).verdict == .fails { return nil }
        return quickly(value) ?? partByPart(value)
    }

    /// Reads digits, perhaps in groups, after a minus and between the format's own texts: nearly all numbers that are not plain are such.
    ///
    /// - Returns: `nil` where it has to be read part by part.
    func quickly(_ value: Span<UInt8>) -> ExactDecimal? {
        guard hasPlainAffixes else { return nil }
        var text = Whitespace.trim(value)
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { text = text.dropFirst() }
        if !prefix.isEmpty, text.starts(with: prefix) { text = text.dropFirst(prefix.count) }
        if !suffix.isEmpty, text.suffix(suffix.count).elementsEqual(suffix) {
            text = text.dropLast(suffix.count)
        }
        text = Whitespace.trim(text)
        guard let last = text.last, ASCII.isDigit(last) else { return nil }
        var (units, digitCount, index) = (Int64(0), 0, 0)
        // Digits since the last separator, and where the decimals begin.
        var (run, isGrouped, point) = (0, false, Int?.none)
        while index < text.count {
            let byte = text[index]
            if ASCII.isDigit(byte) {
                units = units &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
                digitCount += 1
                run += 1
                index += 1
            } else if byte == decimal, point == nil, digitCount > 0, !isGrouped || run == 3 {
                point = digitCount
                (run, isGrouped) = (0, false)
                index += 1
            } else if !group.isEmpty, point == nil, isGrouped ? run == 3 : (1...3).contains(run) && text[0] != UInt8(ascii: "0"),
                text.dropFirst(index).starts(with: group)
            {
                (run, isGrouped) = (0, true)
                index += group.count
            } else {
                return nil
            }
        }
        guard digitCount <= 18, !isGrouped || run == 3 else { return nil }
        return ExactDecimal(units: Int128(isNegative ? -units : units), scale: point.map { digitCount - $0 } ?? 0)
    }

    /// Reads what a person would take for a number.
    func partByPart(_ value: Span<UInt8>) -> ExactDecimal? {
        guard let parts = NumberParts(Array(value), format: format ?? NumberFormat()) else { return nil }
        let group = format?.group.map { $0.byte < 0x80 ? $0.byte : UInt8(ascii: " ") }
        let family: WrittenNumber.Family = decimal == UInt8(ascii: ".") ? .point : .comma
        guard
            let number = format == nil
                ? WrittenNumber(parts.body, family)
                : WrittenNumber(parts.body, decimal: decimal, group: group) ?? WrittenNumber(parts.body, family)
        else { return nil }
        let fraction = number.fraction.isEmpty ? "" : "." + String(decoding: number.fraction, as: UTF8.self)
        return ExactDecimal(String(decoding: number.whole, as: UTF8.self) + fraction).map { parts.isNegative ? -$0 : $0 }
    }
}

extension AmountReader: Equatable {
    package static func == (left: AmountReader, right: AmountReader) -> Bool {
        left.decimal == right.decimal && left.format == right.format
    }
}
