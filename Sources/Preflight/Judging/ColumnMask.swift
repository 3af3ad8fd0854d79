/// Columns of rows of one width, as bits of the fields that lie one after the other: bit *f* is set where field *f* of the first rows is in one of them.
struct ColumnMask {
    private let width: Int
    /// The rows repeat themselves; here is one of them, and what a word that begins in it has of the next.
    private var words: [UInt64]

    init(width: Int) {
        self.width = width
        words = Array(repeating: 0, count: (width + 127) / 64 + 1)
    }

    mutating func insert(_ column: Int) {
        for place in stride(from: column, to: words.count * 64, by: width) { words[place / 64] |= 1 << UInt64(place % 64) }
    }

    mutating func removeAll() {
        for word in words.indices { words[word] = 0 }
    }

    /// The bits of 64 fields, from one in a column on.
    @inline(__always)
    func bits(from column: Int) -> UInt64 {
        let (word, shift) = (column &>> 6, UInt64(truncatingIfNeeded: column & 63))
        return words[word] &>> shift | (words[word &+ 1] &<< 1) &<< (63 &- shift)
    }
}
