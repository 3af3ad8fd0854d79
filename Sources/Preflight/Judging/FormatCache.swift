import ValueFormats

/// The formats of short values that were met, by their bytes: columns of words have the same ones again and again.
struct FormatCache {
    private struct Entry {
        var key = Key()
        var formats = FormatSet()
    }

    /// The bytes of a value, and their count in the last byte; no value has none.
    private struct Key: Equatable {
        var low: UInt64 = 0
        var high: UInt64 = 0

        static let mostBytes = 15

        init() {}

        init(_ value: UnsafeRawBufferPointer) {
            withUnsafeMutableBytes(of: &self) { bytes in
                bytes.copyMemory(from: value)
                bytes[Self.mostBytes] = UInt8(value.count)
            }
        }

        var hash: Int { Int(truncatingIfNeeded: ((low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93) >> 56) }
    }

    private var entries = Array(repeating: Entry(), count: 256)

    /// What `FormatSet.formats(of:)` finds.
    mutating func formats(of value: UnsafeRawBufferPointer) -> FormatSet {
        guard !value.isEmpty, value.count <= Key.mostBytes else { return FormatSet.formats(of: value) }
        let key = Key(value)
        if entries[key.hash].key == key { return entries[key.hash].formats }
        let formats = FormatSet.formats(of: value)
        entries[key.hash] = Entry(key: key, formats: formats)
        return formats
    }
}
