import ByteSpans
internal import CSVKernels

extension RowBatch {
    /// Makes the index of fields from the bitmaps, if it is not there yet. Complexity: linear in the bytes, with a small factor.
    public mutating func makeIndex() {
        guard !isIndexed else { return }
        appendPositions()
        indexRows()
        isIndexed = true
    }

    /// Converts bits to positions, after those of an open row from the chunk before.
    mutating func appendPositions() {
        guard byteCount > 0 else { return }
        // The last field of the stream ends after the content.
        let wordCount = byteCount / 64 + 1
        if kernel != .scalar {
            var found = Self.writePositions(ends, wordCount, kernel, to: &endStorage, at: 1 + endCount)
            if !found.is_written {
                growEnds(by: found.count)
                found = Self.writePositions(ends, wordCount, kernel, to: &endStorage, at: 1 + endCount)
            }
            endCount += found.count
            return
        }
        growEnds(by: (0..<wordCount).reduce(0) { $0 + ends[$1].nonzeroBitCount })
        for word in 0..<wordCount {
            var bits = ends[word]
            while bits != 0 {
                endStorage[endCount &+ 1] = UInt32(truncatingIfNeeded: word &* 64 &+ bits.trailingZeroBitCount)
                endCount &+= 1
                bits &= bits &- 1
            }
        }
    }

    private static func writePositions(
        _ words: borrowing Block<UInt64>, _ wordCount: Int, _ kernel: Kernel, to positions: inout Block<UInt32>, at place: Int
    ) -> csv_bits_result {
        var room = positions.mutableSpan
        return csv_write_positions(kernel.number, words.span.view, wordCount, room.room, place)
    }

    /// Makes room for so many ends, and for 64 more, which the kernels may write over.
    private mutating func growEnds(by count: Int) {
        let wanted = endCount + count + 64
        guard wanted >= endStorage.count else { return }
        // The first entry is copied as well: the highest number, since one more is 0, where the first field begins.
        var larger = Block<UInt32>(repeating: 0, count: 1 + max(wanted, min(endStorage.count * 2, wanted + 1 << 20)))
        larger.copy(endStorage.span.extracting(first: 1 + endCount), at: 0)
        endStorage = larger
    }

    /// Tells which fields make which row: by a stride where all rows are as wide as the first.
    private mutating func indexRows() {
        stride = 0
        guard rowCount > 0 else { return }
        let width = widthOfFirstRow()
        if endCount == rowCount * width, isUniform(width) {
            stride = width
            return
        }
        if rowCount > rowEndStorage.count { rowEndStorage = Block(repeating: 0, count: max(rowCount, rowEndStorage.count * 2)) }
        var (row, field) = (0, carriedFieldCount)
        for word in 0...(byteCount / 64) {
            // Both have the words up to the last of the content.
            let (ends, words) = unsafe (self.ends[unchecked: word], rowEnds[unchecked: word])
            var rows = words
            while rows != 0 {
                let before = (rows & (0 &- rows)) &- 1
                rowEndStorage[row] = UInt32(truncatingIfNeeded: field &+ (ends & before).nonzeroBitCount &+ 1)
                row &+= 1
                rows &= rows &- 1
            }
            field &+= ends.nonzeroBitCount
        }
        precondition(row == rowCount, "rows were counted otherwise")
    }

    private func widthOfFirstRow() -> Int {
        var field = 0
        while !endsRow(field) { field += 1 }
        return field + 1
    }

    private func isUniform(_ width: Int) -> Bool {
        var field = width &- 1
        while field < endCount {
            if !endsRow(field) { return false }
            field &+= width
        }
        return true
    }

    /// - Parameter field: as many row ends as rows are found among the fields, so a stride with a row end at each step has no other.
    @inline(__always)
    private func endsRow(_ field: Int) -> Bool {
        let position = end(ofField: field)
        // There is a bit for each position.
        return unsafe rowEnds[unchecked: position &>> 6] &>> UInt64(truncatingIfNeeded: position & 63) & 1 != 0
    }
}
