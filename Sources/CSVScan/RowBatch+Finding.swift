#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension RowBatch {
    /// Bytes of a row as they stand in the stream, its line end left out; `nil` where not all of them are at hand.
    package func bytes(ofRow row: Int) -> Slice<UnsafeRawBufferPointer>? {
        if row == 0, isThinned { return nil }
        let fields = fields(ofRow: row)
        return bytes[range(ofField: fields.lowerBound).lowerBound..<range(ofField: fields.upperBound - 1).upperBound]
    }

    /// Whether the stream ends behind a row without a line end. The batch must be indexed.
    package func endsWithoutLineEnd(_ row: Int) -> Bool {
        Int(endStorage[fields(ofRow: row).upperBound - 1]) >= byteCount
    }

    /// Rows whose bytes are those of another row, ascending. The batch must be indexed. Complexity: a word for each row.
    package func rows(equalTo wanted: [UInt8]) -> [Int] {
        guard !wanted.isEmpty else { return [] }
        var prefix: UInt64 = 0
        for byte in wanted.prefix(8).reversed() { prefix = prefix << 8 | UInt64(byte) }
        let mask = wanted.count >= 8 ? UInt64.max : (1 << UInt64(8 * wanted.count)) - 1
        var found: [Int] = []
        for row in 0..<rowCount {
            let field = stride > 0 ? row &* stride : row == 0 ? 0 : Int(rowEndStorage[row - 1])
            let start = field == 0 ? 0 : Int(endStorage[field - 1]) + 1
            let word = UInt64(littleEndian: storage.loadUnaligned(fromByteOffset: start, as: UInt64.self))
            if (word ^ prefix) & mask == 0, let own = bytes(ofRow: row), own.elementsEqual(wanted) { found.append(row) }
        }
        return found
    }

    /// Fields that begin with a byte order mark, perhaps behind their opening quote, ascending. The batch must be indexed. Complexity: linear in
    /// the bytes, very fast where none is 0xEF.
    package func fieldsWithMark(quote: UInt8) -> [Int] {
        var found: [Int] = []
        var position = 0
        while position + 2 < byteCount, let place = memchr(storage + position, 0xEF, byteCount - position) {
            let start = UnsafeRawPointer(place) - UnsafeRawPointer(storage)
            position = start + 1
            guard start + 2 < byteCount, self[start + 1] == 0xBB, self[start + 2] == 0xBF else { continue }
            let field = (0..<endCount).partitionPoint { Int(endStorage[$0]) < start }
            guard field < endCount else { break }
            let range = range(ofField: field)
            if range.lowerBound == start || (range.lowerBound + 1 == start && self[start - 1] == quote) { found.append(field) }
        }
        return found
    }
}
