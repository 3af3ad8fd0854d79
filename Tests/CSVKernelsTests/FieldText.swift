import CSVKernels

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

    /// The form without a profile, of a text that has no quotes around it: a `csv_form_word`; `nil` for whole numbers.
    func formWord(quote: UInt8) -> csv_form_word? {
        if bytes.isEmpty { return CSV_FORM_WORD_EMPTY }
        guard !bytes.contains(quote), isPlainNumber(separators: [0x2E, 0x2C]) else { return CSV_FORM_WORD_ODD }
        let digits = Array(bytes.drop { $0 == 0x2D })
        let hasZeros = digits.count > 1 && digits[0] == 0x30 && Self.isDigit(digits[1])
        if digits.contains(0x2E) {
            return hasZeros ? CSV_FORM_WORD_POINT_ZEROS : mayGroup ? CSV_FORM_WORD_POINT_OR_GROUP : CSV_FORM_WORD_POINT
        }
        if digits.contains(0x2C) {
            return hasZeros ? CSV_FORM_WORD_COMMA_ZEROS : mayGroup ? CSV_FORM_WORD_COMMA_OR_GROUP : CSV_FORM_WORD_COMMA
        }
        if bytes.count == 8, [[0x31, 0x39], [0x32, 0x30]].contains(Array(bytes.prefix(2))) { return CSV_FORM_WORD_ODD }
        if bytes.count == 5, let first = bytes.first, 0x32...0x37 ~= first { return CSV_FORM_WORD_SERIAL_DAY }
        return hasZeros ? CSV_FORM_WORD_INTEGER_ZEROS : nil
    }

    static func isDigit(_ byte: UInt8) -> Bool { 0x30 <= byte && byte <= 0x39 }
}
