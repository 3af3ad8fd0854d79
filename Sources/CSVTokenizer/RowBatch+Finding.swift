import ByteSpans

extension RowBatch {
    /// Bytes of a row as in the stream, without its line end; `nil` if not all of them are in memory.
    @_lifetime(borrow self)
    package func bytes(ofRow row: Int) -> Span<UInt8>? {
        if row == 0, isThinned { return nil }
        let fields = fields(ofRow: row)
        return bytes[range(ofField: fields.lowerBound).lowerBound..<range(ofField: fields.upperBound - 1).upperBound]
    }

    /// Whether a row is in memory with all its bytes, and no longer than such rows may be however the input is cut.
    package func isKeptWhole(_ row: Int) -> Bool {
        guard let bytes = bytes(ofRow: row) else { return false }
        return bytes.count <= limits.rowBytes
    }

    /// Whether the bytes of a field, its quotes included, are a text. The batch must be indexed.
    package func isField(_ field: Int, equalTo text: Span<UInt8>) -> Bool {
        bytes[range(ofField: field)].hasSameBytes(as: text)
    }

    /// Whether the stream ends with a row that has no line end. The batch must be indexed.
    package func endsWithoutLineEnd(_ row: Int) -> Bool {
        end(ofField: fields(ofRow: row).upperBound - 1) >= byteCount
    }

    /// Whether each row is one physical line. The batch must be indexed. Complexity: one pass over the bytes, as fast as they can be read.
    package var rowsAreLines: Bool {
        guard rowCount > 0 else { return true }
        return newlines(before: byteCount) == rowCount - (endsWithoutLineEnd(rowCount - 1) ? 1 : 0)
    }

    /// Whether some row has these bytes; needs no index. Complexity: a word for each row.
    package func hasRow(equalTo wanted: [UInt8]) -> Bool {
        guard !wanted.isEmpty, byteCount > 0 else { return false }
        let beginning = RowBeginning(wanted)
        if isRow(at: 0, equalTo: wanted, beginning) { return true }
        for word in 0..<wordCount {
            var bits = rowEnds[word]
            while bits != 0 {
                let start = word &* 64 &+ bits.trailingZeroBitCount &+ 1
                if start < byteCount, isRow(at: start, equalTo: wanted, beginning) { return true }
                bits &= bits &- 1
            }
        }
        return false
    }

    /// The first eight bytes of a row, or all that it has.
    private struct RowBeginning {
        let word: UInt64
        let mask: UInt64

        init(_ row: [UInt8]) {
            var word: UInt64 = 0
            for byte in row.prefix(8).reversed() { word = word << 8 | UInt64(byte) }
            self.word = word
            mask = row.count >= 8 ? UInt64.max : (1 << UInt64(8 * row.count)) - 1
        }
    }

    @inline(__always)
    private func mayBegin(_ beginning: RowBeginning, at start: Int) -> Bool {
        (word(at: start) ^ beginning.word) & beginning.mask == 0
    }

    private func isRow(at start: Int, equalTo wanted: [UInt8], _ beginning: RowBeginning) -> Bool {
        guard mayBegin(beginning, at: start), start + wanted.count <= byteCount,
            bytes[start..<(start + wanted.count)].hasSameBytes(as: wanted.span)
        else { return false }
        let end = start + wanted.count
        return end == byteCount || endsRow(at: end)
            || (self[end] == .carriageReturn && end + 1 < byteCount && endsRow(at: end + 1))
    }

    private func endsRow(at position: Int) -> Bool {
        rowEnds[position / 64] >> UInt64(position % 64) & 1 != 0
    }

    /// Adds the rows that begin like some pattern: a few that are to be looked at, and apart from them those that are the pattern's row, and those that
    /// have so many bytes and therefore nothing but delimiters; either may be all. The batch must be indexed. Complexity: a word for each row.
    ///
    /// - Parameters:
    ///   - others: rows that are left out.
    ///   - emptyByteCount: bytes of a row with nothing but delimiters; 0 where none is looked for.
    package func addRows(
        like pattern: RowPattern, except others: BitSet, emptyByteCount: Int, to found: inout BitSet, whole: inout BitSet,
        empty: inout BitSet
    ) {
        var stretches = others.gaps(below: rowCount)
        while let rows = stretches.next() {
            var field = fields(ofRow: rows.lowerBound).lowerBound
            // Up to 64 rows from the first on are inserted at once.
            var (first, bits, wholeBits, emptyBits) = (rows.lowerBound, UInt64(0), UInt64(0), UInt64(0))
            for row in rows {
                let start = start(ofField: field)
                let beginning = word(at: start)
                field = stride > 0 ? field &+ stride : Int(rowEndStorage[row])
                if pattern.matches(beginning) {
                    if row &- first > 63 {
                        found.insert(bits: bits, from: first)
                        whole.insert(bits: wholeBits, from: first)
                        empty.insert(bits: emptyBits, from: first)
                        (first, bits, wholeBits, emptyBits) = (row, 0, 0, 0)
                    }
                    let bit = UInt64(1) &<< UInt64(truncatingIfNeeded: row &- first)
                    let (end, isThere) = (end(ofField: field &- 1), row > 0 || !isThinned)
                    if isThere, isRow(from: start, to: end, ofByteCount: emptyByteCount) {
                        emptyBits |= bit
                    } else if isThere, pattern.isWhole(beginning), isRow(from: start, to: end, ofByteCount: pattern.byteCount) {
                        wholeBits |= bit
                    } else {
                        bits |= bit
                    }
                }
            }
            found.insert(bits: bits, from: first)
            whole.insert(bits: wholeBits, from: first)
            empty.insert(bits: emptyBits, from: first)
        }
    }

    /// Whether a row has so many bytes, at least one, without its line end.
    @inline(__always)
    private func isRow(from start: Int, to end: Int, ofByteCount count: Int) -> Bool {
        let length = end &- start
        if length == count { return count > 0 && !endsWithCarriageReturn(start, end) }
        return length &- 1 == count && count > 0 && endsWithCarriageReturn(start, end)
    }

    /// Whether a row has a CR that belongs to its line end: see ``range(ofField:)``.
    @inline(__always)
    private func endsWithCarriageReturn(_ start: Int, _ end: Int) -> Bool {
        end > start && end < byteCount && self[end &- 1] == .carriageReturn && self[end] == .lineFeed
    }

    /// Tells the rows that have nothing in them, and those with another number of fields than `width`. The batch must be indexed. Complexity: a
    /// word for each 64 bytes, and where rows differ in width a step for each that has bytes.
    ///
    /// - Parameter header: a row that is neither.
    package func classifyRows(width: Int, header: Int?, blank: inout BitSet, ragged: inout BitSet) {
        // A row of several fields has a byte.
        if stride <= 1 { addBlankRows(to: &blank) }
        if uniformWidth == width { return }
        var others = blank.gaps(below: rowCount)
        while let rows = others.next() {
            if uniformWidth > 0 {
                // None has the width that is asked for.
                let header = header.flatMap { rows.contains($0) ? $0 : nil } ?? rows.upperBound
                ragged.insert(rows.lowerBound..<header)
                ragged.insert(min(header + 1, rows.upperBound)..<rows.upperBound)
                continue
            }
            var first = fields(ofRow: rows.lowerBound).lowerBound
            for row in rows {
                let end = fields(ofRow: row).upperBound
                // Fields may be taken out of the first row only.
                let count = end &- first &+ (row == 0 ? missing?.count ?? 0 : 0)
                first = end
                if count != width, row != header { ragged.insert(row) }
            }
        }
    }

    /// Adds the fields that begin with a byte order mark, perhaps after their opening quote, and those with the replacement character U+FFFD. The batch
    /// must be indexed. Complexity: linear in the bytes, very fast where none is 0xEF.
    package func addFieldsWithMark(quote: UInt8, to found: inout BitSet, replaced: inout BitSet) {
        var field = 0
        var position = 0
        while position + 2 < byteCount, let start = bytes.nextIndex(of: 0xEF, from: position) {
            position = start + 1
            guard start + 2 < byteCount, self[start + 1] | 0x04 == 0xBF, self[start + 2] | 0x02 == 0xBF else { continue }
            let (second, third) = (self[start + 1], self[start + 2])
            guard second == 0xBB && third == 0xBF || second == 0xBF && third == 0xBD else { continue }
            // The next mark is usually near.
            while field < endCount, end(ofField: field) < start { field &+= 1 }
            guard field < endCount else { break }
            if third == 0xBD {
                replaced.insert(field)
                continue
            }
            let first = self.start(ofField: field)
            if first == start || (first + 1 == start && self[start - 1] == quote) { found.insert(field) }
        }
    }
}

/// How a row may begin, in one of eight ways; at most eight bytes of each are compared.
package struct RowPattern: Sendable {
    private var first: (word: UInt64, mask: UInt64)
    private var second: (word: UInt64, mask: UInt64)
    private var third: (word: UInt64, mask: UInt64)
    private var fourth: (word: UInt64, mask: UInt64)
    private var fifth: (word: UInt64, mask: UInt64)
    private var sixth: (word: UInt64, mask: UInt64)
    private var seventh: (word: UInt64, mask: UInt64)
    private var eighth: (word: UInt64, mask: UInt64)
    /// A bit for each byte that one of them begins with: few rows begin so.
    private var firstBytes: [4 of UInt64] = .init(repeating: 0)
    /// A row of at most eight bytes: where there are many of them, nothing else is looked at.
    private var whole: (word: UInt64, mask: UInt64) = (1, 0)
    fileprivate var byteCount = 0

    /// - Parameters:
    ///   - beginnings: one to eight; none is empty.
    ///   - row: that begins like one of them.
    package init(_ beginnings: [CaselessBytes], row: [UInt8] = []) {
        func word(_ index: Int) -> (UInt64, UInt64) {
            let beginning = beginnings[min(index, beginnings.count - 1)]
            func word(_ bytes: [UInt8]) -> UInt64 { bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }
            return (word(beginning.bits), word(beginning.masks))
        }
        (first, second, third, fourth) = (word(0), word(1), word(2), word(3))
        (fifth, sixth, seventh, eighth) = (word(4), word(5), word(6), word(7))
        if 1...8 ~= row.count {
            byteCount = row.count
            whole = (row.reversed().reduce(0) { $0 << 8 | UInt64($1) }, UInt64.max >> UInt64(64 - 8 * row.count))
        }
        for byte in UInt8.min ... .max where beginnings.contains(where: { byte & $0.masks[0] == $0.bits[0] }) {
            firstBytes[Int(byte / 64)] |= 1 << UInt64(byte % 64)
        }
    }

    @inline(__always)
    func matches(_ bytes: UInt64) -> Bool {
        let byte = UInt8(truncatingIfNeeded: bytes)
        return firstBytes[Int(byte / 64)] &>> UInt64(byte % 64) & 1 != 0 && matchesOne(bytes)
    }

    /// Whether a row of ``byteCount`` bytes that begin so is the row.
    @inline(__always)
    fileprivate func isWhole(_ bytes: UInt64) -> Bool { bytes & whole.mask == whole.word }

    @inline(__always)
    private func matchesOne(_ bytes: UInt64) -> Bool {
        bytes & first.mask == first.word || bytes & second.mask == second.word || bytes & third.mask == third.word
            || bytes & fourth.mask == fourth.word || bytes & fifth.mask == fifth.word || bytes & sixth.mask == sixth.word
            || bytes & seventh.mask == seventh.word || bytes & eighth.mask == eighth.word
    }
}
