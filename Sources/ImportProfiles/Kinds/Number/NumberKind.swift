import ByteSpans
import SafeText
import ValueFormats

/// Numbers with or without decimals.
enum NumberKind: ValueKind {
    static let name = "number"
    static let codes: KindCodes? = KindCodes(fails: "PF401", doubtful: "PF411", readsTwoWays: "PF601")
    static let doubts = DoubtSet.numbers

    static func parser(for column: ColumnProfile) -> (any ValueParser)? { NumberParser(column.number, isInteger: false) }

    static func quickTest(for column: ColumnProfile) -> QuickTest? {
        quickTest(for: column.number, decimal: column.number.decimal.rawValue.utf8.first ?? 0)
    }

    /// - Parameter decimal: 0 for whole numbers.
    static func quickTest(for format: NumberFormat, decimal: UInt8) -> QuickTest {
        format.prefix == nil && format.suffix == nil ? .number(decimal: decimal) : .rule
    }

    static func maskForm(for column: ColumnProfile) -> ValueMask.Form? {
        NumberAffixes.haveDigits(column.number) ? .value : .number
    }

    /// Digits with a point where the decimal separator is, without zeros that make no difference. Signs are the same in every format.
    static func reading(of value: Span<UInt8>, under column: ColumnProfile) -> [UInt8] {
        guard let first = value.firstIndex(where: ASCII.isDigit), let last = value.lastIndex(where: ASCII.isDigit) else { return [] }
        let format = column.number
        let decimal = format.decimal.rawValue.utf8.first
        var whole: [UInt8] = []
        var fraction: [UInt8] = []
        var exponent: [UInt8] = []
        var isFraction = false
        for index in first...last {
            let byte = value[index]
            if byte == decimal {
                isFraction = true
            } else if byte | 0x20 == UInt8(ascii: "e") || !exponent.isEmpty {
                exponent.append(byte)
            } else if ASCII.isDigit(byte) {
                if isFraction { fraction.append(byte) } else { whole.append(byte) }
            }
        }
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        return whole.drop { $0 == UInt8(ascii: "0") } + [UInt8(ascii: ".")] + fraction + exponent
            + (format.isPercent ? [UInt8(ascii: "%")] : [])
    }

    // MARK: The other separator

    static func alternative(to column: ColumnProfile) -> AlternativeFormat.Change? {
        var changed = column
        let (own, other): (NumberFormat.DecimalSeparator, NumberFormat.DecimalSeparator) =
            column.number.decimal == .point ? (.point, .comma) : (.comma, .point)
        changed.number.decimal = other
        changed.number.group = own == .point ? .point : .comma
        let group = column.number.group.map { " and group \($0.words)" } ?? ""
        return AlternativeFormat.Change(
            column: changed,
            words: ("decimal \"\(own.rawValue)\"\(group)", "decimal \"\(other.rawValue)\" and group \"\(own.rawValue)\""),
            difference: SeparatorDifference())
    }

    /// A number with a separator is another number the other way.
    private struct SeparatorDifference: ReadingDifference {
        /// Whether there is a point or comma between the digits. One in a prefix or suffix makes no difference.
        func isRead(differently value: Span<UInt8>) -> Bool {
            guard let first = value.firstIndex(where: ASCII.isDigit), let last = value.lastIndex(where: ASCII.isDigit) else { return false }
            return value[first...last].contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        }
    }
}

extension ColumnType {
    package static let number = ColumnType(NumberKind.self)
}
