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

    init(decimal: UInt8) {
        self.decimal = decimal
        (format, rule, takesPlain) = (nil, nil, true)
    }

    init(_ format: NumberFormat, _ rule: ValueRule) {
        decimal = format.decimal.rawValue.utf8.first!
        (self.format, self.rule) = (format, rule)
        takesPlain = format.prefix == nil && format.suffix == nil
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
