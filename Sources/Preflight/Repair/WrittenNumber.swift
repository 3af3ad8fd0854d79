import SafeText
import ValueFormats

/// Digits with separators, and the numbers that they may be.
struct WrittenNumber: Equatable {
    /// Which of the two separators marks the decimals.
    enum Family: Equatable {
        case point
        case comma

        var decimal: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
        private var other: UInt8 { self == .point ? UInt8(ascii: ",") : UInt8(ascii: ".") }

        /// What may separate groups of three digits: nothing, the other separator, spaces and apostrophes.
        var groups: [UInt8?] { [nil, other, UInt8(ascii: " "), UInt8(ascii: "'")] }
    }

    /// Before the decimal separator, and after it.
    var whole: [UInt8]
    var fraction: [UInt8]

    /// Whether both are the same number.
    func isEqual(to other: WrittenNumber) -> Bool {
        Self.significant(whole) == Self.significant(other.whole)
            && Self.significant(fraction.reversed()) == Self.significant(other.fraction.reversed())
    }

    private static func significant(_ digits: some Sequence<UInt8>) -> [UInt8] { Array(digits.drop { $0 == UInt8(ascii: "0") }) }

    /// What digits are where one separator marks the decimals; `nil` where they are no number then.
    ///
    /// - Parameter text: as ``normalized(_:)`` gives it.
    init?(_ text: [UInt8], _ family: Family) {
        if let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
            self.init(Array(text[..<exponent]), decimal: family.decimal, exponent: Array(text[(exponent + 1)...]))
            return
        }
        for group in family.groups {
            guard let number = WrittenNumber(text, decimal: family.decimal, group: group) else { continue }
            self = number
            return
        }
        return nil
    }

    init?(_ text: [UInt8], decimal: UInt8, group: UInt8?) {
        let parts = text.split(separator: decimal, omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first, !first.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
        fraction = parts.count == 2 ? Array(parts[1]) : []
        guard fraction.allSatisfy(ASCII.isDigit) else { return nil }
        if first.allSatisfy(ASCII.isDigit) {
            whole = Array(first)
            return
        }
        guard let group else { return nil }
        let groups = first.split(separator: group, omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
            first.first != UInt8(ascii: "0"),
            groups.allSatisfy({ $0.allSatisfy(ASCII.isDigit) })
        else { return nil }
        whole = groups.flatMap(\.self)
    }

    /// `1.5E+03`
    private init?(_ mantissa: [UInt8], decimal: UInt8, exponent text: [UInt8]) {
        guard let exponent = Int(String(decoding: text, as: UTF8.self)), abs(exponent) <= Self.mostZeros,
            let number = WrittenNumber(mantissa, decimal: decimal, group: nil)
        else { return nil }
        let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: abs(exponent))
        if exponent >= 0 {
            let digits = number.fraction + zeros.prefix(max(0, exponent - number.fraction.count))
            (whole, fraction) = (number.whole + digits[..<exponent], Array(digits[exponent...]))
        } else {
            let digits = zeros + number.whole
            let point = digits.count + exponent
            (whole, fraction) = (Array(digits[..<point]), Array(digits[point...]) + number.fraction)
        }
        // 0.5E2 is 050 then.
        whole = Array(whole.drop { $0 == UInt8(ascii: "0") })
        if whole.isEmpty { whole = [UInt8(ascii: "0")] }
    }

    private static let mostZeros = 30

    /// Spaces that look like one, typographic apostrophes, and characters that look like a point or comma, as ASCII.
    static func normalized(_ text: some Collection<UInt8>) -> [UInt8] {
        let bytes = Array(text)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            switch (bytes[index], index + 1 < bytes.count ? bytes[index + 1] : 0, index + 2 < bytes.count ? bytes[index + 2] : 0) {
            case (0xC2, 0xA0, _):
                result.append(UInt8(ascii: " "))
                index += 2
            // No-break, thin and figure spaces.
            case (0xE2, 0x80, 0xAF), (0xE2, 0x80, 0x89), (0xE2, 0x80, 0x87):
                result.append(UInt8(ascii: " "))
                index += 3
            case (0xE2, 0x80, 0x98), (0xE2, 0x80, 0x99):
                result.append(UInt8(ascii: "'"))
                index += 3
            case (0xCA, 0xBC, _), (0xC2, 0xB4, _):
                result.append(UInt8(ascii: "'"))
                index += 2
            case (0xEF, 0xBC, 0x8E), (0xE2, 0x80, 0xA4):
                result.append(UInt8(ascii: "."))
                index += 3
            case (0xEF, 0xBC, 0x8C), (0xE2, 0x80, 0x9A):
                result.append(UInt8(ascii: ","))
                index += 3
            default:
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
