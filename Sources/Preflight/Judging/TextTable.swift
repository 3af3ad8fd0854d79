import ByteSpans
import SafeText

/// Distinct bytes by column, found by hash; each may bring another text along.
///
/// A dictionary of arrays would hash byte by byte and allocate for each look-up.
struct TextTable {
    struct Entry {
        let hash: UInt32
        // There may be one for each of a million columns: 20 bytes.
        fileprivate let shortColumn: Int32
        // The text, and after it the one it brought along, in the table's bytes.
        fileprivate let shortStart: UInt32
        fileprivate let textCount: Int32
        fileprivate let companionCount: Int32

        /// What the text belongs to: a column, or one of several lists of a column.
        var column: Int { Int(shortColumn) }
        fileprivate var start: Int { Int(shortStart) }
    }

    /// In the order in which they came.
    private(set) var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// Indexes of entries by hash, -1 where none is. A power of two, more than half of it free.
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    private let keyHash: KeyHash

    /// - Parameter hash: one for all tables among which texts are handed on with their hash.
    init(hash: KeyHash = KeyHash()) {
        keyHash = hash
    }

    mutating func removeAll() {
        if entries.isEmpty { return }
        // What one batch needed for once is not cleared for every later one.
        if slots.count > 1 << 12, entries.count * 16 < slots.count {
            slots = Array(repeating: -1, count: slots.count / 2)
        } else {
            for index in slots.indices { slots[index] = -1 }
        }
        entries.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    func hash(of text: Span<UInt8>, column: Int) -> UInt32 {
        let hash = keyHash(text) ^ UInt64(truncatingIfNeeded: column) &* 0x9E37_79B9_7F4A_7C15
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    func text(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        return bytes[entry.start..<(entry.start + Int(entry.textCount))]
    }

    /// The text that it brought along.
    func companion(of entry: Int) -> ArraySlice<UInt8> {
        let entry = entries[entry]
        let start = entry.start + Int(entry.textCount)
        return bytes[start..<(start + Int(entry.companionCount))]
    }

    /// Calls `body` with a text and its companion.
    func withText<Result>(of entry: Int, _ body: (Span<UInt8>, Span<UInt8>) -> Result) -> Result {
        let entry = entries[entry]
        let middle = entry.start + Int(entry.textCount)
        return body(bytes.span[entry.start..<middle], bytes.span[middle..<(middle + Int(entry.companionCount))])
    }

    /// The entry of a text in a column; `nil` where there is none.
    func find(_ text: Span<UInt8>, hash: UInt32, column: Int) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            let entry = entries[index]
            if entry.hash == hash, entry.column == column, Int(entry.textCount) == text.count, isText(text, at: entry.start) {
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isText(_ text: Span<UInt8>, at start: Int) -> Bool {
        bytes.span[start..<(start + text.count)].hasSameBytes(as: text)
    }

    /// Adds a text that is not in the table.
    mutating func insert(
        _ text: Span<UInt8>, hash: UInt32, column: Int,
        companion: Span<UInt8> = Span()
    ) -> Int {
        let start = bytes.count
        bytes += text
        bytes += companion
        entries.append(
            Entry(
                hash: hash, shortColumn: Int32(column), shortStart: UInt32(start), textCount: Int32(text.count),
                companionCount: Int32(companion.count)))
        if entries.count * 2 > slots.count {
            slots = Array(repeating: -1, count: slots.count * 2)
            for index in entries.indices { occupy(index) }
        } else {
            occupy(entries.count - 1)
        }
        return entries.count - 1
    }

    private mutating func occupy(_ entry: Int) {
        var slot = Int(entries[entry].hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(entry)
    }
}

extension TextTable: CodedState {
    private struct Text: CodedValue {
        var column = 0
        var text: [UInt8] = []
        var companion: [UInt8] = []

        static var blank: Text { Text() }

        mutating func code(_ coder: inout StateCoder) {
            coder(&column)
            coder(&text)
            coder(&companion)
        }
    }

    /// Each text keeps its number; hashes are those of this table.
    mutating func code(_ coder: inout StateCoder) {
        var texts = entries.indices.map {
            Text(column: entries[$0].column, text: Array(text(of: $0)), companion: Array(companion(of: $0)))
        }
        coder(&texts)
        guard coder.isReading else { return }
        removeAll()
        for text in texts {
            let bytes = text.text.span
            _ = insert(bytes, hash: hash(of: bytes, column: text.column), column: text.column, companion: text.companion.span)
        }
    }
}
