import ValueFormats

/// What the values are that no kernel names: a column has the same few words again and again, or numbers that differ in their digits only.
/// Values of more than 16 bytes are not kept.
struct RecentFormats: ~Copyable {
    private struct Entry {
        var text = ShortText()
        /// The text with equal digits.
        var key = ShortText()
        var formats: FormatSet = .empty
        /// Whether all texts with the key have the formats.
        var areOfAllDigits = false
    }

    private let entries = ShortTextTable(bits: 9, repeating: Entry())

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func formats(of text: Span<UInt8>) -> FormatSet {
        guard let short = ShortText(text, column: 0) else { return FormatSet.formats(of: text) }
        let key = short.withEqualDigits
        let shared = entries.place(of: key)
        if entries[shared].key == key, entries[shared].areOfAllDigits { return entries[shared].formats }
        let place = entries.place(of: short)
        if entries[place].text == short { return entries[place].formats }
        let formats = FormatSet.formats(of: text)
        let areOfAllDigits = formats.areOfAllDigits(of: text)
        entries[areOfAllDigits ? shared : place] = Entry(text: short, key: key, formats: formats, areOfAllDigits: areOfAllDigits)
        return formats
    }
}
