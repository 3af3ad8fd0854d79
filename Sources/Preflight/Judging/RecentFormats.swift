import ValueFormats

/// What the values are that no kernel names: a column has the same few words again and again, numbers that differ in their digits only, or dates
/// that exist in the same orders of day, month and year. Values of more than 16 bytes are not kept.
struct RecentFormats: ~Copyable {
    private struct Entry {
        var text = ShortText()
        /// What texts have in common that have the formats.
        var key = ShortText()
        var formats: FormatSet = .empty
        /// Whether all texts with the key have them.
        var areShared = false
    }

    private let entries = ShortTextTable(bits: 9, repeating: Entry())

    private struct Known {
        let text: ShortText
        let formats: FormatSet
    }

    /// What was asked before: a column has no more than some thousand dates, and to tell what they have in common takes longer than to look one up.
    // Safe: zeros are no text.
    private let known = unsafe ShortTextTable<Known>(zeros: 14)

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func formats(of text: Span<UInt8>) -> FormatSet {
        guard let short = ShortText(text, column: 0) else { return FormatSet.formats(of: text) }
        let known = self.known.place(of: short)
        if self.known[known].text == short { return self.known[known].formats }
        let formats = formats(of: text, short)
        self.known[known] = Known(text: short, formats: formats)
        return formats
    }

    private func formats(of text: Span<UInt8>, _ short: ShortText) -> FormatSet {
        let date = short.withClassOfThreeNumbers
        let key = date ?? short.withEqualDigits
        let shared = entries.place(of: key)
        if entries[shared].key == key, entries[shared].areShared { return entries[shared].formats }
        let place = entries.place(of: short)
        if entries[place].text == short { return entries[place].formats }
        let formats = FormatSet.formats(of: text)
        let areShared = date != nil ? formats.areOfAllDates : formats.areOfAllDigits(of: text)
        entries[areShared ? shared : place] = Entry(text: short, key: key, formats: formats, areShared: areShared)
        return formats
    }
}
