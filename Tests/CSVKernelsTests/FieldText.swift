/// The bytes of a field without the quotes around them, and what they are.
struct FieldText {
    let bytes: ArraySlice<UInt8>

    /// - Parameter quote: `nil` where quotes have no meaning.
    init(_ field: ArraySlice<UInt8>, quote: UInt8?) {
        let isQuoted = quote != nil && field.count >= 2 && field.first == quote && field.last == quote
        bytes = isQuoted ? field.dropFirst().dropLast() : field
    }

    /// `-?d+(s d+)?` of less than 16 bytes, `s` being the separator, or nothing at all.
    ///
    /// - Parameter decimal: 0 for no separator.
    func isEmptyOrPlainNumber(decimal: UInt8) -> Bool {
        bytes.isEmpty || isPlainNumber(separators: decimal == 0 ? [] : [decimal])
    }

    func isPlainNumber(separators: [UInt8]) -> Bool {
        guard bytes.count < 16 else { return false }
        var rest = bytes
        if rest.first == 0x2D { rest.removeFirst() }
        let parts = rest.split(omittingEmptySubsequences: false) { separators.contains($0) }
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(Self.isDigit) }
    }

    /// Whether it is a plain number with this separator.
    func hasSeparator(_ decimal: UInt8) -> Bool {
        decimal != 0 && bytes.contains(decimal) && isPlainNumber(separators: [decimal])
    }

    /// Of a plain number: whether its separator could be between thousands.
    var mayGroup: Bool {
        let digits = bytes.drop { $0 == 0x2D }
        let runs = digits.split(omittingEmptySubsequences: false) { !Self.isDigit($0) }
        return runs.count == 2 && (1...3).contains(runs[0].count) && runs[1].count == 3 && runs[0].first != 0x30
    }

    static func isDigit(_ byte: UInt8) -> Bool { 0x30 <= byte && byte <= 0x39 }
}
