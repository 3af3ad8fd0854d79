import ByteSpans
import CSVTokenizer

/// The keys of the whole rows of a batch: read and hashed beside other batches, compared with those of other batches in the order of the file.
///
/// Memory: linear in the batch, for each key of the profile.
struct BatchKeys {
    /// The key of one row.
    struct Entry {
        let hash: UInt64
        /// Index in the batch.
        let row: UInt32
        /// Where its bytes begin, in the batch or in ``RowKeys/bytes``.
        fileprivate let start: UInt32
        fileprivate let count: UInt32
        fileprivate let isInBatch: Bool
        /// Whether it surely is the key of the entry before.
        private(set) var repeatsLast = false

        fileprivate init(hash: UInt64, row: Int, start: Int, count: Int, isInBatch: Bool) {
            self.hash = hash
            self.row = UInt32(truncatingIfNeeded: row)
            self.start = UInt32(truncatingIfNeeded: start)
            self.count = UInt32(truncatingIfNeeded: count)
            self.isInBatch = isInBatch
        }

        /// The entry of a later row with the same key, which is in the batch.
        fileprivate init(_ entry: Entry, row: Int, start: Int) {
            self.init(hash: entry.hash, row: row, start: start, count: Int(entry.count), isInBatch: true)
            repeatsLast = true
        }
    }

    /// What is known of a key before it is compared.
    struct KeyLook {
        var isBlank = true
        var isUnusual = false
    }

    /// The rows under one key of the profile, ascending.
    struct RowKeys {
        fileprivate(set) var entries: [Entry] = []
        /// See ``KeyText``.
        fileprivate(set) var bytes: [UInt8] = []
        /// Rows whose key is blank.
        fileprivate(set) var blankRows: [UInt32] = []
        /// Indices of the entries whose spelling is not surely the usual one: see `Lookalike.isUsual`.
        fileprivate(set) var unusualEntries: [UInt32] = []

        /// The bytes of an entry's key.
        @inline(__always)
        @_lifetime(borrow self, borrow batch)
        func key(of entry: Entry, in batch: borrowing RowBatch) -> Span<UInt8> {
            let range = Int(entry.start)..<(Int(entry.start) &+ Int(entry.count))
            return entry.isInBatch ? batch.bytes[range] : bytes.span[range]
        }

        /// Adds the key of the next row.
        ///
        /// - Parameter write: appends the bytes of the key.
        @inline(__always)
        mutating func add(row: Int, hash: KeyHash, write: (inout [UInt8]) -> KeyLook) {
            let start = bytes.count
            let look = write(&bytes)
            if look.isBlank {
                bytes.removeLast(bytes.count - start)
                blankRows.append(UInt32(row))
            } else {
                if look.isUnusual { noteUnusual() }
                let hash = hash(bytes.span[start...])
                entries.append(Entry(hash: hash, row: row, start: start, count: bytes.count - start, isInBatch: false))
            }
        }

        /// Adds the key of the next row, whose bytes are in the batch as they are compared.
        ///
        /// - Parameter position: of the first.
        @inline(__always)
        mutating func add(row: Int, _ key: Span<UInt8>, at position: Int, hash: UInt64) {
            entries.append(Entry(hash: hash, row: row, start: position, count: key.count, isInBatch: true))
        }

        /// Adds the key of the next row, which is that of the entry before, and usual.
        ///
        /// - Parameter position: of its bytes.
        @inline(__always)
        mutating func addAgain(row: Int, at position: Int) {
            entries.append(Entry(entries[entries.count &- 1], row: row, start: position))
        }

        /// The next entry is unusual. No more are looked at of a whole file.
        mutating func noteUnusual() {
            if unusualEntries.count < UnusualKeys.mostRows { unusualEntries.append(UInt32(truncatingIfNeeded: entries.count)) }
        }

        /// Adds a row whose key is blank.
        mutating func addBlank(row: Int) { blankRows.append(UInt32(row)) }

        fileprivate mutating func removeAll() {
            entries.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
            blankRows.removeAll(keepingCapacity: true)
            unusualEntries.removeAll(keepingCapacity: true)
        }
    }

    /// By key of the profile.
    private(set) var rowKeys: [RowKeys] = []
    /// Whether each row of the batch is one physical line.
    private(set) var rowsAreLines = false

    mutating func begin(keyCount: Int, rowsAreLines: Bool) {
        self.rowsAreLines = rowsAreLines
        if rowKeys.count != keyCount { rowKeys = Array(repeating: RowKeys(), count: keyCount) }
    }

    mutating func removeAll() {
        for index in rowKeys.indices { rowKeys[index].removeAll() }
    }

    /// Fills the rows under one key of the profile, in place.
    @inline(__always)
    mutating func fill(_ key: Int, _ body: (inout RowKeys) -> Void) {
        body(&rowKeys[key])
    }
}
