import SafeText
import ValueFormats

/// What a column's settings make of a value: two settings that read a value differently load different data.
package enum ValueReading {
    /// The number or date that is read, in one spelling; empty for other types, and for what does not parse.
    package static func bytes(of value: UnsafeRawBufferPointer, _ column: ColumnProfile) -> [UInt8] {
        switch column.type {
        case .number, .integer: number(value, column.number)
        case .date: date(value, column.date)
        case .boolean, .dimension, .text: []
        }
    }

    /// Digits with a point where the decimal separator is, without zeros that make no difference. Signs are the same in every format.
    private static func number(_ value: UnsafeRawBufferPointer, _ format: NumberFormat) -> [UInt8] {
        guard let first = value.firstIndex(where: ASCII.isDigit), let last = value.lastIndex(where: ASCII.isDigit) else {
            return []
        }
        let decimal = format.decimal.rawValue.utf8.first
        var whole: [UInt8] = []
        var fraction: [UInt8] = []
        var exponent: [UInt8] = []
        var isFraction = false
        for byte in value[first...last] {
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

    private static func date(_ value: UnsafeRawBufferPointer, _ format: DateFormat) -> [UInt8] {
        for pattern in format.patterns {
            var reader = DatePatternMatcher(value)
            guard reader.judge(pattern).verdict == .parses else { continue }
            return [UInt8(reader.date.year / 256), UInt8(reader.date.year % 256), UInt8(reader.date.month), UInt8(reader.date.day)]
        }
        return []
    }
}
