import ByteSpans

extension RowBatch {
    /// Rows without a byte, counted without an index of the fields where that can be done. Complexity: a word for each 64 bytes.
    package mutating func blankRowCount() -> Int {
        if wasReadInPieces { makeIndex() }
        var count = 0
        forEachWordOfRows { blank, _, _ in
            count += blank.nonzeroBitCount
            return true
        }
        return count
    }

    /// Rows without a byte, ascending. Complexity: a word for each 64 bytes.
    package mutating func blankRows() -> [Int] {
        if wasReadInPieces { makeIndex() }
        var blank = BitSet()
        addBlankRows(to: &blank)
        return Array(blank)
    }

    /// Rows without a byte that the batch begins with. Complexity: a word for each 64 bytes up to the first other row.
    package mutating func leadingBlankRowCount() -> Int {
        if wasReadInPieces { makeIndex() }
        var count = 0
        forEachWordOfRows { blank, rowEnds, _ in
            let others = rowEnds & ~blank
            count += (blank & ((others & (0 &- others)) &- 1)).nonzeroBitCount
            return others == 0
        }
        return count
    }

    /// Adds the rows without a byte. A batch that was read in pieces must be indexed. Complexity: a word for each 64 bytes, and a step for each row
    /// near one that has bytes.
    package func addBlankRows(to found: inout BitSet) {
        forEachWordOfRows { blank, rowEnds, firstRow in
            if blank == rowEnds {
                found.insert(firstRow..<(firstRow &+ rowEnds.nonzeroBitCount))
            } else if blank != 0 {
                found.insert(bits: Self.selected(blank, among: rowEnds), from: firstRow)
            }
            return true
        }
    }

    /// Of the bits that are set in a mask, which are set in a word: one bit for each, one behind the other.
    @inline(__always)
    private static func selected(_ word: UInt64, among mask: UInt64) -> UInt64 {
        var (rest, place, found) = (mask, UInt64(1), UInt64(0))
        while rest != 0 {
            if word & rest & (0 &- rest) != 0 { found |= place }
            place &<<= 1
            rest &= rest &- 1
        }
        return found
    }

    /// Calls `body` with the bits of 64 bytes: the row ends, those of them that end a blank row, and the first of these rows.
    ///
    /// A row is blank where its end follows another row's, or does so but for a CR.
    ///
    /// - Parameter body: returns whether to go on.
    @inline(__always)
    private func forEachWordOfRows(_ body: (_ blank: UInt64, _ rowEnds: UInt64, _ firstRow: Int) -> Bool) {
        // The batch begins as if a row ended in front of it.
        var (previous, firstRow) = (UInt64(1) << 63, 0)
        // The end of the last row of a stream may follow the content.
        for word in 0..<(wasReadInPieces ? byteCount / 64 + 1 : wordCount) {
            let ends = rowEnds[word]
            var blank = ends & (ends << 1 | previous >> 63)
            var behindOneByte = ends & (ends << 2 | previous >> 62) & ~blank
            while behindOneByte != 0 {
                let bit = behindOneByte & (0 &- behindOneByte)
                behindOneByte ^= bit
                // At the end of the stream a CR is text.
                let position = word &* 64 &+ bit.trailingZeroBitCount
                if position < byteCount, self[position &- 1] == .carriageReturn { blank |= bit }
            }
            // Of the first row bytes or fields may have been taken out.
            if firstRow == 0, wasReadInPieces, ends != 0, !isFirstRowBlank { blank &= ~(ends & (0 &- ends)) }
            if !body(blank, ends, firstRow) { return }
            firstRow &+= ends.nonzeroBitCount
            previous = ends
        }
    }

    private var isFirstRowBlank: Bool {
        let fields = fields(ofRow: 0)
        return fields.count == 1 && missing == nil && byteCount(ofField: fields.lowerBound) == 0
    }

    /// Positions where the last rows begin, ascending; as many as there are, if there are not so many.
    package mutating func startsOfLastRows(_ count: Int) -> [Int] {
        guard count > 0, rowCount > 0 else { return [] }
        if wasReadInPieces {
            makeIndex()
            return (max(0, rowCount - count)..<rowCount).map { start(ofRow: $0) }
        }
        var starts: [Int] = []
        var word = wordCount - 1
        // The last row ends at the end of the content: what begins there is another batch's.
        while word >= 0, starts.count < count {
            var ends = rowEnds[word]
            while ends != 0, starts.count < count {
                let bit = 63 - ends.leadingZeroBitCount
                ends &= ~(UInt64(1) << UInt64(bit))
                let start = word * 64 + bit + 1
                if start < byteCount { starts.append(start) }
            }
            word -= 1
        }
        if starts.count < count { starts.append(0) }
        return starts.reversed()
    }

    /// Position where a row begins. The batch must be indexed.
    package func start(ofRow row: Int) -> Int {
        range(ofField: fields(ofRow: row).lowerBound).lowerBound
    }

    /// The field that a position belongs to: a delimiter and a line end belong to the field they end. The batch must be indexed.
    package func field(atPosition position: Int) -> Int {
        (0..<max(0, endCount - 1)).partitionPoint { end(ofField: $0) < position }
    }

    /// The first position that a stream offset is not before: of the byte itself, or, where that was taken out, of the byte after it.
    package func place(ofStreamOffset offset: Int) -> Int {
        if let position = position(ofStreamOffset: offset) { return position }
        return (0..<max(0, byteCount - 1)).partitionPoint { streamOffset(ofPosition: $0) < offset }
    }

    /// Length of a row's bytes in the stream, without its line end, in the unit of offsets. The batch must be indexed.
    package func length(ofRow row: Int) -> Int {
        let end = range(ofField: fields(ofRow: row).upperBound - 1).upperBound
        return streamOffset(ofPosition: end) - streamOffset(ofPosition: start(ofRow: row))
    }

    /// Line ends from a position on, taken-out ones included. Complexity: the distance to the end, where nothing was taken out.
    package func newlinesAfter(_ position: Int) -> Int {
        if !gaps.isEmpty { return newlines(before: byteCount) - newlines(before: position) }
        return Self.newlines(in: bytes[position...])
    }
}
