/// Numbers as people write them in settings: ASCII digits, perhaps with a fraction.
///
/// `Int` and `Double` alone also take a sign, an exponent, hexadecimal digits, `inf` and `nan`: `0x10%` would be 16 per cent.
package enum PlainDecimal {
    /// `12`, `007`; `nil` for anything but digits, and for more than an `Int` holds.
    package static func integer(_ text: Substring) -> Int? {
        isDigits(text) ? Int(text) : nil
    }

    /// `12`, `0.5`, `.5`; `nil` for anything else, `5.` included.
    package static func number(_ text: Substring) -> Double? {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let isWhole = parts.count == 1 || parts.count == 2 && (parts[0].isEmpty || isDigits(parts[0]))
        guard isWhole, isDigits(parts[parts.count - 1]), let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// The shortest text that ``number(_:)`` reads as the same number, without an exponent: `0.5`, `100`, `0.00001`.
    ///
    /// - Parameter number: finite, not negative.
    package static func text(of number: Double) -> String {
        let parts = "\(number)".split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        var digits = mantissa.joined()
        var point = mantissa[0].count + (parts.count == 2 ? Int(parts[1]) ?? 0 : 0)
        if point < 1 {
            digits = String(repeating: "0", count: 1 - point) + digits
            point = 1
        }
        digits += String(repeating: "0", count: max(0, point - digits.count))
        var fraction = digits.dropFirst(point)
        while fraction.last == "0" { fraction.removeLast() }
        return digits.prefix(point) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
