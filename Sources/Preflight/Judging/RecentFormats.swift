import ValueFormats

/// What the values are that no kernel names, by their bytes: a column has the same few words again and again.
///
/// A table of fixed size in which a value displaces the one in its place. Values of more than 16 bytes are not kept.
struct RecentFormats: ~Copyable {
    private struct Entry {
        var key = ShortText()
        var formats: FormatSet = .empty
    }

    private static let bits = 8
    /// A block that is written in place, as in ``RecentJudgements``; a place has as many bits as it has entries.
    private let entries: UnsafeMutablePointer<Entry>

    init() {
        entries = .allocate(capacity: 1 << Self.bits)
        entries.initialize(repeating: Entry(), count: 1 << Self.bits)
    }

    deinit {
        entries.deallocate()
    }

    /// - Parameter text: 16 bytes are readable at its beginning, whatever its length.
    @inline(__always)
    func formats(of text: UnsafeRawBufferPointer) -> FormatSet {
        guard let key = ShortText(text, column: 0) else { return FormatSet.formats(of: text) }
        let entry = entries + key.place(bits: Self.bits)
        if entry.pointee.key != key { entry.pointee = Entry(key: key, formats: FormatSet.formats(of: text)) }
        return entry.pointee.formats
    }
}
