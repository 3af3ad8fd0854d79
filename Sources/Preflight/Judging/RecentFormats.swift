import ValueFormats

/// What the values are that no kernel names, by their bytes: a column has the same few words again and again.
/// Values of more than 16 bytes are not kept.
struct RecentFormats: ~Copyable {
    private struct Entry {
        var key = ShortText()
        var formats: FormatSet = .empty
    }

    private let entries = ShortTextTable(bits: 8, repeating: Entry())

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func formats(of text: Span<UInt8>) -> FormatSet {
        guard let key = ShortText(text, column: 0) else { return FormatSet.formats(of: text) }
        let place = entries.place(of: key)
        if entries[place].key != key { entries[place] = Entry(key: key, formats: FormatSet.formats(of: text)) }
        return entries[place].formats
    }
}
