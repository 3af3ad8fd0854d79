/// The keys of dates, by their text: a column has no more than some thousand dates, and to tell what they have in common takes longer than to look one up.
struct RecentDateKeys: ~Copyable {
    private struct Entry {
        let text: ShortText
        let key: ShortText
    }

    // Safe: zeros are no text.
    private let entries = unsafe ShortTextTable<Entry>(zeros: 14)

    /// The text with the class of its date: see ``ShortText/withDateClass(_:)``.
    ///
    /// - Parameters:
    ///   - text: 16 bytes are readable at its beginning, whatever its length.
    ///   - short: the same.
    @inline(__always)
    func key(of text: Span<UInt8>, _ short: ShortText) -> ShortText {
        // Columns of a file have the same dates.
        let anywhere = short.inColumn(of: ShortText())
        let place = entries.place(of: anywhere)
        let key = entries[place].text == anywhere ? entries[place].key : make(of: text, anywhere, place)
        return key.inColumn(of: short)
    }

    @inline(never)
    private func make(of text: Span<UInt8>, _ short: ShortText, _ place: Int) -> ShortText {
        let key = short.withDateClass(text)
        entries[place] = Entry(text: short, key: key)
        return key
    }
}
