extension RowBatch {
    /// Rows without a byte, counted without an index of the fields where that can be done. Complexity: a word for each 64 bytes.
    package mutating func blankRowCount() -> Int {
        if wasReadInPieces { return blankRows().count }
        var count = 0
        forEachBlankRow { _ in count += 1 }
        return count
    }

    /// Rows without a byte, ascending. Complexity: a word for each 64 bytes.
    package mutating func blankRows() -> [Int] {
        var blank: [Int] = []
        if wasReadInPieces {
            makeIndex()
            for row in 0..<rowCount {
                let fields = fields(ofRow: row)
                if fields.count == 1, byteCount(ofField: fields.lowerBound) == 0, row > 0 || missing == nil { blank.append(row) }
            }
        } else {
            forEachBlankRow { blank.append($0) }
        }
        return blank
    }

    /// A row is blank where its end follows another row's, or does so but for a CR.
    private func forEachBlankRow(_ body: (Int) -> Void) {
        // The batch begins as if a row ended before it.
        var (previous, rowsBefore) = (UInt64(1) << 63, 0)
        for word in 0..<wordCount {
            let ends = rowEnds[word]
            let follows = ends & (ends << 1 | previous >> 63)
            var found = follows | ends & (ends << 2 | previous >> 62)
            while found != 0 {
                let bit = found.trailingZeroBitCount
                found &= found &- 1
                let isAdjacent = follows >> UInt64(bit) & 1 != 0
                guard isAdjacent || self[word * 64 + bit - 1] == .carriageReturn else { continue }
                body(rowsBefore + (ends & ((UInt64(1) << UInt64(bit)) &- 1)).nonzeroBitCount)
            }
            rowsBefore += ends.nonzeroBitCount
            previous = ends
        }
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
        (0..<max(0, endCount - 1)).partitionPoint { Int(endStorage[$0]) < position }
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
